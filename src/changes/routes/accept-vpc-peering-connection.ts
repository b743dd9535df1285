/** A peering connection that waits for this side. EC2 API Reference, AcceptVpcPeeringConnection. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne } from '../network-facts.ts'
import { argumentsOf } from '../terraform.ts'

export const acceptVpcPeeringConnection: ChangeDefinition<'accept-vpc-peering-connection'> = {
  kind: 'accept-vpc-peering-connection',

  console: ({ vpcPeeringConnectionId }) => [
    {
      en: `VPC → Peering connections → ${vpcPeeringConnectionId} → Actions → Accept request`,
      ko: `VPC → 피어링 연결 → ${vpcPeeringConnectionId} → 작업 → 요청 수락을 누릅니다.`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    {
      type: 'aws_vpc_peering_connection_accepter',
      name: change.vpcPeeringConnectionId,
      fields: [...argumentsOf(change, 'vpcPeeringConnectionId'), ['auto_accept', 'true']],
    },
  ],

  // Whoever runs it may be the requester, who cannot accept: the account of the accepter has to be the one that asked.
  apply(facts, { vpcPeeringConnectionId }) {
    if (!facts.network.known) return null
    const { accountId } = facts.network.value
    return changeOne(facts, 'peerings', vpcPeeringConnectionId, (peering) => {
      if (peering.state !== 'pending-acceptance') return { refused: 'InvalidStateTransition' }
      return accountId !== null && peering.accepter.ownerId !== accountId
        ? { refused: 'OperationNotPermitted' }
        : { ...peering, state: 'active' }
    })
  },
}
