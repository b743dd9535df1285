/** Whole watches against a world that plays rollouts. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { exitCodeOfWatch } from '../../../src/commands/watch/conclusion.ts'
import { replayWatch, watchRun } from '../../../src/commands/watch/loop.ts'
import type { Prepared, WatchRequest } from '../../../src/commands/watch/request.ts'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import type { Container } from '../../../src/domain/service.ts'
import type { Text } from '../../../src/domain/text.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { renderJson } from '../../../src/report/json/json.ts'
import { seoul } from '../../rollout/grounds.ts'
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
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
  serviceDeployment,
  task,
} from '../../rollout/world.ts'
import { type Script, stage } from '../rolling-world.ts'
import { WATCH } from '../watch-request.ts'

const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

const CONTAINER: Container = {
  name: 'web',
  image: '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8',
  secrets: [],
  environmentFiles: [],
  repositoryCredentials: null,
  logDriver: 'awslogs',
  logOptions: { 'awslogs-group': '/ecs/web', 'awslogs-stream-prefix': 'ecs', 'awslogs-region': 'ap-northeast-2' },
  logSecretOptions: [],
  firelens: null,
  portMappings: [],
  healthCheck: null,
  versionConsistency: null,
  reservation: { cpu: 0, memory: 0, gpus: 0 },
}

const { paths, findings, ...preflight } = seoul()
const PREPARED: Prepared = {
  report: {
    schemaVersion: 1,
    tool: TOOL,
    mode: 'preflight',
    target: {
      region: 'ap-northeast-2',
      accountId: '123456789012',
      cluster: 'demo',
      service: 'web',
      taskDefinition: 'web:8',
    },
    verdict: 'fail',
    enforced: true,
    failingStep: null,
    steps: [{ id: 'routes', title: { en: 'Routes', ko: '라우팅' }, state: 'failed' }],
    paths,
    findings,
    unknowns: [],
    forecast: null,
    ignored: [],
  },
  preflight,
  containers: [CONTAINER],
}

interface Watched {
  readonly report: Report
  readonly said: readonly Text[]
  readonly tape: string
  readonly asked: ReturnType<typeof stage>['asked']
  readonly seconds: number
}

async function watched(
  script: Script,
  request: Partial<WatchRequest> = {},
  prepare: (() => Promise<Prepared>) | undefined = async () => PREPARED,
  abortAt: number | null = null,
): Promise<Watched> {
  const { reader, clock, asked, seconds } = stage(script)
  const said: Text[] = []
  const lines: string[] = []
  const abort = new AbortController()
  const watchful = {
    ...clock,
    sleep: async (ms: number, signal?: AbortSignal) => {
      await clock.sleep(ms, signal)
      if (abortAt !== null && seconds() >= abortAt) abort.abort()
    },
  }
  const report = await watchRun(
    { ...WATCH, ...request },
    {
      reader,
      clock: watchful,
      random: pseudo(7),
      tool: TOOL,
      signal: abort.signal,
      say: (line) => said.push(line),
      tape: (line) => lines.push(line),
      ...(prepare === undefined ? {} : { prepare }),
    },
  )
  return { report, said, tape: lines.join(''), asked, seconds: seconds() }
}

/** Numerical Recipes' generator: the same numbers in every run. */
function pseudo(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

/** A task that hangs in its pull and is given up, or that runs. */
function life(id: string, from: number, ends: 'runs' | 'fails', seconds: number): EcsTask | null {
  if (seconds < from) return null
  const [subnetId, availabilityZone] = ends === 'fails' ? [SUBNET_C, 'ap-northeast-2c'] : [SUBNET_A, 'ap-northeast-2a']
  const fields = { subnetId, availabilityZone, createdAt: at(from) }
  const age = seconds - from
  if (age < 12) return task(id, fields)
  if (ends === 'runs') {
    const times = { pullStartedAt: at(from + 12), pullStoppedAt: at(from + 22), startedAt: at(from + 24) }
    return age < 24 ? task(id, { ...fields, version: 2, lastStatus: 'PENDING' }) : running(id, { ...fields, ...times })
  }
  if (age < 190) return task(id, { ...fields, version: 2, lastStatus: 'PENDING' })
  const end = { stoppingAt: at(from + 190), stoppedAt: at(from + 205) }
  return failedToStart(id, S3_TIMEOUT, {
    ...fields,
    ...end,
    lastStatus: age < 205 ? 'DEPROVISIONING' : 'STOPPED',
    version: age < 205 ? 5 : 6,
  })
}

/** Seoul: two starts fail in subnet C, the third and fourth run in subnet A. */
const seoulIncident: Script = {
  scene: (seconds) => {
    const tasks = [
      life('1a', 4, 'fails', seconds),
      life('2b', 4, 'runs', seconds),
      life('3c', 205, 'fails', seconds),
      life('4d', 405, 'runs', seconds),
    ].filter((one) => one !== null)
    const count = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length
    const done = seconds >= 470
    const ours = deployment({
      runningCount: count,
      rolloutState: done ? 'COMPLETED' : 'IN_PROGRESS',
      updatedAt: at(done ? 470 : Math.floor(seconds)),
    })
    return {
      service: service({ deployments: done ? [ours] : [ours, old()] }),
      tasks,
      serviceDeployments: [
        serviceDeployment({ status: done ? 'SUCCESSFUL' : 'IN_PROGRESS', finishedAt: done ? at(471) : null }),
      ],
    }
  },
}

describe('a slow success with two failed starts', () => {
  const run = watched(seoulIncident)

  test('ends steady, with the failures counted and explained', async () => {
    const { report } = await run
    expect(report).toMatchObject({ mode: 'watch', verdict: 'fail' })
    expect(exitCodeOfWatch(report)).toBe(0)
    expect(report.rollout).toMatchObject({
      phase: 'steady',
      seconds: 470,
      tasks: { started: 4, failed: 2, successRate: 0.5 },
      serviceDeploymentArn: serviceDeployment().arn,
    })
    expect(report.rollout?.failures.map(({ cause, confidence }) => `${cause} ${confidence}`)).toEqual([
      's3-route-missing proved',
      's3-route-missing proved',
    ])
  })

  test('diagnosed within six seconds of the first stop', async () => {
    const { report } = await run
    const stopped = at(4 + 190)
    expect(report.rollout?.firstFailureSeenAt).toBeLessThanOrEqual(stopped + 6_000)
    expect(report.rollout?.diagnosedAt).toBeLessThanOrEqual(stopped + 6_000)
  })

  test('suspected in less than half of the hang', async () => {
    const [suspicion] = (await run).report.rollout?.suspicions ?? []
    expect(suspicion).toMatchObject({ taskId: '1a', state: 'confirmed', cause: 's3-route-missing' })
    expect(suspicion?.at).toBeLessThan(at(4 + 95))
  })

  test('the caller hears of it, with the answer to the usual misdiagnosis', async () => {
    const said = (await run).said.map(({ en }) => en).join('\n')
    expect(said).toMatch(/Suspected: task 1a/)
    expect(said).toContain('52.219.148.62 is an address of Amazon S3, not of ECR')
    expect((await run).said.filter(({ en }) => en.startsWith('Task failed'))).toHaveLength(2)
  })

  test('within two calls a second on average, and no task is described again once it is at rest', async () => {
    const { asked, seconds } = await run
    expect(asked.length / seconds).toBeLessThanOrEqual(2)
    const atRest = asked.filter(
      ({ operation, query, seconds: when }) =>
        operation === 'DescribeTasks' && when > 230 && query.id?.some((id) => id.endsWith('/1a')),
    )
    expect(atRest).toEqual([])
  })

  test('the tape gives the same report, byte for byte, in both languages', async () => {
    const { report, tape } = await run
    const again = replayWatch(tape)
    expect(renderJson(again, 'en')).toBe(renderJson(report, 'en'))
    expect(renderJson(again, 'ko')).toBe(renderJson(report, 'ko'))
    expect(
      tape
        .trim()
        .split('\n')
        .every((line) => JSON.parse(line) !== null),
    ).toBe(true)
  })

  test('a heartbeat when nothing else is said for a minute', async () => {
    expect(
      (await run).said.some(({ en }) =>
        /^Still under way: \d of 2 tasks run.* \d started, \d failed so far\.$/.test(en),
      ),
    ).toBe(true)
  })
})

test('45 % of the calls throttled: the right end, and no error', async () => {
  const dice = pseudo(3)
  const throttled = (): Answer<readonly unknown[]> | null =>
    dice() < 0.45 ? unread('throttled', 'ecs:DescribeServices', 'ThrottlingException: Rate exceeded') : null
  const { report } = await watched({ ...seoulIncident, instead: throttled })
  expect(report.rollout).toMatchObject({ phase: 'steady', tasks: { started: 4, failed: 2 } })
  expect(report.rollout?.looks.missed).toBeGreaterThan(5)
})

test('preflight that could not read the network: the rollout is followed all the same', async () => {
  const blind = async (): Promise<Prepared> => {
    throw new Error('UnauthorizedOperation')
  }
  const { report } = await watched(seoulIncident, {}, blind)
  expect(report.rollout).toMatchObject({ phase: 'steady' })
  expect(report.rollout?.failures[0]).toMatchObject({
    label: 'pull/network-timeout',
    cause: null,
    // Tasks start in the other subnet: that much is known without the network.
    confidence: 'likely',
  })
  expect(report.unknowns.map(({ because }) => because.en).join(' ')).toContain('UnauthorizedOperation')
})

function always(fields: Parameters<typeof service>[0], tasks: (seconds: number) => readonly EcsTask[]): Script {
  return {
    scene: (seconds) => ({
      service: service(fields),
      tasks: tasks(seconds),
      serviceDeployments: [serviceDeployment()],
    }),
  }
}

const noImage = always({}, (seconds) => [
  ...(seconds < 20 ? [task('1')] : [failedToStart('1', NO_SUCH_IMAGE, { stoppedAt: at(20), stoppingAt: at(18) })]),
  ...(seconds < 25
    ? []
    : [
        seconds < 50
          ? task('2', { createdAt: at(25) })
          : failedToStart('2', NO_SUCH_IMAGE, { createdAt: at(25), stoppedAt: at(50) }),
      ]),
])

describe('a rollout that cannot succeed', () => {
  test('ends the watch seconds after the second permanent answer', async () => {
    const { report, seconds } = await watched(noImage)
    expect(report).toMatchObject({ verdict: 'fail', rollout: { phase: 'failed' } })
    expect(exitCodeOfWatch(report)).toBe(1)
    expect(seconds).toBeLessThan(65)
    expect(report.steps.find(({ id }) => id === 'pull')?.state).toBe('failed')
  })

  test('on-failure: rollback asks once, and waits for the rollback', async () => {
    const script: Script = {
      scene: (seconds, asked) => {
        const stop = asked.find(({ operation }) => operation === 'StopServiceDeployment')
        const scene = noImage.scene(seconds, asked)
        if (stop === undefined) return scene
        const isBack = seconds - stop.seconds > 40
        const status = isBack ? 'ROLLBACK_SUCCESSFUL' : 'ROLLBACK_IN_PROGRESS'
        return { ...scene, serviceDeployments: [serviceDeployment({ status })] }
      },
    }
    const { report, asked } = await watched(script, { onFailure: 'rollback' })
    expect(report.rollout?.phase).toBe('rolled-back')
    expect(asked.filter(({ operation }) => operation === 'StopServiceDeployment')).toHaveLength(1)
    expect(report.rollout?.notes.map(({ en }) => en).join(' ')).toContain('StopServiceDeployment was called')
  })

  test('a rollback that is refused is said, and the watch ends', async () => {
    const instead: Script['instead'] = (call) =>
      call.operation === 'StopServiceDeployment' ? unread('denied', call.permission, 'AccessDeniedException') : null
    const { report } = await watched({ ...noImage, instead }, { onFailure: 'rollback' })
    expect(report.rollout?.phase).toBe('failed')
    expect(report.rollout?.notes.map(({ en }) => en).join(' ')).toContain('ecs:StopServiceDeployment')
  })

  test('a request for a rollback that was throttled is made again', async () => {
    let asks = 0
    const instead: Script['instead'] = (call) => {
      if (call.operation !== 'StopServiceDeployment') return null
      asks += 1
      return asks < 3 ? unread('throttled', call.permission, 'ThrottlingException') : null
    }
    const { report } = await watched({ ...noImage, instead }, { onFailure: 'rollback', waitMinutes: 2 })
    expect(asks).toBe(3)
    expect(report.rollout?.notes.map(({ en }) => en).join(' ')).toContain('StopServiceDeployment was called')
  })

  test('the service names what to roll back where service deployments may not be listed', async () => {
    const arn = serviceDeployment().arn
    const script: Script = {
      scene: (seconds, asked) => {
        const scene = noImage.scene(seconds, asked)
        return { ...scene, service: service({ currentServiceDeploymentArn: arn }) }
      },
      instead: (call) =>
        /ServiceDeployments$/.test(call.operation) ? unread('denied', call.permission, 'AccessDeniedException') : null,
    }
    const { asked } = await watched(script, { onFailure: 'rollback', waitMinutes: 2 })
    const stops = asked.filter(({ operation }) => operation === 'StopServiceDeployment')
    expect(stops.map(({ query }) => query.id)).toEqual([[arn]])
  })

  test('without the wish nothing is written', async () => {
    const { asked } = await watched(noImage)
    expect(asked.filter(({ operation }) => !/^(Describe|List|Get)/.test(operation))).toEqual([])
  })
})

test('superseded', async () => {
  const script: Script = {
    scene: (seconds) => ({
      service: service({
        deployments:
          seconds < 40
            ? [deployment(), old()]
            : [
                deployment({
                  id: NEXT,
                  createdAt: at(40),
                  taskDefinitionArn: 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:9',
                }),
                deployment({ status: 'ACTIVE' }),
              ],
      }),
      tasks: [],
    }),
  }
  const { report } = await watched(script)
  expect(report).toMatchObject({ verdict: 'unknown', rollout: { phase: 'superseded' } })
  expect(exitCodeOfWatch(report)).toBe(3)
})

test('stuck: the budget ends it, and says where it stands', async () => {
  const { report, seconds, said } = await watched(
    always({}, () => [task('1', { lastStatus: 'PENDING' })]),
    { waitMinutes: 5 },
  )
  expect(report.rollout?.phase).toBe('timed-out')
  expect(seconds).toBeGreaterThanOrEqual(300)
  expect(seconds).toBeLessThan(310)
  expect(said.filter(({ en }) => en.startsWith('Still under way: ')).length).toBeGreaterThanOrEqual(3)
})

test('cancelled: what is known is told, and that the rollout goes on', async () => {
  const { report, said, tape } = await watched(seoulIncident, {}, undefined, 220)
  expect(report).toMatchObject({ verdict: 'unknown', rollout: { phase: 'cancelled' } })
  expect(exitCodeOfWatch(report)).toBe(3)
  expect(said.at(-1)?.en).toContain('goes on')
  expect(report.rollout?.failures).toHaveLength(1)
  expect(renderJson(replayWatch(tape), 'en')).toBe(renderJson(report, 'en'))
})

test('credentials that expire midway', async () => {
  const instead: Script['instead'] = (call, _query, seconds) =>
    seconds > 60 ? unread('denied', call.permission, 'ExpiredTokenException: The security token is expired') : null
  const { report } = await watched({ ...seoulIncident, instead })
  expect(report.rollout?.phase).toBe('lost')
  expect(report.rollout?.because.en).toContain('role-duration-seconds')
})

describe('refused at once', () => {
  test('a service that does not exist, with the words of preflight', async () => {
    const missing = async (): Promise<Prepared> => {
      throw new UsageError({ en: 'Services there: web.', ko: '존재하는 서비스: web' })
    }
    const run = watched({ scene: () => ({ service: null, tasks: [] }) }, {}, missing)
    await expect(run).rejects.toThrow('Services there: web.')
  })

  test('nothing that could be read at all', async () => {
    const instead: Script['instead'] = (call) => unread('denied', call.permission, 'AccessDeniedException')
    const run = watched({ ...seoulIncident, instead }, {}, undefined)
    await expect(run).rejects.toBeInstanceOf(UsageError)
  })
})

describe('a container that exits', () => {
  const crashes = always({ targetGroupArns: [] }, (seconds) =>
    Array.from({ length: Math.min(6, Math.floor(seconds / 30)) }, (_, index) =>
      exited(`c${index}`, 1, {
        createdAt: at(index * 30),
        startedAt: at(index * 30 + 15),
        stoppingAt: at(index * 30 + 20),
        stoppedAt: at(index * 30 + 25),
      }),
    ),
  )
  const lines = [
    'listening',
    'connecting to postgres://app:hunter2@db:5432/app',
    'DB_PASSWORD=hunter2',
    'fatal: no such table',
  ]
  const instead: Script['instead'] = (call) =>
    call.operation === 'GetLogEvents' ? known(lines.map((message) => ({ message }))) : null

  test('its last lines are in the report, without what looks like a secret', async () => {
    const { report, asked } = await watched({ ...crashes, instead }, { logLines: 3 })
    const [log] = report.rollout?.logs ?? []
    expect(log).toMatchObject({ taskId: 'c0', container: 'web' })
    expect(log?.lines).toHaveLength(3)
    expect(log?.lines.join('\n')).not.toContain('hunter2')
    expect(log?.lines.at(-1)).toBe('fatal: no such table')
    const query = asked.find(({ operation }) => operation === 'GetLogEvents')?.query
    expect(query).toMatchObject({ name: ['/ecs/web'], id: ['ecs/web/c0'] })
    expect(report.rollout?.phase).toBe('failed')
    const logged = report.rollout?.logs.map(({ taskId }) => taskId)
    expect(logged).toEqual(['c0', 'c1', 'c2'])
  })

  test('the looks do not wait for them', async () => {
    const { reader, clock, asked } = stage({ ...crashes, instead })
    const looks = () => asked.filter(({ operation }) => operation === 'DescribeServices').length
    const waiting: { readonly after: number; readonly go: () => void }[] = []
    // Lines that come only when two more looks have been taken.
    const read: typeof reader.read = async (call, query) => {
      for (const { after, go } of waiting) if (looks() > after) go()
      if (call.operation === 'GetLogEvents') {
        await new Promise<void>((go) => waiting.push({ after: looks() + 1, go }))
      }
      return reader.read(call, query)
    }
    const deps = { clock, random: () => 0.5, tool: TOOL, say: () => {}, prepare: async () => PREPARED }
    const report = await watchRun(WATCH, { ...deps, reader: { ...reader, read } })
    expect(report.rollout?.logs[0]?.lines.at(-1)).toBe('fatal: no such table')
  })

  test('logs: 0 reads none', async () => {
    const { report, asked } = await watched({ ...crashes, instead }, { logLines: 0 })
    expect(report.rollout?.logs).toEqual([])
    expect(asked.some(({ operation }) => operation === 'GetLogEvents')).toBe(false)
  })
})

test('the load balancer says why it refuses a target', async () => {
  const arn = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/web/0123456789abcdef'
  const unhealthy = `Task failed ELB health checks in (target-group ${arn})`
  const script = always({ targetGroupArns: [arn] }, (seconds) =>
    seconds < 60
      ? [running('1')]
      : [exited('1', 137, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: unhealthy, stoppedAt: at(60) })],
  )
  const health = {
    TargetHealthDescriptions: [
      {
        Target: { Id: '10.20.1.15', Port: 8080 },
        TargetHealth: {
          State: 'unhealthy',
          Reason: 'Target.ResponseCodeMismatch',
          Description: 'Health checks failed with these codes: [404]',
        },
      },
    ],
  }
  const instead: Script['instead'] = (call) => (call.operation === 'DescribeTargetHealth' ? known([health]) : null)
  const { report } = await watched({ ...script, instead }, { waitMinutes: 3 })
  expect(report.rollout?.failures[0]).toMatchObject({ label: 'health/elb', step: 'health' })
  expect(report.rollout?.notes.map(({ en }) => en).join(' ')).toContain('Health checks failed with these codes: [404]')
})

