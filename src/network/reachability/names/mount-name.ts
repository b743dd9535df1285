/**
 * What the name of a file system leads to: the mount target of the zone that asks, in the VPC of the mount targets and nowhere else.
 * EFS User Guide, Mounting with a DNS name, and Mounting from another VPC; efs-utils (EFS and S3 Files): without a name, no mount.
 */
import { listed, missingFrom, unread } from '../../../domain/answer.ts'
import { distinct } from '../../../domain/collections.ts'
import type { MountTarget } from '../../../domain/configuration.ts'
import type { ResolverRule, Subnet } from '../../../domain/network.ts'
import type { Fault, Hop, Missing, Statement } from '../../../domain/path.ts'
import type { Family } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { forwardedBy } from '../../resolver-rules.ts'
import { allows, unknown } from '../segments.ts'
import { leads, type Name, type Resolution } from './resolution.ts'
import { byCustomerZone, byServers } from './resolve.ts'

/** One mount of a file system. */
interface Mount {
  readonly index: NetworkIndex
  readonly id: string
  readonly subnet: Subnet
  readonly host: string
}

export function resolveMount(
  index: NetworkIndex,
  subnet: Subnet,
  name: Name & { readonly fileSystemId: string },
  family: Family,
): Resolution {
  const { fileSystemId: id } = name
  const system = index.fileSystem(id)
  const mountTargets = system?.mountTargets ?? unread('unasked', '')
  // S3 Files has a name for each zone; EFS answers by the zone that asks.
  const host = system?.kind === 's3files' ? `${subnet.zoneId}.${name.host}` : name.host
  const mount: Mount = { index, id, subnet, host }
  // A Windows file server is named by its directory, whose servers nobody here can ask.
  if (system?.kind === 'fsx' && mountTargets.known) return fileServers(mount, mountTargets.value)
  const asked = { index, vpcId: subnet.vpcId, name: { ...name, host }, family }
  return byServers(asked, () => {
    const own = mountTargets.known ? mountTargets.value.filter((one) => vpcOf(index, one) === subnet.vpcId) : []
    if (own.length > 0) return byOwnVpc(mount, own)
    const zone = byCustomerZone(asked)
    if (zone !== null) return zone
    const rule = forwardedBy(listed(index.network.resolver.rules), subnet.vpcId, host, null)
    if (rule !== null) return leads(unknown('dns', rule.id, forwarded(mount, rule)), { is: 'unknown' })
    const unseen = mountTargets.known ? unseenAnswer(mount) : null
    if (unseen !== null) return leads(unknown('dns', id, unseen), { is: 'unknown' })
    if (mountTargets.known) return nowhere(mount, mountTargets.value)
    if (mountTargets.because === 'not-found') return gone(mount)
    const what = { en: `the mount targets of ${id}`, ko: `${id}의 탑재 대상` }
    const missing = missingFrom(mountTargets, ['mount-targets', id], what)
    return leads(unknown('dns', id, missing), { is: 'unknown' })
  })
}

/** Zones and rules of their own are how people reach mount targets of another VPC: what nobody has read may answer. */
function unseenAnswer({ index, id, subnet: { vpcId } }: Mount): Missing | null {
  const { hostedZones, resolver } = index.network
  const zones = hostedZones[vpcId] ?? unread('unasked', 'route53:ListHostedZonesByVPC')
  if (!zones.known) {
    const what = { en: `the private hosted zones of ${vpcId}`, ko: `${vpcId}의 프라이빗 호스팅 영역` }
    return missingFrom(zones, ['mount-name-zones-unread', id], what)
  }
  if (resolver.rules.known) return null
  return missingFrom(resolver.rules, ['mount-name-rules-unread', id], { en: 'the Resolver rules', ko: 'Resolver 규칙' })
}

/** One whose VPC nobody told is where the tasks are. */
function vpcOf(index: NetworkIndex, { vpcId, subnetId }: MountTarget): string | null {
  if (vpcId !== null) return vpcId
  const home = index.subnet(subnetId)
  return home.is === 'there' ? home.value.vpcId : null
}

const USABLE = ['available', 'updating']
const BROKEN = ['deleting', 'deleted', 'error', 'misconfigured']

function byOwnVpc(mount: Mount, targets: readonly MountTarget[]): Resolution {
  const { index, subnet, host, id } = mount
  const here = targets.filter((one) => one.availabilityZoneId === subnet.zoneId || one.subnetId === subnet.id)
  const target = here.find(({ state }) => USABLE.includes(state)) ?? here.find(({ state }) => !BROKEN.includes(state))
  if (target === undefined) return noneInZone(mount)
  if (!USABLE.includes(target.state)) return leads(unknown('dns', id, notReady(target)), { is: 'unknown' })
  const answer = { is: 'mount-targets', targets: [target] } as const
  const hostnames = index.network.vpcDns[subnet.vpcId]?.hostnames
  if (hostnames?.known !== true) return leads(unknown('dns', subnet.vpcId, hostnamesUnread(subnet)), answer, NOTHING)
  if (!hostnames.value) return nothing(subnet.vpcId, hostnamesOff(mount), offFault(mount, target))
  return leads(leadsTo(host, target), answer)
}

