/** Does the policy of an endpoint on the way let the calls of a start through? */
import { defineCheck } from '../../domain/check.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Text } from '../../domain/text.ts'
import { callsOfPull } from '../../iam/policy/pull-calls.ts'
import { causesOf } from '../../network/causes.ts'
import { endpointOf } from '../../network/lookup.ts'
import { destinationsOf, findingOf } from '../engine/path-finding.ts'
import { withStatements } from '../role/role-statements.ts'

interface Details {
  readonly endpointId: string
  readonly serviceName: string
  readonly destinations: readonly string[]
  /** The statements that deny; empty where none allows. */
  readonly statements: readonly string[]
  /** The endpoint's policy with a statement that allows; null where a statement has to go instead. */
  readonly policy: string | null
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'endpoint-policy-denies',
  step: 'endpoint-policies',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['endpoint-policy-denies'],
  permissions: ['ec2:DescribeVpcEndpoints', 'organizations:DescribeOrganization'],

  title: { en: 'An endpoint policy denies the pull', ko: '엔드포인트 정책이 이미지 풀을 거부합니다' },
  why: {
    en: 'An endpoint policy filters on top of IAM: what it does not allow is answered with 403, whatever the execution role may do. Image layers come from a bucket of AWS, by URLs that ECR signs, which conditions on your own account or organization do not match.',
    ko: '엔드포인트 정책은 IAM에 더해 적용됩니다. 허용되지 않은 호출은 태스크 실행 역할의 권한과 관계없이 403으로 거부됩니다. 이미지 레이어는 ECR이 서명한 URL로 AWS 소유 버킷에서 받으므로 사용자의 계정이나 조직을 요구하는 조건과 일치하지 않습니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['endpoint-policy-denies'], ({ endpointId }) => endpointId).map((cause) => {
      const { endpointId } = cause.faults[0]
      const endpoint = endpointOf(network, endpointId)
      const statements = distinct(cause.faults.map(({ statement }) => statement)).filter((one) => one !== '')
      const destinations = destinationsOf(cause)
      return findingOf(cause, endpointId, {
        endpointId,
        serviceName: endpoint?.serviceName ?? '',
        destinations,
        statements,
        policy: statements.length > 0 ? null : withStatements(endpoint?.policy ?? '', allowed(network, destinations)),
      })
    }),

  explain: ({ endpointId, serviceName, destinations, statements }) => {
    const what = destinations.join(', ')
    if (statements.length > 0)
      return {
        en: `The policy of ${endpointId} (${serviceName}) denies what a start calls (${what}): ${statements.join(', ')}.`,
        ko: `엔드포인트 정책이 시작에 필요한 호출을 명시적으로 거부합니다: ${endpointId} (${serviceName}), 대상: ${what}, 정책 문: ${statements.join(', ')}`,
      }
    return {
      en: `No statement in the policy of ${endpointId} (${serviceName}) allows what a start calls (${what}).`,
      ko: `엔드포인트 정책에 시작에 필요한 호출을 허용하는 정책 문이 없습니다: ${endpointId} (${serviceName}), 대상: ${what}`,
    }
  },

  remedy: ({ endpointId, policy, statements }) =>
    policy === null
      ? {
          before: [narrow(endpointId, statements)],
          changes: [{ kind: 'modify-vpc-endpoint', vpcEndpointId: endpointId, resetPolicy: true }],
          after: [RESET],
        }
      : { changes: [{ kind: 'modify-vpc-endpoint', vpcEndpointId: endpointId, policyDocument: policy }] },
})

function narrow(endpointId: string, statements: readonly string[]): Text {
  const which = statements.join(', ')
  return {
    en: `VPC → Endpoints → ${endpointId} → Policy → Edit policy: narrow or remove ${which === '' ? 'what denies' : which} → Save`,
    ko: `VPC → 엔드포인트 → ${endpointId} → 정책 → 정책 편집에서 거부하는 정책 문의 범위를 줄이거나 제거하고 저장을 누릅니다${which === '' ? '.' : `: ${which}`}`,
  }
}

const RESET: Text = {
  en: 'The command gives full access back at once, until the policy is corrected.',
  ko: '명령은 정책을 고칠 때까지 모든 액세스를 즉시 허용합니다.',
}

/** One statement for each resource, with every action that the start needs of it. */
function allowed({ region, accountId: account }: Network, destinations: readonly string[]): readonly object[] {
  const facts = { partition: partitionOf(region).id, region, account, roleArn: null }
  const calls = destinations.flatMap((destination) => callsOfPull(destination, facts))
  return [...grouped(calls, ({ resource: arn }) => arn)].map(([arn, members]) => ({
    Effect: 'Allow',
    Principal: '*',
    Action: distinct(members.map(({ action }) => action)),
    Resource: arn,
  }))
}
