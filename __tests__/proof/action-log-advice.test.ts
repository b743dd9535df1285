/** The lines that turn ECS Action Logs on, as the real AWS CLI reads them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rolloutReport } from '../../src/rollout/report.ts'
import { learn } from '../../src/rollout/step.ts'
import { failedToStart, followed, poll, service } from '../rollout/world.ts'
import { type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

requireTools()

let cli: RealCli
beforeAll(() => {
  cli = startRealCli()
})
afterAll(() => cli.stop())

function printed(clusterArn: string): readonly string[] {
  const observed = service({ clusterArn })
  const tasks = [failedToStart('t1', 'Something new happened')]
  const state = followed([poll(10, { service: observed, tasks }), poll(1801, { service: observed })])
  const actionLogs = { delivery: { logGroups: [], others: [] }, actions: [], unread: null }
  return rolloutReport(learn(state, { actionLogs }, state.now + 1)).advice?.cli ?? []
}

test.each(['bash', 'zsh'] as const)(
  '%s hands them to the CLI whole, and each goes on with what the one before made',
  async (shell) => {
    const clusterArn = 'arn:aws-cn:ecs:cn-north-1:123456789012:cluster/demo_1'
    const lines = printed(clusterArn)
    const { calls, stderr, code } = await cli.script(lines.join('\n'), { reads: {}, files: {} }, shell)
    expect([stderr, code]).toEqual(['', 0])
    const group = '/aws/vendedlogs/ecs/action-logs/demo_1'
    const name = 'demo_1-action-logs'
    const logs = 'arn:aws-cn:logs:cn-north-1:123456789012'
    expect(calls.map((call) => ('error' in call ? call : [call.region, call.operation, call.params]))).toEqual([
      ['cn-north-1', 'CreateLogGroup', { logGroupName: group }],
      ['cn-north-1', 'PutRetentionPolicy', { logGroupName: group, retentionInDays: 30 }],
      ['cn-north-1', 'PutDeliverySource', { name, resourceArn: clusterArn, logType: 'ACTION_LOGS' }],
      [
        'cn-north-1',
        'PutDeliveryDestination',
        {
          name,
          outputFormat: 'json',
          deliveryDestinationConfiguration: { destinationResourceArn: `${logs}:log-group:${group}` },
        },
      ],
      [
        'cn-north-1',
        'CreateDelivery',
        { deliverySourceName: name, deliveryDestinationArn: `${logs}:delivery-destination:${name}` },
      ],
    ])
  },
)

test('a long name of a cluster leaves names that CloudWatch Logs takes', async () => {
  const lines = printed(`arn:aws:ecs:ap-northeast-2:123456789012:cluster/${'c'.repeat(255)}`)
  const { calls } = await cli.script(lines.join('\n'), { reads: {}, files: {} })
  const names = calls.flatMap((call) =>
    'error' in call ? [call.error] : ((call.params as { name?: string }).name ?? []),
  )
  expect(names.map(({ length }) => length)).toEqual([60, 60])
})
