/** A folder with a rollout in it: the scenario's service is alive, everything else is as it was recorded. */
import { type Item, itemsOf, textOf } from '../item.ts'
import type { Recorded, World } from '../world.ts'
import { describedRevisions, describedService, describedServiceDeployments } from './answer-service.ts'
import { describedTasks, targetHealth } from './answer-tasks.ts'
import { describedStandaloneTasks } from './standalone-tasks.ts'
import type { Rollout, RolloutState } from './state.ts'
import { tagsOf } from './tags.ts'

type Live = (world: World, rollout: Rollout) => readonly Recorded[]

/** Other things of that kind stay; what belongs to the scenario's service comes from the rollout. */
export function withRollout(world: World, rollout: Rollout): World {
  return {
    ...world,
    rollout,
    answers: (call) => {
      const live = Object.hasOwn(LIVE, call) ? LIVE[call] : undefined
      return live ? live(world, rollout) : world.answers(call)
    },
  }
}

/** A world for a scenario without a folder: it has the scenario's service and, of the network, its subnets. */
export function bareWorld({ setting }: Rollout): World {
  const { region, accountId, partition } = setting
  return { region, accountId, partition, answers: () => null }
}

const LIVE: Readonly<Record<string, Live>> = {
  'ecs/describe-services': (world, { setting, state }) => [
    ...others(world, 'ecs/describe-services', 'services', (one) => one['serviceArn'] !== setting.service['serviceArn']),
    answer(
      'services',
      [describedService(setting, state())].map((one) => tagged(state(), 'serviceArn', one)),
    ),
  ],
  'ecs/describe-tasks': (world, { setting, state }) => [
    ...others(world, 'ecs/describe-tasks', 'tasks', (one) => one['group'] !== `service:${setting.scenario.service}`),
    answer(
      'tasks',
      [...describedTasks(setting, state()), ...describedStandaloneTasks(setting, state())].map((one) =>
        tagged(state(), 'taskArn', one),
      ),
    ),
  ],
  'ecs/describe-task-definition': (world, { state }) => {
    const { definitions: own, tags } = state()
    const arns = own.map((one) => one['taskDefinitionArn'])
    const recorded = (world.answers('ecs/describe-task-definition') ?? []).filter(
      ({ content }) => !arns.includes((content['taskDefinition'] as Item | undefined)?.['taskDefinitionArn']),
    )
    return [
      ...recorded,
      ...own.map((taskDefinition, at) => ({
        name: `own-${at}`,
        content: { taskDefinition, tags: tags[String(taskDefinition['taskDefinitionArn'])] ?? [] },
      })),
    ]
  },
  'ecs/list-service-deployments': (world, rollout) => {
    const listed = world.answers('ecs/list-service-deployments') !== null
    return serviceDeployments(
      world,
      rollout,
      listed ? 'ecs/list-service-deployments' : 'ecs/describe-service-deployments',
    )
  },
  'ecs/describe-service-deployments': (world, rollout) =>
    serviceDeployments(world, rollout, 'ecs/describe-service-deployments'),
  'ecs/describe-service-revisions': (world, { setting, state }) => [
    ...others(world, 'ecs/describe-service-revisions', 'serviceRevisions', notOf(setting.service)),
    answer('serviceRevisions', describedRevisions(setting, state())),
  ],
  'ecs/describe-clusters': (world, { setting }) => {
    const recorded = world.answers('ecs/describe-clusters') ?? []
    const { clusterArn } = setting.service
    if (recorded.some(({ content }) => itemsOf(content['clusters']).some((one) => one['clusterArn'] === clusterArn))) {
      return recorded
    }
    const cluster = { clusterArn, clusterName: setting.scenario.cluster, status: 'ACTIVE', capacityProviders: [] }
    return [...recorded, answer('clusters', [cluster])]
  },
  'elbv2/describe-target-health': (world, { setting, state }) => {
    const recorded = world.answers('elbv2/describe-target-health') ?? []
    const { loadBalancer } = setting
    if (loadBalancer === null) return recorded
    const descriptions = targetHealth(setting, state())
    const own = { TargetGroupArn: loadBalancer.targetGroupArn, TargetHealthDescriptions: descriptions }
    return [{ name: loadBalancer.targetGroupArn, content: own }, ...recorded]
  },
  'elbv2/describe-target-groups': (world, { setting }) => {
    const recorded = world.answers('elbv2/describe-target-groups') ?? []
    const arn = setting.loadBalancer?.targetGroupArn
    const known = recorded.some(({ content }) =>
      itemsOf(content['TargetGroups']).some((one) => one['TargetGroupArn'] === arn),
    )
    if (arn === undefined || known) return recorded
    return [...recorded, answer('TargetGroups', [targetGroup(arn, setting.loadBalancer?.containerPort ?? 80)])]
  },
}

function tagged(state: RolloutState, member: string, item: Item): Item {
  return { ...item, tags: tagsOf(state, textOf(item, member) ?? '', item) }
}

function serviceDeployments(world: World, { setting, state }: Rollout, call: string): readonly Recorded[] {
  return [
    ...others(world, call, 'serviceDeployments', notOf(setting.service)),
    answer('serviceDeployments', describedServiceDeployments(setting, state())),
  ]
}

function notOf(service: Item): (one: Item) => boolean {
  return (one) => one['serviceArn'] !== service['serviceArn']
}

function others(world: World, call: string, list: string, keep: (one: Item) => boolean): readonly Recorded[] {
  return (world.answers(call) ?? []).map(({ name, content }) => ({
    name,
    content: { ...content, [list]: itemsOf(content[list]).filter(keep) },
  }))
}

function answer(list: string, items: readonly Item[]): Recorded {
  return { name: 'rollout', content: { [list]: items } }
}

function targetGroup(TargetGroupArn: string, Port: number): Item {
  const TargetGroupName = textOf({ name: TargetGroupArn.split('/')[1] }, 'name')
  return {
    TargetGroupArn,
    TargetGroupName,
    Protocol: 'HTTP',
    Port,
    TargetType: 'ip',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 2,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
  }
}
