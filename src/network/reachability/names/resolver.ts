/**
 * Who answers DNS questions in a VPC, and does it answer? Security groups and ACLs never filter the Amazon DNS.
 * VPC User Guide, "DHCP option sets" and "DNS attributes for your VPC".
 */
import { missingFrom } from '../../../domain/answer.ts'
import type { Hop, Missing } from '../../../domain/path.ts'
import { formatPoint, parseBlock } from '../../addresses.ts'
import type { NetworkIndex } from '../../network-index.ts'
import { unknown } from '../segments.ts'

export type Resolver =
  | { readonly is: 'working' }
  | { readonly is: 'broken'; readonly hop: Hop }
  /** `anywhere`: other servers may answer, and with any address. Else it is the Amazon DNS, or nobody. */
  | { readonly is: 'unknown'; readonly hop: Hop; readonly anywhere: boolean }

const AMAZON_DNS = ['amazonprovideddns', '169.254.169.253', 'fd00:ec2::253']

export function resolverOf(index: NetworkIndex, vpcId: string): Resolver {
  return index.once(`resolver ${vpcId}`, () => judge(index, vpcId))
}

function judge(index: NetworkIndex, vpcId: string): Resolver {
  const custom = customServers(index, vpcId)
  if (custom !== null) return custom
  const support = index.network.vpcDns[vpcId]?.support
  if (support?.known === true && support.value) return { is: 'working' }
  if (support?.known === true) {
    const why = {
      en: `enableDnsSupport of ${vpcId} is off: no name resolves in this VPC`,
      ko: `VPC의 DNS 확인(enableDnsSupport)이 꺼져 있어 이름이 조회되지 않음: ${vpcId}`,
    }
    const fault = { kind: 'vpc-dns-off', vpcId } as const
    return { is: 'broken', hop: { at: 'dns', id: vpcId, decision: 'deny', reason: ['vpc-dns-off', vpcId], why, fault } }
  }
  const because = {
    en: `could not read enableDnsSupport of ${vpcId}`,
    ko: `읽지 못한 VPC 속성: enableDnsSupport (${vpcId})`,
  }
  const permission = 'ec2:DescribeVpcAttribute'
  return undecided(vpcId, { permission, reason: ['dns-support-unread', vpcId], because }, false)
}

function customServers(index: NetworkIndex, vpcId: string): Resolver | null {
  const vpc = index.vpc(vpcId)
  if (vpc.is === 'unread') return undecided(vpcId, vpc.missing)
  if (vpc.is === 'absent') {
    const because = { en: `${vpcId} is not visible`, ko: `조회할 수 없는 VPC: ${vpcId}` }
    return undecided(vpcId, { permission: 'ec2:DescribeVpcs', reason: ['vpc-unseen', vpcId], because })
  }
  const { dhcpOptionsId, cidrs } = vpc.value
  if (dhcpOptionsId === null || dhcpOptionsId === 'default') return null
  const { dhcpOptions } = index.network
  if (!dhcpOptions.known) {
    const what = { en: `DHCP option set ${dhcpOptionsId}`, ko: `DHCP 옵션 세트 ${dhcpOptionsId}` }
    return undecided(vpcId, missingFrom(dhcpOptions, ['dhcp-options-unread', dhcpOptionsId], what))
  }
  const options = dhcpOptions.value.find((one) => one.id === dhcpOptionsId)
  if (options === undefined) {
    const because = {
      en: `DHCP option set ${dhcpOptionsId} is not visible`,
      ko: `조회할 수 없는 DHCP 옵션 세트: ${dhcpOptionsId}`,
    }
    const permission = 'ec2:DescribeDhcpOptions'
    return undecided(vpcId, { permission, reason: ['dhcp-options-unseen', dhcpOptionsId], because })
  }
  const servers = options.domainNameServers.filter((server) => !isAmazonDns(server, cidrs))
  if (servers.length === 0) return null
  const list = servers.join(', ')
  const why = {
    en: `${dhcpOptionsId} sends DNS questions to ${list}; whether those servers forward AWS names to the Amazon DNS is not visible`,
    ko: `DNS 질의가 다음 서버로 전송됨(AWS 이름을 Amazon DNS로 전달하는지 알 수 없음): ${list} (${dhcpOptionsId})`,
  }
  const fault = { kind: 'custom-dns-servers', vpcId, dhcpOptionsId, servers } as const
  const missing: Missing = { permission: null, reason: ['custom-dns-servers', dhcpOptionsId, ...servers], because: why }
  return { is: 'unknown', anywhere: true, hop: { ...unknown('dns', dhcpOptionsId, missing), fault } }
}

/** The second address of any IPv4 block of the VPC is the Amazon DNS too. */
function isAmazonDns(server: string, cidrs: readonly string[]): boolean {
  if (AMAZON_DNS.includes(server.toLowerCase())) return true
  return cidrs.some((cidr) => {
    const block = parseBlock(cidr)
    return block?.family === 4 && formatPoint((block.ranges[0] as number) + 2) === server
  })
}

function undecided(vpcId: string, missing: Missing, anywhere = true): Resolver {
  return { is: 'unknown', anywhere, hop: unknown('dns', vpcId, missing) }
}
