/** Whether a capacity provider starts instances for tasks that find no place. */
import { missing, missingFrom } from '../../domain/answer.ts'
import type { Missing } from '../../domain/path.ts'
import type { AutoScalingGroup, Capacity, CapacityProvider } from '../../domain/service.ts'

export type ScaleOut =
  | { readonly is: 'possible' }
  /** `group`: as large as it may be, or kept from starting instances; null without managed scaling. */
  | { readonly is: 'impossible'; readonly group: AutoScalingGroup | null }
  | { readonly is: 'unknown'; readonly missing: Missing }

/** Source: ECS Developer Guide, Amazon ECS cluster auto scaling; only tasks that a provider places make it scale. */
export function scaleOutOf(provider: CapacityProvider | null, { autoScalingGroups }: Capacity): ScaleOut {
  if (provider === null) return { is: 'impossible', group: null }
  const { name, managedScaling, autoScalingGroupArn } = provider
  if (managedScaling === false) return { is: 'impossible', group: null }
  if (managedScaling === null) {
    return {
      is: 'unknown',
      missing: missing(
        ['managed-scaling-unknown', name],
        `It is not known whether the capacity provider ${name} has managed scaling.`,
        `용량 공급자의 관리형 크기 조정 사용 여부를 알 수 없습니다: ${name}`,
        'ecs:DescribeCapacityProviders',
      ),
    }
  }
  if (!autoScalingGroups.known) {
    const what = { en: `the Auto Scaling group of ${name}`, ko: `용량 공급자의 Auto Scaling 그룹 (${name})` }
    return { is: 'unknown', missing: missingFrom(autoScalingGroups, ['auto-scaling-group-unread', name], what) }
  }
  const group = autoScalingGroups.value.find(({ arn }) => arn === autoScalingGroupArn)
  if (group === undefined) {
    return {
      is: 'unknown',
      missing: missing(
        ['auto-scaling-group-unseen', name],
        `The Auto Scaling group of the capacity provider ${name} was not found.`,
        `용량 공급자의 Auto Scaling 그룹을 찾을 수 없습니다: ${name}`,
        'autoscaling:DescribeAutoScalingGroups',
      ),
    }
  }
  const isOnItsWay = group.desired > group.instances
  const mayGrow = group.max > group.desired || isOnItsWay
  return mayGrow && !group.suspendedProcesses.includes('Launch') ? { is: 'possible' } : { is: 'impossible', group }
}
