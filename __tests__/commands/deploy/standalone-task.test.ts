/** `run-task`: before the service is updated, a task of the revision is run; where it fails, the service stays as it is. */
import { beforeAll, expect, test } from '@jest/globals'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { outputsOf } from '../../../src/report/outputs.ts'
import { deployed, fileOf, PLACE, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const LARGER = { cpu: '1024', memory: '2048' }
const TASK = ['--run-task', '--run-task-subnets', 'subnet-0e17c5b8a3d94f602', '--run-task-security-groups', 'sg-1,sg-2']

type Behaviour = NonNullable<ScenarioText['subnets'][number]['behaviour']>

function inSubnet(behaviour: Behaviour): Partial<ScenarioText> {
  return { subnets: [{ id: 'subnet-0e17c5b8a3d94f602', behaviour }, { id: 'subnet-09d2f7a641be3c85e' }] }
}

test('asks ECS for what it was asked for, with the official defaults', async () => {
  const tags = '[{"key": "project", "value": "shop"}]'
  const overrides = '[{"name": "nestjs", "command": ["migrate"]}]'
  const words = [
    '--cluster',
    PLACE.cluster,
    ...TASK,
    '--run-task-tags',
    tags,
    '--run-task-container-overrides',
    overrides,
  ]
  const done = await deployed(await sceneWith(), [...words, '--task-definition', await fileOf(LARGER)])
  expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'RunTask']])
  expect(done.requests.find(({ operation }) => operation === 'RunTask')?.params).toEqual({
    cluster: PLACE.cluster,
    taskDefinition: done.report.deployment?.revision,
    startedBy: 'GitHub-Actions',
    launchType: 'FARGATE',
    overrides: { containerOverrides: JSON.parse(overrides) },
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: ['subnet-0e17c5b8a3d94f602'],
        securityGroups: ['sg-1', 'sg-2'],
        assignPublicIp: 'DISABLED',
      },
    },
    tags: JSON.parse(tags),
    clientToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  const arns = JSON.parse(outputsOf(done.report, 'en')['run-task-arn'] ?? '')
  expect(arns).toEqual([expect.stringMatching(/^arn:aws:ecs:.*:task\//)])
})

test('comes before the update of the service', async () => {
  const done = await deployed(await sceneWith(), [...SERVICE, ...TASK, '--task-definition', await fileOf(LARGER)])
  expect([done.exitCode, done.writes]).toEqual([0, ['RegisterTaskDefinition', 'RunTask', 'UpdateService']])
})

test.each([
  [0, 0, ['RegisterTaskDefinition', 'RunTask', 'UpdateService']],
  [7, 1, ['RegisterTaskDefinition', 'RunTask']],
])('with exit code %d of its container the deploy ends with %d', async (code, exitCode, writes) => {
  const scene = await sceneWith(inSubnet({ kind: 'exits', exitCode: code, seconds: 5 }))
  const words = [...SERVICE, ...TASK, '--wait-for-task-stopped', '--wait-for-service-stability=false']
  const done = await deployed(scene, [...words, '--task-definition', await fileOf(LARGER)])
  expect([done.exitCode, done.writes]).toEqual([exitCode, writes])
  if (code !== 0) {
    expect(done.report.ending).toMatchObject({ kind: 'task-failed', detail: expect.stringContaining('exit code 7') })
    expect(JSON.parse(done.output).headline).toContain('nothing was updated')
  }
})

test('that does not end in time leaves the service as it is', async () => {
  const words = [...SERVICE, ...TASK, '--wait-for-task-stopped', '--wait-for-minutes', '2']
  const done = await deployed(await sceneWith(), [...words, '--task-definition', await fileOf(LARGER)])
  expect([done.exitCode, done.writes]).toEqual([3, ['RegisterTaskDefinition', 'RunTask']])
})

test('that has no place to start is told with what ECS says', async () => {
  const scene = await sceneWith(inSubnet({ kind: 'no-capacity' }))
  const done = await deployed(scene, [...SERVICE, ...TASK, '--task-definition', await fileOf(LARGER)])
  expect([done.exitCode, done.report.ending]).toEqual([
    1,
    { kind: 'refused', permission: 'ecs:RunTask', detail: expect.stringContaining('Capacity is unavailable') },
  ])
})
