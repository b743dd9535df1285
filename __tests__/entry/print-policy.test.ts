import { describe, expect, test } from '@jest/globals'
import { policyFor } from '../../src/aws/permissions.ts'
import { runCommand } from '../../src/commands/index.ts'
import { MODES } from '../../src/inputs/commands.ts'
import { readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import { CONTEXT } from './context.ts'

async function printed(line: string, env: NodeJS.ProcessEnv = {}) {
  const asked = readArguments(line.split(' '))
  const command = asked.kind === 'run' ? MODES.find((name) => name === asked.command) : undefined
  if (asked.kind !== 'run' || command === undefined) throw new Error(line)
  const { exitCode, output } = await runCommand(command, readValues(command, asked.given, 'cli'), {
    ...CONTEXT,
    env,
  })
  return { exitCode, policy: JSON.parse(output) }
}

describe('--print-policy', () => {
  test.each(['preflight', 'probe', 'snapshot', 'trace', 'watch'] as const)(
    'of %s prints its policy, without a service or a Region',
    async (command) => {
      expect(await printed(`${command} --print-policy`)).toEqual({ exitCode: 0, policy: policyFor(command) })
    },
  )

  test('adds the reading of secrets for read-secrets alone', async () => {
    const policy = policyFor('preflight', 'aws', { readSecrets: true })
    expect((await printed('preflight --print-policy --read-secrets')).policy).toEqual(policy)
  })

  test('adds the reading of image configurations for read-image-config alone', async () => {
    const policy = policyFor('preflight', 'aws', { readImageConfig: true })
    expect((await printed('preflight --print-policy --read-image-config')).policy).toEqual(policy)
  })

  test('of watch adds the query of flow logs and the rollback only where they are asked for', async () => {
    expect((await printed('watch --print-policy')).policy).toEqual(policyFor('watch'))
    expect(JSON.stringify(policyFor('watch'))).not.toMatch(/StopServiceDeployment|StartQuery/)
    const { policy } = await printed('watch --print-policy --flow-logs vpc --on-failure rollback')
    expect(policy).toEqual(policyFor('watch', 'aws', { flowLogs: true, rollback: true }))
    expect(policy.Statement.at(-1)).toMatchObject({ Action: ['ecs:StopServiceDeployment'] })
  })

  test('of probe adds the session in a task to what a preflight reads', async () => {
    const { policy } = await printed('probe --print-policy --region cn-north-1')
    const { Statement: reads } = policyFor('preflight', 'aws-cn')
    expect(policy.Statement.slice(0, -1)).toEqual(reads)
    expect(policy.Statement.at(-1)).toMatchObject({
      Action: ['ecs:ExecuteCommand'],
      Resource: ['arn:aws-cn:ecs:*:*:cluster/*', 'arn:aws-cn:ecs:*:*:task/*'],
    })
  })

  test('names the partition of the Region', async () => {
    const china = policyFor('preflight', 'aws-cn')
    expect((await printed('preflight --print-policy --region cn-north-1')).policy).toEqual(china)
    expect((await printed('preflight --print-policy', { AWS_REGION: 'cn-northwest-1' })).policy).toEqual(china)
  })
})
