/** A scenario on a stage: the real SDK, the Seoul folder around it, and a clock that the test turns. */
import { readdirSync, readFileSync } from 'node:fs'
import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { seoulFiles } from '../../../scripts/seoul.mjs'
import { scenarioOf } from '../../../src/simulator/rollout/read-scenario.ts'
import type { Scenario, ScenarioText } from '../../../src/simulator/rollout/scenario.ts'
import type { SimulatorOptions } from '../../../src/simulator/start.ts'
import { clientsOf, simulate } from '../support.ts'

const FOLDER = 'scripts/scenarios'

export const SCENARIOS = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''))

const SEOUL = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

export const BEGAN_AT = Date.parse('2026-11-21T04:00:00Z')

/** The subnets that fail in a scenario fail in its folder, too: for each, the network that it plays in. */
const HEALTHY = [
  'blue-green',
  'clean',
  'crashing',
  'image-not-found',
  'scaled-to-zero',
  'stuck',
  'superseded',
  'unhealthy',
]
const NO_WAY_AT_ALL = ['hopeless', 'rolled-back']

export function folderOf(name: string): Readonly<Record<string, unknown>> {
  const files = seoulFiles({ healthy: HEALTHY.includes(name) })
  return NO_WAY_AT_ALL.includes(name) ? withoutWayToS3(files) : files
}

/** Nobody remembered a route to S3, for no route table. */
function withoutWayToS3(files: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const endpoints = structuredClone(files['ec2/describe-vpc-endpoints.json']) as {
    VpcEndpoints: { VpcEndpointType: string; RouteTableIds: string[] }[]
  }
  for (const one of endpoints.VpcEndpoints) one.RouteTableIds = []
  const tables = structuredClone(files['ec2/describe-route-tables.json']) as {
    RouteTables: { Routes: { DestinationPrefixListId?: string }[] }[]
  }
  for (const one of tables.RouteTables) one.Routes = one.Routes.filter((route) => !route.DestinationPrefixListId)
  return { ...files, 'ec2/describe-vpc-endpoints.json': endpoints, 'ec2/describe-route-tables.json': tables }
}

export function scenarioNamed(name: string): Scenario {
  return scenarioOf(JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8')), name)
}

/** A scenario of the Seoul service, healthy unless told. */
export function seoulScenario(text: Partial<ScenarioText> = {}): Scenario {
  const subnets = [{ id: 'subnet-0e17c5b8a3d94f602' }, { id: 'subnet-09d2f7a641be3c85e' }]
  return scenarioOf({ name: 'test', ...SEOUL, subnets, ...text })
}

export async function sceneOf(scenario: Scenario, options: Partial<SimulatorOptions> = {}) {
  let ms = BEGAN_AT
  const simulator = await simulate({ files: seoulFiles(), scenario, clock: { now: () => ms }, ...options })
  const clients = clientsOf(simulator)
  const { ecs } = clients
  const { cluster, service } = scenario

  async function look() {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))
    const [described] = services ?? []
    if (described === undefined) throw new Error('the service is gone')
    return described
  }

  async function tasks(desiredStatus: 'RUNNING' | 'STOPPED'): Promise<readonly Task[]> {
    const input = { cluster, serviceName: service, desiredStatus }
    const { taskArns } = await ecs.send(new ListTasksCommand(input))
    if (taskArns === undefined || taskArns.length === 0) return []
    return (await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []
  }

  /** The newest service deployment, in full. */
  async function newest() {
    const listed = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }))
    const arn = listed.serviceDeployments?.[0]?.serviceDeploymentArn ?? ''
    const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }))
    const [deployment] = described.serviceDeployments ?? []
    if (deployment === undefined) throw new Error('there is no service deployment')
    return deployment
  }

  return {
    simulator,
    clients,
    ecs,
    cluster,
    service,
    look,
    tasks,
    newest,
    /** Simulated seconds since the beginning. */
    at: (seconds: number) => {
      ms = BEGAN_AT + seconds * 1000
    },
  }
}
