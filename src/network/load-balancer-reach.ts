/** Do the tasks' security groups let their load balancer in? Its health checks come from its own addresses, whatever its kind. */
import type { LoadBalancerFront, TargetGroup } from '../domain/configuration.ts'
import type { Missing } from '../domain/path.ts'
import type { NetworkIndex } from './network-index.ts'
import { covers, intersect, isEmpty, type Ranges, unionAll } from './ranges.ts'
import { openingOf } from './security-groups.ts'

export type Reach =
  | { readonly is: 'open' }
  | { readonly is: 'partial' | 'closed' }
  | { readonly is: 'unknown'; readonly missing: Missing }

export interface BalancerPort {
  readonly port: number
  readonly use: 'traffic' | 'health'
}

/**
 * The port that traffic goes to, and the one of the health checks where that is another. Through a Network Load Balancer
 * clients may arrive with addresses of their own, whose they are nobody here knows: only its health checks count.
 */
export function portsToReach(
  { type }: LoadBalancerFront,
  { healthCheck }: TargetGroup,
  containerPort: number,
): readonly BalancerPort[] {
  const health: BalancerPort = { port: healthCheck.port ?? containerPort, use: 'health' }
  if (type === 'network') return [health]
  const traffic: BalancerPort = { port: containerPort, use: 'traffic' }
  return health.port === containerPort ? [traffic] : [traffic, health]
}

/**
 * A load balancer is let in by its group or by all addresses of its subnets, any of which it may take. Health checks are TCP
 * even where traffic is UDP. ELB User Guide, Security groups for your load balancer; Health checks for target groups.
 */
export function balancerReach(
  index: NetworkIndex,
  taskGroupIds: readonly string[],
  front: LoadBalancerFront,
  { port }: BalancerPort,
): Reach {
  const opening = openingOf(index, taskGroupIds, 'ingress', 'tcp', port)
  if (front.securityGroupIds.some((id) => opening.groupIds.has(id))) return { is: 'open' }
  const subnets = front.subnetIds.map((id) => index.subnet(id))
  const hidden = subnets.find((one) => one.is !== 'there')
  const senders = unionAll(
    subnets.flatMap((one) => (one.is === 'there' ? [index.subnetRanges(one.value, 4) as Ranges<number>] : [])),
  )
  const open = opening.addresses(4) as Ranges<number>
  if (!isEmpty(senders) && hidden === undefined && covers(open, senders)) return { is: 'open' }
  if (opening.missing !== null) return { is: 'unknown', missing: opening.missing }
  // Rules without an address let nobody in, wherever the load balancer stands.
  if (isEmpty(open)) return { is: 'closed' }
  if (hidden !== undefined || isEmpty(senders)) return { is: 'unknown', missing: unseenSubnets(front) }
  return { is: isEmpty(intersect(open, senders)) ? 'closed' : 'partial' }
}

function unseenSubnets({ name }: LoadBalancerFront): Missing {
  const because = {
    en: `could not read the subnets of load balancer ${name}`,
    ko: `읽지 못한 항목: 로드 밸런서 ${name}의 서브넷`,
  }
  return { permission: 'ec2:DescribeSubnets', reason: ['load-balancer-subnets-unread', name], because }
}
