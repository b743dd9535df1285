/** From the end of a rollout to the end of the watch: five seconds at most in every ending, by a clock that only moves when somebody sleeps. */
import { describe, expect, test } from '@jest/globals'
import { exitCodeOfWatch } from '../../../src/commands/watch/conclusion.ts'
import { watchRun } from '../../../src/commands/watch/loop.ts'
import type { Prepared, WatchRequest } from '../../../src/commands/watch/request.ts'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import { NO_EVIDENCE } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import {
  at,
  deployment,
  exited,
  failedToStart,
  NEXT,
  NO_SUCH_IMAGE,
  OLD,
  old,
  running,
  service,
  serviceDeployment,
  task,
} from '../../rollout/world.ts'
import { type Scene, stage } from '../rolling-world.ts'
import { WATCH } from '../watch-request.ts'

const { paths: _paths, findings: _findings, ...preflight } = NO_EVIDENCE
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const PREPARED: Prepared = {
  report: {
    ...{ schemaVersion: 1, tool: TOOL, mode: 'preflight', verdict: 'pass', enforced: false, failingStep: null },
    target: { region: 'ap-northeast-2', accountId: null, cluster: 'demo', service: 'web', taskDefinition: 'web:8' },
    ...{ steps: [], paths: [], findings: [], unknowns: [], forecast: null, ignored: [] },
  },
  preflight,
  containers: [],
}

interface Ending {
  /** What ECS shows before, and so many seconds after the end. */
  readonly before: Scene
  readonly after: (since: number) => Scene
  readonly request?: Partial<WatchRequest>
  /** Somebody presses Ctrl-C then. */
  readonly cancelled?: true
}

/** Seconds from the end to the report, with its phase and exit code. */
async function ended({ before, after, request = {}, cancelled }: Ending, endsAt: number, random: number) {
  const { reader, clock, seconds } = stage({
    scene: (now) => (now < endsAt || cancelled === true ? before : after(now - endsAt)),
  })
  const abort = new AbortController()
  const sleep = async (ms: number, signal?: AbortSignal) => {
    // A signal ends the sleep at its own moment.
    const isBefore = cancelled === true && seconds() < endsAt && seconds() + ms / 1000 >= endsAt
    await clock.sleep(isBefore ? (endsAt - seconds()) * 1000 : ms, signal)
    if (isBefore) abort.abort()
  }
  const report = await watchRun(
    { ...WATCH, ...request },
    {
      ...{ reader, clock: { ...clock, sleep }, random: () => random, tool: TOOL, say: () => {} },
      ...{ prepare: async () => PREPARED, signal: abort.signal },
    },
  )
  return { after: seconds() - endsAt, phase: report.rollout?.phase, exitCode: exitCodeOfWatch(report), report }
}

