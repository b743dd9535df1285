/** The EC2 Auto Scaling call: the groups behind capacity providers. */
import { call, field, list } from './call.ts'

export const describeAutoScalingGroups = call<{
  readonly AutoScalingGroupName?: string
  readonly AutoScalingGroupARN?: string
}>({
  service: 'autoscaling',
  operation: 'DescribeAutoScalingGroups',
  list: 'AutoScalingGroups',
  by: { name: list('AutoScalingGroupNames', field('AutoScalingGroupName'), 50) },
})
