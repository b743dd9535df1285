/** The built action, started as GitHub's runner starts it, against AWS on loopback. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Refusal } from '../../simulator/refusal.ts'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { startSimulator } from '../../simulator/start.ts'
import { type FakeGitHub, error as refusal, startGitHub } from '../github/fake-github.ts'
import { ACTION, awsAt, jobOf, run, temporary } from './program.ts'

const place = temporary()
const simulators: Awaited<ReturnType<typeof startSimulator>>[] = []

beforeAll(async () => {
  await Promise.all([writeSeoul(join(place, 'seoul')), writeSeoul(join(place, 'healthy'), { healthy: true })])
  for (const name of ['seoul', 'healthy']) simulators.push(await startSimulator({ folder: join(place, name) }))
})

afterAll(() => Promise.all(simulators.map((simulator) => simulator.stop())))

const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

async function act(inputs: Readonly<Record<string, string>>, world = 0, runner: NodeJS.ProcessEnv = {}) {
  const { env, read } = jobOf(inputs)
  const ended = await run(ACTION, [], { ...env, ...awsAt(simulators[world]?.url ?? ''), ...runner })
  return { ...ended, ...read() }
}

describe('preflight', () => {
  test('of the Seoul case fails the step and tells the job why', async () => {
    const { exitCode, stdout, stderr, summary, outputs } = await act(SERVICE)
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(outputs).toMatchObject({ verdict: 'fail', 'failing-step': 'routes' })
    const findings = JSON.parse(outputs['findings'] ?? '')
    const blockers = findings.filter((finding: { severity: string }) => finding.severity === 'blocker')
    expect(blockers).toEqual([expect.objectContaining({ check: 's3-route-missing' })])
    expect(stdout.match(/^::error /gm)).toHaveLength(blockers.length)
    expect(summary).toContain('rtb-0f83b2c6e5a7d1940')
    for (const name of ['report.json', 'report.md', 'report.html', 'report.sarif', 'report.junit.xml'])
      expect(existsSync(join(outputs['report'] ?? '', name))).toBe(true)
  })

  test('of a healthy service lets the job go on', async () => {
    const { exitCode, outputs, stdout } = await act(SERVICE, 1)
    expect(exitCode).toBe(0)
    expect(outputs['failing-step']).toBe('')
    expect(outputs['verdict']).not.toBe('fail')
    expect(stdout).not.toContain('::error')
  })

  test('speaks Korean', async () => {
    const { stdout, summary } = await act({ ...SERVICE, language: 'ko' })
    expect(summary).toMatch(/[가-힣]/)
    expect(stdout).toMatch(/^::error title=[^:]*[가-힣]/m)
  })

  test('prints the report where no line of it can be taken for a workflow command', async () => {
    const { stdout } = await act(SERVICE)
    const [, token = ''] = /^::stop-commands::(\S+)$/m.exec(stdout) ?? []
    expect(token).toMatch(/^[0-9a-f-]{36}$/)
    const [before = '', report = ''] = stdout.split(token)
    expect(before).toMatch(/^::group::ecs-pull-guard: .*A route table has no route to S3.*\n::stop-commands::$/m)
    expect(report).toContain('s3-route-missing')
  })
})

test('with debug logging, every call of AWS is a line of the log', async () => {
  const calls = (stdout: string) => stdout.match(/^::debug::\w[\w-]* \w+ \(ap-northeast-2\) \d+ ms(: \w+)?$/gm) ?? []
  const quiet = await act(SERVICE, 1)
  const loud = await act(SERVICE, 1, { RUNNER_DEBUG: '1' })
  expect(calls(quiet.stdout)).toEqual([])
  expect(calls(loud.stdout).some((line) => line.startsWith('::debug::ecs DescribeServices '))).toBe(true)
  expect(loud.stdout.match(/^::debug::/gm)).toHaveLength(calls(loud.stdout).length)
})

describe('wrong input', () => {
  test.each([
    ['a value', { ...SERVICE, 'fail-on': 'everything' }, '`fail-on` takes a comma list'],
    ['a mode', { ...SERVICE, mode: 'dance' }, '`mode` takes one of'],
    ['a mode of a later version', { ...SERVICE, mode: 'audit' }, '`audit` is not part of this version'],
    ['a mode that never ends', { mode: 'simulate' }, '`mode` takes one of'],
    ['a service that is not there', { ...SERVICE, service: 'nope' }, 'role-nestjs-second-service'],
    [
      'services of the names of commands',
      { ...SERVICE, service: 'x\n::stop-commands::y' },
      '`service` of `preflight` takes',
    ],
    [
      'a file of the name of commands',
      { ...SERVICE, 'task-definition': '::set-output name=verdict::pass##[add-path]/tmp.json' },
      'cannot be read (ENOENT)',
    ],
  ])('%s fails the step with 2 and one annotation', async (_, inputs, named) => {
    const { exitCode, stdout, summary } = await act(inputs)
    expect(exitCode).toBe(2)
    expect(stdout.match(/^::error title=ecs-pull-guard::.*$/gm)).toEqual([expect.stringContaining(named)])
    expect(summary).toBe('')
    expect(stdout.match(/^::(?!error title=ecs-pull-guard::)|##\[/gm)).toBeNull()
  })
})

test('a secret in the name of an error stands in no line of the debug log', async () => {
  const code = `pwned ghp_${'a1B2'.repeat(9)}`
  const refuse = () => {
    throw new Refusal(code, 'no')
  }
  const simulator = await startSimulator({
    folder: join(place, 'healthy'),
    operations: { logs: { DescribeLogGroups: refuse } },
  })
  simulators.push(simulator)
  const { stdout } = await act(SERVICE, simulators.indexOf(simulator), { RUNNER_DEBUG: '1' })
  expect(stdout).toMatch(/^::debug::logs DescribeLogGroups .*pwned/m)
  expect(stdout).not.toContain('ghp_a1B2')
})

describe('other modes', () => {
  test('trace prints the flow and fails when it is blocked', async () => {
    const { exitCode, stdout, outputs } = await act({
      mode: 'trace',
      'from-subnet': 'subnet-09d2f7a641be3c85e',
      'security-groups': 'sg-0a4e8c15d7f3b9621',
      to: 's3',
    })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('rtb-0f83b2c6e5a7d1940')
    expect(outputs['verdict'] ?? '').toBe('')
  })

  test('snapshot hands over its folder', async () => {
    const { exitCode, outputs } = await act({ ...SERVICE, mode: 'snapshot' })
    expect(exitCode).toBe(0)
    expect(existsSync(join(outputs['report'] ?? '', 'ecs/describe-services.json'))).toBe(true)
  })
})

/** Its image has a tag that the repository does not have. */
const TASK_DEFINITION = `{
  "family": "nestjs-second",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "512",
  "executionRoleArn": "arn:aws:iam::406178923551:role/ecsTaskExecutionRole",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "406178923551.dkr.ecr.ap-northeast-2.amazonaws.com/nestjs-second:nope"
    }
  ]
}
`

