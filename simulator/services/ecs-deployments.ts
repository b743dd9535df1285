/** Amazon ECS: service deployments and revisions. A folder that has none is taken for a service that never deployed. */
import { type Item, isItem, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { listIfAny, type World } from '../world.ts'
import { checkCount, clusterOf, ECS_PAGE, found, lastName } from './ecs-names.ts'
import { jsonPage } from './json-page.ts'

export const ECS_DEPLOYMENTS: Operations = {
  ListServiceDeployments: listServiceDeployments,
  DescribeServiceDeployments: (request, world) =>
    describeByArn(request, world, {
      call: 'ecs/describe-service-deployments',
      list: 'serviceDeployments',
      member: 'serviceDeploymentArn',
    }),
  DescribeServiceRevisions: (request, world) =>
    describeByArn(request, world, {
      call: 'ecs/describe-service-revisions',
      list: 'serviceRevisions',
      member: 'serviceRevisionArn',
    }),
}

/** From its own file, or else from the described deployments. Twenty a page (ECS API Reference). */
function listServiceDeployments(request: Request, world: World): Item {
  const { params } = request
  const cluster = clusterOf(params, world)
  const service = lastName(textOf(params, 'service') ?? '')
  const services = listIfAny(world, 'ecs/describe-services', 'services')
  if (services.length > 0 && !services.some((one) => one['serviceName'] === service)) {
    throw new Refusal('ServiceNotFoundException', 'Service not found.')
  }
  const brief = listIfAny(world, 'ecs/list-service-deployments', 'serviceDeployments')
  const full = listIfAny(world, 'ecs/describe-service-deployments', 'serviceDeployments')
  const statuses = textsOf(params['status'])
  const listed = (brief.length > 0 ? brief : full).filter(
    (one) =>
      (textOf(one, 'serviceArn') ?? '').endsWith(`/${cluster}/${service}`) &&
      (statuses.length === 0 || statuses.includes(textOf(one, 'status') ?? '')) &&
      createdWithin(one, params['createdAt']),
  )
  return jsonPage('serviceDeployments', listed.map(briefly), request, { ...ECS_PAGE, usual: 20 })
}

function createdWithin(deployment: Item, span: unknown): boolean {
  if (!isItem(span)) return true
  const at = Date.parse(textOf(deployment, 'createdAt') ?? '') / 1000
  const [after, before] = [Number(span['after'] ?? Number.NEGATIVE_INFINITY), Number(span['before'] ?? Infinity)]
  return at >= after && at <= before
}

/** The members of a ServiceDeploymentBrief. */
function briefly(deployment: Item): Item {
  const revision = deployment['targetServiceRevision']
  const target = isItem(revision) ? { targetServiceRevisionArn: revision['arn'] } : {}
  const own = Object.entries(deployment).filter(([member]) => BRIEF.includes(member))
  return { ...target, ...Object.fromEntries(own) }
}

const BRIEF = `serviceDeploymentArn serviceArn clusterArn startedAt createdAt finishedAt targetServiceRevisionArn status
  statusReason`.split(/\s+/)

interface ByArn {
  readonly call: string
  readonly list: string
  readonly member: string
}

function describeByArn({ params }: Request, world: World, { call, list, member }: ByArn): Item {
  const requested = textsOf(params[`${member}s`])
  checkCount(requested, 20, `${member}s`)
  const recorded = listIfAny(world, call, list)
  const { items, failures } = found(
    requested,
    (arn) => recorded.find((one) => one[member] === arn),
    (arn) => arn,
  )
  return { [list]: items, failures }
}
