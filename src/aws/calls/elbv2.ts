/** Load balancers: read from recordings only, for `trace`. The types are this file's own, because no client of them is bundled. */
import { type Call, call, listAt } from './call.ts'

const spec = { service: 'elbv2' } as const
const named = (file: string): Pick<Call<unknown>, 'aliases'> => ({ aliases: [{ file, list: file }] })

export interface AwsLoadBalancer {
  readonly LoadBalancerArn?: string
  readonly LoadBalancerName?: string
  readonly Type?: string
  readonly VpcId?: string
}

export interface AwsListener {
  readonly LoadBalancerArn?: string
  readonly Protocol?: string
  readonly Port?: number
  readonly DefaultActions?: readonly {
    readonly Type?: string
    readonly TargetGroupArn?: string
    readonly ForwardConfig?: { readonly TargetGroups?: readonly { readonly TargetGroupArn?: string }[] }
  }[]
}

export interface AwsTargetGroup {
  readonly TargetGroupArn?: string
  readonly TargetType?: string
  readonly LoadBalancerArns?: readonly string[]
}

export interface AwsTargetHealth {
  readonly TargetGroupArn?: string
  readonly TargetHealthDescriptions?: readonly {
    readonly Target?: { readonly Id?: string; readonly Port?: number; readonly AvailabilityZone?: string }
    readonly TargetHealth?: { readonly State?: string }
  }[]
}

export interface AwsAttributes {
  readonly LoadBalancerArn?: string
  readonly TargetGroupArn?: string
  readonly Attributes?: readonly { readonly Key?: string; readonly Value?: string }[]
}

export const describeLoadBalancers = call<AwsLoadBalancer>({
  ...spec,
  operation: 'DescribeLoadBalancers',
  list: 'LoadBalancers',
  ...named('LoadBalancers'),
})

export const describeListeners = call<AwsListener>({
  ...spec,
  operation: 'DescribeListeners',
  list: 'Listeners',
  aliases: [
    {
      file: 'LoadBalancerListeners',
      list: 'LoadBalancerListeners',
      items: (one) => listAt(one, 'Listeners'),
    },
  ],
})

export const describeTargetGroups = call<AwsTargetGroup>({
  ...spec,
  operation: 'DescribeTargetGroups',
  list: 'TargetGroups',
  ...named('TargetGroups'),
})

export const describeTargetHealth = call<AwsTargetHealth>({
  ...spec,
  operation: 'DescribeTargetHealth',
  list: 'LoadBalancerTargetHealth',
  ...named('LoadBalancerTargetHealth'),
})

export const describeLoadBalancerAttributes = call<AwsAttributes>({
  ...spec,
  operation: 'DescribeLoadBalancerAttributes',
  list: 'LoadBalancerAttributes',
  ...named('LoadBalancerAttributes'),
})