describe('a task definition of the repository', () => {
  test('has the finding on its line, in the annotation and for code scanning', async () => {
    const workspace = temporary()
    mkdirSync(join(workspace, 'ecs'))
    const file = join(workspace, 'ecs/task.json')
    writeFileSync(file, TASK_DEFINITION)
    const line = TASK_DEFINITION.split('\n').findIndex((one) => one.includes('"image"')) + 1
    const given = { ...SERVICE, 'task-definition': file }
    const { stdout, outputs } = await act(given, 1, { GITHUB_WORKSPACE: workspace })
    expect(stdout).toMatch(new RegExp(`^::error title=[^:]*,file=ecs/task.json,line=${line}::`, 'm'))
    const sarif = readFileSync(join(outputs['report'] ?? '', 'report.sarif'), 'utf8')
    const { artifactLocation, region } = JSON.parse(sarif).runs[0].results[0].locations[0].physicalLocation
    expect([artifactLocation.uri, region.startLine]).toEqual(['ecs/task.json', line])
  })

  test('that lies outside of it has none', async () => {
    const file = join(temporary(), 'task.json')
    writeFileSync(file, TASK_DEFINITION)
    const { stdout } = await act({ ...SERVICE, 'task-definition': file }, 1, { GITHUB_WORKSPACE: temporary() })
    expect(stdout).toMatch(/^::error /m)
    expect(stdout).not.toMatch(/^::error .*file=/m)
  })
})

describe('a pull request', () => {
  const githubs: FakeGitHub[] = []
  afterAll(() => Promise.all(githubs.map((github) => github.stop())))

  async function pullRequest() {
    const github = await startGitHub()
    githubs.push(github)
    const event = join(temporary(), 'event.json')
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: 'a'.repeat(40), repo: null } } }))
    const place = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event }
    return { github, runner: { ...place, GITHUB_API_URL: github.url } }
  }
  const given = { ...SERVICE, 'github-token': 'ghs_token' }

  test('gets a comment, which the next run updates', async () => {
    const { github, runner } = await pullRequest()
    expect((await act(given, 0, runner)).stdout).not.toContain('::notice')
    await act(given, 1, runner)
    expect([github.comments.length, github.faults]).toEqual([1, []])
    expect(github.comments[0]?.body).toMatch(/~~.*rtb-0f83b2c6e5a7d1940.*~~: fixed since/)
  })

  test('of which GitHub keeps the comments to itself costs one notice, and nothing else', async () => {
    const { github, runner } = await pullRequest()
    github.before = () => refusal(403, 'Resource not accessible by integration')
    const { exitCode, stdout, summary, outputs } = await act(given, 0, runner)
    expect(exitCode).toBe(1)
    expect(stdout.match(/^::notice title=ecs-pull-guard::.*forks.*$/gm)).toHaveLength(1)
    expect(summary).toContain('rtb-0f83b2c6e5a7d1940')
    expect(outputs['verdict']).toBe('fail')
  })

  test.each([
    ['without a token', { 'github-token': '' }, 1],
    ['that wants none', { comment: 'never' }, 0],
  ])('%s is left alone', async (_, inputs, notices) => {
    const { github, runner } = await pullRequest()
    const { stdout } = await act({ ...given, ...inputs }, 0, runner)
    expect(stdout.match(/^::notice/gm) ?? []).toHaveLength(notices)
    expect(github.calls).toEqual([])
  })

  test('behind a proxy is reached through it', async () => {
    const { github, runner } = await pullRequest()
    const asked: string[] = []
    const proxy = createServer().on('connect', ({ url = '', headers }, socket) => {
      asked.push(`${url} ${headers['proxy-authorization']}`)
      const there = connect(Number(new URL(github.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        there.pipe(socket).pipe(there)
      })
      there.on('error', () => socket.destroy())
      socket.on('error', () => there.destroy())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const way = { GITHUB_API_URL: 'http://git.example', http_proxy: `http://me:secret@127.0.0.1:${port}` }
    const { stdout } = await act(given, 0, { ...runner, ...way })
    proxy.close()
    expect(stdout).not.toContain('::notice')
    expect(github.comments).toHaveLength(1)
    expect(new Set(asked)).toEqual(new Set([`git.example:80 Basic ${Buffer.from('me:secret').toString('base64')}`]))
  })
})
