/** The program itself, killed at each of its writes; then the next run. */
import { spawn } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import type { Operation } from '../../../simulator/operation.ts'
import { OPERATIONS } from '../../../simulator/operations.ts'
import { BAD, GOOD, OURS, stageOf } from './stage.ts'

/** Of a rehearsal in two subnets, in their order. */
const WRITES = ['RegisterTaskDefinition', 'RunTask', 'RunTask', 'DeregisterTaskDefinition', 'DeleteTaskDefinitions']

/** Writes whose `nth` kills the program: before it is done, or as soon as it is done and before it is answered. */
function deadly(nth: number, isDone: boolean, kill: () => void): Readonly<Record<string, Operation>> {
  let count = 0
  return Object.fromEntries(
    [...new Set(WRITES), 'StopTask'].map((name): [string, Operation] => {
      const real = OPERATIONS['ecs']?.[name]
      if (real === undefined) throw new Error(name)
      return [
        name,
        async (request, world) => {
          count += 1
          const isLast = count === nth
          if (isLast && !isDone) {
            kill()
            await new Promise(() => {})
          }
          const answer = await real(request, world)
          if (!isLast) return answer
          kill()
          return new Promise(() => {})
        },
      ]
    }),
  )
}

/** Straight from the sources: nothing has to be built for it. */
function program(url: string) {
  const line = ['rehearse', '--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service']
  const aws = { AWS_ENDPOINT_URL: url, AWS_REGION: 'ap-northeast-2', AWS_EC2_METADATA_DISABLED: 'true' }
  const credentials = { AWS_ACCESS_KEY_ID: 'simulated', AWS_SECRET_ACCESS_KEY: 'simulated' }
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', ...aws, ...credentials, ...OURS }
  const child = spawn(process.execPath, ['src/entry/cli-main.ts', ...line], { env, stdio: 'ignore' })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)))
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, ended, exitCode }
}

describe('killed with SIGKILL', () => {
  const points = WRITES.flatMap((name, at) => [
    [at + 1, 'before', name, false] as const,
    [at + 1, 'after', name, true] as const,
  ])

  test.each(points)('at write %i, %s %s was done: the next run leaves nothing', async (nth, _when, _name, isDone) => {
    let kill = () => {}
    const began = Date.now()
    // A minute of the world is a second of the program's.
    const stage = await stageOf(
      {},
      {
        clock: { now: () => began + (Date.now() - began) * 60 },
        operations: { ecs: deadly(nth, isDone, () => kill()) },
      },
    )
    const { child, ended } = program(stage.simulator.url)
    kill = () => void child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const isClean = isDone ? nth === WRITES.length : nth === 1
    expect(stage.left().length > 0).toBe(!isClean)
    const { report } = await stage.run(['--wait-for-minutes', '1'])
    expect(report.rehearsal?.leftovers).toEqual([])
    expect(stage.left()).toEqual([])
  })
})

describe.each(['SIGINT', 'SIGTERM'] as const)('asked to end with %s', (signal) => {
  test('the program takes its tasks away and ends with 3', async () => {
    let started = 0
    let interrupt = () => {}
    const RunTask: Operation = async (request, world) => {
      const answer = await OPERATIONS['ecs']?.['RunTask']?.(request, world)
      started += 1
      if (started === 2) setTimeout(() => interrupt(), 200)
      return answer ?? {}
    }
    const stuck = { subnets: [{ id: GOOD }, { id: BAD, behaviour: { kind: 'stuck' as const } }] }
    const stage = await stageOf(stuck, { clock: { now: () => Date.now() }, operations: { ecs: { RunTask } } })
    const { child, ended, exitCode } = program(stage.simulator.url)
    interrupt = () => void child.kill(signal)
    expect(await ended).toBeNull()
    expect([await exitCode, stage.left()]).toEqual([3, []])
    expect(stage.writes().filter((one) => one === 'StopTask')).toHaveLength(2)
  })
})