const NOTHING = { is: 'nothing' } as const

function leadsTo(host: string, { id, addresses: [address] }: MountTarget): Hop {
  const where = address === undefined ? id : `${address} (${id})`
  const why = { en: `${host} leads to mount target ${where}`, ko: `${host}의 DNS 응답: 탑재 대상 ${where}` }
  return allows('dns', id, { reason: ['name-leads-to', host, id], why })
}

function nothing(id: string, statement: Statement, fault: Fault): Resolution {
  return leads({ at: 'dns', id, decision: 'deny', ...statement, fault }, NOTHING)
}

function hostnamesUnread({ vpcId }: Subnet): Missing {
  const because = {
    en: `could not read enableDnsHostnames of ${vpcId}`,
    ko: `읽지 못한 VPC 속성: enableDnsHostnames (${vpcId})`,
  }
  return { permission: 'ec2:DescribeVpcAttribute', reason: ['dns-hostnames-unread', vpcId], because }
}

function hostnamesOff({ subnet: { vpcId }, host }: Mount): Statement {
  const why = {
    en: `enableDnsHostnames of ${vpcId} is off, so ${host} does not resolve`,
    ko: `VPC의 DNS 호스트 이름(enableDnsHostnames)이 꺼져 있어 조회되지 않는 이름: ${host} (${vpcId})`,
  }
  return { reason: ['dns-hostnames-off', vpcId, host], why }
}

function offFault({ subnet: { vpcId } }: Mount, { id }: MountTarget): Fault {
  return { kind: 'vpc-dns-hostnames-off', endpointId: id, vpcId }
}

function notReady({ id, state }: MountTarget): Missing {
  const because = { en: `mount target ${id} is ${state}`, ko: `탑재 대상 ${id}의 상태: ${state}` }
  return { permission: null, reason: ['mount-target-state', id, state], because }
}

function nowhere(mount: Mount, targets: readonly MountTarget[]): Resolution {
  const mountVpcIds = distinct(targets.flatMap((one) => vpcOf(mount.index, one) ?? []))
  return mountVpcIds.length === 0 ? noneInZone(mount) : inOtherVpc(mount, mountVpcIds)
}

function noneInZone({ id, subnet, host }: Mount): Resolution {
  const { zone, id: subnetId } = subnet
  const why = {
    en: `${host} leads nowhere in ${zone} (${subnetId}): ${id} has no mount target there`,
    ko: `가용 영역에 탑재 대상이 없어 조회되지 않는 이름: ${host} (${zone}, ${subnetId})`,
  }
  const fault: Fault = { kind: 'mount-target-missing', fileSystemId: id, subnetId, zone }
  return nothing(id, { reason: ['mount-target-missing', id, subnetId, host], why }, fault)
}

function inOtherVpc({ id, subnet: { vpcId }, host }: Mount, mountVpcIds: readonly string[]): Resolution {
  const others = mountVpcIds.join(', ')
  const why = {
    en: `${host} does not resolve in ${vpcId}: the mount targets of ${id} are in ${others}`,
    ko: `탑재 대상이 다른 VPC에 있어 ${vpcId}에서 조회되지 않는 이름: ${host} (${id}, ${others})`,
  }
  const fault: Fault = { kind: 'mount-targets-elsewhere', fileSystemId: id, host, vpcId, mountVpcIds }
  return nothing(id, { reason: ['mount-targets-elsewhere', id, vpcId, others, host], why }, fault)
}

/** As people do it for the mount targets of another VPC: where the rule leads, nobody here can ask. */
function forwarded({ host }: Mount, { id, targets }: ResolverRule): Missing {
  const list = targets.join(', ')
  const because = {
    en: `Resolver rule ${id} forwards ${host} to ${list}, whose answer is not visible`,
    ko: `Resolver 규칙이 이름을 다른 서버로 전달하여 응답을 알 수 없음: ${host} → ${list} (${id})`,
  }
  return { permission: null, reason: ['name-forwarded', id, host], because }
}

function gone({ id, host }: Mount): Resolution {
  const why = {
    en: `${host} leads nowhere: AWS knows no file system ${id} of this account in the Region`,
    ko: `이 리전의 계정에 없는 파일 시스템이므로 조회되지 않는 이름: ${host} (${id})`,
  }
  return nothing(
    id,
    { reason: ['file-system-missing', id, host], why },
    { kind: 'file-system-missing', fileSystemId: id },
  )
}

function fileServers({ id }: Mount, targets: readonly MountTarget[]): Resolution {
  const list = targets.map(({ id: interfaceId }) => interfaceId).join(', ')
  const why = {
    en: `the file servers of ${id} have the interfaces ${list}; its directory answers for its name`,
    ko: `${id}의 파일 서버 인터페이스: ${list} (이름은 디렉터리에서 응답)`,
  }
  return leads(allows('dns', id, { reason: ['file-servers', id, list], why }), { is: 'mount-targets', targets })
}
