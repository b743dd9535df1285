/** Target groups, and the listeners that send to them. */
import { known, mapped } from '../../domain/answer.ts'
import { distinct } from '../../domain/collections.ts'
import type { LoadBalancerFront, TargetGroup, TargetGroupRecord } from '../../domain/configuration.ts'
import { subnetsOf } from '../../network/lookup.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf, structure, variable } from '../command-line.ts'
import { argumentsOf, fieldsOf } from '../terraform.ts'

export const loadBalancing: Definitions<'create-target-group' | 'modify-listener' | 'set-subnets'> = {
  /** A target group, with the other settings of one that it takes the place of. Elastic Load Balancing API Reference, CreateTargetGroup. */
  'create-target-group': {
    made: {
      query: 'TargetGroups[0].TargetGroupArn',
      attribute: 'arn',
      words: { en: 'the new target group', ko: '새 대상 그룹' },
    },
    console: ({ name, targetType, protocol, port, vpcId }) => ({
      en: `EC2 → Target groups → Create target group: name ${name}, target type ${targetType}, ${protocol}, port ${port}${vpcId === undefined ? '' : `, VPC ${vpcId}`}`,
      ko: `EC2 → 대상 그룹 → 대상 그룹 생성에서 다음과 같이 생성합니다. 이름: ${name}, 대상 유형: ${targetType}, 프로토콜: ${protocol}, 포트: ${port}${vpcId === undefined ? '' : `, VPC: ${vpcId}`}`,
    }),

    cli({ like, ...call }) {
      if (like === null) return [callOf('elbv2', call)]
      const { kind, makes, ...own } = call
      return [
        {
          aws: ['elbv2', 'describe-target-groups'],
          flags: [['--target-group-arns', like]],
          pipe: `jq '.TargetGroups[0] | del(.TargetGroupArn, .TargetGroupName, .LoadBalancerArns)' > group.json`,
        },
        callOf('elbv2', { kind, cliInputJson: 'file://group.json', ...own }),
      ]
    },

    terraform: (change) => ({
      type: 'aws_lb_target_group',
      name: 'new',
      fields: argumentsOf(change, 'name', 'protocol', 'port', 'targetType', 'vpcId'),
    }),

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
  },

  /** Where a listener sends what no rule of it takes. ECS refuses a target group that no load balancer sends to. Elastic Load Balancing API Reference, ModifyListener. */
  'modify-listener': {
    console: ({ loadBalancerArn, targetGroupArn }) => ({
      en: `EC2 → Load balancers → ${loadBalancerArn ?? 'the one that sends to the tasks'} → Listeners and rules: forward to ${targetGroupArn}`,
      ko: `EC2 → 로드 밸런서 → ${loadBalancerArn ?? '태스크로 트래픽을 보내는 로드 밸런서'} → 리스너 및 규칙에서 다음으로 전달하도록 변경합니다: ${targetGroupArn}`,
    }),

    cli: ({ kind, loadBalancerArn, replaces, targetGroupArn }) => [
      loadBalancerArn === null
        ? { comment: 'LISTENER_ARN: the listener whose default action is to send to the tasks, set by you' }
        : {
            aws: ['elbv2', 'describe-listeners'],
            flags: [['--load-balancer-arn', loadBalancerArn]],
            into: {
              name: 'LISTENER_ARN',
              query: `Listeners[?DefaultActions[?TargetGroupArn=='${replaces}']].ListenerArn | [0]`,
            },
          },
      callOf('elbv2', {
        kind,
        listenerArn: variable('LISTENER_ARN'),
        defaultActions: structure({ Type: 'forward', TargetGroupArn: targetGroupArn }),
      }),
    ],

    terraform: ({ replaces, targetGroupArn }) => ({
      existing: 'aws_lb_listener',
      of: `the listener that forwards to ${nameOf(replaces)}`,
      fields: fieldsOf({ defaultAction: { type: 'forward', targetGroupArn } }),
    }),

    apply(facts, { loadBalancerArn, targetGroupArn }) {
      const { configuration } = facts
      if (!configuration.known || loadBalancerArn === null) return null
      const targetGroups = configuration.value.targetGroups.map((record): TargetGroupRecord => {
        const { arn, group } = record
        if (arn !== targetGroupArn || !group.known || group.value === null) return record
        return { ...record, group: known({ ...group.value, loadBalancerArns: [loadBalancerArn] }) }
      })
      return { ...facts, configuration: known({ ...configuration.value, targetGroups }) }
    },
  },

  /** The zones of a load balancer, by a subnet in each. Elastic Load Balancing API Reference, SetSubnets. */
  'set-subnets': {
    console: ({ loadBalancerArn, subnets }) => ({
      en: `EC2 → Load balancers → ${loadBalancerArn} → Network mapping → Edit subnets: ${subnets.join(', ')} → Save changes`,
      ko: `EC2 → 로드 밸런서 → ${loadBalancerArn} → 네트워크 매핑 → 서브넷 편집에서 다음 서브넷을 선택하고 변경 내용 저장을 누릅니다: ${subnets.join(', ')}`,
    }),

    cli: 'elbv2',
    terraform: ({ loadBalancerArn, subnets }) => ({
      existing: 'aws_lb',
      of: nameOf(loadBalancerArn),
      fields: fieldsOf({ subnets }),
    }),

    apply(facts, { loadBalancerArn, subnets }) {
      const { configuration, network } = facts
      if (!configuration.known || !network.known) return null
      const zones = subnetsOf(network.value, subnets).map(({ zone }) => zone)
      if (zones.length < subnets.length) return { refused: 'SubnetNotFound' }
      if (distinct(zones).length < zones.length) return { refused: 'InvalidSubnet' }
      const moved = (front: LoadBalancerFront) =>
        front.arn === loadBalancerArn ? { ...front, subnetIds: subnets, zones } : front
      const targetGroups = configuration.value.targetGroups.map((record) => ({
        ...record,
        loadBalancers: mapped(record.loadBalancers, (all) => all.map(moved)),
      }))
      return { ...facts, configuration: known({ ...configuration.value, targetGroups }) }
    },
  },
}

/** `…:targetgroup/web/73e2d6bc24d8a067` is called `web`. */
function nameOf(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}
