/** The built program deploys to AWS on loopback, in real time, through both of its doors. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { scenarioNamed } from '../../scripts/scenarios.ts'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { type Simulator, startSimulator } from '../../simulator/start.ts'
import { fileOf, PLACE, SERVICE, writesIn } from '../commands/deploy/deploying.ts'
import { ACTION, awsAt, CLI, jobOf, run, start } from './program.ts'

jest.setTimeout(120_000)

const simulators: Simulator[] = []
afterAll(() => Promise.all(simulators.map((simulator) => simulator.stop())))

async function playing(healthy: boolean, speed: number): Promise<Simulator> {
  const scenario = { ...scenarioNamed('clean'), script: [] }
  const simulator = await startSimulator({ files: seoulFiles({ healthy }), scenario, speed })
  simulators.push(simulator)
  return simulator
}

const OURS = ['RegisterTaskDefinition', 'UpdateService']
const LARGER = { cpu: '1024', memory: '2048' }

describe('on the command line', () => {
  test('a deploy that goes well ends with 0, and says what it does while it does it', async () => {
    const simulator = await playing(true, 60)
    const words = ['deploy', ...SERVICE, '--task-definition', await fileOf(LARGER), '--format', 'json']
    const { exitCode, stdout, stderr } = await run(CLI, words, awsAt(simulator.url))
    expect([exitCode, writesIn(simulator.requests())]).toEqual([0, OURS])
    expect(JSON.parse(stdout)).toMatchObject({ mode: 'deploy', rollout: { phase: 'steady' } })
    expect(stderr).toMatch(/Registered role-nestjs-second:42[\s\S]*The service is updated: deployment ecs-svc\/\d+/)
  })

  test('Ctrl-C leaves the rollout alone, unless `on-cancel: rollback` says otherwise', async () => {
    const [left, back] = await Promise.all(
      ['nothing', 'rollback'].map(async (onCancel) => {
        const simulator = await playing(true, 1)
        const words = [...SERVICE, '--on-cancel', onCancel, '--task-definition', await fileOf(LARGER)]
        const deploying = start(CLI, ['deploy', ...words], awsAt(simulator.url))
        await deploying.says(/The service is updated/)
        deploying.interrupt()
        const { exitCode } = await deploying.ended
        return [exitCode, writesIn(simulator.requests())]
      }),
    )
    expect(left).toEqual([3, OURS])
    expect(back).toEqual([3, [...OURS, 'StopServiceDeployment']])
  })
})

describe('as an action', () => {
  test('the step hands on what it made', async () => {
    const simulator = await playing(true, 60)
    const job = jobOf({ ...PLACE, mode: 'deploy', comment: 'never', 'task-definition': await fileOf(LARGER) })
    const { exitCode } = await run(ACTION, [], { ...job.env, ...awsAt(simulator.url) })
    const { outputs, summary } = job.read()
    expect([exitCode, outputs['verdict'], writesIn(simulator.requests())]).toEqual([0, 'pass', OURS])
    expect(outputs['task-definition-arn']).toMatch(/task-definition\/role-nestjs-second:42$/)
    expect(outputs['service-deployment-arn']).toMatch(/^arn:aws:ecs:/)
    expect(existsSync(join(outputs['report'] ?? '', 'tape.ndjson'))).toBe(true)
    expect(summary).toContain('memory')
  })

  test('the step fails where preflight does, and nothing is written', async () => {
    const simulator = await playing(false, 1)
    const job = jobOf({ ...PLACE, mode: 'deploy', comment: 'never', 'task-definition': await fileOf(LARGER) })
    const { exitCode, stdout } = await run(ACTION, [], { ...job.env, ...awsAt(simulator.url) })
    expect([exitCode, writesIn(simulator.requests())]).toEqual([1, []])
    expect(stdout).toMatch(/^::error /m)
    const { outputs, summary } = job.read()
    expect(outputs['headline']).toContain('Nothing was registered and nothing was updated.')
    expect(summary).toContain('Nothing was registered and nothing was updated.')
  })
})
