/** Where a listener sends what no rule of it takes. ECS refuses a target group that no load balancer sends to. Elastic Load Balancing API Reference, ModifyListener. */
import { known } from '../../domain/answer.ts'
import type { TargetGroupRecord } from '../../domain/configuration.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { structure, variable } from '../command-line.ts'
import { text } from '../terraform.ts'

export const modifyListener: ChangeDefinition<'modify-listener'> = {
  kind: 'modify-listener',

  console: ({ loadBalancerArn, targetGroupArn }) => [
    {
      en: `EC2 → Load balancers → ${loadBalancerArn ?? 'the one that sends to the tasks'} → Listeners and rules: forward to ${targetGroupArn}`,
      ko: `EC2 → 로드 밸런서 → ${loadBalancerArn ?? '태스크로 트래픽을 보내는 로드 밸런서'} → 리스너 및 규칙에서 다음으로 전달하도록 변경합니다: ${targetGroupArn}`,
    },
  ],

  cli: ({ loadBalancerArn, replaces, targetGroupArn }) => [
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
    {
      aws: ['elbv2', 'modify-listener'],
      flags: [
        ['--listener-arn', variable('LISTENER_ARN')],
        ['--default-actions', structure({ Type: 'forward', TargetGroupArn: targetGroupArn })],
      ],
    },
  ],

  terraform: ({ replaces, targetGroupArn }) => [
    {
      existing: 'aws_lb_listener',
      of: `the listener that forwards to ${nameOf(replaces)}`,
      fields: [
        [
          'default_action',
          [
            ['type', text('forward')],
            ['target_group_arn', text(targetGroupArn)],
          ],
        ],
      ],
    },
  ],

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
}

/** `…:targetgroup/web/73e2d6bc24d8a067` is called `web`. */
function nameOf(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}
