/** What a service starts with, taken back: policies of roles, log groups, the service's own network. */
import { type CommandLine, callOf } from './command-line.ts'
import { asking, literal, type Reversals, STAYS } from './reversal.ts'

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

  'update-service': ({ cluster, service, formerNetworkConfiguration: former, ...change }) => {
    const others = Object.keys(change).filter((name) => !['kind', 'networkConfiguration'].includes(name))
    if (former === undefined || others.length > 0) return { isMade: null, undo: [], stays: STAYS }
    const { subnets, securityGroups = [], assignPublicIp } = former.awsvpcConfiguration
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
