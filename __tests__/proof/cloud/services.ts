/** ECS services and task definitions. */
import { type Cloud, editItem, itemOf, itemsOf, type Kind, type Operations, Refused, replaceItems } from './cloud.ts'
import { SECURITY_GROUPS, SUBNETS } from './kinds.ts'

interface Awsvpc {
  subnets: string[]
  securityGroups?: string[]
  assignPublicIp?: string
}

interface NetworkConfiguration {
  awsvpcConfiguration?: Awsvpc
}

interface Strategy {
  capacityProvider: string
  weight?: number
  base?: number
}

interface Balancer {
  targetGroupArn?: string
  loadBalancerName?: string
  containerName?: string
  containerPort?: number
}

interface Service {
  serviceName: string
  serviceArn: string
  clusterArn: string
  status: string
  /** An Express service has none. */
  taskDefinition?: string
  desiredCount: number
  launchType?: string
  capacityProviderStrategy?: Strategy[]
  deploymentConfiguration?: Record<string, unknown>
  networkConfiguration?: NetworkConfiguration
  loadBalancers?: Balancer[]
  healthCheckGracePeriodSeconds?: number
  deployments?: { status: string; id: string; taskDefinition: string }[]
  [member: string]: unknown
}

interface Definition {
  family: string
  revision: number
  status: string
  taskDefinitionArn: string
  cpu?: string
  memory?: string
  requiresCompatibilities?: string[]
  containerDefinitions: { name: string; portMappings?: { containerPort: number }[] }[]
}

interface ExpressRequest {
  readonly serviceArn: string
  readonly taskDefinitionArn?: string
  readonly networkConfiguration?: { readonly subnets?: string[]; readonly securityGroups?: string[] }
}

interface ServiceRequest {
  readonly cluster?: string
  readonly service?: string
  readonly serviceName?: string
  readonly taskDefinition?: string
  readonly forceNewDeployment?: boolean
  readonly networkConfiguration?: NetworkConfiguration
  readonly deploymentConfiguration?: Record<string, unknown>
  readonly loadBalancers?: Balancer[]
  readonly capacityProviderStrategy?: Strategy[]
  readonly launchType?: string
  readonly role?: string
}

export const SERVICES: Kind<Service> = {
  file: 'ecs/describe-services.json',
  list: 'services',
  idOf: ({ serviceName }) => serviceName,
  code: 'ServiceNotFoundException',
}
const DEFINITIONS = 'ecs/describe-task-definition'

export const serviceOperations: Operations = {
  UpdateService(cloud: Cloud, request: ServiceRequest) {
    const { cluster, service: name = '', taskDefinition, forceNewDeployment, ...changes } = request
    const service = itemOf(cloud, SERVICES, name)
    checkCluster(service, cluster)
    if (service.status !== 'ACTIVE') throw new Refused('ServiceNotActiveException', 'Service was not ACTIVE.')
    if (isExpress(service) && (changes.loadBalancers ?? changes.deploymentConfiguration) !== undefined)
      throw new Refused('InvalidParameterException', 'managed by Amazon ECS')
    const next: Service = {
      ...service,
      ...changes,
      deploymentConfiguration: { ...service.deploymentConfiguration, ...request.deploymentConfiguration },
      ...(taskDefinition === undefined
        ? {}
        : { taskDefinition: definitionOf(cloud, taskDefinition).taskDefinitionArn }),
    }
    checkService(cloud, next)
    editItem(cloud, SERVICES, name, (one) => {
      Object.assign(one, next)
      for (const deployment of one.deployments ?? [])
        if (deployment.status === 'PRIMARY') {
          Object.assign(deployment, { id: `${deployment.id}1` })
          if (next.taskDefinition !== undefined) Object.assign(deployment, { taskDefinition: next.taskDefinition })
          if (changes.networkConfiguration !== undefined)
            Object.assign(deployment, { networkConfiguration: changes.networkConfiguration })
        }
    })
  },

  UpdateExpressGatewayService(cloud: Cloud, { serviceArn, taskDefinitionArn, networkConfiguration }: ExpressRequest) {
    const service = itemsOf(cloud, SERVICES).find((one) => one.serviceArn === serviceArn)
    if (service === undefined) throw new Refused('ServiceNotFoundException', serviceArn)
    if (!isExpress(service)) throw new Refused('InvalidParameterException', 'no Express service')
    const taskDefinition =
      taskDefinitionArn === undefined ? null : definitionOf(cloud, taskDefinitionArn).taskDefinitionArn
    editItem(cloud, SERVICES, service.serviceName, (one) => {
      Object.assign(one.networkConfiguration?.awsvpcConfiguration ?? {}, networkConfiguration)
      for (const deployment of one.deployments ?? [])
        if (deployment.status === 'PRIMARY' && taskDefinition !== null) Object.assign(deployment, { taskDefinition })
      checkService(cloud, one)
    })
  },

  CreateService(cloud: Cloud, request: ServiceRequest) {
    const { cluster = 'default', serviceName = '', taskDefinition = '', ...settings } = request
    const old = itemsOf(cloud, SERVICES).find((one) => one.serviceName === serviceName)
    if (old !== undefined && old.status !== 'INACTIVE')
      throw new Refused('InvalidParameterException', 'Creation of service was not idempotent.')
    const name = cluster.split('/').at(-1) ?? cluster
    const made: Service = {
      serviceName,
      serviceArn: `arn:aws:ecs:${cloud.region}:${cloud.accountId}:service/${name}/${serviceName}`,
      clusterArn: `arn:aws:ecs:${cloud.region}:${cloud.accountId}:cluster/${name}`,
      status: 'ACTIVE',
      desiredCount: 0,
      runningCount: 0,
      pendingCount: 0,
      events: [],
      ...settings,
      taskDefinition: definitionOf(cloud, taskDefinition).taskDefinitionArn,
    }
    checkService(cloud, made)
    replaceItems(cloud, SERVICES, (all) => [...all.filter((one) => one.serviceName !== serviceName), made])
  },

  /** Time has passed where the CLI waited for a service that drains. */
  DescribeServices(cloud: Cloud, { services }: { services: readonly string[] }) {
    for (const { serviceName, status } of itemsOf(cloud, SERVICES))
      if (services.includes(serviceName) && status === 'DRAINING')
        editItem(cloud, SERVICES, serviceName, (one) => {
          one.status = 'INACTIVE'
        })
  },

  RegisterTaskDefinition(cloud: Cloud, request: Definition, answer: { taskDefinition: { taskDefinitionArn: string } }) {
    const { family } = request
    if (request.containerDefinitions.length === 0) throw new Refused('ClientException', 'no container')
    const own = definitions(cloud).filter((one) => one.family === family)
    const revision = Math.max(0, ...own.map((one) => one.revision)) + 1
    const { taskDefinitionArn } = answer.taskDefinition
    cloud.folder.put(`${DEFINITIONS}/${family}-${revision}.json`, {
      taskDefinition: {
        ...request,
        revision,
        status: 'ACTIVE',
        taskDefinitionArn: taskDefinitionArn.replace(/\d+$/, String(revision)),
      },
      tags: [],
    })
  },
}