test('a load balancer that may not be asked is said', async () => {
  const arn = 'arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/web/0123456789abcdef'
  const unhealthy = `Task failed ELB health checks in (target-group ${arn})`
  const script = always({ targetGroupArns: [arn] }, () => [
    exited('1', 137, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: unhealthy, stoppedAt: at(60) }),
  ])
  const instead: Script['instead'] = (call) =>
    call.operation === 'DescribeTargetHealth' ? unread('denied', call.permission, 'AccessDenied') : null
  const { report, tape } = await watched({ ...script, instead }, { waitMinutes: 1 })
  const notes = report.rollout?.notes.map(({ en }) => en).join(' ')
  expect(notes).toContain('could not be read (elasticloadbalancing:DescribeTargetHealth): AccessDenied')
  expect(renderJson(replayWatch(tape), 'en')).toBe(renderJson(report, 'en'))
})

test('flow logs, where they are asked for, show the rejected packets', async () => {
  const row = [
    { field: 'srcAddr', value: '10.20.1.15' },
    { field: 'dstAddr', value: '52.219.148.62' },
    { field: 'action', value: 'REJECT' },
    { field: '@ptr', value: 'CmEKJgoi' },
  ]
  const instead: Script['instead'] = (call) => {
    if (call.operation === 'StartQuery') return known([{ queryId: 'q-1' }])
    return call.operation === 'GetQueryResults' ? known([{ status: 'Complete', results: [row] }]) : null
  }
  const { report, asked, tape } = await watched({ ...seoulIncident, instead }, { flowLogs: '/vpc/flow' })
  const record = 'VPC Flow Logs: srcAddr=10.20.1.15 dstAddr=52.219.148.62 action=REJECT'
  const notes = report.rollout?.failures[0]?.notes.map(({ en }) => en) ?? []
  expect(notes).toContain(record)
  expect(notes.join(' ')).toContain('a security group or a network ACL did not permit them')
  const query = JSON.parse(asked.find(({ operation }) => operation === 'StartQuery')?.query.id?.[0] ?? '{}')
  expect(query).toMatchObject({ logGroupName: '/vpc/flow' })
  expect(query.queryString).toContain('"52.219.148.62"')
  expect(renderJson(replayWatch(tape), 'en')).toBe(renderJson(report, 'en'))
})

