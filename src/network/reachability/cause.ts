/**
 * Which repair is the natural one when a name leads to public addresses and those are not reached: the endpoint that
 * is missing, off or broken, or the route (contract, section 5). One cause, told at one hop.
 */
import { listed } from '../../domain/answer.ts'
import type { Fault, Hop, Outcome } from '../../domain/path.ts'
import { FAULTS } from '../faults.ts'
import { unroutedWayOut } from '../lookup.ts'
import type { Resolution } from './names/resolution.ts'
import type { HostQuestion } from './question.ts'

export function attribute(
  question: HostQuestion,
  resolution: Resolution,
  outcome: Outcome,
  hops: readonly Hop[],
): readonly Hop[] {
  if (outcome !== 'blocked' && outcome !== 'intermittent') return hops
  const at = hops.findIndex(
    ({ decision, fault }) => decision === 'deny' && fault !== undefined && FAULTS[fault.kind].endpointWouldDo === true,
  )
  const broken = hops[at]
  if (broken?.fault === undefined) return hops
  const { passedOver } = resolution
  const fault = missingWay(question, broken.fault)
  // The gateway endpoint is what such an endpoint rests on. S3 User Guide, "Private DNS".
  const isPlain = passedOver?.because === 'inbound-resolver-only' && fault?.kind === 's3-route-missing'
  if (passedOver !== null && !isPlain) {
    return [passedOverHop(question, passedOver), ...relevant(question, hops.with(at, withoutFault(broken)), at)]
  }
  if (fault === null) return relevant(question, hops, at)
  return relevant(question, hops.with(at, explained(broken, fault)), at)
}

function withoutFault({ at, id, decision, reason, why }: Hop): Hop {
  return { at, id, decision, reason, why }
}

/** Filters for the internet say nothing about an endpoint that is to be made; for S3 the addresses stay the same. */
function relevant({ name, index }: HostQuestion, hops: readonly Hop[], at: number): readonly Hop[] {
  if (name.service === 's3' && name.region === index.network.region) return hops
  return hops.filter((hop, i) => i <= at || hop.at === 'route')
}

function passedOverHop(
  { sender, name }: HostQuestion,
  { endpoint, because }: NonNullable<Resolution['passedOver']>,
): Hop {
  const { id, serviceName, state } = endpoint
  const vpcId = sender.subnet.vpcId
  if (because === 'inbound-resolver-only') {
    const why = {
      en: `private DNS of ${id} (${serviceName}) answers inbound Resolver endpoints alone, so ${name.host} does not lead to it`,
      ko: `프라이빗 DNS가 인바운드 Resolver 엔드포인트에만 응답하여 이름을 조회해도 엔드포인트의 주소가 나오지 않음: ${name.host}, ${id} (${serviceName})`,
    }
    const fault = { kind: 'private-dns-off', endpointId: id, serviceName, vpcId } as const
    return {
      at: 'dns',
      id,
      decision: 'deny',
      reason: ['inbound-resolver-only', id, serviceName, name.host],
      why,
      fault,
    }
  }
  if (because === 'private-dns-off') {
    const why = {
      en: `private DNS of ${id} (${serviceName}) is off, so ${name.host} does not lead to it`,
      ko: `프라이빗 DNS가 꺼져 있어 이름을 조회해도 엔드포인트의 주소가 나오지 않음: ${name.host}, ${id} (${serviceName})`,
    }
    const fault = { kind: 'private-dns-off', endpointId: id, serviceName, vpcId } as const
    return { at: 'dns', id, decision: 'deny', reason: ['private-dns-off', id, serviceName, name.host], why, fault }
  }
  if (because === 'hostnames-off') {
    const why = {
      en: `enableDnsHostnames of ${vpcId} is off, so private DNS of ${id} has no effect`,
      ko: `VPC의 DNS 호스트 이름(enableDnsHostnames)이 꺼져 있어 프라이빗 DNS가 동작하지 않음: ${vpcId}, ${id}`,
    }
    const fault = { kind: 'vpc-dns-hostnames-off', endpointId: id, vpcId } as const
    return { at: 'dns', id: vpcId, decision: 'deny', reason: ['dns-hostnames-off', vpcId, id], why, fault }
  }
  const why = {
    en: `endpoint ${id} (${serviceName}) is ${state}`,
    ko: `엔드포인트 ${id} (${serviceName})의 상태: ${state}`,
  }
  const fault = { kind: 'endpoint-not-available', endpointId: id, serviceName, state } as const
  return { at: 'endpoint', id, decision: 'deny', reason: ['endpoint-state', id, serviceName, state], why, fault }
}

/** Null where the route's own fault is the cause. */
function missingWay({ index, name, sender }: HostQuestion, fault: Fault): Fault | null {
  const { service, region } = name
  if (service === null || region !== index.network.region) return null
  const { vpcId } = sender.subnet
  const wayOut = unroutedWayOut(index.network, sender.subnet, sender.publicIp)
  const endpoints = listed(index.endpointsOf(vpcId))
  // Where nothing comes by an endpoint, the default route is what all of it lacks, S3 included.
  const byEndpoints = endpoints.some((one) => one.type === 'interface' && one.state === 'available' && one.privateDns)
  const onlyDefault = wayOut !== null && sender.publicIp && fault.kind === 'no-route' && !byEndpoints
  if (service === 's3' && !onlyDefault) {
    const gateway = endpoints.find((one) => one.type === 'gateway' && one.serviceName.endsWith(`.${region}.s3`))
    const table = index.routeTableOf(sender.subnet)
    if (gateway !== undefined && table.is === 'there' && fault.kind !== 'public-ip-missing') {
      const list = index.s3PrefixList(4)
      return {
        kind: 's3-route-missing',
        routeTableId: table.value.id,
        endpointId: gateway.id,
        vpcId,
        prefixListId: list.is === 'there' ? list.value.list.id : null,
      }
    }
  }
  return fault.kind === 'no-route' && wayOut === null ? { kind: 'endpoint-missing', service, vpcId } : null
}

function explained(hop: Hop, fault: Fault): Hop {
  if (fault.kind === 's3-route-missing') {
    const list = fault.prefixListId ?? 'S3'
    const why = {
      en: `${fault.routeTableId} has no route ${list} → ${fault.endpointId}, and no other way to S3`,
      ko: `S3로 가는 경로가 없음: ${fault.routeTableId} (없는 경로: ${list} → ${fault.endpointId}, 다른 경로도 없음)`,
    }
    return { ...hop, reason: ['s3-route-missing', fault.routeTableId, list, fault.endpointId ?? ''], why, fault }
  }
  if (fault.kind === 'endpoint-missing') {
    const why = {
      en: `${hop.why.en}, and ${fault.vpcId} has no endpoint for ${fault.service}`,
      ko: `${hop.why.ko}. VPC 엔드포인트도 없음: ${fault.service} (${fault.vpcId})`,
    }
    return { ...hop, reason: ['endpoint-missing', fault.vpcId, fault.service, ...hop.reason], why, fault }
  }
  return { ...hop, fault }
}
