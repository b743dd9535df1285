/** A target group, with the other settings of one that it takes the place of. Elastic Load Balancing API Reference, CreateTargetGroup. */
import { known } from '../../domain/answer.ts'
import type { TargetGroup } from '../../domain/configuration.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { type AwsCall, given } from '../command-line.ts'
import { text } from '../terraform.ts'

export const createTargetGroup: ChangeDefinition<'create-target-group'> = {
  kind: 'create-target-group',
  made: {
    query: 'TargetGroups[0].TargetGroupArn',
    attribute: 'arn',
    words: { en: 'the new target group', ko: '새 대상 그룹' },
  },

  console: ({ name, targetType, protocol, port, vpcId }) => [
    {
      en: `EC2 → Target groups → Create target group: name ${name}, target type ${targetType}, ${protocol}, port ${port}${vpcId === undefined ? '' : `, VPC ${vpcId}`}`,
      ko: `EC2 → 대상 그룹 → 대상 그룹 생성에서 다음과 같이 생성합니다. 이름: ${name}, 대상 유형: ${targetType}, 프로토콜: ${protocol}, 포트: ${port}${vpcId === undefined ? '' : `, VPC: ${vpcId}`}`,
    },
  ],

  cli({ name, targetType, protocol, port, vpcId, like }) {
    const flags: AwsCall['flags'] = [
      ['--name', name],
      ['--protocol', protocol],
      ['--port', String(port)],
      ['--target-type', targetType],
      ...given('--vpc-id', vpcId),
    ]
    if (like === null) return [{ aws: ['elbv2', 'create-target-group'], flags }]
    return [
      {
        aws: ['elbv2', 'describe-target-groups'],
        flags: [['--target-group-arns', like]],
        pipe: `jq '.TargetGroups[0] | del(.TargetGroupArn, .TargetGroupName, .LoadBalancerArns)' > target-group.json`,
      },
      {
        aws: ['elbv2', 'create-target-group'],
        flags: [['--cli-input-json', 'file://target-group.json'], ...flags],
      },
    ]
  },

  terraform: ({ name, targetType, protocol, port, vpcId }) => [
    {
      type: 'aws_lb_target_group',
      name: 'new',
      fields: [
        ['name', text(name)],
        ['protocol', text(protocol)],
        ['port', String(port)],
        ['target_type', text(targetType)],
        ...given('vpc_id', vpcId && text(vpcId)),
      ],
    },
  ],

  apply(facts, { makes, name, targetType, protocol, vpcId, like }) {
    const { configuration } = facts
    if (!configuration.known) return null
    const { targetGroups } = configuration.value
    const groups = targetGroups.flatMap(({ group }) => (group.known && group.value !== null ? [group.value] : []))
    if (groups.some((one) => one.name === name)) return { refused: 'DuplicateTargetGroupName' }
    const healthCheck = groups.find(({ arn }) => arn === like)?.healthCheck
    const group: TargetGroup = {
      arn: makes,
      name,
      targetType,
      protocol,
      vpcId: vpcId ?? null,
      loadBalancerArns: [],
      // CreateTargetGroup: 30 seconds, and 2 (HTTP) failed checks, unless said otherwise.
      healthCheck: healthCheck ?? { port: null, intervalSeconds: 30, unhealthyThreshold: 2 },
    }
    const record = { arn: makes, group: known(group), health: known([]), loadBalancers: known([]) }
    return { ...facts, configuration: known({ ...configuration.value, targetGroups: [...targetGroups, record] }) }
  },
}
