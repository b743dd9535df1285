/** The Seoul service in a simulated AWS, and what DescribeServices says of its settings and tags. */
import { DescribeServicesCommand, type Service, type Tag, TagResourceCommand } from '@aws-sdk/client-ecs'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { SimulatorOptions } from '../../../simulator/start.ts'
import { seoulScenario } from '../../simulator/rollout/scene.ts'
import { clientsOf, simulate } from '../../simulator/support.ts'
import { BEGAN_AT, CLUSTER, SERVICE } from './one-run.ts'

const WRITES = ['TagResource', 'UntagResource', 'UpdateService']

export async function stage(options: Partial<SimulatorOptions> = {}, scenario: Partial<ScenarioText> = {}) {
  const configuration = { minimumHealthyPercent: 50, maximumPercent: 100 }
  const simulator = await simulate({
    files: seoulFiles(),
    scenario: seoulScenario({ script: [], configuration, ...scenario }),
    clock: { now: () => BEGAN_AT },
    ...options,
  })
  const { ecs } = clientsOf(simulator, { maxAttempts: 20 })
  const input = { cluster: CLUSTER, services: [SERVICE], include: ['TAGS' as const] }
  // Chaos spoils an answer of ours as well.
  const service = async (tries = 20): Promise<Service> => {
    const described = await ecs.send(new DescribeServicesCommand(input)).then(
      ({ services }) => services?.[0],
      () => undefined,
    )
    if (described !== undefined) return described
    if (tries === 0) throw new Error('the service is gone')
    return service(tries - 1)
  }
  return {
    url: simulator.url,
    simulator,
    ecs,
    service,
    settings: async () => {
      const { deploymentConfiguration, networkConfiguration, enableExecuteCommand, tags = [] } = await service()
      return { deploymentConfiguration, networkConfiguration, enableExecuteCommand, tags }
    },
    tag: async (...tags: readonly Tag[]) => {
      const { serviceArn = '' } = await service()
      await ecs.send(new TagResourceCommand({ resourceArn: serviceArn, tags: [...tags] }))
    },
    deployments: () => simulator.rollout?.state().serviceDeployments.length ?? 0,
    writes: () => simulator.requests().flatMap(({ operation }) => (WRITES.includes(operation) ? operation : [])),
  }
}
