/** What a revision, its images and its service's settings do to a start: the healthy service of `fixtures/field` and one thing about it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { fixture, scratch } from '../aws/scratch.ts'

type Json = Record<string, unknown>
type Edits = Readonly<Record<string, Json>>

const SERVICES = 'ecs/describe-services.json'
const REVISION = 'ecs/describe-task-definition/api-12.json'
const NEXT = 'ecs/describe-task-definition/api-13.json'
const IMAGE = 'ecr/describe-images/api.json'
const ARN = 'arn:aws:ecs:eu-west-1:123456789012:task-definition/api:'
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

const healthy: Readonly<Record<string, Json>> = Object.fromEntries(
  readdirSync(fixture('field/healthy'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => [path, JSON.parse(readFileSync(join(fixture('field/healthy'), path), 'utf8'))]),
)
const firstOf = (record: Json | undefined, list: string): Json => {
  const [first] = (record?.[list] ?? []) as readonly Json[]
  if (first === undefined) throw new Error(`no ${list}`)
  return first
}
const SERVICE = firstOf(healthy[SERVICES], 'services')
const DEPLOYMENT = firstOf(SERVICE, 'deployments')
const DEFINITION = healthy[REVISION]?.['taskDefinition'] as Json
const CONTAINER = firstOf(DEFINITION, 'containerDefinitions')
const DETAIL = firstOf(healthy[IMAGE], 'imageDetails')
const PERCENTS = { ...(SERVICE['deploymentConfiguration'] as Json), maximumPercent: 100, minimumHealthyPercent: 75 }

const service = (changes: Json): Edits => ({ [SERVICES]: { services: [{ ...SERVICE, ...changes }], failures: [] } })
const definition = (changes: Json, revision = 12): Edits => ({
  [revision === 12 ? REVISION : NEXT]: {
    taskDefinition: { ...DEFINITION, taskDefinitionArn: `${ARN}${revision}`, revision, ...changes },
  },
})
const image = (changes: Json): Edits => ({ [IMAGE]: { imageDetails: [{ ...DETAIL, ...changes }] } })
const logging = (group: string) => ({
  containerDefinitions: [
    {
      ...CONTAINER,
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': group, 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'api' },
      },
    },
  ],
})
const express = (deployments: readonly Json[] = [DEPLOYMENT]): Edits =>
  service({ taskDefinition: undefined, resourceManagementType: 'ECS', deployments })

async function judged(edits: Edits, taskDefinition: string | null) {
  const reader = await openFolder(scratch({ ...healthy, ...edits }))
  const { verdict, findings, unknowns } = await preflight(
    { taskDefinition, failOn: [], ignore: [] },
    { reader, tool: TOOL },
  )
  const told = findings.map(({ check, severity, subject }) => `${severity} ${check} ${subject}`)
  return { verdict, told, unknowns: unknowns.filter(({ matters }) => matters).map(({ because }) => because.en) }
}

const PASS = { verdict: 'pass', told: [], unknowns: [] }

interface Row {
  readonly broken: Edits
  readonly healthy: Edits
  readonly taskDefinition?: string
  readonly told: readonly string[]
}

const ROWS: Readonly<Record<string, Row>> = {
  'a Linux service that is given a definition for Windows': {
    broken: definition({
      runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2025_CORE' },
      cpu: '1024',
      memory: '2048',
    }),
    healthy: definition({ runtimePlatform: { operatingSystemFamily: 'LINUX' }, cpu: '1024', memory: '2048' }),
    told: [
      'blocker image-platform-mismatch 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:2.3.1',
      'blocker platform-family-changed api',
    ],
  },
  '8 vCPU on platform version 1.3.0': {
    broken: { ...service({ platformVersion: '1.3.0' }), ...definition({ cpu: '8192', memory: '16384' }) },
    healthy: { ...service({ platformVersion: '1.4.0' }), ...definition({ cpu: '8192', memory: '16384' }) },
    told: ['blocker fargate-size-invalid api'],
  },
  '9 GB of image on the default disk, and on 60 GiB': {
    broken: image({ imageSizeInBytes: 9_000_000_000 }),
    healthy: { ...image({ imageSizeInBytes: 9_000_000_000 }), ...definition({ ephemeralStorage: { sizeInGiB: 60 } }) },
    told: ['warning ephemeral-storage-too-small api'],
  },
  'a deregistered revision by its ARN, and the one that the service has': {
    broken: definition({ status: 'INACTIVE' }, 13),
    healthy: definition({}, 13),
    taskDefinition: `${ARN}13`,
    told: ['blocker task-definition-not-active api:13'],
  },
  'an Express service whose image is in the archive': {
    broken: { ...express(), ...image({ imageStatus: 'ARCHIVED' }) },
    healthy: { ...express(), ...image({ imageStatus: 'ACTIVE' }) },
    told: ['blocker image-archived 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:2.3.1'],
  },
  'an Express service whose newest revision logs to a group that is not there': {
    broken: {
      ...express([
        { ...DEPLOYMENT, id: 'ecs-svc/5', taskDefinition: `${ARN}13`, rolloutState: 'IN_PROGRESS' },
        { ...DEPLOYMENT, status: 'ACTIVE' },
      ]),
      ...definition({ ...logging('/ecs/next'), executionRoleArn: undefined, secrets: [] }, 13),
    },
    healthy: express(),
    told: [`blocker execution-role-missing ${ARN}13`, 'blocker log-group-missing /ecs/next'],
  },
  '2 tasks of which 75 percent have to stay and 100 may run': {
    broken: service({
      desiredCount: 2,
      runningCount: 2,
      deploymentConfiguration: PERCENTS,
    }),
    healthy: service({
      desiredCount: 2,
      runningCount: 0,
      deploymentConfiguration: PERCENTS,
    }),
    told: ['blocker deployment-deadlock api'],
  },
  'a deployment whose rollback finds its log group gone': {
    broken: { ...definition({}, 13), ...definition(logging('/ecs/gone')) },
    healthy: { ...definition({}, 13), ...definition(logging('/ecs/api')) },
    taskDefinition: 'api:13',
    told: ['advice rollback-target-broken api:12'],
  },
  'a deployment whose rollback finds its revision deleted': {
    broken: { ...definition({}, 13), ...definition({ status: 'DELETE_IN_PROGRESS' }) },
    healthy: { ...definition({}, 13), ...definition({ status: 'ACTIVE' }) },
    taskDefinition: 'api:13',
    told: ['advice rollback-target-broken api:12'],
  },
}

describe.each(Object.entries(ROWS))('%s', (_, { broken, healthy: twin, taskDefinition = null, told }) => {
  test('is told', async () => {
    expect((await judged(broken, taskDefinition)).told).toEqual(told)
  })

  test('and its healthy twin passes', async () => {
    expect(await judged(twin, taskDefinition)).toEqual(PASS)
  })
})

test('the revision that a service has may be deregistered: its tasks start on', async () => {
  expect(await judged(definition({ status: 'INACTIVE' }), null)).toEqual(PASS)
  expect((await judged(definition({ status: 'INACTIVE' }), 'api:12')).verdict).toBe('fail')
})

test('the healthy service passes, also by its revision', async () => {
  expect(await judged({}, null)).toEqual(PASS)
  expect(await judged({}, 'api:12')).toEqual(PASS)
})
