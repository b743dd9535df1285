/** A check that lacked what it judges by is no pass for a test reporter, whichever check the report names for the missing fact. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { renderJunit } from '../../src/report/junit/junit.ts'
import { elements } from '../report/xml.ts'

const folders: string[] = []
let complete = ''

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seoul-'))
  folders.push(folder)
  return folder
}

beforeAll(async () => {
  complete = await scratch()
  await writeSeoul(complete, { healthy: true })
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** Checks whose case is skipped in the JUnit report of a snapshot without the file. */
async function skippedWithout(file: string): Promise<readonly string[]> {
  const folder = await scratch()
  await cp(complete, folder, { recursive: true })
  await rm(join(folder, file))
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  const report = await preflight({ failOn: ['blocker'], ignore: [] }, { reader: await openFolder(folder), tool })
  const skipped: string[] = []
  let id = ''
  for (const { name, attributes } of elements(renderJunit(report, { language: 'en', failOn: ['blocker'] }))) {
    if (name === 'testcase') id = attributes['name']?.split(':')[0] ?? ''
    if (name === 'skipped') skipped.push(id)
  }
  return skipped
}

const ROUTES = ['s3-route-missing', 'blackhole-route', 'nat-gateway-broken', 'internet-gateway-detached']
const COUNTING = ['service-spans-good-and-bad-subnets', 'stuck-by-bad-subnets', 'circuit-breaker-cannot-trip']

test.each([
  [
    'ec2/describe-route-tables.json',
    [...ROUTES, ...COUNTING, 'endpoint-missing', 'network-acl-closed'],
    ['execution-role-missing'],
  ],
  ['ec2/describe-security-groups.json', ['task-egress-closed', 'endpoint-closed-to-tasks'], ['network-acl-closed']],
  ['ec2/describe-network-acls.json', ['network-acl-closed', ...COUNTING], ['task-egress-closed', ...ROUTES]],
  ['ec2/describe-vpc-endpoints.json', ['endpoint-missing', 'endpoint-closed-to-tasks', 'endpoint-policy-denies'], []],
  ['ec2/describe-subnets.json', ['subnet-nearly-full', 'network-acl-closed', 'endpoint-closed-to-tasks'], []],
  [
    'iam/simulate-principal-policy/ecsTaskExecutionRole.json',
    ['execution-role-without-ecr'],
    ['execution-role-without-secrets'],
  ],
])('without %s', async (file, unjudged, judged) => {
  const skipped = await skippedWithout(file)
  expect(skipped).toEqual(expect.arrayContaining(unjudged))
  for (const id of judged) expect(skipped).not.toContain(id)
})

test('without the task definition nothing about the network, the role or the image passes', async () => {
  const skipped = await skippedWithout('ecs/describe-task-definition/role-nestjs-second-41.json')
  const passed = CHECKS.map(({ id }) => id).filter((id) => !skipped.includes(id))
  expect(passed.toSorted()).toEqual([
    'capacity-provider-not-active',
    'circuit-breaker-off',
    'deployment-deadlock',
    'express-subnets-mixed',
    'network-configuration-unusable',
    'running-tasks-elsewhere',
    'service-not-active',
    'subnet-nearly-full',
  ])
})