test('starts that ECS counts and nobody may see make a good end a warning', async () => {
  const script: Script = {
    scene: (seconds) => ({
      service: service({
        deployments:
          seconds < 60
            ? [deployment({ failedTasks: 2 }), old()]
            : [deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(60) })],
      }),
      tasks: [],
    }),
    instead: (call) =>
      call.operation === 'ListTasks' ? unread('denied', call.permission, 'AccessDeniedException') : null,
  }
  const clean = { ...PREPARED, report: { ...PREPARED.report, findings: [] } }
  const { report, asked, seconds } = await watched(script, {}, async () => clean)
  expect(report).toMatchObject({ verdict: 'warn', rollout: { phase: 'steady', tasks: { failed: 2 } } })
  expect(asked.length / seconds).toBeLessThanOrEqual(2)
})

describe('preflight beside the watch', () => {
  test('is made again where it failed once, and holds the failures against the network all the same', async () => {
    let tries = 0
    const prepare = async (): Promise<Prepared> => {
      tries += 1
      if (tries < 3)
        throw new UsageError({ en: 'AWS throttled every request.', ko: 'AWS가 모든 요청을 스로틀링했습니다.' })
      return PREPARED
    }
    const { report } = await watched(seoulIncident, {}, prepare)
    expect(tries).toBe(3)
    expect(report.rollout?.failures[0]).toMatchObject({ cause: 's3-route-missing', confidence: 'proved' })
    expect(report.unknowns).toEqual([])
  })

  test('that never works is said, and the texts alone explain', async () => {
    const prepare = async (): Promise<Prepared> => {
      throw new UsageError({ en: 'AWS throttled every request.', ko: 'AWS가 모든 요청을 스로틀링했습니다.' })
    }
    const { report, tape } = await watched(seoulIncident, {}, prepare)
    expect(report.unknowns).toMatchObject([{ check: 'preflight', matters: false }])
    expect(report.rollout?.failures[0]).toMatchObject({ destination: 's3-layers', cause: null })
    expect(report.rollout?.diagnosedAt).not.toBeNull()
    expect(renderJson(replayWatch(tape), 'en')).toBe(renderJson(report, 'en'))
  })
})

