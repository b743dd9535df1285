/** Joins a scenario with the folder it plays in: ids, addresses and configuration come from the folder wherever it has them. */
import { type Item, isItem, itemsOf, textOf, textsOf } from '../item.ts'
import type { World } from '../world.ts'
import type { Scenario } from './scenario.ts'
import type { LoadBalancer, Setting, Subnet } from './state.ts'

/** `beganAt` is in milliseconds since 1970. */
export function settingOf(scenario: Scenario, world: World | null, beganAt: number): Setting {
  const region = world?.region ?? scenario.region
  const place = {
    region,
    accountId: world?.accountId ?? scenario.accountId,
    partition: world?.partition ?? 'aws',
  }
  const recorded = recordedService(scenario, world)
  const definition = (recorded && recordedDefinition(recorded, world)) ?? ownDefinition(scenario, place)
  const subnets = scenario.subnets.map((subnet, at) => subnetOf(subnet, at, region, world))
  const loadBalancer = loadBalancerOf(scenario, definition, recorded, place)
  return {
    scenario,
    ...place,
    beganAt,
    subnets,
    loadBalancer,
    service: recorded ?? ownService(scenario, place, subnets),
    definition,
    digests: recordedDigests(world),
  }
}

interface Place {
  readonly region: string
  readonly accountId: string
  readonly partition: string
}

export function arn({ partition, region, accountId }: Place, resource: string): string {
  return `arn:${partition}:ecs:${region}:${accountId}:${resource}`
}

function recordedService({ cluster, service }: Scenario, world: World | null): Item | null {
  const services = (world?.answers('ecs/describe-services') ?? []).flatMap((one) => itemsOf(one.content['services']))
  const own = services.find(
    (one) => one['serviceName'] === service && (textOf(one, 'clusterArn') ?? '').endsWith(`/${cluster}`),
  )
  return own ?? null
}

function recordedDefinition(service: Item, world: World | null): Item | null {
  const wanted = service['taskDefinition']
  const definitions = (world?.answers('ecs/describe-task-definition') ?? []).flatMap(
    ({ content }) => content['taskDefinition'] ?? [],
  )
  return itemsOf(definitions).find((one) => one['taskDefinitionArn'] === wanted) ?? null
}

function recordedDigests(world: World | null): Setting['digests'] {
  const images = (world?.answers('ecr/describe-images') ?? []).flatMap((one) => itemsOf(one.content['imageDetails']))
  return Object.fromEntries(
    images.flatMap((one) => {
      const [repository, digest] = [textOf(one, 'repositoryName'), textOf(one, 'imageDigest')]
      return digest === null ? [] : textsOf(one['imageTags']).map((tag) => [`${repository}:${tag}`, digest])
    }),
  )
}

function subnetOf(
  { id, zone, cidr, behaviour }: Scenario['subnets'][number],
  at: number,
  region: string,
  world: World | null,
): Subnet {
  const described = (world?.answers('ec2/describe-subnets') ?? [])
    .flatMap((one) => itemsOf(one.content['Subnets']))
    .find((one) => one['SubnetId'] === id)
  return {
    id,
    availabilityZone: zone ?? textOf(described ?? {}, 'AvailabilityZone') ?? `${region}${'abcdef'[at % 6]}`,
    cidr: cidr ?? textOf(described ?? {}, 'CidrBlock') ?? `10.0.${at * 16}.0/20`,
    behaviour,
  }
}

function loadBalancerOf(
  scenario: Scenario,
  definition: Item,
  recorded: Item | null,
  place: Place,
): LoadBalancer | null {
  const own = scenario.loadBalancer
  if (own === undefined) return null
  const [shown] = itemsOf(recorded?.['loadBalancers'])
  const [container] = itemsOf(definition['containerDefinitions'])
  const group = `targetgroup/${scenario.service}/6d0ecf831eec9f09`
  return {
    targetGroupArn:
      own.targetGroupArn ??
      textOf(shown ?? {}, 'targetGroupArn') ??
      `arn:${place.partition}:elasticloadbalancing:${place.region}:${place.accountId}:${group}`,
    containerName: textOf(shown ?? {}, 'containerName') ?? textOf(container ?? {}, 'name') ?? 'app',
    containerPort: own.containerPort,
    registerSeconds: own.register,
    healthySeconds: own.healthy,
    deregistrationSeconds: own.deregistration,
  }
}

function ownService(scenario: Scenario, place: Place, subnets: readonly Subnet[]): Item {
  return {
    serviceArn: arn(place, `service/${scenario.cluster}/${scenario.service}`),
    serviceName: scenario.service,
    clusterArn: arn(place, `cluster/${scenario.cluster}`),
    serviceRegistries: [],
    status: 'ACTIVE',
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    roleArn: `arn:${place.partition}:iam::${place.accountId}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    createdAt: '2026-03-04T08:30:21.930Z',
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: subnets.map(({ id }) => id),
        securityGroups: ['sg-0a4e8c15d7f3b9621'],
        assignPublicIp: 'DISABLED',
      },
    },
    healthCheckGracePeriodSeconds: 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: false,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'DISABLED',
  }
}

function ownDefinition(scenario: Scenario, place: Place): Item {
  const { service } = scenario
  return {
    taskDefinitionArn: arn(place, `task-definition/${service}:1`),
    family: service,
    revision: 1,
    status: 'ACTIVE',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    compatibilities: ['EC2', 'FARGATE'],
    cpu: '256',
    memory: '512',
    volumes: [],
    placementConstraints: [],
    executionRoleArn: `arn:${place.partition}:iam::${place.accountId}:role/ecsTaskExecutionRole`,
    containerDefinitions: [
      {
        name: 'app',
        image: `${place.accountId}.dkr.ecr.${place.region}.amazonaws.com/${service}:1.0.0`,
        cpu: 0,
        essential: true,
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: 'tcp' }],
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': `/ecs/${service}`,
            'awslogs-region': place.region,
            'awslogs-stream-prefix': service,
          },
        },
      },
    ],
  }
}

/** The task definition with a new revision, and, if told, another image for its first essential container. */
export function nextDefinition(newest: Item, image: string | undefined): Item {
  const revision = Number(newest['revision']) + 1
  const containers = itemsOf(newest['containerDefinitions'])
  const main = containers.find((one) => one['essential'] !== false) ?? containers[0]
  return {
    ...newest,
    revision,
    taskDefinitionArn: String(newest['taskDefinitionArn']).replace(/:\d+$/, `:${revision}`),
    containerDefinitions: containers.map((one) => (one === main && image !== undefined ? { ...one, image } : one)),
  }
}

/** Only objects: whatever somebody put into a file. */
export function networkOf({ service }: Setting): Item {
  const network = service['networkConfiguration']
  return isItem(network) ? network : {}
}
