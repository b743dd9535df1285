/** Reads what stands in front of a service's tasks: its target groups, then their load balancers; the rules that traffic is moved with. Two rounds of calls. */

import { registeredGroups, rulesOf } from '../../../deployment/target-fit.ts'
import { known, mapped, together, unread } from '../../../domain/answer.ts'
import { distinct } from '../../../domain/collections.ts'
import type { ConfigurationFacts, ListenerRuleRecord, TargetGroupRecord } from '../../../domain/configuration.ts'
import type { Service } from '../../../domain/service.ts'
import type { Call } from '../../calls/call.ts'
import * as elbv2 from '../../calls/elbv2.ts'
import { toLoadBalancerFront, toTargetGroup, toTargetHealth } from '../../facts/configuration.ts'
import { isLoose, translate } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'

type Balancing = Pick<ConfigurationFacts, 'targetGroups' | 'listenerRules'>

export async function readBalancing(reader: Reader, service: Service | null): Promise<Balancing> {
  if (service === null) return { targetGroups: [], listenerRules: [] }
  const arns = distinct(registeredGroups(service).map(({ arn }) => arn))
  const [targetGroups, listenerRules] = await Promise.all([
    Promise.all(arns.map((arn) => readTargetGroup(reader, arn))),
    Promise.all(distinct(rulesOf(service)).map((arn) => readRule(reader, arn))),
  ])
  return { targetGroups, listenerRules }
}

/** A Network Load Balancer has listeners alone. ECS API Reference, AdvancedConfiguration. */
async function readRule(reader: Reader, arn: string): Promise<ListenerRuleRecord> {
  const call: Call<unknown> = arn.includes(':listener-rule/') ? elbv2.describeRules : elbv2.describeListeners
  const answer = await reader.read(call, { id: [arn] })
  return { arn, exists: mapped(answer, (all) => all.length > 0) }
}

async function readTargetGroup(reader: Reader, arn: string): Promise<TargetGroupRecord> {
  const [described, health] = await Promise.all([
    reader.read(elbv2.describeTargetGroups, { id: [arn] }),
    reader.read(elbv2.describeTargetHealth, { id: reader.source === 'folder' ? namesOf(arn) : [arn] }),
  ])
  const groups = translate(described, elbv2.describeTargetGroups.permission, toTargetGroup)
  const group = mapped(groups, (all) => all[0] ?? null)
  return {
    arn,
    group,
    health: mapped(health, (all) => all.filter(isLoose).flatMap(toTargetHealth)),
    loadBalancers:
      group.known && group.value !== null
        ? await readFronts(reader, group.value.loadBalancerArns)
        : unread('unasked', elbv2.describeLoadBalancers.permission),
  }
}

async function readFronts(reader: Reader, arns: readonly string[]): Promise<TargetGroupRecord['loadBalancers']> {
  if (arns.length === 0) return known([])
  const { permission } = elbv2.describeLoadBalancers
  const answers = arns.map((arn) => reader.read(elbv2.describeLoadBalancers, { id: [arn] }))
  return translate(together(await Promise.all(answers)), permission, toLoadBalancerFront)
}

/** `…:targetgroup/web/73e2d6bc24d8a067`: what a recording of one group may be called. */
function namesOf(arn: string): readonly string[] {
  const [name = '', id = ''] = arn.split('/').slice(-2)
  return [id, name, `${name}-${id}`]
}
