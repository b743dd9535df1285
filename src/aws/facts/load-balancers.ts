/** Load balancers with their listeners and targets, from Elastic Load Balancing's answers in a recording. */
import { type Answer, known, listed } from '../../domain/answer.ts'
import type { LoadBalancer, LoadBalancerTargetGroup } from '../../domain/network.ts'
import * as elbv2 from '../calls/elbv2.ts'
import {
  at,
  count,
  fieldsOf,
  idOf,
  isLoose,
  type Loose,
  listAt,
  type RawAnswer,
  text,
  texts,
  translate,
  word,
} from './shape.ts'

export interface LoadBalancerAnswers {
  readonly loadBalancers: RawAnswer
  readonly listeners: RawAnswer
  readonly targetGroups: RawAnswer
  readonly health: RawAnswer
  readonly attributes: RawAnswer
}

/** Unread when listeners, groups or targets are: a listener that nobody read is not a closed port. */
export function toLoadBalancers(answers: LoadBalancerAnswers): Answer<readonly LoadBalancer[]> {
  const { loadBalancers, listeners, targetGroups, health } = answers
  if (!loadBalancers.known) return loadBalancers
  if (loadBalancers.value.length === 0) return known([])
  if (!listeners.known) return listeners
  if (!targetGroups.known) return targetGroups
  if (!health.known) return health
  const attributes = listed(answers.attributes)
  const groups = targetGroups.value.filter(isLoose)
  return translate(loadBalancers, elbv2.describeLoadBalancers.permission, (record) => {
    const arn = idOf(record['LoadBalancerArn'])
    if (arn === null) return null
    const own = listeners.value.filter(isLoose).filter((one) => one['LoadBalancerArn'] === arn)
    const forwarded = new Set(own.flatMap(forwardedTo))
    const type = word(record['Type'])
    return {
      arn,
      name: text(record['LoadBalancerName']) ?? '',
      type,
      // Off for Network Load Balancers, on for Application Load Balancers, unless told.
      crossZone: attributeOf(attributes, arn, 'load_balancing.cross_zone.enabled') ?? type === 'application',
      listeners: own.map((one) => ({
        protocol: word(one['Protocol']),
        port: count(one['Port']) ?? 0,
        targetGroupArns: forwardedTo(one),
      })),
      targetGroups: groups
        .filter(
          (group) =>
            forwarded.has(text(group['TargetGroupArn']) ?? '') || texts(group['LoadBalancerArns']).includes(arn),
        )
        .map((group) => toTargetGroup(group, health.value, attributes)),
    }
  })
}

function forwardedTo(listener: Loose): readonly string[] {
  const actions = listAt(listener, 'DefaultActions')
  const arns = actions.flatMap((action) => [
    ...(text(action['TargetGroupArn']) === null ? [] : [String(action['TargetGroupArn'])]),
    ...fieldsOf(at(action, 'ForwardConfig', 'TargetGroups'), 'TargetGroupArn'),
  ])
  return [...new Set(arns)]
}

function toTargetGroup(
  group: Loose,
  health: readonly unknown[],
  attributes: readonly unknown[],
): LoadBalancerTargetGroup {
  const arn = text(group['TargetGroupArn']) ?? ''
  const targets = health
    .filter((one) => at(one, 'TargetGroupArn') === arn)
    .flatMap((one) => listAt(one, 'TargetHealthDescriptions'))
  return {
    arn,
    // On for instances, off for addresses, unless told (Network Load Balancers guide, Client IP preservation).
    preserveClientIp:
      attributeOf(attributes, arn, 'preserve_client_ip.enabled') ?? word(group['TargetType']) === 'instance',
    targets: targets.map((one) => ({
      id: text(at(one, 'Target', 'Id')) ?? '',
      port: count(at(one, 'Target', 'Port')) ?? count(group['Port']) ?? 0,
    })),
  }
}

function attributeOf(attributes: readonly unknown[], arn: string, key: string): boolean | null {
  const value = attributes
    .filter((one) => at(one, 'LoadBalancerArn') === arn || at(one, 'TargetGroupArn') === arn)
    .flatMap((one) => listAt(one, 'Attributes'))
    .find((one) => one['Key'] === key)?.['Value']
  return typeof value === 'string' ? value === 'true' : null
}
