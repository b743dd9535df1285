/** A rollback that is over before the service is first seen looks like a steady service: service deployments tell, or its events (found by the soak). */
import { expect, test } from '@jest/globals'
import { planOf } from '../../../scripts/soak/plan.ts'
import { played } from '../../../scripts/soak/play.ts'
import type { Fault, FaultKind } from '../../../simulator/fault.ts'

/** ECS has rolled back by then. */
const UNSEEN: Fault = { on: 'ecs:DescribeServices', kind: 'internal', until: 200 }

async function endWith(...faults: readonly Fault[]) {
  const world = 'image-not-found/1'
  const plan = {
    ...planOf(1, 0),
    mode: 'watch',
    world,
    chaos: null,
    faults,
    pageSize: null,
    onFailure: 'report',
  } as const
  const { end } = await played({ ...plan, latencyMs: 0, maxAttempts: 1 })
  return end.kind === 'report' ? [end.report.rollout?.phase, end.exitCode, end.isReplayed] : [end.kind]
}

test('is seen where they can be read', async () => {
  expect(await endWith(UNSEEN)).toEqual(['rolled-back', 1, true])
})

test('is seen as soon as they can be', async () => {
  const throttled: Fault = { on: 'ecs:*ServiceDeployments', kind: 'throttled', until: 300 }
  expect(await endWith(UNSEEN, throttled)).toEqual(['rolled-back', 1, true])
})

test.each<FaultKind>(['denied', 'throttled'])(
  'is told by the events of the service where they cannot be read: %s',
  async (kind) => {
    expect(await endWith(UNSEEN, { on: 'ecs:*ServiceDeployments', kind })).toEqual(['rolled-back', 1, true])
  },
)
