/** What a service starts with, taken back: policies of roles, log groups, the service's own network. */
import type { GatheredFacts } from '../domain/facts.ts'
import type { Text } from '../domain/text.ts'
import { type CommandLine, callOf } from './command-line.ts'
import { asking, literal, type Reversals, STAYS } from './reversal.ts'

const NAMED_NOTHING: Text = {
  en: 'The service named a subnet or a security group that does not exist, and AWS takes none of these again.',
  ko: '이전 설정에 존재하지 않는 서브넷 또는 보안 그룹이 있어 AWS에서 다시 지정할 수 없습니다.',
}

export const serviceReversals: Reversals<
  'attach-role-policy' | 'put-role-policy' | 'create-role' | 'create-log-group' | 'update-service'
> = {
  'attach-role-policy': ({ roleName, policyArn }) => ({
    isMade: asking(
      'iam',
      'list-attached-role-policies',
      { roleName },
      `AttachedPolicies[?PolicyArn==${literal(policyArn)}].PolicyArn | [0]`,
    ),
    undo: [callOf('iam', { kind: 'detach-role-policy', roleName, policyArn })],
  }),

  /** Its name is its content's, so that no policy of somebody else has it. */
  'put-role-policy': ({ roleName, policyName }) => ({
    isMade: asking('iam', 'list-role-policies', { roleName }, `PolicyNames[?@==${literal(policyName)}] | [0]`),
    undo: [callOf('iam', { kind: 'delete-role-policy', roleName, policyName })],
  }),

  'create-role': ({ roleName }) => ({
    isMade: asking('iam', 'list-roles', {}, `Roles[?RoleName==${literal(roleName)}].Arn | [0]`),
    undo: [callOf('iam', { kind: 'delete-role', roleName })],
  }),

  'create-log-group': ({ logGroupName, region }) => ({
    isMade: {
      ...asking(
        'logs',
        'describe-log-groups',
        { logGroupNamePrefix: logGroupName },
        `logGroups[?logGroupName==${literal(logGroupName)}].logGroupName | [0]`,
      ),
      region,
    },
    undo: [callOf('logs', { kind: 'delete-log-group', logGroupName, region })],
  }),

  'update-service': ({ cluster, service, formerNetworkConfiguration: former, ...change }, before) => {
    const others = Object.keys(change).filter((name) => !['kind', 'networkConfiguration'].includes(name))
    if (former === undefined || others.length > 0) return { isMade: null, undo: [], stays: STAYS }
    const { subnets, securityGroups = [], assignPublicIp } = former.awsvpcConfiguration
    if (!areThere([...subnets, ...securityGroups], before)) return { isMade: null, undo: [], stays: NAMED_NOTHING }
    const list = (name: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${name}=[${ids.join(',')}]`])
    const network = [
      ...list('subnets', subnets),
      ...list('securityGroups', securityGroups),
      `assignPublicIp=${assignPublicIp}`,
    ]
    const back: CommandLine = callOf('ecs', {
      kind: 'update-service',
      cluster,
      service,
      networkConfiguration: `awsvpcConfiguration={${network.join(',')}}`,
    })
    return { isMade: null, undo: [back] }
  },
}

/** Where the network was read, all of them are in it. */
function areThere(ids: readonly string[], { network }: GatheredFacts): boolean {
  if (!network.known || !network.value.securityGroups.known || !network.value.subnets.known) return true
  const there = [...network.value.subnets.value, ...network.value.securityGroups.value].map(({ id }) => id)
  return ids.every((id) => there.includes(id))
}
