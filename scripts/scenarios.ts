/** The rollouts of simulator/scenarios, each with the world that it plays in: the subnets that fail in a scenario fail in its network, too. */
import { readdirSync, readFileSync } from 'node:fs'
import { scenarioOf } from '../simulator/rollout/read-scenario.ts'
import type { Scenario } from '../simulator/rollout/scenario.ts'
import { seoulFiles } from '../simulator/seoul/files.ts'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import type { Files } from '../simulator/world.ts'
import type { WatchRequest } from '../src/commands/watch/request.ts'
import type { Clock } from '../src/domain/clock.ts'

const FOLDER = new URL('../simulator/scenarios/', import.meta.url)

export const SCENARIOS: readonly string[] = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''))

const HEALTHY = [
  'blue-green',
  'clean',
  'crashing',
  'failed',
  'image-not-found',
  'scaled-to-zero',
  'stuck',
  'superseded',
  'unhealthy',
]
const NO_WAY_AT_ALL = ['hopeless', 'rolled-back']

export function scenarioNamed(name: string): Scenario {
  return scenarioOf(JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')), name)
}

export function folderOf(name: string): Files {
  const files = seoulFiles({ healthy: HEALTHY.includes(name) })
  return NO_WAY_AT_ALL.includes(name) ? withoutWayToS3(files) : files
}

export interface Stage {
  readonly simulator: Simulator
  readonly clock: Clock
  readonly request: WatchRequest
  readonly beganAt: number
}

const BEGAN_AT = Date.parse('2026-11-21T04:00:00Z')

/**
 * Plays a scenario for `act`, on a clock that only moves when somebody sleeps, and answers with what it answers. `request` is a watch of
 * its service, of which nothing is asked beyond the defaults.
 */
export async function onStage<T>(name: string, act: (stage: Stage) => Promise<T>): Promise<T> {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  const scenario = scenarioNamed(name)
  let ms = BEGAN_AT
  const clock: Clock = {
    now: () => ms,
    sleep: async (rest) => {
      ms += rest
    },
  }
  const simulator = await startSimulator({ files: folderOf(name), scenario, clock })
  const request: WatchRequest = {
    ...{
      cluster: scenario.cluster,
      service: scenario.service,
      taskDefinition: null,
      waitMinutes: 30,
      appearsWithinMinutes: 1,
    },
    ...{ slowAfterMinutes: null, onFailure: 'report', logLines: 0, flowLogs: null, failOn: ['blocker'], ignore: [] },
  }
  try {
    return await act({ simulator, clock, request, beganAt: BEGAN_AT })
  } finally {
    await simulator.stop()
  }
}

/** Nobody remembered a route to S3, for no route table. */
function withoutWayToS3(files: Files): Files {
  const endpoints = structuredClone(files['ec2/describe-vpc-endpoints.json']) as {
    VpcEndpoints: { RouteTableIds: string[] }[]
  }
  for (const one of endpoints.VpcEndpoints) one.RouteTableIds = []
  const tables = structuredClone(files['ec2/describe-route-tables.json']) as { RouteTables: { Routes: Route[] }[] }
  for (const one of tables.RouteTables) one.Routes = one.Routes.filter((route) => !route.DestinationPrefixListId)
  return { ...files, 'ec2/describe-vpc-endpoints.json': endpoints, 'ec2/describe-route-tables.json': tables }
}

interface Route {
  readonly DestinationPrefixListId?: string
}