const hanging: Scene = {
  service: service({ deployments: [deployment({ pendingCount: 1 }), old()] }),
  tasks: [task('t1', { lastStatus: 'PENDING' })],
  serviceDeployments: [serviceDeployment()],
}
const allRun: Scene = {
  service: service({ deployments: [deployment({ runningCount: 2 }), old()] }),
  tasks: [running('t1'), running('t2'), running('o1', { startedBy: OLD })],
  serviceDeployments: [serviceDeployment()],
}
const steady: Scene = {
  service: service({ deployments: [deployment({ runningCount: 2, rolloutState: 'COMPLETED' })] }),
  tasks: [running('t1'), running('t2')],
  serviceDeployments: [serviceDeployment({ status: 'SUCCESSFUL' })],
}
const back = deployment({
  id: 'ecs-svc/4444444444444444444',
  taskDefinitionArn: old().taskDefinitionArn,
  createdAt: at(60),
  runningCount: 2,
  rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${OLD}.`,
})
const broken = deployment({ rolloutState: 'FAILED', failedTasks: 3 })
const rolling: Scene = {
  service: service({ deployments: [back, { ...broken, status: 'ACTIVE' }] }),
  tasks: [],
  serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_IN_PROGRESS' })],
}
const failing = [failedToStart('t1', NO_SUCH_IMAGE), failedToStart('t2', NO_SUCH_IMAGE)]
const crashing = (count: number): readonly EcsTask[] => Array.from({ length: count }, (_, n) => exited(`c${n}`, 1))

const STOPPED = { id: 'e1', at: at(90), message: '(service web) has stopped 1 running tasks: (task t1).' }

const ENDINGS: readonly [string, string, number, Ending][] = [
  ['steady', 'steady', 0, { before: allRun, after: () => steady }],
  [
    'steady after stages that only the service deployment knows',
    'steady',
    0,
    {
      before: {
        ...allRun,
        service: service({ strategy: 'BLUE_GREEN', deployments: [deployment({ runningCount: 2 })] }),
        serviceDeployments: [serviceDeployment({ strategy: 'BLUE_GREEN', lifecycleStage: 'BAKE_TIME' })],
      },
      after: () => ({ ...steady, service: service({ strategy: 'BLUE_GREEN', deployments: [back] }) }),
    },
  ],
  [
    'rolled back',
    'rolled-back',
    1,
    {
      before: rolling,
      after: () => ({
        ...rolling,
        service: service({ deployments: [{ ...back, rolloutState: 'COMPLETED' }] }),
        serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_SUCCESSFUL' })],
      }),
    },
  ],
  [
    'failed, and nothing brings the old revision back',
    'failed',
    1,
    {
      before: hanging,
      after: () => ({
        service: service({
          circuitBreaker: { enable: true, rollback: false },
          deployments: [{ ...broken, status: 'PRIMARY' }, old()],
        }),
        tasks: failing.slice(0, 1),
        serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
      }),
    },
  ],
  [
    'stopped',
    'failed',
    1,
    {
      before: hanging,
      after: () => ({
        ...hanging,
        // StopServiceDeployment knows no end but a rollback (ECS API Reference): what ends so otherwise shows in the service as well.
        service: service({ deployments: [deployment({ pendingCount: 1 }), old()], events: [STOPPED] }),
        serviceDeployments: [serviceDeployment({ status: 'STOPPED' })],
      }),
    },
  ],
  [
    'superseded',
    'superseded',
    3,
    {
      before: hanging,
      after: () => ({
        ...hanging,
        service: service({
          deployments: [
            deployment({ id: NEXT, createdAt: at(900), taskDefinitionArn: old().taskDefinitionArn.replace('7', '9') }),
            deployment({ status: 'ACTIVE' }),
            old(),
          ],
        }),
      }),
    },
  ],
  [
    'hopeless: a permanent answer twice',
    'failed',
    1,
    {
      before: { ...hanging, tasks: [...failing.slice(0, 1), task('t2')] },
      after: () => ({ ...hanging, service: service(), tasks: failing }),
    },
  ],
  [
    'hopeless: a crash loop',
    'failed',
    1,
    {
      before: { ...hanging, tasks: crashing(4) },
      after: () => ({ ...hanging, service: service({ pendingCount: 1 }), tasks: crashing(5) }),
    },
  ],
  ['cancelled', 'cancelled', 3, { before: hanging, after: () => hanging, cancelled: true }],
]

describe.each(ENDINGS)('%s', (_, phase, exitCode, ending) => {
  test('ends the watch within five seconds, wherever between two polls it comes', async () => {
    for (const random of [0, 0.5, 1]) {
      // A minute and a half after the last change, so that polls are as far apart as they get.
      for (let shift = 0; shift < 7; shift += 0.9) {
        const end = await ended(ending, 90 + shift, random)
        expect(end).toMatchObject({ phase, exitCode })
        expect(end.after).toBeLessThanOrEqual(4.5)
      }
    }
  })
})

describe('the budget', () => {
  test('ends the watch on its second, with 3', async () => {
    const end = await ended({ before: hanging, after: () => hanging, request: { waitMinutes: 2 } }, 120, 0.5)
    expect(end).toMatchObject({ phase: 'timed-out', exitCode: 3 })
    expect(end.after).toBeLessThanOrEqual(1.1)
  })

  test('with 1, where it was known by then that the rollout cannot succeed', async () => {
    // A circuit breaker that would roll back is waited for, and the time is up first.
    const guarded: Scene = {
      ...hanging,
      service: service({ circuitBreaker: { enable: true, rollback: true } }),
      tasks: failing,
    }
    const end = await ended({ before: guarded, after: () => guarded, request: { waitMinutes: 2 } }, 120, 0.5)
    expect(end).toMatchObject({ phase: 'timed-out', exitCode: 1, report: { verdict: 'fail', enforced: true } })
    expect(end.report.rollout?.hopeless).not.toBeNull()
  })

  test('a revision that never appears ends it when it should have, with 1', async () => {
    const nothing: Scene = { service: service({ deployments: [old({ status: 'PRIMARY' })] }), tasks: [] }
    const end = await ended({ before: nothing, after: () => nothing, request: { taskDefinition: 'web:9' } }, 60, 1)
    expect(end).toMatchObject({ phase: 'not-started', exitCode: 1 })
    expect(end.after).toBeLessThanOrEqual(1.1)
  })
})
