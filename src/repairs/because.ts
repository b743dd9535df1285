/** Why one would choose a repair: how much it changes, what it costs, and by which way it leads. */
import type { Change } from '../domain/change.ts'
import type { Text } from '../domain/text.ts'
import { countOf } from './weight.ts'

export function becauseOf(changes: readonly Change[], cost: number | null, isSmallest: boolean): Text {
  const count = countOf(changes)
  const price = priceText(cost)
  const ways = WAYS.flatMap(({ holds, text }) => (changes.some(holds) ? [text] : []))
  const way = ways.length === 0 ? [MENDS_WHAT_IS_THERE] : ways
  return {
    en: `${isSmallest ? 'The fewest changes' : 'Another way'}: ${count} ${count === 1 ? 'change' : 'changes'}, ${price.en}; ${way.map(({ en }) => en).join(', ')}.`,
    ko: `${isSmallest ? '변경이 가장 적은 방법' : '다른 방법'}: 변경 ${count}개, ${price.ko}. ${way.map(({ ko }) => ko).join(', ')}.`,
  }
}

function priceText(cost: number | null): Text {
  if (cost === null) return { en: 'at a price that is not known here', ko: '비용을 알 수 없음' }
  if (cost === 0) return { en: 'free of charge', ko: '추가 비용 없음' }
  return { en: `about ${cost} USD a month without traffic`, ko: `월 약 ${cost} USD(트래픽 제외)` }
}

interface Way {
  readonly holds: (change: Change) => boolean
  readonly text: Text
}

const WAYS: readonly Way[] = [
  {
    holds: (change) => change.kind === 'update-service' && leavesOut(change),
    text: {
      en: 'leaves the bad subnets out until they are mended, with fewer zones until then, and starts a deployment',
      ko: '문제가 있는 서브넷을 고칠 때까지 제외하며(그동안 가용 영역이 줄어듦) 새 배포가 시작됨',
    },
  },
  {
    holds: (change) =>
      change.kind === 'update-service' &&
      change.networkConfiguration?.awsvpcConfiguration.assignPublicIp === 'ENABLED' &&
      change.formerNetworkConfiguration?.awsvpcConfiguration.assignPublicIp !== 'ENABLED',
    text: {
      en: 'gives the tasks public addresses, and starts a deployment',
      ko: '태스크에 퍼블릭 주소를 할당하며 새 배포가 시작됨',
    },
  },
  {
    holds: ({ kind }) => kind === 'create-nat-gateway',
    text: { en: 'leads out through a new NAT gateway', ko: '새 NAT 게이트웨이를 통해 인터넷으로 나감' },
  },
  {
    holds: (change) =>
      (change.kind === 'create-route' || change.kind === 'replace-route') && typeof change.natGatewayId === 'string',
    text: { en: 'leads out through the NAT gateway that is there', ko: '기존 NAT 게이트웨이를 통해 인터넷으로 나감' },
  },
  {
    holds: (change) =>
      (change.kind === 'create-route' || change.kind === 'replace-route') && change.gatewayId !== undefined,
    text: { en: 'leads out through the internet gateway', ko: '인터넷 게이트웨이를 통해 나감' },
  },
  {
    holds: (change) => change.kind === 'create-vpc-endpoint' && change.vpcEndpointType === 'Interface',
    text: { en: 'needs no way to the internet', ko: '인터넷 경로가 필요 없음' },
  },
]

const MENDS_WHAT_IS_THERE: Text = { en: 'mends what is there', ko: '기존 설정을 고침' }

function leavesOut(change: Extract<Change, { readonly kind: 'update-service' }>): boolean {
  const { networkConfiguration: now, formerNetworkConfiguration: former } = change
  if (change.placementConstraints !== undefined) return true
  if (now === undefined || former === undefined) return false
  return now.awsvpcConfiguration.subnets.length < former.awsvpcConfiguration.subnets.length
}
