/** ExecuteCommand of the simulator: what AWS refuses is refused, by AWS's own codes. */
import { describe, expect, test } from '@jest/globals'
import { execSessions } from '../../simulator/exec/sessions.ts'
import { shellWords } from '../../simulator/exec/shell-words.ts'
import { CLUSTER } from '../../simulator/seoul/names.ts'
import { connect } from '../../src/aws/reader/connection.ts'
import { simulate } from '../aws/simulated.ts'
import { type ProbedOptions, probedFiles, TASK } from '../commands/probe/probed-world.ts'

async function asking(world: ProbedOptions = {}, isConnected = true) {
  const sessions = execSessions(() => (isConnected ? { shell: '/bin/sh' } : null))
  const simulator = await simulate({ files: probedFiles(world), exec: sessions })
  const connection = connect({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
  const input = { cluster: CLUSTER, task: TASK.id, container: 'nestjs', command: '/bin/sh', interactive: true }
  return (more: Readonly<Record<string, unknown>> = {}) =>
    connection.send('ecs', 'ExecuteCommand', { ...input, ...more })
}

describe('ExecuteCommand', () => {
  test('answers with a session to join', async () => {
    expect(await (await asking())()).toMatchObject({
      interactive: true,
      containerName: 'nestjs',
      session: { sessionId: expect.stringMatching(/^ecs-execute-command-/), streamUrl: expect.stringMatching(/^ws:/) },
    })
  })

  test.each<[string, ProbedOptions, boolean, Readonly<Record<string, unknown>>, string]>([
    ['a session that is not interactive', {}, true, { interactive: false }, 'InvalidParameterException'],
    ['a task that is not there', {}, true, { task: 'nobody' }, 'InvalidParameterException'],
    ['a container that is not there', {}, true, { container: 'nobody' }, 'InvalidParameterException'],
    ['a task that started without Exec', { exec: false }, true, {}, 'InvalidParameterException'],
    ['an agent that does not run', { agent: 'PENDING' }, true, {}, 'TargetNotConnectedException'],
    ['an agent without a channel', {}, false, {}, 'TargetNotConnectedException'],
    ['another cluster', {}, true, { cluster: 'nobody' }, 'ClusterNotFoundException'],
  ])('refuses %s', async (_, world, isConnected, more, name) => {
    const ask = await asking(world, isConnected)
    await expect(ask(more)).rejects.toMatchObject({ name })
  })

  test('without sessions to hand out no agent is connected: nothing of the machine is run', async () => {
    const simulator = await simulate({ files: probedFiles() })
    const connection = connect({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const input = { cluster: CLUSTER, task: TASK.id, container: 'nestjs', command: '/bin/sh', interactive: true }
    await expect(connection.send('ecs', 'ExecuteCommand', input)).rejects.toMatchObject({
      name: 'TargetNotConnectedException',
    })
  })
})

test.each([
  [`/bin/sh -c 'a "b" $c; d'`, ['/bin/sh', '-c', 'a "b" $c; d']],
  ['a "b c" d\\ e', ['a', 'b c', 'd e']],
  [`a'b'"c"`, ['abc']],
  ['', []],
])('the agent splits %j as a shell would', (command, words) => {
  expect(shellWords(command)).toEqual(words)
})
