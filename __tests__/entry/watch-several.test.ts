/** The built program follows several services at once, on loopback and in real time. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { scenarioNamed } from '../../scripts/scenarios.ts'
import { CLUSTER, type Plays, worldOfSeveral } from '../../scripts/several-scenarios.ts'
import { scenarioOf } from '../../simulator/rollout/read-scenario.ts'
import type { Scenario } from '../../simulator/rollout/scenario.ts'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import { ACTION, awsAt, CLI, type Ended, jobOf, run, start, temporary } from './program.ts'

jest.setTimeout(120_000)

const simulators: Simulator[] = []
afterAll(() => Promise.all(simulators.map((simulator) => simulator.stop())))

async function playing(services: Plays['services'], speed = 60): Promise<NodeJS.ProcessEnv> {
  const simulator = await startSimulator({ world: worldOfSeveral({ services, speed }) })
  simulators.push(simulator)
  return awsAt(simulator.url)
}

/** Of two deployments that get no task running: the second comes once the watch has surely begun. */
const SUPERSEDED: Scenario = scenarioOf({
  ...scenarioNamed('stuck'),
  script: [
    { does: 'deploy', at: 0 },
    { does: 'deploy', at: 900 },
  ],
})

const watching = (...names: readonly string[]) => ['watch', '--cluster', CLUSTER, '--service', names.join(',')]

interface Member {
  readonly target: { readonly service: string }
  readonly verdict: string
  readonly rollout: { readonly phase: string }
}

function endings({ stdout }: Ended) {
  const { mode, verdict, services, missing } = JSON.parse(stdout) as {
    readonly mode: string
    readonly verdict: string
    readonly services: readonly Member[]
    readonly missing: readonly { readonly service: string; readonly because: string }[]
  }
  return { mode, verdict, phases: services.map((one) => `${one.target.service} ${one.rollout.phase}`), missing }
}

/** Played side by side, as each takes seconds. */
let played: Readonly<Record<'healthy' | 'failing' | 'superseded' | 'unknown' | 'absent' | 'job', Ended>>
let healthy: Simulator
const folder = join(temporary(), 'report')
const job = jobOf({ cluster: CLUSTER, service: 'web\napi\n', mode: 'watch', comment: 'never' })

beforeAll(async () => {
  const json = ['--format', 'json']
  healthy = await startSimulator({ world: worldOfSeveral({ services: { web: 'clean', api: 'clean' }, speed: 60 }) })
  simulators.push(healthy)
  const [both, failing, superseded, unknown, absent, ended] = await Promise.all([
    run(CLI, [...watching('web', 'api', 'web'), ...json, '--output', folder], awsAt(healthy.url)),
    playing({ web: 'clean', api: 'image-not-found' }).then((env) =>
      run(CLI, [...watching('web', 'api'), '--language', 'ko'], env),
    ),
    playing({ web: SUPERSEDED, api: 'image-not-found' }).then((env) =>
      run(CLI, [...watching('web'), '--service', 'api', ...json], env),
    ),
    playing({ web: SUPERSEDED, api: 'clean' }).then((env) => run(CLI, [...watching('web', 'api'), ...json], env)),
    playing({ web: 'clean' }).then((env) => run(CLI, [...watching('web', 'nope'), ...json], env)),
    playing({ web: 'clean', api: 'image-not-found' }).then((env) => run(ACTION, [], { ...job.env, ...env })),
  ])
  played = { healthy: both, failing, superseded, unknown, absent, job: ended }
})

