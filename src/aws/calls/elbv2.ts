/** The Elastic Load Balancing calls: what stands in front of a service's tasks, and, from recordings, whole load balancers for `trace`. */
import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2'
import { type Call, call, hasMore, type Loose, listAt, single } from './call.ts'

const spec = { service: 'elbv2', next: nextByMarker } as const
const named = (file: string): Pick<Call<unknown>, 'aliases'> => ({ aliases: [{ file, list: file }] })

export const describeLoadBalancers = call<Elb.LoadBalancer>({
  ...spec,
  operation: 'DescribeLoadBalancers',
  list: 'LoadBalancers',
  goneIsNone: true,
  by: { id: oneOf('LoadBalancerArns', 'LoadBalancerArn') },
  ...named('LoadBalancers'),
})

export const describeListeners = call<Elb.Listener>({
  ...spec,
  operation: 'DescribeListeners',
  list: 'Listeners',
  goneIsNone: true,
  by: { id: oneOf('ListenerArns', 'ListenerArn') },
  aliases: [
    {
      file: 'LoadBalancerListeners',
      list: 'LoadBalancerListeners',
      items: (one) => listAt(one, 'Listeners'),
    },
  ],
})

export const describeRules = call<Elb.Rule>({
  ...spec,
  operation: 'DescribeRules',
  list: 'Rules',
  goneIsNone: true,
  by: { id: oneOf('RuleArns', 'RuleArn') },
})

export const describeTargetGroups = call<Elb.TargetGroup>({
  ...spec,
  operation: 'DescribeTargetGroups',
  list: 'TargetGroups',
  goneIsNone: true,
  by: { id: oneOf('TargetGroupArns', 'TargetGroupArn') },
  ...named('TargetGroups'),
})

/** The answer does not say whose it is: a recording's file is called after the group's name, its id, or both. */
export const describeTargetHealth = call<Elb.DescribeTargetHealthOutput>({
  ...spec,
  operation: 'DescribeTargetHealth',
  list: null,
  keyed: true,
  by: { id: single('TargetGroupArn', (_answer, stem) => [stem]) },
})

/** The same of every target group at once, as Batfish records it. */
export const recordedTargetHealth = call<Elb.DescribeTargetHealthOutput & { readonly TargetGroupArn?: string }>({
  ...spec,
  operation: 'DescribeTargetHealth',
  file: 'elbv2/load-balancer-target-health',
  list: 'LoadBalancerTargetHealth',
  ...named('LoadBalancerTargetHealth'),
  recordedOnly: true,
})

export const describeLoadBalancerAttributes = call<
  Elb.DescribeLoadBalancerAttributesOutput & { readonly LoadBalancerArn?: string; readonly TargetGroupArn?: string }
>({
  ...spec,
  operation: 'DescribeLoadBalancerAttributes',
  list: 'LoadBalancerAttributes',
  ...named('LoadBalancerAttributes'),
  recordedOnly: true,
})

/** One a request: a list of ARNs fails as a whole when one of them is gone. */
function oneOf(parameter: string, member: string) {
  return { ...single(parameter, (item) => [item[member]]), input: (arns: readonly string[]) => ({ [parameter]: arns }) }
}

function nextByMarker(answer: Loose): Loose | null {
  const marker = answer['NextMarker']
  return hasMore(marker) ? { Marker: marker } : null
}
