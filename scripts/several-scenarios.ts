/** Several rollouts in one cluster: each scenario plays in a service of its own, made like the one of its folder. */
import { itemsOf } from '../simulator/item.ts'
import { play } from '../simulator/rollout/play.ts'
import { withRollout } from '../simulator/rollout/rollout-world.ts'
import type { Scenario } from '../simulator/rollout/scenario.ts'
import { type Files, type World, worldOf } from '../simulator/world.ts'
import { folderOf, scenarioNamed } from './scenarios.ts'

export const CLUSTER = 'cluster-nestjs-second'

export interface Plays {
  /** The scenario of each service, by the service's name: one of simulator/scenarios, or one like them. */
  readonly services: Readonly<Record<string, string | Scenario>>
  /** Whose network it is; the healthy one unless told. */
  readonly network?: string
  readonly speed?: number
  readonly clock?: { readonly now: () => number }
}

/** What is written to AWS reaches the last of the services alone. */
export function worldOfSeveral({ services, network = 'clean', ...pace }: Plays): World {
  const alone = worldOf(withServices(folderOf(network), Object.keys(services)))
  return Object.entries(services).reduce((world, [service, name], at) => {
    const scenario = { ...(typeof name === 'string' ? scenarioNamed(name) : name), service, seed: at + 1 }
    return withRollout(world, play({ scenario, world, ...pace }))
  }, alone)
}

/** Instead of the folder's own service, with a family of task definitions each. */
function withServices(files: Files, names: readonly string[]): Files {
  const { 'ecs/describe-services.json': described, ...others } = files
  const [path = '', definition] =
    Object.entries(others).find(([file]) => file.startsWith('ecs/describe-task-definition/')) ?? []
  const [service] = itemsOf((described as { readonly services: unknown }).services)
  const { taskDefinition } = definition as { readonly taskDefinition: { readonly family: string } }
  const own = (one: object | undefined, name: string) =>
    JSON.parse(
      JSON.stringify(one)
        .replaceAll(String(service?.['serviceName']), name)
        .replaceAll(`task-definition/${taskDefinition.family}:`, `task-definition/${name}:`),
    )
  return {
    ...others,
    'ecs/describe-services.json': { services: names.map((name) => own(service, name)), failures: [] },
    'ecs/describe-tasks.json': { tasks: [], failures: [] },
    [path]: { taskDefinition, tags: [] },
    ...Object.fromEntries(
      names.map((name) => [
        `ecs/describe-task-definition/${name}.json`,
        { taskDefinition: { ...own(taskDefinition, name), family: name }, tags: [] },
      ]),
    ),
  }
}
