/** Does the policy of each repository let the role pull, above all where the repository is of another account? */
import type { Remedy } from '../../domain/change.ts'
import { type CheckResults, defineCheck, type Found } from '../../domain/check.ts'
import { distinct, distinctReasons } from '../../domain/collections.ts'
import type { RepositoryAccess, RoleRecord } from '../../domain/role.ts'
import { judgeRepository, type RepositoryVerdict, repositoryOf } from '../../iam/role-judgement.ts'
import { awsCommand } from '../service/service-changes.ts'
import { isGone, needsOf, type RoleCheckFacts, usersOf } from './role-denials.ts'
import { policyText, withStatements } from './role-statements.ts'

interface Details {
  readonly repositoryArn: string
  readonly name: string
  readonly accountId: string
  readonly region: string
  readonly roleArns: readonly string[]
  readonly actions: readonly string[]
  /** A Deny has to go; no statement can be added against it. */
  readonly explicit: boolean
  /** The policy as it is; null where there is none, undefined where it could not be read. */
  readonly policy: string | null | undefined
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'role'>({
  id: 'repository-policy-denies',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'role'],
  permissions: ['ecr:GetRepositoryPolicy', 'ecr:GetRegistryPolicy', 'organizations:DescribeOrganization'],

  title: {
    en: 'The repository policy does not let the role pull',
    ko: '리포지토리 정책이 이미지 풀을 허용하지 않습니다',
  },
  why: {
    en: 'A repository of another account is pulled from only where both sides allow it: the role, and the policy of the repository. A Deny in a repository policy wins over everything, in the own account as well.',
    ko: '다른 계정의 리포지토리에서 이미지를 가져오려면 역할과 리포지토리 정책이 모두 허용해야 합니다. 리포지토리 정책의 Deny는 같은 계정에서도 다른 모든 정책보다 우선합니다.',
  },

  evaluate: (facts) => facts.role.repositories.flatMap((access) => judge(access, facts)),

  explain: ({ repositoryArn, roleArns, actions, explicit }) => {
    const roles = roleArns.join(', ')
    const what = actions.join(', ')
    return explicit
      ? {
          en: `The policy of ${repositoryArn} explicitly denies ${what} to ${roles}.`,
          ko: `리포지토리 정책이 역할의 작업을 명시적으로 거부합니다. 리포지토리: ${repositoryArn}, 역할: ${roles}, 작업: ${what}`,
        }
      : {
          en: `${repositoryArn} is of another account, and its policy does not allow ${what} to ${roles}.`,
          ko: `다른 계정의 리포지토리 정책이 역할의 작업을 허용하지 않습니다. 리포지토리: ${repositoryArn}, 역할: ${roles}, 작업: ${what}`,
        }
  },

  remedy: (details) => (details.explicit ? liftDeny(details) : allowPull(details)),
})

function judge(access: RepositoryAccess, facts: RoleCheckFacts): CheckResults<Details> {
  const needs = needsOf(facts).filter(
    (need) => need.feature === 'ecr' && repositoryOf(need, facts.role.repositories) === access,
  )
  const pullers = pullersOf(facts)
  const judged = pullers.map((record) =>
    needs.map((need) => ({ need, ...judgeRepository(access, record, need, facts.role.registries) })),
  )
  // On EC2 one of two roles pulls: the repository is closed where it is closed to both.
  const closed = judged.flatMap((verdicts) => verdicts.filter((one) => one.verdict === 'closed'))
  if (judged.length > 0 && judged.every((verdicts) => verdicts.some(isClosed))) return [found(access, closed, pullers)]
  const unknown = judged.flat().find((one) => one.verdict === 'unknown')
  return unknown === undefined ? [] : [{ ...unknown.missing, matters: unknown.matters }]
}

function found(
  access: RepositoryAccess,
  closed: readonly (Extract<RepositoryVerdict, { verdict: 'closed' }> & {
    need: { action: string; resource: string }
  })[],
  pullers: readonly RoleRecord[],
): Found<Details> {
  const repositoryArn = closed[0]?.need.resource ?? ''
  return {
    subject: repositoryArn,
    evidence: distinctReasons(closed.map(({ evidence }) => evidence)),
    details: {
      repositoryArn,
      name: access.name,
      accountId: access.accountId,
      region: access.region,
      roleArns: distinct(pullers.map(({ arn }) => arn)),
      actions: distinct(closed.map(({ need }) => need.action)),
      explicit: closed.some(({ explicit }) => explicit),
      policy: access.policy.known ? access.policy.value : undefined,
    },
  }
}

function isClosed({ verdict }: RepositoryVerdict): boolean {
  return verdict === 'closed'
}

function pullersOf(facts: RoleCheckFacts): readonly RoleRecord[] {
  const { execution, instances } = facts.role
  const users = usersOf(facts)
  const own = execution !== null && !isGone(execution) ? [execution] : []
  if (!users.instances) return users.execution ? own : []
  const hosts = instances.known ? instances.value.flatMap(({ role }) => (role.known ? [role.value] : [])) : []
  return [...own, ...hosts]
}

function allowPull({ name, accountId, region, roleArns, actions, policy }: Details): Remedy {
  const statement = { Sid: 'AllowPullByEcsTasks', Effect: 'Allow', Principal: { AWS: roleArns }, Action: actions }
  const document = policy === null ? policyText([statement]) : withStatements(policy ?? '', [statement])
  if (document !== null) {
    const repository = { registryId: accountId, repositoryName: name, region }
    return {
      changes: [{ kind: 'set-repository-policy', ...repository, isFirst: policy === null, policyText: document }],
    }
  }
  // What is there and was not read must not be overwritten.
  const json = JSON.stringify(statement)
  return {
    changes: [],
    after: [
      {
        en: `In the account ${accountId}: ECR → Private registry → Repositories → ${name} → Permissions → Edit policy JSON: add this statement → Save: ${json}`,
        ko: `다음 계정에서 진행합니다: ${accountId}. ECR → 프라이빗 레지스트리 → 리포지토리 → ${name} → 권한 → 정책 JSON 편집에서 다음 정책 문을 추가하고 저장을 누릅니다: ${json}`,
      },
    ],
  }
}

function liftDeny({ name, accountId, region }: Details): Remedy {
  return {
    changes: [],
    after: [
      {
        en: `In the account ${accountId}: ECR → Private registry → Repositories → ${name} → Permissions → Edit policy JSON: narrow or remove the Deny statement → Save`,
        ko: `다음 계정에서 진행합니다: ${accountId}. ECR → 프라이빗 레지스트리 → 리포지토리 → ${name} → 권한 → 정책 JSON 편집에서 Deny 정책 문의 범위를 줄이거나 제거하고 저장을 누릅니다.`,
      },
    ],
    commands: [
      awsCommand('ecr', {
        kind: 'get-repository-policy',
        ...{ registryId: accountId, repositoryName: name, query: 'policyText', output: 'text', region },
      }),
    ],
  }
}
