/** The Seoul service with ECS Exec off, in an AWS whose tasks get it with the next deployment. */
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { execSessions } from '../../../simulator/exec/sessions.ts'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import type { SimulatorOptions } from '../../../simulator/start.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import { BEGAN_AT, seoulScenario } from '../../simulator/rollout/scene.ts'
import { clientsOf, simulate } from '../../simulator/support.ts'
import { imageWith, networkOf, probedFiles } from './probed-world.ts'

const WRITES = /^(Run|Stop|Register|Deregister|Delete|Update|Tag|Untag|Execute|Continue|Create|Put)/
/** No endpoint and no NAT gateway leads there, in Seoul. */
const CLOSED = { ssmmessages: { address: '52.95.110.9', curl: 'echo "0.000000 0.000000"; exit 28' } }

/** It goes on by what is slept, and nobody waits. */
export function idleClock(began = BEGAN_AT): Clock {
  let ms = began
  return {
    now: () => ms,
    sleep: async (rest, signal) => {
      if (signal?.aborted !== true) ms += rest
    },
  }
}

export async function execStage(
  clock: Clock,
  options: Partial<SimulatorOptions> = {},
  scenario: Partial<ScenarioText> = {},
) {
  const image = { shell: '/bin/sh', env: { PATH: imageWith([], networkOf(CLOSED)) } }
  const simulator = await simulate({
    files: probedFiles({ exec: false }),
    scenario: seoulScenario({ script: [], ...scenario }),
    clock,
    exec: execSessions(() => image),
    ...options,
  })
  const { ecs } = clientsOf(simulator)
  return {
    simulator,
    url: simulator.url,
    /** What is to be as it was. */
    settings: async () => {
      const input = { cluster: 'cluster-nestjs-second', services: ['role-nestjs-second-service'] }
      const { services: [service] = [] } = await ecs.send(new DescribeServicesCommand({ ...input, include: ['TAGS'] }))
      const { enableExecuteCommand, deploymentConfiguration, networkConfiguration, tags = [] } = service ?? {}
      return { enableExecuteCommand, deploymentConfiguration, networkConfiguration, tags }
    },
    deployments: () => simulator.rollout?.state().serviceDeployments.length ?? 0,
    writes: () => simulator.requests().filter(({ operation }) => WRITES.test(operation)),
  }
}
