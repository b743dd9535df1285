/** The Seoul case under the names of the examples: service `web` of cluster `prod`, its first revision running. */
import { scenarioOf } from '../../../simulator/rollout/read-scenario.ts'
import type { Scenario, ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { ACCOUNT, CLUSTER, FAMILY, REPOSITORY, REVISION, SERVICE } from '../../../simulator/seoul/names.ts'
import type { Files } from '../../../simulator/world.ts'

export { REGION, TAG } from '../../../simulator/seoul/names.ts'

export const PROD_ACCOUNT = '123456789012'

/** Longer names first: the shorter ones stand in them. */
const NAMES: readonly (readonly [seoul: string, example: string])[] = [
  [CLUSTER, 'prod'],
  [SERVICE, 'web'],
  [`${FAMILY}:${REVISION}`, 'web:1'],
  [`${FAMILY}-${REVISION}`, 'web-1'],
  [`"revision":${REVISION}`, '"revision":1'],
  [FAMILY, 'web'],
  [REPOSITORY, 'web'],
  ['"nestjs"', '"web"'],
  [ACCOUNT, PROD_ACCOUNT],
]

export function prodWeb(healthy: boolean): Files {
  const text = NAMES.reduce((sofar, [from, to]) => sofar.replaceAll(from, to), JSON.stringify(seoulFiles({ healthy })))
  return JSON.parse(text)
}

/** Nobody deploys but the workflow. */
export function rolloutOfWeb(text: Partial<ScenarioText> = {}): Scenario {
  const subnets = [{ id: 'subnet-0e17c5b8a3d94f602' }, { id: 'subnet-09d2f7a641be3c85e' }]
  return scenarioOf({ name: 'web', cluster: 'prod', service: 'web', subnets, script: [], ...text })
}

/** What can be registered of the running revision. */
export function taskDefinition(): Readonly<Record<string, unknown>> {
  const { taskDefinition } = prodWeb(true)['ecs/describe-task-definition/web-1.json'] as {
    taskDefinition: Record<string, unknown>
  }
  const ANSWERED = [
    ...['taskDefinitionArn', 'revision', 'status', 'requiresAttributes', 'compatibilities'],
    ...['registeredAt', 'registeredBy'],
  ]
  return Object.fromEntries(Object.entries(taskDefinition).filter(([name]) => !ANSWERED.includes(name)))
}
