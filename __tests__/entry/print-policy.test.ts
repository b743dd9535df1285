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

  test('of deploy adds the writing of metrics to the one log group that is named', async () => {
    expect(JSON.stringify((await printed('deploy --print-policy')).policy)).not.toMatch(/CreateLogStream/)
    const { policy } = await printed('deploy --print-policy --metrics /ecs/rollouts')
    const { policy: without } = await printed('deploy --print-policy')
    const written = (one: { readonly Sid: string }) => one.Sid === 'WriteMetrics'
    expect(policy.Statement.filter((one: { readonly Sid: string }) => !written(one))).toEqual(without.Statement)
    expect(policy.Statement.filter(written)).toEqual([
      {
        Sid: 'WriteMetrics',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:*:*:log-group:/ecs/rollouts:*',
      },
    ])
  })

  test('of rehearse adds what it makes and takes away, on its own family and tags alone', async () => {
    const { policy } = await printed('rehearse --print-policy --region cn-north-1')
    expect(policy).toEqual(policyFor('rehearse', 'aws-cn', { rehearsal: true }))
    const writes = policy.Statement.filter(({ Sid }: { Sid: string }) => /Rehearsals$/.test(Sid))
    expect(writes.flatMap(({ Action }: { Action: string[] }) => Action).sort()).toEqual([
      'ecs:DeleteTaskDefinitions',
      'ecs:DeregisterTaskDefinition',
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'ecs:StopTask',
      'ecs:TagResource',
      'iam:PassRole',
    ])
    expect(writes.find(({ Sid }: { Sid: string }) => Sid === 'RunRehearsals')).toMatchObject({
      Resource: 'arn:aws-cn:ecs:*:*:task-definition/*-pull-rehearsal:*',
    })
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

  test('of probe with enable-exec adds what changes the service and keeps what it was, and what follows a deployment', async () => {
    const line = 'probe --print-policy --region cn-north-1 --cluster prod --service web'
    expect((await printed(line)).policy).toEqual(policyFor('probe', 'aws-cn'))
    const { Statement } = (await printed(`${line} --enable-exec`)).policy
    const { Statement: reads } = policyFor('watch', 'aws-cn')
    expect(Statement.slice(0, reads.length)).toEqual(reads)
    const Resource = 'arn:aws-cn:ecs:*:*:service/prod/web'
    expect(Statement.slice(reads.length)).toMatchObject([
      { Action: ['ecs:UpdateService'], Resource },
      { Action: ['ecs:TagResource', 'ecs:UntagResource'], Resource },
      { Action: ['ecs:ExecuteCommand'] },
    ])
  })

  test('names the partition of the Region', async () => {
    const china = policyFor('preflight', 'aws-cn')
    expect((await printed('preflight --print-policy --region cn-north-1')).policy).toEqual(china)
    expect((await printed('preflight --print-policy', { AWS_REGION: 'cn-northwest-1' })).policy).toEqual(china)
  })

  const FILE = 'deploy --print-policy --cluster prod --service web --task-definition task-definition.json'
  const sids = (policy: { readonly Statement: readonly { readonly Sid: string }[] }) =>
    policy.Statement.map(({ Sid }) => Sid).filter((sid) => !sid.startsWith('Read'))

  test.each([
    [FILE, ['RegisterTaskDefinitions', 'TagTaskDefinitions', 'PassRoles', 'UpdateServices']],
    ['deploy --print-policy --service web --task-definition web:42', ['UpdateServices']],
    [
      `${FILE} --run-task`,
      ['RegisterTaskDefinitions', 'TagTaskDefinitions', 'PassRoles', 'UpdateServices', 'RunTasks'],
    ],
    [
      `${FILE} --codedeploy-application shop`,
      [
        'RegisterTaskDefinitions',
        'TagTaskDefinitions',
        'PassRoles',
        'DeployWithCodeDeploy',
        'RegisterCodeDeployRevisions',
      ],
    ],
    [
      'deploy --print-policy --service web --task-definition web:42 --on-cancel rollback',
      ['UpdateServices', 'RollBackDeployments'],
    ],
    [
      'deploy --print-policy --service web --task-definition web:42 --on-failure rollback',
      ['UpdateServices', 'RollBackDeployments'],
    ],
  ])('of `%s` has the writes that its inputs ask for', async (line, expected) => {
    const { policy } = await printed(line)
    expect(sids(policy)).toEqual(expected)
  })

  test('of deploy is narrowed to the service that is named, and passes roles to ECS alone', async () => {
    const { policy } = await printed(`${FILE} --region cn-north-1`)
    const of = (sid: string) => policy.Statement.find((one: { readonly Sid: string }) => one.Sid === sid)
    expect(of('UpdateServices').Resource).toBe('arn:aws-cn:ecs:*:*:service/prod/web')
    expect(of('PassRoles')).toMatchObject({
      Resource: 'arn:aws-cn:iam::*:role/*',
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    })
    const volumes = `${FILE} --service-managed-ebs-volume-name v --service-managed-ebs-volume {"roleArn":"r"}`
    const passing = (await printed(volumes)).policy.Statement.find(
      (one: { readonly Sid: string }) => one.Sid === 'PassRoles',
    )
    expect(passing.Condition.StringEquals['iam:PassedToService']).toContain('ecs.amazonaws.com')
  })
})
