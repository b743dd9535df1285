/** Does a NAT instance that the route names run, and reach the internet itself? Its system nobody sees; this is certain. */
import type { Remedy } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import type { FaultOf } from '../../domain/path.ts'
import { causesOf } from '../../network/causes.ts'
import { subnetsOf } from '../../network/lookup.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { EVERYWHERE, internetGatewayFor, routeTo } from './route-change.ts'

type Cut = FaultOf<'nat-instance-without-internet'>

interface Details {
  readonly fault: Cut
  readonly subnetIds: readonly string[]
  readonly remedy: Remedy
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'nat-instance-without-internet',
  step: 'routes',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['nat-instance-without-internet'],
  permissions: ['ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables'],

  title: { en: 'A NAT instance does not lead out', ko: 'NAT 인스턴스가 인터넷으로 연결되지 않습니다' },
  why: {
    en: 'The route table sends everything for the internet to this instance, which cannot send it on. There is no second try by another way: the pull times out.',
    ko: '라우팅 테이블이 인터넷으로 가는 모든 트래픽을 이 인스턴스로 보내지만 더 전달되지 못합니다. 다른 경로로 다시 시도되지 않으므로 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['nat-instance-without-internet'], ({ interfaceId }) => interfaceId).map((cause) => {
      const [fault] = cause.faults
      const details = { fault, subnetIds: subnetIdsOf(cause), remedy: connected(network, fault) }
      return findingOf(cause, fault.instanceId ?? fault.interfaceId, details)
    }),

  explain: ({ fault: { interfaceId, instanceId, subnetId, because }, subnetIds }) => {
    const name = `${instanceId ?? interfaceId} (${interfaceId})`
    const from = subnetIds.join(', ')
    if (because === 'no-public-ip')
      return {
        en: `${name}, the way out of ${from}, has no public IPv4 address.`,
        ko: `NAT 인스턴스에 퍼블릭 IPv4 주소가 없습니다: ${name} (사용하는 서브넷 ${from})`,
      }
    if (because === 'no-route')
      return {
        en: `No route leads from ${subnetId} to the internet. There stands ${name}, the way out of ${from}.`,
        ko: `NAT 인스턴스의 서브넷에서 인터넷으로 가는 경로가 없습니다: ${subnetId} (${name}, 사용하는 서브넷 ${from})`,
      }
    return {
      en: `${name}, the way out of ${from}, is ${because}.`,
      ko: `실행 중이 아닌 NAT 인스턴스로 경로가 설정되어 있습니다: ${name}, 상태: ${because}, 서브넷: ${from}`,
    }
  },

  remedy: ({ remedy }) => remedy,
})

function connected(network: Network, fault: Cut): Remedy {
  const { because, interfaceId, instanceId, subnetId, routeTableId } = fault
  if (because === 'no-route' && routeTableId !== null) {
    const gateway = internetGatewayFor(network, subnetsOf(network, [subnetId])[0]?.vpcId ?? '')
    const place = { routeTableId, destination: EVERYWHERE }
    return { changes: [...gateway.changes, routeTo(network, place, { gatewayId: gateway.id })] }
  }
  const id = instanceId ?? interfaceId
  const step =
    because === 'no-public-ip'
      ? {
          en: `EC2 → Elastic IPs → Allocate Elastic IP address → Associate: network interface ${interfaceId}`,
          ko: `EC2 → 탄력적 IP → 탄력적 IP 주소 할당 후 다음 네트워크 인터페이스에 연결합니다: ${interfaceId}`,
        }
      : {
          en: `EC2 → Instances → ${id} → Instance state → Start instance`,
          ko: `EC2 → 인스턴스 → ${id} → 인스턴스 상태 → 인스턴스 시작을 누릅니다.`,
        }
  return { changes: [], before: [step], after: [INSTEAD] }
}

const INSTEAD = {
  en: 'Or put a NAT gateway into the route: it needs no care of its own.',
  ko: '또는 직접 관리할 필요가 없는 NAT 게이트웨이를 경로에 둡니다.',
}
