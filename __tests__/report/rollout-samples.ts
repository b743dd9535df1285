/** Finished rollouts, one for each way in which a rollout ends: looks made by hand, and of them what the watch itself makes. */

import { concludeWatch } from '../../src/commands/watch/conclusion.ts'
import type { Report } from '../../src/domain/report.ts'
import type { EcsServiceDeployment, EcsTask, Poll } from '../../src/domain/rollout.ts'
import type { PreflightEvidence } from '../../src/rollout/diagnose/preflight-evidence.ts'
import { beginRollout, type Rollout, type WatchPlan } from '../../src/rollout/state.ts'
import { learn, step } from '../../src/rollout/step.ts'
import {
  at,
  container,
  deployment,
  exited,
  failedToStart,
  NEXT,
  NO_SUCH_IMAGE,
  OLD,
  old,
  plan,
  poll,
  running,
  serviceDeployment,
  service as serviceOf,
  task,
} from '../rollout/world.ts'
import { ALL_CLEAR, SEOUL, SUBNETS } from './samples.ts'

const [A, B, C] = SUBNETS

/** Real ids: those of tasks are part of what a report shows. */
const IDS = [
  '1f0e9d8c7b6a49588776655443322110',
  '2a1b0c9d8e7f46655443322110ffeedd',
  '3c2d1e0f9a8b47766554433221100fff',
  '4e3f2a1b0c9d48877665544332211000',
  '5f4e3d2c1b0a49988776655443322111',
] as const

const TIMED_OUT =
  'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com/8c1f-0d2b7a6e/sha256:4d5e": dial tcp 52.219.148.62:443: i/o timeout'

function placed([subnetId, availabilityZone]: (typeof SUBNETS)[number], ip: string): Partial<EcsTask> {
  return { subnetId, availabilityZone, privateIp: ip }
}

const GOOD: readonly EcsTask[] = [
  running(IDS[0], {
    ...placed(A, '10.20.1.57'),
    ...{ createdAt: at(6), pullStartedAt: at(21), pullStoppedAt: at(43), startedAt: at(52) },
  }),
  running(IDS[1], {
    ...placed(B, '10.20.2.91'),
    ...{ createdAt: at(7), pullStartedAt: at(24), pullStoppedAt: at(47), startedAt: at(58) },
  }),
]

/** The first of them before it started. */
const PULLING: EcsTask = task(IDS[0], {
  ...placed(A, '10.20.1.57'),
  ...{ lastStatus: 'PENDING', version: 2, createdAt: at(6), pullStartedAt: at(21) },
})

function hanging(id: string, createdAt: number): EcsTask {
  return task(id, { ...placed(C, '10.20.3.57'), lastStatus: 'PENDING', version: 2, createdAt: at(createdAt) })
}

function timedOut(id: string, createdAt: number, address = '52.219.148.62'): EcsTask {
  return failedToStart(id, TIMED_OUT.replace('52.219.148.62', address), {
    ...placed(C, '10.20.3.57'),
    createdAt: at(createdAt),
    stoppingAt: at(createdAt + 204),
    stoppedAt: at(createdAt + 216),
  })
}

/** Placed at last where a task can start. */
const LATE: EcsTask = running(IDS[1], {
  ...placed(B, '10.20.2.91'),
  ...{ createdAt: at(466), pullStartedAt: at(483), pullStoppedAt: at(506), startedAt: at(517) },
})

/** Two starts that time out in subnet C, one after the other. */
const BAD: readonly EcsTask[] = [timedOut(IDS[2], 8), timedOut(IDS[3], 240, '52.219.146.10')]

/** The same text from a subnet whose way to S3 preflight calls open. */
const ELSEWHERE = failedToStart(IDS[4], TIMED_OUT, {
  ...placed(B, '10.20.2.91'),
  ...{ createdAt: at(240), stoppingAt: at(456), stoppedAt: at(468) },
})
const BREAKER = 'ECS deployment circuit breaker: tasks failed to start.'

const CRASHED = [52, 110, 170, 240, 320].map((startedAt, n) =>
  exited(IDS[n] ?? '', 1, {
    ...placed(n % 2 === 0 ? A : B, `10.20.${1 + (n % 2)}.6${n}`),
    ...{ createdAt: at(startedAt - 46), pullStartedAt: at(startedAt - 31), pullStoppedAt: at(startedAt - 9) },
    ...{ startedAt: at(startedAt), stoppingAt: at(startedAt + 4), stoppedAt: at(startedAt + 16) },
    containers: [container({ lastStatus: 'STOPPED', exitCode: 1 })],
  }),
)