describe('a service of a thousand tasks', () => {
  const old500 = Array.from({ length: 500 }, (_, number) =>
    running(`o${number}`, { startedBy: OLD, createdAt: at(-900) }),
  )
  const ours = Array.from({ length: 500 }, (_, number) =>
    running(`n${number}`, { createdAt: at(-60), startedAt: at(-30) }),
  )
  const script: Script = {
    scene: (seconds) => ({
      service: service({
        desiredCount: 1000,
        deployments: [deployment({ desiredCount: 1000, runningCount: 500 }), old({ runningCount: 500 })],
      }),
      tasks: [
        ...old500,
        ...ours,
        ...(seconds < 100
          ? [task('last', { lastStatus: 'PENDING' })]
          : [failedToStart('last', S3_TIMEOUT, { subnetId: SUBNET_C, stoppingAt: at(100), stoppedAt: at(101) })]),
      ],
    }),
  }
  const run = watched(script, { waitMinutes: 3 })

  test('is watched within the budget, and a stop is seen within six seconds', async () => {
    const { report, seconds } = await run
    expect((report.rollout?.looks.calls ?? 0) / seconds).toBeLessThanOrEqual(2)
    expect(report.rollout?.firstFailureSeenAt).toBeLessThanOrEqual(at(106))
    expect(report.rollout?.tasks).toMatchObject({ started: 501, failed: 1 })
  })

  test('and its tape holds each task once', async () => {
    const looks = (await run).tape.split('\n').filter((line) => line.startsWith('{"kind":"poll"'))
    expect(looks.length).toBeGreaterThan(20)
    const [first = '', ...others] = looks.map((line) => line.length)
    expect(first).toBeGreaterThan(500_000)
    expect(others.reduce((sum, length) => sum + length, 0)).toBeLessThan(20_000)
    expect(renderJson(replayWatch((await run).tape), 'en')).toBe(renderJson((await run).report, 'en'))
  })
})

