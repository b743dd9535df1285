/** The last net: a broken path whose cause no other check claims, told by its first broken hop. */
import type { Remedy } from '../../domain/change.ts'
import { defineCheck, type Found } from '../../domain/check.ts'
import { distinct, distinctReasons, grouped } from '../../domain/collections.ts'
import type { FaultKind, FaultOf, Path, Statement } from '../../domain/path.ts'
import { causesOf, type Effects } from '../../network/causes.ts'
import { brokenPaths, findingOf, firstBroken, subnetIdsOf } from '../engine/path-finding.ts'
import { lookAt, wayOutOf } from './way-out.ts'

interface Details {
  readonly subnetIds: readonly string[]
  readonly broken: readonly { readonly destination: string; readonly host: string; readonly hop: Statement }[]
  readonly remedy: Remedy
}

const OWN = [
  'no-route',
  'dead-end-route',
  'peering-inactive',
  'transit-gateway-no-way',
  'no-such-address',
  'listener-missing',
] as const satisfies readonly FaultKind[]

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'subnet-without-way-to-registry',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: OWN,
  permissions: [
    'ec2:DescribeRouteTables',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcPeeringConnections',
    'ec2:DescribeTransitGatewayVpcAttachments',
    'ec2:SearchTransitGatewayRoutes',
  ],

  title: { en: 'A subnet has no way to a needed host', ko: '서브넷에서 필요한 호스트로 가는 경로가 없습니다' },
  why: {
    en: 'A task that starts in such a subnet waits for an answer that never comes, fails with a timeout and is started again, perhaps in the same subnet.',
    ko: '이 서브넷에서 시작된 태스크는 오지 않는 응답을 기다리다 시간 초과로 실패하고, 같은 서브넷에서 다시 시작될 수 있습니다.',
  },

  evaluate: ({ network, paths }) => {
    const found = (cause: Effects, subject: string, remedy: Remedy): Found<Details> =>
      findingOf(cause, subject, {
        subnetIds: subnetIdsOf(cause),
        broken: brokenPaths(paths, cause).map((path) => ({
          destination: path.destination,
          host: path.host,
          hop: statementOf(path),
        })),
        remedy,
      })
    return [
      ...causesOf(paths, OWN, (fault) => `${fault.kind} ${subjectOf(fault)}`).map((cause) => {
        const own = brokenPaths(paths, cause)
        return found(cause, subjectOf(cause.faults[0]), wayOutOf(network, cause.faults[0], own))
      }),
      ...unexplained(paths).map(([subnetId, own]) => found(effectsOf(own), subnetId, lookAt(own))),
    ]
  },

  explain: ({ subnetIds, broken }) => {
    const reasons = [...grouped(broken, ({ hop }) => JSON.stringify(hop.reason)).values()]
    const told = reasons.map((members) => ({
      hosts: distinct(members.map(({ destination, host }) => target(destination, host))).join(', '),
      hop: (members[0]?.hop ?? UNEXPLAINED).why,
    }))
    return {
      en: `From ${subnetIds.join(', ')} the way breaks off. ${told.map(({ hosts, hop }) => `${hosts}: ${hop.en}`).join('; ')}.`,
      ko: `서브넷에서 나가는 경로가 끊겨 있습니다: ${subnetIds.join(', ')}. 연결할 수 없는 호스트: ${told.map(({ hosts, hop }) => `${hosts} (${hop.ko})`).join('; ')}`,
    }
  },

  remedy: ({ remedy }) => remedy,
})

const UNEXPLAINED: Statement = {
  reason: ['unexplained'],
  why: { en: 'no hop says why', ko: '원인이 되는 홉을 알 수 없음' },
}

function statementOf(path: Path): Statement {
  const { reason, why } = firstBroken(path) ?? UNEXPLAINED
  return { reason, why }
}

function target(destination: string, host: string): string {
  return destination === `registry:${host}` ? host : `${destination} (${host})`
}

function subjectOf(fault: FaultOf<(typeof OWN)[number]>): string {
  switch (fault.kind) {
    case 'no-route':
      return fault.routeTableId === '' ? fault.subnetId : fault.routeTableId
    case 'dead-end-route':
      return fault.routeTableId
    case 'peering-inactive':
      return fault.peeringId
    case 'transit-gateway-no-way':
      return fault.transitGatewayId
    case 'no-such-address':
      return fault.address
    case 'listener-missing':
      return fault.loadBalancer
  }
}

/** Broken, and no hop holds a fault that any check would tell. */
function unexplained(paths: readonly Path[]): readonly (readonly [string, readonly Path[]])[] {
  const silent = paths.filter(
    ({ outcome, hops }) =>
      (outcome === 'blocked' || outcome === 'intermittent') && hops.every(({ fault }) => fault === undefined),
  )
  return [...grouped(silent, ({ from }) => from.subnetId)]
}

function effectsOf(paths: readonly Path[]): Effects {
  return {
    affects: paths.map(({ from, destination }) => ({ subnetId: from.subnetId, destination })),
    evidence: distinctReasons(paths.flatMap((path) => firstBroken(path) ?? [])),
    blocks: paths.some(({ required, outcome }) => required && outcome === 'blocked'),
    required: paths.some(({ required }) => required),
  }
}