/** Refused at once, in two subnets: waiting changes nothing. */
const GONE = [A, B].map((place, n) =>
  failedToStart(IDS[n] ?? '', NO_SUCH_IMAGE, {
    ...placed(place, `10.20.${1 + n}.57`),
    ...{ createdAt: at(6 + n), stoppingAt: at(40 + 20 * n), stoppedAt: at(52 + 20 * n) },
  }),
)

/** What ECS remembers of the days before: the newest took two and a half minutes, one was rolled back. */
const PAST: readonly EcsServiceDeployment[] = (
  [
    [86_400, 150, 'SUCCESSFUL'],
    [172_800, 410, 'ROLLBACK_SUCCESSFUL'],
    [259_200, 170, 'SUCCESSFUL'],
  ] as const
).map(([before, seconds, status], n) => {
  const startedAt = at(-before)
  const finishedAt = startedAt + seconds * 1000
  return serviceDeployment({
    arn: `arn:aws:ecs:ap-northeast-2:123456789012:service-deployment/demo/web/past${n}`,
    targetRevisionArn: `arn:aws:ecs:ap-northeast-2:123456789012:service-revision/demo/web/900${n}`,
    ...{ status, createdAt: startedAt, startedAt, finishedAt, updatedAt: finishedAt },
  })
})

const GROUNDS: PreflightEvidence = {
  paths: SEOUL.paths,
  findings: SEOUL.findings,
  endpoints: {},
  s3Prefixes: ['52.219.144.0/22', '52.219.148.0/23', '3.5.184.0/21'],
  instanceSubnets: {},
  pullSeconds: [22, 23],
  startSeconds: [41, 43],
}

interface Ending {
  readonly looks: readonly Poll[]
  readonly report: Report
  readonly plan?: Partial<WatchPlan>
  readonly learnt?: Parameters<typeof learn>[1]
}

const SUBNET_IDS = SUBNETS.map(([id]) => id)

function sight(seconds: number, tasks: readonly EcsTask[], own: Partial<EcsServiceDeployment> = {}): Poll {
  return poll(seconds, {
    service: serviceOf({ subnetIds: SUBNET_IDS, deployments: [deployment({ runningCount: 1 }), old()] }),
    serviceDeployments: [serviceDeployment(own), ...PAST],
    tasks,
  })
}

function steady(seconds: number, tasks: readonly EcsTask[]): Poll {
  const done = deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(seconds) })
  return poll(seconds + 2, {
    service: serviceOf({
      subnetIds: SUBNET_IDS,
      deployments: [done],
      events: [{ id: 'e1', at: at(seconds), message: '(service web) has reached a steady state.' }],
    }),
    serviceDeployments: [
      serviceDeployment({ status: 'SUCCESSFUL', finishedAt: at(seconds), updatedAt: at(seconds) }),
      ...PAST,
    ],
    tasks,
  })
}

function missed(seconds: number): Poll {
  const unread = {
    known: false,
    because: 'denied',
    permission: 'ecs:DescribeServices',
    detail: 'ExpiredTokenException: The security token included in the request is expired',
  } as const
  return { ...poll(seconds), service: unread, running: unread, stopped: unread, serviceDeployments: unread }
}

const ROLLED_BACK = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
const FIRST: readonly Poll[] = [
  sight(25, [PULLING, hanging(IDS[2], 8)]),
  sight(60, [...GOOD.slice(0, 1), hanging(IDS[2], 8)]),
]
const AFTER = [...GOOD.slice(0, 1), ...BAD]
const HARD: readonly Poll[] = [
  ...FIRST,
  sight(226, [...GOOD.slice(0, 1), ...BAD.slice(0, 1)]),
  sight(300, [...GOOD.slice(0, 1), ...BAD.slice(0, 1), hanging(IDS[3], 240)]),
  sight(458, AFTER),
]