describe('a tape', () => {
  test('that was cut anywhere is played as far as it goes', async () => {
    const { tape } = await watched(seoulIncident)
    const begun = tape.indexOf('\n') + 1
    for (let end = begun; end < tape.length; end += 2_999) {
      const whole = tape.slice(0, Math.max(begun, tape.lastIndexOf('\n', end - 1) + 1))
      expect(renderJson(replayWatch(tape.slice(0, end)), 'en')).toBe(renderJson(replayWatch(whole), 'en'))
    }
  })

  test('does not repeat what is settled', async () => {
    const lines = (await watched(seoulIncident)).tape.split('\n')
    const naming = (text: string) => lines.filter((line) => line.startsWith('{"kind":"look"') && line.includes(text))
    expect(lines.length).toBeGreaterThan(100)
    expect(naming('"id":"1a"').length).toBeLessThan(8)
    expect(naming(serviceDeployment().arn).length).toBeLessThan(4)
  })

  test('whose last line was cut is played as far as it goes', async () => {
    const { tape } = await watched(seoulIncident)
    expect(replayWatch(tape.slice(0, -40)).rollout?.tasks.started).toBe(4)
  })

  test('that the first version wrote is refused, with what to do', () => {
    const tape = readFileSync(join(import.meta.dirname, 'tape-of-form-1.ndjson'), 'utf8')
    expect(() => replayWatch(tape)).toThrow('replay it with the version that wrote it')
    expect(() => replayWatch(tape)).toThrow(UsageError)
  })

  test.each(['', '{"kind":"poll"}', 'not json\n{"kind":"begin","now":0}'])('that is none: %s', (text) => {
    expect(() => replayWatch(text)).toThrow(UsageError)
  })
})
