/** Amazon ECS: what changes a service. Only a rollout scenario can be changed; a folder is read-only. */
import { type Item, isItem, itemsOf, numberOf, textOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { deploymentArn, describedService, isByCodeDeploy } from '../rollout/answer-service.ts'
import { iso } from '../rollout/answer-tasks.ts'
import { deployed } from '../rollout/deployments.ts'
import { stopped } from '../rollout/play.ts'
import { withSettings } from '../rollout/service-settings.ts'
import { pauseAt } from '../rollout/stages.ts'
import {
  currentOf,
  primaryOf,
  type Rollout,
  type RolloutState,
  type ServiceDeployment,
  withServiceDeployment,
} from '../rollout/state.ts'
import { withTagsOf } from '../rollout/tags.ts'
import type { World } from '../world.ts'
import { arnOf, clusterOf, lastName } from './ecs-names.ts'
import { checkedTags } from './ecs-tags.ts'

export const ECS_WRITES: Operations = {
  UpdateService: updateService,
  RegisterTaskDefinition: registerTaskDefinition,
  StopServiceDeployment: stopServiceDeployment,
  ContinueServiceDeployment: continueServiceDeployment,
}

function rolloutOf(world: World, call: string): Rollout {
  if (world.rollout === undefined) throw new Unrecorded(call)
  return world.rollout
}

/** A new revision of the family, or the first. */
function registerTaskDefinition({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'RegisterTaskDefinition')
  const family = textOf(params, 'family') ?? ''
  const containers = itemsOf(params['containerDefinitions'])
  if (family === '') throw new Refusal('ClientException', 'Family should not be null or empty.')
  if (containers.length === 0) {
    throw new Refusal('ClientException', 'Container list cannot be empty.')
  }
  if (containers.some((one) => textOf(one, 'image') === null)) {
    throw new Refusal('ClientException', 'Container.image should not be null or empty.')
  }
  const { tags: _, ...definition } = params
  const tags = checkedTags(params['tags'])
  const revision = 1 + Math.max(0, ...definitionsOf(world, family).map((one) => numberOf(one, 'revision') ?? 0))
  const taskDefinition: Item = {
    volumes: [],
    placementConstraints: [],
    ...definition,
    taskDefinitionArn: arnOf(world, `task-definition/${family}:${revision}`),
    revision,
    status: 'ACTIVE',
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: iso(rollout.now()),
    registeredBy: `arn:${world.partition}:iam::${world.accountId}:role/deployer`,
  }
  rollout.write((state) => {
    const registered = { ...state, definitions: [...state.definitions, taskDefinition] }
    return withTagsOf(registered, String(taskDefinition['taskDefinitionArn']), tags)
  })
  return { taskDefinition, tags }
}

function definitionsOf(world: World, family: string): readonly Item[] {
  return (world.answers('ecs/describe-task-definition') ?? [])
    .flatMap(({ content }) => (isItem(content['taskDefinition']) ? [content['taskDefinition']] : []))
    .filter((one) => one['family'] === family)
}

/** A new deployment where a setting changes that starts one, or it is forced (Amazon ECS API Reference, UpdateService). */
function updateService({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'UpdateService')
  const { setting } = rollout
  const { scenario } = setting
  const cluster = clusterOf(params, world)
  if (lastName(textOf(params, 'service') ?? '') !== scenario.service || cluster !== scenario.cluster) {
    throw new Refusal('ServiceNotFoundException', 'Service not found.')
  }
  if (isByCodeDeploy(setting) && (params['taskDefinition'] !== undefined || params['forceNewDeployment'] === true)) {
    throw new Refusal(
      'InvalidParameterException',
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    )
  }
  const requested = textOf(params, 'taskDefinition')
  const definition = requested === null ? null : namedDefinition(world, requested)
  const desiredCount = numberOf(params, 'desiredCount')
  const state = rollout.write((before) => {
    const { state: configured, startsDeployment } = withSettings(setting, before, params)
    const scaled = desiredCount === null ? configured : { ...configured, desiredCount }
    const definitionArn = definition ? String(definition['taskDefinitionArn']) : primaryOf(before).definitionArn
    const force = params['forceNewDeployment'] === true
    if (!force && !startsDeployment && definitionArn === primaryOf(before).definitionArn) return scaled
    // Only what the scenario registered itself is kept in its state; a recorded definition is taken along.
    const known = scaled.definitions.some((one) => one['taskDefinitionArn'] === definitionArn)
    const definitions = known || definition === null ? scaled.definitions : [...scaled.definitions, definition]
    return deployed(setting, { ...scaled, definitions }, { definitionArn, behaviour: scenario.behaviour })
  })
  return { service: describedService(setting, state) }
}

/** By `family` (its newest active revision), `family:revision` or ARN. */
export function namedDefinition(world: World, requested: string): Item {
  const [family = '', revision] = lastName(requested).split(':')
  const found = definitionsOf(world, family)
    .filter((one) =>
      revision === undefined ? (one['status'] ?? 'ACTIVE') === 'ACTIVE' : String(one['revision']) === revision,
    )
    .sort((one, other) => Number(other['revision']) - Number(one['revision']))[0]
  if (found === undefined) throw new Refusal('ClientException', 'TaskDefinition not found.')
  return found
}

/** "The only valid value is ROLLBACK"; one that is over stays as it is (Amazon ECS API Reference, StopServiceDeployment). */
function stopServiceDeployment({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'StopServiceDeployment')
  const serviceDeploymentArn = textOf(params, 'serviceDeploymentArn') ?? ''
  if ((textOf(params, 'stopType') ?? 'ROLLBACK') !== 'ROLLBACK') {
    throw new Refusal('InvalidParameterException', 'The stopType is not supported. The valid value is ROLLBACK.')
  }
  const wanted = deploymentNamed(rollout, serviceDeploymentArn)
  rollout.write((state) => (currentOf(state)?.token === wanted.token ? stopped(state) : state))
  return { serviceDeploymentArn }
}

/** Ends the pause of a hook, one way or the other (Amazon ECS API Reference, ContinueServiceDeployment). */
function continueServiceDeployment({ params }: Request, world: World): Item {
  const rollout = rolloutOf(world, 'ContinueServiceDeployment')
  const serviceDeploymentArn = textOf(params, 'serviceDeploymentArn') ?? ''
  deploymentNamed(rollout, serviceDeploymentArn)
  rollout.write((state) => {
    const hook = pauseAt(rollout.setting, state)
    if (hook === null || !hook.waits || hook.hookId !== textOf(params, 'hookId')) {
      throw new Refusal('ClientException', 'The hook is not awaiting action.')
    }
    return textOf(params, 'action') === 'ROLLBACK' ? stopped(state) : continued(state)
  })
  return { serviceDeploymentArn }
}

function continued(state: RolloutState): RolloutState {
  const current = currentOf(state)
  return current?.stage
    ? withServiceDeployment(state, current.token, { stage: { ...current.stage, continued: true } })
    : state
}

function deploymentNamed(rollout: Rollout, arn: string): ServiceDeployment {
  const found = rollout.state().serviceDeployments.find((one) => deploymentArn(rollout.setting, one) === arn)
  if (found === undefined) {
    throw new Refusal(
      'ServiceDeploymentNotFoundException',
      'The service deployment ARN that you specified is not found.',
    )
  }
  return found
}
