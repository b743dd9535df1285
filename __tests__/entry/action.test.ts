/** The built action, started as GitHub's runner starts it, against AWS on loopback. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { writeSeoul } from '../../scripts/seoul.mjs'
import { INPUT_NAMES, inputOf } from '../../src/inputs.ts'
import { startSimulator } from '../../src/simulator/start.ts'
import { ACTION, awsAt, run, temporary } from './program.ts'

jest.setTimeout(60_000)

const place = temporary()
const simulators: Awaited<ReturnType<typeof startSimulator>>[] = []

beforeAll(async () => {
  await Promise.all([writeSeoul(join(place, 'seoul')), writeSeoul(join(place, 'healthy'), { healthy: true })])
  for (const name of ['seoul', 'healthy']) simulators.push(await startSimulator({ folder: join(place, name) }))
})

afterAll(() => Promise.all(simulators.map((simulator) => simulator.stop())))

const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

/** A runner sets every input of action.yml, empty ones too, and hands over files to write to. */
async function act(inputs: Readonly<Record<string, string>>, world = 0) {
  const job = temporary()
  const files = { GITHUB_OUTPUT: join(job, 'outputs'), GITHUB_STEP_SUMMARY: join(job, 'summary') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const given = INPUT_NAMES.filter((name) => inputOf(name).door !== 'cli').map((name) => {
    return [`INPUT_${name.toUpperCase()}`, inputs[name] ?? inputOf(name).default ?? '']
  })
  const env = {
    ...Object.fromEntries(given),
    ...files,
    GITHUB_ACTIONS: 'true',
    RUNNER_TEMP: job,
    ...awsAt(simulators[world]?.url ?? ''),
  }
  const ended = await run(ACTION, [], env)
  return {
    ...ended,
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
  }
}

function outputsIn(file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...file.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n?\2$/gm)].map(([, name, , value]) => [name, value]),
  )
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
    for (const name of ['report.json', 'report.md', 'report.html'])
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
    expect(before).toMatch(/^::group::ecs-pull-guard\n::stop-commands::$/m)
    expect(report).toContain('s3-route-missing')
  })
})

describe('wrong input', () => {
  test.each([
    ['a value', { ...SERVICE, 'fail-on': 'everything' }, '`fail-on` takes a comma list'],
    ['a mode', { ...SERVICE, mode: 'dance' }, '`mode` takes one of'],
    ['a mode of a later version', { ...SERVICE, mode: 'deploy' }, '`deploy` is not part of this version'],
    ['a mode that never ends', { mode: 'simulate' }, '`mode` takes one of'],
    ['a service that is not there', { ...SERVICE, service: 'nope' }, 'role-nestjs-second-service'],
  ])('%s fails the step with 2 and one annotation', async (_, inputs, named) => {
    const { exitCode, stdout, summary } = await act(inputs)
    expect(exitCode).toBe(2)
    expect(stdout.match(/^::error title=ecs-pull-guard::.*$/gm)).toEqual([expect.stringContaining(named)])
    expect(summary).toBe('')
  })
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
