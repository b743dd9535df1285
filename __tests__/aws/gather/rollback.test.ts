/** What a deployment would return to: which revision it is, and that reading it takes no round of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Simulator } from '../../../simulator/start.ts'
import { gatherService, type ServiceRequest } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import type { Reader } from '../../../src/aws/reader/reader.ts'
import { fixture, scratch } from '../scratch.ts'
import { simulate } from '../simulated.ts'

let simulator: Simulator | undefined

type Json = Record<string, unknown>
const ARN = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/api:'
const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api'
const NAMED = { cluster: 'prod', service: 'api' }
const files: Readonly<Record<string, Json>> = Object.fromEntries(
  readdirSync(fixture('field/healthy'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [path, JSON.parse(readFileSync(join(fixture('field/healthy'), path), 'utf8'))]),
)
const OWN = 'ecs/describe-task-definition/api-12.json'
const NEXT = 'ecs/describe-task-definition/api-13.json'
const definition = files[OWN]?.['taskDefinition'] as Json
const next = { taskDefinition: { ...definition, revision: 13, taskDefinitionArn: `${ARN}13` } }
const services = files['ecs/describe-services.json']?.['services'] as readonly Json[]
const rolling = (...states: readonly (readonly [status: string, revision: number, rolloutState: string])[]) => ({
  'ecs/describe-services.json': {
    services: services.map((one) => ({
      ...one,
      taskDefinition: `${ARN}${states[0]?.[1]}`,
      deployments: states.map(([status, revision, rolloutState]) => ({
        id: `ecs-svc/${revision}`,
        status,
        rolloutState,
        taskDefinition: `${ARN}${revision}`,
      })),
    })),
    failures: [],
  },
})

async function rollbackOf(reader: Reader, request: Partial<ServiceRequest> = {}) {
  const { facts, rounds } = await gatherService(reader, { ...NAMED, ...request })
  if (!facts.configuration.known) throw new Error('the configuration was not gathered')
  return { rollback: facts.configuration.value.rollback, rounds }
}

async function live(more: Readonly<Record<string, unknown>>): Promise<Reader> {
  await simulator?.stop()
  simulator = await simulate({ files: { ...files, ...more } })
  return openLive({ region: 'eu-west-1', endpoint: simulator.url, maxAttempts: 1 })
}

describe('a deployment would return to', () => {
  test.each<[string, object, Partial<ServiceRequest>, string | undefined]>([
    ['nothing else, where the service’s own revision is judged', {}, {}, undefined],
    ['nothing else, where it is named', {}, { taskDefinition: 'api:12' }, undefined],
    ['nothing else, where the images are those that it has', {}, { images: { api: `${IMAGE}:2.3.1` } }, undefined],
    ['the service’s revision, where another one is named', {}, { taskDefinition: 'api:13' }, `${ARN}12`],
    ['the service’s revision, where other images are', {}, { images: { api: `${IMAGE}:3` } }, `${ARN}12`],
    [
      'the one before, while a revision rolls out',
      rolling(['PRIMARY', 13, 'IN_PROGRESS'], ['ACTIVE', 12, 'COMPLETED']),
      {},
      `${ARN}12`,
    ],
    [
      'nothing, where no deployment was ever completed',
      rolling(['PRIMARY', 12, 'FAILED']),
      { taskDefinition: 'api:13' },
      undefined,
    ],
  ])('%s', async (_, more, request, arn) => {
    const { rollback } = await rollbackOf(await openFolder(scratch({ ...files, [NEXT]: next, ...more })), request)
    expect(rollback?.taskDefinitionArn).toBe(arn)
  })
})

test('it is read in the rounds in which the revision is read that is judged', async () => {
  const { rollback, rounds } = await rollbackOf(await live({ [NEXT]: next }), { taskDefinition: 'api:13' })
  expect(rounds).toBeLessThanOrEqual(4)
  expect(rollback).toMatchObject({
    taskDefinition: { value: { revision: 12 } },
    logGroups: [{ name: '/ecs/api', exists: { value: true } }],
    secrets: [{ secret: { known: true } }],
    roles: [{ arn: 'arn:aws:iam::123456789012:role/api-exec', role: { known: true } }],
    images: [{ image: `${IMAGE}:2.3.1`, found: { known: true } }],
  })
})

test('the revision that is judged is read once', async () => {
  await rollbackOf(await live({}))
  const asked = simulator?.requests().filter(({ operation }) => operation === 'DescribeTaskDefinition') ?? []
  expect(asked.map(({ params }) => params['taskDefinition'])).toEqual([`${ARN}12`])
  await rollbackOf(await live({}), { taskDefinition: 'api:12' })
  const named = simulator?.requests().filter(({ operation }) => operation === 'DescribeTaskDefinition') ?? []
  expect(named.map(({ params }) => params['taskDefinition'])).toEqual(['api:12'])
})

test('a revision that was deleted leaves nothing else to read', async () => {
  const { rollback } = await rollbackOf(
    await live({ [NEXT]: next, [OWN]: { taskDefinition: { ...definition, revision: 1 } } }),
    {
      taskDefinition: 'api:13',
    },
  )
  expect(rollback).toMatchObject({ taskDefinition: { known: false, because: 'not-found' }, logGroups: [], images: [] })
})
