/** Every word of AWS that the watch compares with is one that the model of ECS knows. */
import { readdirSync, readFileSync } from 'node:fs'
import * as Ecs from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'

/** ECS's own lists, and the few that its API describes in words only (API Reference: Service, Deployment, TaskSet, Task). */
const KNOWN = new Set<string>([
  ...[
    Ecs.DeploymentControllerType,
    Ecs.DeploymentLifecycleHookStatus,
    Ecs.DeploymentRolloutState,
    Ecs.DeploymentStrategy,
    Ecs.DesiredStatus,
    Ecs.HealthStatus,
    Ecs.LaunchType,
    Ecs.SchedulingStrategy,
    Ecs.ServiceDeploymentLifecycleStage,
    Ecs.ServiceDeploymentRollbackMonitorsStatus,
    Ecs.ServiceDeploymentStatus,
    Ecs.StabilityStatus,
    Ecs.StopServiceDeploymentStopType,
    Ecs.TaskStopCode,
  ].flatMap((list) => Object.values(list)),
  ...['PRIMARY', 'ACTIVE', 'INACTIVE', 'DRAINING'],
  ...[
    'PROVISIONING',
    'PENDING',
    'ACTIVATING',
    'RUNNING',
    'DEACTIVATING',
    'STOPPING',
    'DEPROVISIONING',
    'STOPPED',
    'DELETED',
  ],
])

const FOLDERS = [
  '../../src/rollout/',
  '../../src/aws/facts/rollout.ts',
  '../../src/aws/rollout/poll.ts',
  '../../src/commands/watch/loop.ts',
  '../../src/commands/watch/next-poll.ts',
  '../../src/commands/watch/rollback.ts',
]

function sources(): readonly string[] {
  return FOLDERS.flatMap((path) => {
    const url = new URL(path, import.meta.url)
    const files = path.endsWith('/')
      ? readdirSync(url, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => new URL(name, url))
      : [url]
    return files.map((file) => readFileSync(file, 'utf8'))
  })
}

/** Our own words for the same places. */
const OURS = new Set(['UNKNOWN', 'NOTHING_SEEN'])
/** Of ECS Action Logs, which no model has: ECS Developer Guide, "Monitor Amazon ECS operations with Action Logs". */
const OF_DOCUMENTS = new Set(['ACTION_LOGS', 'ERROR'])

test('upper case words', () => {
  const words = sources().flatMap((source) =>
    [...source.matchAll(/'([A-Z][A-Z_]{3,})'/g)].map(([, word]) => word ?? ''),
  )
  expect(words.length).toBeGreaterThan(20)
  expect(words.filter((word) => !KNOWN.has(word) && !OURS.has(word) && !OF_DOCUMENTS.has(word))).toEqual([])
})

test('ranks of service deployments name every status of the model', () => {
  const lifecycle = readFileSync(new URL('../../src/rollout/observe/lifecycle.ts', import.meta.url), 'utf8')
  for (const status of Object.values(Ecs.ServiceDeploymentStatus))
    expect(lifecycle).toMatch(new RegExp(`\\b${status}: \\d`))
})

test('stop codes', () => {
  const told = readFileSync(new URL('../../src/rollout/diagnose/stop-reason.ts', import.meta.url), 'utf8')
  const codes = [...told.matchAll(/stopCode === '(\w+)'/g)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(0)
  for (const code of codes) expect(Object.values(Ecs.TaskStopCode)).toContain(code)
})
