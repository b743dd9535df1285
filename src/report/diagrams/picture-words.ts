/** What the pictures of a report call the hops and ways of a path, and their own few words. */
import type { HopAt, ViaKind } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'

export const HOP_NAMES: Readonly<Record<HopAt, Text>> = {
  dns: { en: 'DNS', ko: 'DNS' },
  route: { en: 'Route table', ko: '라우팅 테이블' },
  'security-group-egress': { en: 'Security group, outbound', ko: '보안 그룹(아웃바운드)' },
  'network-acl-out': { en: 'Network ACL, outbound', ko: '네트워크 ACL(아웃바운드)' },
  endpoint: { en: 'VPC endpoint', ko: 'VPC 엔드포인트' },
  'nat-gateway': { en: 'NAT gateway', ko: 'NAT 게이트웨이' },
  'internet-gateway': { en: 'Internet gateway', ko: '인터넷 게이트웨이' },
  'network-acl-in': { en: 'Network ACL, inbound', ko: '네트워크 ACL(인바운드)' },
  'security-group-ingress': { en: 'Security group, inbound', ko: '보안 그룹(인바운드)' },
  'endpoint-policy': { en: 'Endpoint policy', ko: '엔드포인트 정책' },
}

export const VIA_NAMES: Readonly<Record<ViaKind, Text>> = {
  'interface-endpoint': { en: 'Interface endpoint', ko: '인터페이스 엔드포인트' },
  'gateway-endpoint': { en: 'Gateway endpoint', ko: '게이트웨이 엔드포인트' },
  'nat-gateway': HOP_NAMES['nat-gateway'],
  'internet-gateway': HOP_NAMES['internet-gateway'],
  'egress-only-internet-gateway': { en: 'Egress-only internet gateway', ko: '송신 전용 인터넷 게이트웨이' },
  'transit-gateway': { en: 'Transit gateway', ko: 'Transit Gateway' },
  peering: { en: 'VPC peering connection', ko: 'VPC 피어링 연결' },
  appliance: { en: 'Appliance', ko: '어플라이언스' },
  local: { en: 'Within the VPC', ko: 'VPC 내부' },
  none: { en: 'No way out', ko: '나가는 경로 없음' },
}

export const PICTURE_WORDS = {
  picture: { en: 'What stops it', ko: '막히는 지점' },
  noZone: { en: 'zone not known', ko: '가용 영역을 알 수 없음' },
  map: { en: 'Map of the network', ko: '네트워크 지도' },
  mapHint: {
    en: 'A row is a subnet, a column a destination, a bead a hop. Point at a cell, or reach it with Tab, to read its hops.',
    ko: '행은 서브넷, 열은 대상, 점은 경로의 한 지점입니다. 칸에 마우스를 올리거나 Tab 키로 이동하면 각 지점의 판정을 볼 수 있습니다.',
  },
  hops: { en: 'Hops of each path', ko: '경로별 지점' },
  otherHops: { en: 'Hops of the reachable paths', ko: '연결 가능한 경로의 지점' },
  gantt: { en: 'Tasks of the rollout', ko: '롤아웃의 태스크' },
  elapsed: { en: 'time since the deployment began', ko: '배포 시작 후 경과 시간' },
  ganttHint: {
    en: 'A row is a task, and leads to its failure or to its line in the table.',
    ko: '행은 태스크이며, 선택하면 해당 실패 또는 표의 행으로 이동합니다.',
  },
  taskTable: { en: 'The same as a table', ko: '표로 보기' },
  task: { en: 'Task', ko: '태스크' },
  provision: { en: 'provision', ko: '프로비저닝' },
  startUp: { en: 'start', ko: '시작' },
  pull: { en: 'pull and start', ko: '이미지 풀 및 시작' },
  run: { en: 'runs', ko: '실행' },
  failed: { en: 'failed', ko: '실패' },
  timeline: { en: 'What happened when (UTC)', ko: '시간순 기록(UTC)' },
  at: { en: 'At', ko: '시각' },
  event: { en: 'Event', ko: '내용' },
  filter: { en: 'Show only', ko: '필터' },
  severity: { en: 'Severity', ko: '심각도' },
  destination: { en: 'Destination', ko: '대상' },
  all: { en: 'all', ko: '전체' },
  shown: { en: 'Findings shown', ko: '표시된 문제' },
  copy: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied', ko: '복사했습니다' },
  selected: { en: 'Selected: press Ctrl+C or ⌘C to copy', ko: '선택했습니다. Ctrl+C 또는 ⌘C를 누르면 복사됩니다' },
  reset: { en: 'Show all', ko: '모두 표시' },
} as const satisfies Record<string, Text>

/** Connections, subnets or tasks that a picture has no room for. */
export function notDrawn(count: number): Text {
  return { en: `${count} more not drawn`, ko: `그 외 ${count}개는 생략` }
}
