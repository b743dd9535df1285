/** The words of AWS that the judgement of configurations rests on are words of the SDK's own models. */
import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from '@jest/globals'

const lower = (words: Readonly<Record<string, string>>) => Object.values(words).map((word) => word.toLowerCase())

test.each<[string, readonly string[], readonly string[]]>([
  ['rollout states', Object.values(ecs.DeploymentRolloutState), ['IN_PROGRESS', 'COMPLETED', 'FAILED']],
  ['thresholds', Object.values(ecs.ThresholdType), ['COUNT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT']],
  ['strategies of scheduling', Object.values(ecs.SchedulingStrategy), ['REPLICA', 'DAEMON']],
  ['network modes', Object.values(ecs.NetworkMode), ['awsvpc', 'bridge', 'host']],
  ['log drivers', Object.values(ecs.LogDriver), ['awslogs']],
  ['target types', lower(elbv2.TargetTypeEnum), ['ip', 'instance', 'lambda', 'alb']],
  ['protocols', Object.values(elbv2.ProtocolEnum), ['UDP', 'QUIC']],
  ['target health', lower(elbv2.TargetHealthStateEnum), ['healthy', 'unhealthy']],
  ['load balancers', lower(elbv2.LoadBalancerTypeEnum), ['application', 'network', 'gateway']],
])('%s', (_, model, used) => {
  expect(model).toEqual(expect.arrayContaining([...used]))
})
