/** Do names go to the Amazon DNS, or to servers that nobody can look into? */
import { shellWord } from '../../changes/command-line.ts'
import { listed } from '../../domain/answer.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Network } from '../../domain/network.ts'
import { formatPoint, parseBlock } from '../../network/addresses.ts'
import { causesOf } from '../../network/causes.ts'
import { brokenPaths, findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly vpcId: string
  readonly dhcpOptionsId: string
  readonly servers: readonly string[]
  readonly hosts: readonly string[]
  /** The Amazon DNS of the VPC, by its address. */
  readonly resolver: string
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'custom-dns-servers',
  step: 'dns',
  severity: 'warning',
  needs: ['network', 'paths'],
  speaksFor: ['custom-dns-servers'],
  permissions: ['ec2:DescribeVpcs', 'ec2:DescribeDhcpOptions'],

  title: { en: 'Names are resolved by your own DNS servers', ko: '자체 DNS 서버로 이름을 조회합니다' },
  why: {
    en: 'Only the Amazon DNS of the VPC knows the private addresses of VPC endpoints. Servers that do not forward AWS names to it answer with public addresses, or not at all, and the pull fails.',
    ko: 'VPC 엔드포인트의 프라이빗 주소는 VPC의 Amazon DNS만 알고 있습니다. AWS 이름을 그곳으로 전달하지 않는 서버는 퍼블릭 주소로 응답하거나 응답하지 않으며, 이미지를 가져오지 못합니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['custom-dns-servers'], ({ vpcId }) => vpcId).map((cause) => {
      const { vpcId, dhcpOptionsId, servers } = cause.faults[0]
      const hosts = distinct(brokenPaths(paths, cause).map(({ host }) => host))
      const details = { vpcId, dhcpOptionsId, servers, hosts, resolver: resolverOf(network, vpcId) }
      return { ...findingOf(cause, dhcpOptionsId, details), severity: 'warning' }
    }),

  explain: ({ vpcId, dhcpOptionsId, servers, hosts, resolver }) => ({
    en: `${dhcpOptionsId} sends the DNS questions of ${vpcId} to ${servers.join(', ')}. Whether they forward these names to ${resolver} cannot be seen from here: ${hosts.join(', ')}.`,
    ko: `VPC의 DNS 질의가 자체 DNS 서버로 전송됩니다: ${servers.join(', ')} (${vpcId}, ${dhcpOptionsId}). 다음 이름을 Amazon DNS(${resolver})로 전달하는지는 여기에서 확인할 수 없습니다: ${hosts.join(', ')}`,
  }),

  // What the servers answer, nobody sees from here, and names of your own may need them: the choice is the reader's.
  remedy: ({ vpcId, dhcpOptionsId, servers, hosts, resolver }) => ({
    changes: [],
    before: [
      {
        en: `On ${servers.join(', ')}: forward ${suffixes(hosts).join(', ')} to ${resolver}. The commands, run inside ${vpcId}, show what the servers answer.`,
        ko: `다음 DNS 서버에서 ${suffixes(hosts).join(', ')} 도메인을 Amazon DNS(${resolver})로 전달하도록 설정합니다: ${servers.join(', ')}. 아래 명령을 VPC 안에서 실행하면 서버의 응답을 확인할 수 있습니다: ${vpcId}`,
      },
      {
        en: `Or, where no name of your own needs them: VPC → DHCP option sets → Create DHCP option set: domain name servers AmazonProvidedDNS; then Your VPCs → ${vpcId} → Actions → Edit VPC settings, in place of ${dhcpOptionsId}`,
        ko: `자체 DNS 서버에만 있는 이름이 필요하지 않다면: VPC → DHCP 옵션 세트 → DHCP 옵션 세트 생성에서 도메인 이름 서버를 AmazonProvidedDNS로 지정하고, VPC → VPC → ${vpcId} → 작업 → VPC 설정 편집에서 기존 세트를 바꿉니다: ${dhcpOptionsId}`,
      },
    ],
    commands: servers.map((server) => `dig +short ${shellWord(`@${server}`)} ${hosts.map(shellWord).join(' ')}`),
  }),
})

/** The second address of the VPC's block. VPC User Guide, "Amazon DNS server". */
function resolverOf(network: Network, vpcId: string): string {
  const cidrs = listed(network.vpcs).find(({ id }) => id === vpcId)?.cidrs ?? []
  const block = cidrs.map(parseBlock).find((one) => one?.family === 4)
  return block == null ? '169.254.169.253' : formatPoint((block.ranges[0] as number) + 2)
}

/** What to forward: the two last labels, `amazonaws.com`, or the whole name of a host elsewhere. */
function suffixes(hosts: readonly string[]): readonly string[] {
  return distinct(hosts.map((host) => /amazonaws\.com(\.cn)?$/.exec(host)?.[0] ?? host))
}