describe('on the command line', () => {
  test('two that end steady end with 0: one document, named lines on standard error, a name twice is one service', () => {
    const ended = played.healthy
    expect(ended.exitCode).toBe(0)
    expect(endings(ended)).toEqual({
      ...{ mode: 'watch', verdict: 'pass', phases: ['web steady', 'api steady'], missing: [] },
    })
    const lines = ended.stderr.split('\n')
    expect(lines[0]).toContain(`[0:00] Watching ${CLUSTER} / web, api, for up to 30 minutes. `)
    for (const name of ['web', 'api'])
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^\\[\\d:\\d\\d\\] ${name}: Following deployment`)))
    expect(ended.stderr).toMatch(/: Over: PASS\. .*Still watched: (web|api)\.\n/)
    expect(lines.slice(1).filter((line) => /^\[/.test(line) && !/^\[\d:\d\d\] (web|api): /.test(line))).toEqual([])
  })

  test('what they have in common is read once', () => {
    const asked = (operation: string) => healthy.requests().filter((one) => one.operation === operation).length
    expect(['DescribeVpcEndpoints', 'DescribeRouteTables', 'GetRole'].map(asked)).toEqual([1, 1, 1])
    // Of each its own.
    expect(asked('DescribeServices')).toBeGreaterThanOrEqual(4)
  })

  test('the folder has the files of the whole, and a folder a service with its own and its tape', () => {
    const files = ['report.html', 'report.json', 'report.junit.xml', 'report.md', 'report.sarif', 'tape.ndjson']
    expect(readdirSync(folder).toSorted()).toEqual(['api', ...files, 'web'])
    for (const name of ['web', 'api']) {
      expect(readdirSync(join(folder, name)).toSorted()).toEqual(['fix.sh', ...files, 'unfix.sh'])
      const own = JSON.parse(readFileSync(join(folder, name, 'report.json'), 'utf8'))
      expect(JSON.parse(played.healthy.stdout).services).toContainEqual(own)
    }
  })

  test('its tape, played again, gives the same files byte for byte, and so does that of one service alone', async () => {
    const again = join(temporary(), 'again')
    const replay = (tape: string, ...more: readonly string[]) =>
      run(CLI, ['watch', '--replay', join(folder, tape), '--format', 'json', ...more])
    const [whole, alone] = await Promise.all([
      replay('tape.ndjson', '--output', again),
      replay(join('web', 'tape.ndjson')),
    ])
    expect([whole.exitCode, whole.stdout]).toEqual([0, played.healthy.stdout])
    expect(alone.stdout).toBe(readFileSync(join(folder, 'web', 'report.json'), 'utf8'))
    for (const name of readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((one) => one.includes('.')))
      expect([name, readFileSync(join(again, name), 'utf8')]).toEqual([name, readFileSync(join(folder, name), 'utf8')])
    expect(existsSync(join(again, 'api', 'report.html'))).toBe(true)
  })

  test('a tape without those of its services names the one that is missing', async () => {
    const lone = join(temporary(), 'tape.ndjson')
    writeFileSync(lone, readFileSync(join(folder, 'tape.ndjson')))
    const { exitCode, stderr } = await run(CLI, ['watch', '--replay', lone])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(join('web', 'tape.ndjson'))])
  })

  test('one that fails beside one that goes well ends with 1, and the overview comes first', () => {
    const { exitCode, stdout, stderr } = played.failing
    expect(exitCode).toBe(1)
    expect(stdout.split('\n')[0]).toBe('✘ 실패  서비스 2개: 실패 1개, 통과 1개.')
    expect(stdout.indexOf('✘ api')).toBeLessThan(stdout.indexOf('✔ web'))
    expect(stderr).toMatch(/api: .*[가-힣]/)
  })

  test('a failure counts before an end that is not known, and that before a good one', () => {
    const { superseded, unknown } = played
    expect(superseded.exitCode).toBe(1)
    expect(endings(superseded)).toMatchObject({ verdict: 'fail', phases: ['web superseded', 'api rolled-back'] })
    expect(unknown.exitCode).toBe(3)
    expect(endings(unknown)).toMatchObject({ verdict: 'unknown', phases: ['web superseded', 'api steady'] })
  })

  test('a service that is not there costs the others nothing, and is bad input all the same', () => {
    const { absent } = played
    expect(absent.exitCode).toBe(2)
    const missing = [{ service: 'nope', because: expect.stringContaining('Services there: web.') }]
    expect(endings(absent)).toEqual({ mode: 'watch', verdict: 'unknown', phases: ['web steady'], missing })
    expect(absent.stderr).toMatch(/nope: The input "service" names nope, which does not exist/)
  })

  test('where none is there, nothing is printed but sentences', async () => {
    const env = await playing({ web: 'clean' })
    const { exitCode, stdout, stderr } = await run(CLI, watching('nope', 'neither'), env)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^ecs-pull-guard: The input "service" names nope/m)
    expect(stderr).toMatch(/neither: The input "service" names neither/)
  })

  test('Ctrl-C ends those that go on with what is known, and keeps what has ended', async () => {
    const env = await playing({ web: 'clean', api: 'stuck', mail: 'stuck' })
    const running = start(CLI, [...watching('web', 'api', 'mail'), '--format', 'json'], env)
    await running.says(/web: Over: PASS/)
    running.interrupt()
    const ended = await running.ended
    expect(ended.exitCode).toBe(3)
    expect(endings(ended).phases).toEqual(['web steady', 'api cancelled', 'mail cancelled'])
    expect(ended.stderr.match(/The rollout goes on/gi)?.length).toBeGreaterThan(0)
  })

  test.each([
    [['preflight', '--cluster', 'prod', '--service', 'web,api'], '`--service` of `preflight` takes one value'],
    [['snapshot', '--output', 'x', '--service', 'web\napi'], '`--service` of `snapshot` takes one value'],
    [[...watching('web', 'api'), '--task-definition', 'web:42'], '`service=family:revision`'],
    [['watch', '--service', 'arn:aws:ecs:a:1:service/x/web,arn:aws:ecs:a:1:service/y/api'], 'of one cluster'],
    [[...watching('web', 'api'), '--region', 'ap-northeast-2', '--output', '/dev/null/x'], '`--output` takes a folder'],
  ])('%j is refused in one sentence', async (argv, named) => {
    const { exitCode, stdout, stderr } = await run(CLI, argv)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(named)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  test('each service has its own revision', async () => {
    const env = await playing({ web: 'clean', api: 'clean' })
    const revisions = ['--task-definition', 'web=web:42', '--task-definition', 'api=api:99']
    const budget = ['--wait-for-deployment', '0.05', '--format', 'json']
    const ended = await run(CLI, [...watching('web', 'api'), ...revisions, ...budget], env)
    expect(endings(ended).phases).toEqual(['web steady', 'api not-started'])
    expect(ended.exitCode).toBe(1)
  })
})

describe('as an action', () => {
  test('the step fails for the one that fails, and tells the job of both', () => {
    const { exitCode, stdout } = played.job
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^::error title=api%3A /m)
    expect(stdout).toMatch(/^::group::ecs-pull-guard: 2 services: 1 FAIL, 1 PASS\. api: /m)
    const { outputs, summary } = job.read()
    expect(outputs['verdict']).toBe('fail')
    expect(outputs['headline']).toMatch(/^2 services: 1 FAIL, 1 PASS\. api: Rollout rolled back/)
    // Which depends on whether the preflight reads the service before ECS has rolled back.
    expect(outputs['failing-step']).toMatch(/^(image|pull)$/)
    expect(outputs['service-deployment-arn']?.split('\n').map((arn) => arn.split('/').at(-2))).toEqual(['api', 'web'])
    expect(readdirSync(outputs['report'] ?? '')).toEqual(expect.arrayContaining(['report.html', 'web', 'api']))
    expect(summary.indexOf('| ❌ `api`')).toBeLessThan(summary.indexOf('| ✅ `web`'))
    expect(summary).toContain('<summary>❌ <code>api</code>: FAIL</summary>')
  })

  test('several names are for `watch` alone', async () => {
    const { exitCode, stdout } = await run(ACTION, [], jobOf({ service: 'web,api', mode: 'preflight' }).env)
    expect(exitCode).toBe(2)
    expect(stdout).toContain('`service` of `preflight` takes one value')
  })
})