const ENDINGS: Readonly<Record<string, Ending>> = {
  steady: { looks: [sight(30, [PULLING]), steady(160, GOOD)], report: ALL_CLEAR },
  'steady-after-failures': {
    looks: [...HARD, steady(610, [...AFTER, LATE])],
    report: SEOUL,
  },
  failed: {
    looks: [
      ...HARD,
      poll(470, {
        service: serviceOf({
          subnetIds: SUBNET_IDS,
          deployments: [
            deployment({
              rolloutState: 'FAILED',
              updatedAt: at(468),
              rolloutStateReason: BREAKER,
            }),
            old(),
          ],
        }),
        serviceDeployments: [serviceDeployment(), ...PAST],
        tasks: AFTER,
      }),
    ],
    report: SEOUL,
  },
  'half-explained': {
    looks: [
      ...HARD,
      poll(480, {
        service: serviceOf({
          subnetIds: SUBNET_IDS,
          deployments: [deployment({ rolloutState: 'FAILED', updatedAt: at(478), rolloutStateReason: BREAKER }), old()],
        }),
        serviceDeployments: [serviceDeployment(), ...PAST],
        tasks: [...AFTER, ELSEWHERE],
      }),
    ],
    report: SEOUL,
  },
  'rolling-back': {
    looks: [...HARD, sight(610, AFTER, { status: 'ROLLBACK_IN_PROGRESS', statusReason: ROLLED_BACK })],
    report: SEOUL,
    plan: { deadlineAt: at(600) },
  },
  'rolled-back': {
    looks: [
      ...HARD,
      sight(540, AFTER, {
        ...{ status: 'ROLLBACK_SUCCESSFUL', statusReason: ROLLED_BACK, finishedAt: at(540), updatedAt: at(540) },
      }),
    ],
    report: SEOUL,
  },
  superseded: {
    looks: [
      sight(30, [PULLING]),
      poll(60, {
        service: serviceOf({
          subnetIds: SUBNET_IDS,
          deployments: [
            deployment({
              id: NEXT,
              createdAt: at(55),
              taskDefinitionArn: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:9',
            }),
            deployment({ status: 'ACTIVE' }),
            old({ id: OLD }),
          ],
        }),
        serviceDeployments: PAST,
        tasks: [PULLING],
      }),
    ],
    report: ALL_CLEAR,
  },
  'timed-out': { looks: [...HARD, sight(1_801, AFTER)], report: SEOUL },
  lost: { looks: [...FIRST, missed(66), missed(72)], report: ALL_CLEAR },
  cancelled: { looks: FIRST, report: SEOUL, learnt: { cancelledAt: at(75) } },
  crashing: {
    looks: [sight(70, CRASHED.slice(0, 1)), sight(400, CRASHED)],
    report: ALL_CLEAR,
    learnt: {
      logs: [
        ...IDS.slice(0, 2).map((taskId) => ({
          taskId,
          container: 'web',
          lines: [
            'Error: connect ECONNREFUSED 10.20.30.5:5432',
            '    at TCPConnectWrap.afterConnect (node:net:1637:16)',
          ],
          missing: null,
        })),
        {
          taskId: IDS[2],
          container: 'web',
          lines: [],
          missing: { en: 'The log group /ecs/web does not exist.', ko: '로그 그룹이 없습니다: /ecs/web' },
        },
      ],
    },
  },
  'image-gone': {
    looks: [
      sight(70, GONE.slice(0, 1)),
      poll(90, {
        service: serviceOf({ subnetIds: SUBNET_IDS }),
        serviceDeployments: [serviceDeployment(), ...PAST],
        tasks: GONE,
      }),
    ],
    report: ALL_CLEAR,
  },
  unplaced: {
    looks: [
      poll(30, {
        service: serviceOf({
          subnetIds: SUBNET_IDS,
          events: [
            {
              id: 'e1',
              at: at(20),
              message:
                '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 5ed7f4a0c1c14a5c9a2c0e6d3b2a1f00) has insufficient memory available.',
            },
          ],
        }),
        serviceDeployments: [serviceDeployment(), ...PAST],
      }),
      poll(1_801, {
        service: serviceOf({ subnetIds: SUBNET_IDS }),
        serviceDeployments: [serviceDeployment(), ...PAST],
      }),
    ],
    report: ALL_CLEAR,
  },
}

function followed({ looks, learnt = {}, report, plan: wish = {} }: Ending): Rollout {
  const preflight = report === SEOUL ? GROUNDS : { ...GROUNDS, paths: report.paths, findings: report.findings }
  const began = learn(beginRollout(plan(wish)), { preflight }, at(0))
  const state = looks.reduce((rollout, one) => step(rollout, one, one.at), began)
  return learn(state, learnt, learnt.cancelledAt ?? state.now)
}

/** A report of `watch`, by how it ended. */
export const ROLLOUTS: Readonly<Record<string, Report>> = Object.fromEntries(
  Object.entries(ENDINGS).map(([name, ending]) => [
    `rollout-${name}`,
    concludeWatch({ state: followed(ending), report: ending.report }, 'watch'),
  ]),
)
