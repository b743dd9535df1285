/** `probe --enable-exec`, killed at each of its writes; then the next run. And the program, asked to end. */
import { spawn } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import type { Operation } from '../../../simulator/operation.ts'
import { OPERATIONS } from '../../../simulator/operations.ts'
import { execStage } from './exec-stage.ts'
import { fastClock, OURS, probing } from './one-probe.ts'

const DRIVER = new URL('one-probe.ts', import.meta.url).pathname
/** In their order. */
const WRITES = ['TagResource', 'UpdateService', 'ExecuteCommand', 'ExecuteCommand', 'UpdateService', 'UntagResource']

/** Calls `act` at the nth write, before or after it is done; what is killed gets no answer. */
function atWrite(nth: number, isDone: boolean, act: () => void): Readonly<Record<string, Operation>> {
  let count = 0
  return Object.fromEntries(
    [...new Set(WRITES)].map((name): [string, Operation] => {
      const real = OPERATIONS['ecs']?.[name]
      if (real === undefined) throw new Error(name)
      return [
        name,
        async (request, world) => {
          count += 1
          if (count !== nth) return real(request, world)
          if (isDone) await real(request, world)
          act()
          return new Promise(() => {})
        },
      ]
    }),
  )
}

describe('killed with SIGKILL', () => {
  const points = WRITES.flatMap((name, at) => [[at + 1, 'before', name] as const, [at + 1, 'after', name] as const])

  test.each(points)('at write %i, %s %s was done: the next run puts everything back', async (nth, when, _name) => {
    const began = Date.now()
    const clock = fastClock(began)
    let kill = () => {}
    const operations = { ecs: atWrite(nth, when === 'after', () => kill()) }
    const { url, settings, writes } = await execStage(clock, { operations })
    const before = await settings()
    const child = spawn(process.execPath, [DRIVER, url, String(began)], { stdio: 'inherit' })
    kill = () => void child.kill('SIGKILL')
    expect(await endOf(child)).toBe('SIGKILL')
    const sent = writes().map(({ operation }) => operation)
    expect(sent.slice(0, nth)).toEqual(WRITES.slice(0, nth))
    // Sessions are opened at once.
    expect(sent.slice(nth).filter((name) => name !== 'ExecuteCommand')).toEqual([])
    const isClean = nth === 1 ? when === 'before' : nth === WRITES.length && when === 'after'
    expect(JSON.stringify(await settings()) === JSON.stringify(before)).toBe(isClean)
    const { report } = await probing(url, clock)
    expect(await settings()).toEqual(before)
    expect(report.temporary).toBeUndefined()
  })
})

/** The signal that ended it. */
function endOf(child: ReturnType<typeof spawn>): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (_code, signal) => resolve(signal))
  })
}

describe.each(['SIGINT', 'SIGTERM'] as const)('asked to end with %s', (signal) => {
  test('the program puts the setting back and ends with 3', async () => {
    const clock = { now: () => Date.now(), sleep: async () => {} }
    const { url, settings, simulator } = await execStage(clock)
    const before = await settings()
    const line = ['probe', '--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service']
    const aws = { AWS_ENDPOINT_URL: url, AWS_REGION: 'ap-northeast-2', AWS_EC2_METADATA_DISABLED: 'true' }
    const credentials = { AWS_ACCESS_KEY_ID: 'simulated', AWS_SECRET_ACCESS_KEY: 'simulated' }
    const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...aws, ...credentials, ...OURS }
    // Straight from the sources: nothing has to be built for it.
    const child = spawn(process.execPath, ['src/entry/cli-main.ts', ...line, '--enable-exec'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    let isAsked = false
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk
      const isUpdated = simulator.requests().some(({ operation }) => operation === 'UpdateService')
      if (isAsked || !isUpdated) return
      isAsked = true
      child.kill(signal)
    })
    const exitCode = new Promise((resolve) => child.once('exit', resolve))
    expect([await endOf(child), await exitCode]).toEqual([null, 3])
    expect(said).toContain('ECS Exec is put back as it was')
    expect(await settings()).toEqual(before)
  })
})
