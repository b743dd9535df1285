/** What a start asks of the endpoint policies on its way, from the task definition; each answer is one hop. */

import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import { ownerOf } from '../../domain/named-resources.ts'
import type { Network } from '../../domain/network.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { Hop, Reason } from '../../domain/path.ts'
import type { TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { secretSource } from '../../domain/value-from.ts'
import { type EndpointCall, type EndpointVerdict, evaluateEndpointPolicy } from '../../iam/policy/endpoint-policy.ts'
import { keysOfCaller, organizationPermission } from '../../iam/policy/organization.ts'
import { callsOfPull, type PullFacts } from '../../iam/policy/pull-calls.ts'
import type { StartupDestination } from '../../task-start/startup-needs.ts'
import type { PolicyJudge } from './question.ts'

/** `pullRoleArn`: the execution role; null where another role pulls or may pull (EC2). */
export function startupPolicy(
  taskDefinition: TaskDefinition,
  { region, accountId: account, organization }: Pick<Network, 'region' | 'accountId' | 'organization'>,
  pullRoleArn: string | null,
): PolicyJudge {
  return (need) => (endpoint) => {
    const facts = factsOf(taskDefinition, need, region, account, pullRoleArn)
    const context = { 'aws:SourceVpc': [endpoint.vpcId], 'aws:SourceVpce': [endpoint.id] }
    const calls = callsOfPull(need.destination, { ...facts, context, endpointType: endpoint.type })
    const verdicts = calls.map((call) => {
      const ofOrganization = keysOfCaller(organization, account, ownerOf(call.resource))
      const known = { ...call, context: { ...context, ...ofOrganization } }
      return { call, verdict: evaluateEndpointPolicy(endpoint.policy, known) }
    })
    const worst =
      verdicts.find(({ verdict }) => verdict.decision === 'deny') ??
      verdicts.find(({ verdict }) => verdict.decision === 'unknown') ??
      verdicts[0]
    if (worst === undefined) return null
    return hopOf(endpoint.id, worst.call, worst.verdict, organizationPermission(organization, worst.verdict.missing))
  }
}

function factsOf(
  taskDefinition: TaskDefinition,
  need: StartupDestination,
  region: string,
  account: string | null,
  roleArn: string | null,
): PullFacts {
  const { containers, taskRoleArn } = taskDefinition
  const place = need.region ?? region
  const secrets = containers.flatMap((one) =>
    [...one.secrets, ...one.logSecretOptions].map(({ valueFrom }) => valueFrom),
  )
  const ofKind = (kind: string) => secrets.filter((valueFrom) => secretSource(valueFrom, region).kind === kind)
  return {
    partition: partitionOf(place).id,
    region: place,
    account,
    roleArn,
    taskRoleArn,
    repositories: containers.flatMap(({ image }) => {
      const reference = parseImageReference(image)
      if (isInvalidImage(reference) || reference.ecr === null || reference.host !== need.host) return []
      return [{ name: reference.repository, account: reference.ecr.accountId }]
    }),
    logGroups: containers.flatMap(({ logDriver, logOptions }) => {
      const name = logOptions['awslogs-group']
      if (logDriver !== 'awslogs' || name === undefined) return []
      return [{ name, create: logOptions['awslogs-create-group'] === 'true' }]
    }),
    secrets: [
      ...ofKind('secretsmanager'),
      ...containers.flatMap(({ repositoryCredentials }) => repositoryCredentials ?? []),
    ],
    parameters: ofKind('ssm'),
    environmentFiles: containers.flatMap((one) => one.environmentFiles),
  }
}

function hopOf(
  endpointId: string,
  { action, resource }: EndpointCall,
  verdict: EndpointVerdict,
  permission: string | null,
): Hop {
  const { decision, statement, missing } = verdict
  const why: Text = { en: `${action}: ${verdict.why.en}`, ko: `${action}: ${verdict.why.ko}` }
  const reason: Reason = ['endpoint-policy', endpointId, decision, action, resource, statement ?? '', ...missing]
  const hop = { at: 'endpoint-policy', id: endpointId, reason, why } as const
  if (decision === 'allow') return { ...hop, decision: 'allow' }
  if (decision === 'deny') {
    return {
      ...hop,
      decision: 'deny',
      fault: { kind: 'endpoint-policy-denies', endpointId, statement: statement ?? '' },
    }
  }
  const keys = missing.length === 0 ? '' : ` (${missing.join(', ')})`
  const because = { en: `${why.en}${keys}`, ko: `${why.ko}${keys}` }
  return { ...hop, decision: 'unknown', missing: { permission, reason, because } }
}
