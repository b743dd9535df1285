/** An internet gateway for a VPC, which takes one. EC2 API Reference, AttachInternetGateway. */
import { internetGatewayOf } from '../../network/lookup.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne, itemsOf, withItems } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const attachInternetGateway: ChangeDefinition<'attach-internet-gateway'> = {
  kind: 'attach-internet-gateway',

  console: ({ internetGatewayId, vpcId }) => [
    {
      en: `VPC → Internet gateways → ${internetGatewayId} → Actions → Attach to VPC: ${vpcId}`,
      ko: `VPC → 인터넷 게이트웨이 → ${internetGatewayId} → 작업 → VPC에 연결에서 다음 VPC를 선택합니다: ${vpcId}`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    {
      type: 'aws_internet_gateway_attachment',
      name: change.vpcId,
      fields: argumentsOf(change, 'internetGatewayId', 'vpcId'),
    },
  ],

  apply(facts, { internetGatewayId, vpcId }) {
    if (!facts.network.known) return null
    if (internetGatewayOf(facts.network.value, vpcId) !== null) return { refused: 'Resource.AlreadyAssociated' }
    const attached = changeOne(facts, 'internetGateways', internetGatewayId, (gateway) =>
      gateway.attachments.some(({ vpcId: other, state }) => other !== vpcId && state !== 'detached')
        ? { refused: 'Resource.AlreadyAssociated' }
        : { ...gateway, attachments: [{ vpcId, state: 'available' }] },
    )
    if (attached === null || 'refused' in attached) return attached
    // A route to a gateway that was detached is a blackhole until the gateway is back.
    const tables = itemsOf(attached, 'routeTables') ?? []
    return withItems(
      attached,
      'routeTables',
      tables.map((table) => ({
        ...table,
        routes: table.routes.map((route) =>
          table.vpcId === vpcId && route.target.id === internetGatewayId ? { ...route, state: 'active' } : route,
        ),
      })),
    )
  },
}
