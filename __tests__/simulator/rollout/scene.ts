/** A scenario on a stage: the real SDK, the Seoul folder around it, and a clock that the test turns. */
import {
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { folderOf, SCENARIOS, scenarioNamed } from '../../../scripts/scenarios.ts'
import { scenarioOf } from '../../../simulator/rollout/read-scenario.ts'
import type { Scenario, ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { SimulatorOptions } from '../../../simulator/start.ts'
import { clientsOf, simulate } from '../support.ts'

export { folderOf, SCENARIOS, scenarioNamed }

const SEOUL = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

export const BEGAN_AT = Date.parse('2026-11-21T04:00:00Z')

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
