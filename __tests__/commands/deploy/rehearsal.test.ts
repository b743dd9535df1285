/** `rehearse: on`: nothing is registered for the service before a task of each subnet has pulled its images. */
import { beforeAll, expect, test } from '@jest/globals'
import { BAD, GOOD, TIMEOUT } from '../rehearse/stage.ts'
import { deployed, fileOf, SERVICE, sceneWith } from './deploying.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

const REHEARSED = ['RegisterTaskDefinition', 'RunTask', 'RunTask', 'DeregisterTaskDefinition', 'DeleteTaskDefinitions']
const WORDS = [...SERVICE, '--rehearse', 'on']

test('where every subnet pulls, the deploy goes on, and its report has both', async () => {
  const scene = await sceneWith()
  const done = await deployed(scene, [...WORDS, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })])
  expect([done.exitCode, done.writes]).toEqual([0, [...REHEARSED, 'RegisterTaskDefinition', 'UpdateService']])
  expect(done.report.rehearsal?.subnets.map(({ outcome }) => outcome)).toEqual(['pulled', 'pulled'])
  expect(done.report.steps.find(({ id }) => id === 'rehearsal')?.state).toBe('ok')
  expect(done.report.rollout?.phase).toBe('steady')
})

test('what is rehearsed is the revision about to go out', async () => {
  const scene = await sceneWith()
  const done = await deployed(scene, [...WORDS, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })])
  const [rehearsal] = done.requests.filter(({ operation }) => operation === 'RegisterTaskDefinition')
  expect(rehearsal?.params).toMatchObject({ family: 'role-nestjs-second-pull-rehearsal', cpu: '1024', memory: '2048' })
})

test('where a subnet fails that preflight takes for good, nothing is deployed', async () => {
  const scene = await sceneWith({ subnets: [{ id: GOOD }, { id: BAD, behaviour: TIMEOUT }] })
  const done = await deployed(scene, [...WORDS, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })])
  expect([done.exitCode, done.writes]).toEqual([1, REHEARSED])
  expect(done.report).toMatchObject({ verdict: 'fail', enforced: true, ending: { kind: 'rehearsal' } })
  expect(done.report.failingStep?.id).toBe('rehearsal')
  expect(done.report.deployment).toMatchObject({ registered: false, updated: false })
  expect(done.report.rehearsal?.subnets.find(({ subnetId }) => subnetId === BAD)).toMatchObject({
    outcome: 'failed',
    agrees: false,
  })
})

test('it is made in the subnets that are named, and in none where a preflight fails or nothing is written', async () => {
  const scene = await sceneWith()
  const words = [...WORDS, '--task-definition', await fileOf({ cpu: '1024', memory: '2048' })]
  const one = await deployed(scene, [...words, '--rehearse-subnets', GOOD, '--wait-for-service-stability=false'])
  expect(one.report.rehearsal?.subnets.map(({ subnetId }) => subnetId)).toEqual([GOOD])
  const dry = await deployed(await sceneWith(), [...words, '--dry-run'])
  expect([dry.exitCode, dry.writes]).toEqual([0, []])
})
