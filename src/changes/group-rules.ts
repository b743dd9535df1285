/** The lines that open one port of a security group to one peer. */
import type { RemedyWords } from '../domain/report.ts'
import type { Text } from '../domain/text.ts'
import { resource, text } from './terraform.ts'

export interface GroupOpening {
  readonly groupId: string
  readonly direction: 'ingress' | 'egress'
  readonly port: number
  readonly peer: Peer
}

export type Peer =
  | { readonly is: 'group'; readonly id: string }
  | { readonly is: 'prefix-list'; readonly id: string }
  | { readonly is: 'cidr'; readonly id: string }

/** EC2 API Reference, IpPermission. */
const MEMBERS = {
  group: (id: string) => `UserIdGroupPairs=[{GroupId=${id}}]`,
  'prefix-list': (id: string) => `PrefixListIds=[{PrefixListId=${id}}]`,
  cidr: (id: string) => (id.includes(':') ? `Ipv6Ranges=[{CidrIpv6=${id}}]` : `IpRanges=[{CidrIp=${id}}]`),
} as const

export function openGroups(openings: readonly GroupOpening[]): RemedyWords {
  return {
    console: openings.map(step),
    cli: openings.map(line),
    terraform: openings.map(block).join('\n'),
  }
}

function line({ groupId, direction, port, peer }: GroupOpening): string {
  const permission = `IpProtocol=tcp,FromPort=${port},ToPort=${port},${MEMBERS[peer.is](peer.id)}`
  return `aws ec2 authorize-security-group-${direction} --group-id ${groupId} --ip-permissions "${permission}"`
}

function step({ groupId, direction, port, peer }: GroupOpening): Text {
  const kind = port === 443 ? { en: 'HTTPS (443)', ko: 'HTTPS(443)' } : { en: `TCP ${port}`, ko: `TCP ${port}` }
  return direction === 'egress'
    ? {
        en: `EC2 → Security groups → ${groupId} → Outbound rules → Edit outbound rules → Add rule: ${kind.en}, destination ${peer.id} → Save rules`,
        ko: `EC2 → 보안 그룹 → ${groupId} → 아웃바운드 규칙 → 아웃바운드 규칙 편집 → 규칙 추가에서 다음 규칙을 입력하고 규칙 저장을 누릅니다. ${kind.ko}, 대상: ${peer.id}`,
      }
    : {
        en: `EC2 → Security groups → ${groupId} → Inbound rules → Edit inbound rules → Add rule: ${kind.en}, source ${peer.id} → Save rules`,
        ko: `EC2 → 보안 그룹 → ${groupId} → 인바운드 규칙 → 인바운드 규칙 편집 → 규칙 추가에서 다음 규칙을 입력하고 규칙 저장을 누릅니다. ${kind.ko}, 소스: ${peer.id}`,
      }
}

function block({ groupId, direction, port, peer }: GroupOpening): string {
  const key = {
    group: 'referenced_security_group_id',
    'prefix-list': 'prefix_list_id',
    cidr: peer.id.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4',
  }[peer.is]
  return resource(`aws_vpc_security_group_${direction}_rule`, `${groupId}_${peer.id}_${port}`, [
    ['security_group_id', text(groupId)],
    ['ip_protocol', text('tcp')],
    ['from_port', String(port)],
    ['to_port', String(port)],
    [key, text(peer.id)],
  ])
}
