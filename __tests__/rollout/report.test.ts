/** What the report says beside the failures: notes in their order, and the figures of the watch. */
import { expect, test } from '@jest/globals'
import { rolloutReport } from '../../src/rollout/report.ts'
import type { Rollout, TargetReason } from '../../src/rollout/state.ts'
import {
  at,
  deployment,
  failedToStart,
  followed,
  old,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
  taskSet,
} from './world.ts'

const seen = followed([poll(20)])
const target = (name: string, fields: Partial<TargetReason> = {}): TargetReason => ({
  targetGroupArn: 'arn:tg',
  target: name,
  state: 'unhealthy',
  reason: null,
  description: null,
  ...fields,
})
const many = (count: number) => Array.from({ length: count }, (_, n) => target(`t${n}`))
const steady = { service: service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED' })] }) }
const external = { service: service({ controller: 'EXTERNAL', deployments: [], taskSets: [taskSet()] }) }
const asked = (accepted: boolean) => ({ ...seen, rollbackAsked: { at: at(30), accepted, detail: 'denied' } })

test.each<[string, Rollout, readonly string[]]>([
  ['nothing', seen, []],
  [
    'nothing of a count where no deployment is followed',
    followed([poll(20, { service: service({ deployments: [old({ failedTasks: 3 })] }) })]),
    [],
  ],
  [
    'that a rollback was asked for',
    asked(true),
    ['StopServiceDeployment was called to bring the old revision back (on-failure: rollback).'],
  ],
  ['that it could not be', asked(false), ['The rollback could not be asked for (StopServiceDeployment): denied']],
  [
    'another controller',
    followed([poll(20, external)]),
    [
      'The deployment controller is EXTERNAL: ECS shows the task sets and their stability, and not why the deployer shifts or keeps back traffic.',
    ],
  ],
  [
    'targets alike in one line',
    { ...seen, targets: [target('a'), target('b', { reason: 'Target.Timeout' }), target('c')] },
    ['Load balancer on target a, c: unhealthy.', 'Load balancer on target b: unhealthy (Target.Timeout).'],
  ],
  [
    'why, in whole',
    { ...seen, targets: [target('a', { reason: 'Target.Timeout', description: 'Request timed out' })] },
    ['Load balancer on target a: unhealthy (Target.Timeout: Request timed out).'],
  ],
  [
    'ten targets by name',
    { ...seen, targets: many(10) },
    ['Load balancer on target t0, t1, t2, t3, t4, t5, t6, t7, t8, t9: unhealthy.'],
  ],
  [
    'more than ten by their count',
    { ...seen, targets: many(12) },
    ['Load balancer on target t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, and 2 more: unhealthy.'],
  ],
  [
    'a subnet that no task was placed in',
    followed([poll(20, { ...steady, tasks: [running('t1')] })]),
    [
      `No task of this rollout was placed in ${SUBNET_C}; only preflight says whether one can start there, where a replacement or a rebalancing of zones may place one at any time.`,
    ],
  ],
  ['nothing of subnets, where no task was seen', followed([poll(20, steady)]), []],
  [
    'nor where each was tried',
    followed([poll(20, { ...steady, tasks: [running('t1'), running('t2', { subnetId: SUBNET_C })] })]),
    [],
  ],
  ['nor before the end', followed([poll(20, { tasks: [running('t1')] })]), []],
])('notes say %s', (_, state, notes) => {
  expect(rolloutReport(state).notes.map(({ en }) => en)).toEqual(notes)
})

test('figures: what was followed, when the first failure was seen, and how often ECS was asked', () => {
  const bad = failedToStart('t1', S3_TIMEOUT)
  const report = rolloutReport(followed([poll(20), poll(30, { tasks: [bad] }), poll(40, { tasks: [bad] })]))
  expect(report).toMatchObject({
    taskDefinitionArn: deployment().taskDefinitionArn,
    serviceDeploymentArn: null,
    firstFailureSeenAt: at(30),
    looks: { taken: 3, missed: 0, calls: 15 },
    tasks: { started: 1, failed: 1, successRate: 0 },
  })
  expect(report.bySubnet.map(({ subnetId }) => subnetId)).toEqual([SUBNET_A])
  expect(rolloutReport(seen)).toMatchObject({ firstFailureSeenAt: null, tasks: { started: 0, successRate: null } })
  expect(rolloutReport(followed([poll(20, external)])).taskDefinitionArn).toBe(taskSet().taskDefinitionArn)
})

test('one failure that ECS counted is one, also where nobody saw the task', () => {
  const counted = service({ deployments: [deployment({ failedTasks: 1 })] })
  expect(rolloutReport(followed([poll(20, { service: counted })])).tasks).toMatchObject({ started: 1, failed: 1 })
  const strange = service({ deployments: [old({ failedTasks: 3 })] })
  expect(rolloutReport(followed([poll(20, { service: strange })])).tasks).toMatchObject({ started: 0, failed: 0 })
})
