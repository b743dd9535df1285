/** Has a task that leaves by an internet gateway a public address to leave with? */
import type { Change, Remedy } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { changeNetwork, hasOwnNetwork, type OwnNetworkService } from '../service/service-changes.ts'

interface Details {
  readonly subnetIds: readonly string[]
  readonly routeTableIds: readonly string[]
  readonly internetGatewayIds: readonly string[]
  /** Null where it is container instances that lack the address. */
  readonly service: OwnNetworkService | null
  readonly instanceSubnetIds: readonly string[]
}

export default defineCheck<Details, 'service' | 'paths'>({
  id: 'public-subnet-without-public-ip',
  step: 'routes',
  severity: 'blocker',
  needs: ['service', 'paths'],
  speaksFor: ['public-ip-missing'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets'],

  title: { en: 'Tasks in a public subnet get no public IP', ko: '퍼블릭 서브넷의 태스크에 퍼블릭 IP가 없습니다' },
  why: {
    en: 'An internet gateway carries IPv4 only for senders that have a public address of their own. The subnet looks public, the task in it is cut off, and its pull times out.',
    ko: '인터넷 게이트웨이는 퍼블릭 주소를 가진 송신자의 IPv4 트래픽만 전달합니다. 서브넷은 퍼블릭이지만 태스크는 인터넷에 연결되지 못하고 이미지를 가져오는 중에 시간이 초과됩니다.',
  },

  evaluate: ({ service, paths }) =>
    (['task-eni', 'instance-eni'] as const).flatMap((kind) =>
      causesOf(
        paths.filter(({ from }) => from.kind === kind),
        ['public-ip-missing'],
        () => kind,
      ).map((cause) => {
        const { faults } = cause
        return findingOf(cause, service.name, {
          subnetIds: subnetIdsOf(cause),
          routeTableIds: distinct(faults.map(({ routeTableId }) => routeTableId)),
          internetGatewayIds: distinct(faults.map(({ internetGatewayId }) => internetGatewayId)),
          service: kind === 'task-eni' && hasOwnNetwork(service) ? service : null,
          instanceSubnetIds: kind === 'instance-eni' ? subnetIdsOf(cause) : [],
        })
      }),
    ),

  explain: ({ service, subnetIds, routeTableIds, internetGatewayIds }) => {
    const [subnets, tables, gateways] = [subnetIds, routeTableIds, internetGatewayIds].map((ids) => ids.join(', '))
    if (service === null)
      return {
        en: `${tables} of ${subnets} leads to ${gateways}, but container instances there have no public IPv4 address.`,
        ko: `인터넷 게이트웨이로 가는 경로는 있지만 컨테이너 인스턴스에 퍼블릭 IPv4 주소가 없는 서브넷입니다: ${subnets} (${tables} → ${gateways})`,
      }
    return {
      en: `${tables} of ${subnets} leads to ${gateways}, but ${service.name} has assignPublicIp ${service.awsvpc.assignPublicIp}: its tasks have no public IPv4 address.`,
      ko: `인터넷 게이트웨이로 가는 경로는 있지만 태스크에 퍼블릭 IPv4 주소가 없는 서브넷입니다: ${subnets} (${tables} → ${gateways}). 서비스 ${service.name}의 assignPublicIp 값: ${service.awsvpc.assignPublicIp}`,
    }
  },

  remedy: ({ service, instanceSubnetIds }) => {
    const { changes, after = [] }: Remedy =
      service === null
        ? { changes: instanceSubnetIds.map(autoAssign) }
        : changeNetwork(service, { assignPublicIp: 'ENABLED' })
    return { changes, after: [...after, ALTERNATIVE] }
  },
})

const ALTERNATIVE: Text = {
  en: 'Or keep the tasks private: VPC endpoints for what a start calls, or a NAT gateway in the route.',
  ko: '태스크를 프라이빗으로 유지하려면 시작에 필요한 VPC 엔드포인트를 만들거나 NAT 게이트웨이를 경로에 둡니다.',
}

/** For instances that start from now on; running ones keep what they have. */
function autoAssign(subnetId: string): Change {
  return { kind: 'modify-subnet-attribute', subnetId, mapPublicIpOnLaunch: true }
}