function isExpress({ resourceManagementType }: Service): boolean {
  return resourceManagementType === 'ECS'
}

function definitions({ folder }: Cloud): readonly Definition[] {
  return folder.under(DEFINITIONS).map((path) => folder.json<{ taskDefinition: Definition }>(path).taskDefinition)
}

/** `family`, `family:revision` or ARN; a family alone is its newest active revision. */
function definitionOf(cloud: Cloud, name: string): Definition {
  const [family, revision] = (name.split('/').at(-1) ?? name).split(':')
  const found = definitions(cloud)
    .filter((one) => one.family === family && one.status === 'ACTIVE')
    .filter((one) => revision === undefined || one.revision === Number(revision))
    .sort((a, b) => b.revision - a.revision)[0]
  if (found === undefined) throw new Refused('ClientException', `TaskDefinition not found: ${name}`)
  return found
}

/** One that is inactive, or being deleted, can still be described. */
export function describedDefinition(cloud: Cloud, name: string): Definition {
  const revision = definitions(cloud).find(({ taskDefinitionArn }) => taskDefinitionArn.endsWith(`/${name}`))
  return revision ?? definitionOf(cloud, name)
}

function checkCluster({ clusterArn }: Service, cluster = 'default'): void {
  if (clusterArn !== cluster && clusterArn.split('/').at(-1) !== cluster)
    throw new Refused('ClusterNotFoundException', cluster)
}

/** Amazon ECS API Reference, UpdateService and the data types it names. */
function checkService(cloud: Cloud, service: Service): void {
  const refuse = (because: string) => {
    throw new Refused('InvalidParameterException', because)
  }
  const awsvpc = service.networkConfiguration?.awsvpcConfiguration
  if (awsvpc !== undefined) {
    const { subnets, securityGroups = [], assignPublicIp = 'DISABLED' } = awsvpc
    if (subnets.length === 0 || subnets.length > 16) refuse('subnets can not be empty.')
    if (securityGroups.length > 5) refuse('securityGroups')
    const vpcs = new Set([
      ...subnets.map((id) => itemOf(cloud, SUBNETS, id).VpcId),
      ...securityGroups.map((id) => itemOf(cloud, SECURITY_GROUPS, id).VpcId),
    ])
    if (vpcs.size > 1) refuse('Security Groups and subnets must be in the same VPC.')
    if (assignPublicIp === 'ENABLED' && service.launchType === 'EC2')
      refuse('Assign public IP is not supported for this launch type.')
  }
  const { maximumPercent = 200, minimumHealthyPercent = 100 } = service.deploymentConfiguration ?? {}
  if (maximumPercent === 100 && minimumHealthyPercent === 100)
    refuse('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  if (Number(maximumPercent) < Number(minimumHealthyPercent) || Number(maximumPercent) < 100) refuse('maximumPercent')
  const strategy = service.capacityProviderStrategy ?? []
  if (strategy.length > 0 && strategy.every(({ weight = 0 }) => weight === 0))
    refuse('A capacity provider strategy cannot contain only providers with a weight of zero.')
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY')
  const definition = definitionOf(cloud, service.taskDefinition ?? primary?.taskDefinition ?? '')
  for (const { targetGroupArn, loadBalancerName, containerName, containerPort } of service.loadBalancers ?? []) {
    if (targetGroupArn === undefined && loadBalancerName === undefined) refuse('targetGroupArn or loadBalancerName')
    if (targetGroupArn !== undefined && !/^arn:aws[a-z-]*:elasticloadbalancing:/.test(targetGroupArn))
      refuse(`targetGroupArn ${targetGroupArn}`)
    const container = definition.containerDefinitions.find(({ name }) => name === containerName)
    if (container === undefined) refuse(`The container ${containerName} does not exist in the task definition.`)
    if (!container?.portMappings?.some((mapping) => mapping.containerPort === containerPort))
      refuse(`The container ${containerName} did not have a container port ${containerPort} defined.`)
  }
}
