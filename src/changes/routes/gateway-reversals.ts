/** What was made for a way out, taken back: found by the mark that its script gave it. */
import { type CommandLine, callOf } from '../command-line.ts'
import { asking, literal, marked, type Reversals } from '../reversal.ts'

type Kind =
  | 'allocate-address'
  | 'create-internet-gateway'
  | 'attach-internet-gateway'
  | 'create-egress-only-internet-gateway'
  | 'create-nat-gateway'
  | 'accept-vpc-peering-connection'
  | 'create-transit-gateway-vpc-attachment'
  | 'modify-transit-gateway-vpc-attachment'
  | 'modify-subnet-attribute'
  | 'create-vpc-block-public-access-exclusion'
  | 'modify-instance-attribute'
  | 'modify-network-interface-attribute'

/** `fix` is the mark: the name of the script. */
export function gatewayReversals(fix: string): Reversals<Kind> {
  const filters = [marked(fix)]
  return {
    'allocate-address': ({ makes }) => ({
      isMade: asking('ec2', 'describe-addresses', { filters }, 'Addresses[0].AllocationId'),
      undo: [callOf('ec2', { kind: 'release-address', allocationId: makes })],
    }),

    'create-internet-gateway': ({ makes }) => ({
      isMade: asking('ec2', 'describe-internet-gateways', { filters }, 'InternetGateways[0].InternetGatewayId'),
      undo: [callOf('ec2', { kind: 'delete-internet-gateway', internetGatewayId: makes })],
    }),

    'attach-internet-gateway': ({ internetGatewayId, vpcId }) => ({
      isMade: asking(
        'ec2',
        'describe-internet-gateways',
        { internetGatewayIds: [internetGatewayId] },
        `InternetGateways[0].Attachments[?VpcId==${literal(vpcId)}].State | [0]`,
      ),
      undo: [callOf('ec2', { kind: 'detach-internet-gateway', internetGatewayId, vpcId })],
    }),

    'create-egress-only-internet-gateway': ({ makes }) => ({
      isMade: asking(
        'ec2',
        'describe-egress-only-internet-gateways',
        { filters },
        'EgressOnlyInternetGateways[0].EgressOnlyInternetGatewayId',
      ),
      undo: [callOf('ec2', { kind: 'delete-egress-only-internet-gateway', egressOnlyInternetGatewayId: makes })],
    }),

    'create-nat-gateway': ({ makes }) => ({
      isMade: asking(
        'ec2',
        'describe-nat-gateways',
        { filter: [...filters, 'Name=state,Values=pending,available'] },
        'NatGateways[0].NatGatewayId',
      ),
      undo: [callOf('ec2', { kind: 'delete-nat-gateway', natGatewayId: makes })],
      // It has its address until then.
      settles: [
        {
          ask: asking(
            'ec2',
            'describe-nat-gateways',
            { filter: [...filters, 'Name=state,Values=deleting'] },
            'NatGateways[].State',
          ),
          while: 'deleting',
        },
      ],
    }),

    'accept-vpc-peering-connection': ({ vpcPeeringConnectionId }) => ({
      isMade: asking(
        'ec2',
        'describe-vpc-peering-connections',
        { vpcPeeringConnectionIds: [vpcPeeringConnectionId] },
        "VpcPeeringConnections[?Status.Code=='active'].VpcPeeringConnectionId | [0]",
      ),
      undo: [],
      stays: {
        en: 'A peering that was accepted cannot be made pending again: delete it where it is not wanted.',
        ko: '수락한 피어링은 대기 상태로 되돌릴 수 없습니다. 필요하지 않으면 삭제합니다.',
      },
    }),

    'create-transit-gateway-vpc-attachment': ({ makes }) => ({
      isMade: asking(
        'ec2',
        'describe-transit-gateway-vpc-attachments',
        { filters: [...filters, 'Name=state,Values=pending,available,modifying'] },
        'TransitGatewayVpcAttachments[0].TransitGatewayAttachmentId',
      ),
      undo: [callOf('ec2', { kind: 'delete-transit-gateway-vpc-attachment', transitGatewayAttachmentId: makes })],
    }),

    'modify-transit-gateway-vpc-attachment': ({ transitGatewayAttachmentId, addSubnetIds }) => ({
      isMade: asking(
        'ec2',
        'describe-transit-gateway-vpc-attachments',
        { transitGatewayAttachmentIds: [transitGatewayAttachmentId] },
        `TransitGatewayVpcAttachments[?${holdingAll('SubnetIds', addSubnetIds)}].TransitGatewayAttachmentId | [0]`,
      ),
      undo: [
        callOf('ec2', {
          kind: 'modify-transit-gateway-vpc-attachment',
          transitGatewayAttachmentId,
          removeSubnetIds: addSubnetIds,
        }),
      ],
    }),

    'modify-subnet-attribute': ({ subnetId, enableDns64 }) => ({
      isMade: null,
      undo: [
        callOf('ec2', {
          kind: 'modify-subnet-attribute',
          subnetId,
          ...(enableDns64 === true ? { enableDns64: false } : { mapPublicIpOnLaunch: false }),
        }),
      ],
    }),

    'create-vpc-block-public-access-exclusion': ({ subnetId }) => {
      const mine = `ends_with(ResourceArn, ${literal(subnetId)}) && contains(['create-in-progress', 'create-complete', 'update-complete'], State)`
      const query = `VpcBlockPublicAccessExclusions[?${mine}].ExclusionId | [0]`
      const isMade = asking('ec2', 'describe-vpc-block-public-access-exclusions', {}, query)
      const undo: CommandLine[] = [
        {
          ...asking('ec2', 'describe-vpc-block-public-access-exclusions', {}, query),
          flags: [],
          into: { name: 'EXCLUSION', query },
        },
        {
          aws: ['ec2', 'delete-vpc-block-public-access-exclusion'],
          flags: [['--exclusion-id', '\uE000EXCLUSION\uE000']],
        },
      ]
      return { isMade, undo }
    },

    'modify-instance-attribute': ({ instanceId }) => ({
      isMade: null,
      undo: [callOf('ec2', { kind: 'modify-instance-attribute', instanceId, sourceDestCheck: true })],
    }),

    'modify-network-interface-attribute': ({ networkInterfaceId }) => ({
      isMade: null,
      undo: [callOf('ec2', { kind: 'modify-network-interface-attribute', networkInterfaceId, sourceDestCheck: true })],
    }),
  }
}

/** JMESPath: the list has every one of these. */
export function holdingAll(list: string, ids: readonly string[]): string {
  return ids.map((id) => `contains(${list}, ${literal(id)})`).join(' && ')
}
