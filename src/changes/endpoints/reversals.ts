/** VPC endpoints and their settings, taken back. */
import { listed } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Endpoint } from '../../domain/network.ts'
import type { Text } from '../../domain/text.ts'
import type { Resolved } from '../change-kind.ts'
import { type CommandLine, callOf } from '../command-line.ts'
import { asking, literal, marked, noneOf, type Reversal, type Reversals, STAYS } from '../reversal.ts'
import { holdingAll } from '../routes/gateway-reversals.ts'

type Kind = 'create-vpc-endpoint' | 'describe-vpc-endpoints' | 'delete-vpc-endpoints' | 'modify-vpc-endpoint'

export function endpointReversals(fix: string): Reversals<Kind> {
  return {
    'create-vpc-endpoint': ({ makes, serviceName }) => {
      const filters = [marked(fix), `Name=service-name,Values=${serviceName}`]
      const own = "VpcEndpoints[?contains(['pending', 'available'], State)].VpcEndpointId | [0]"
      return {
        isMade: asking('ec2', 'describe-vpc-endpoints', { filters }, own),
        undo: [callOf('ec2', { kind: 'delete-vpc-endpoints', vpcEndpointIds: [makes] })],
        settles: [
          { ask: asking('ec2', 'describe-vpc-endpoints', { filters }, 'VpcEndpoints[].State'), while: 'deleting' },
        ],
      }
    },

    'describe-vpc-endpoints': () => ({ isMade: null, undo: [] }),

    /** Made again as it was, under another id. */
    'delete-vpc-endpoints': ({ vpcEndpointIds }, before) => {
      const ids = vpcEndpointIds.map((id) => `VpcEndpointId==${literal(id)}`).join(' || ')
      const there = `VpcEndpoints[?(${ids}) && State!='deleted' && State!='deleting']`
      const isMade = asking('ec2', 'describe-vpc-endpoints', {}, noneOf(there))
      const former = endpointsIn(before).filter(({ id }) => vpcEndpointIds.includes(id))
      const isWhole = former.length === vpcEndpointIds.length && former.every(({ state }) => state === 'available')
      return isWhole ? { isMade, undo: former.map(madeAgain) } : { isMade, undo: [], stays: UNUSABLE }
    },

    'modify-vpc-endpoint': settingsBack,
  }
}

const UNUSABLE: Text = {
  en: 'The endpoint that was deleted could not be used, and is not made again.',
  ko: '삭제한 엔드포인트는 사용할 수 없는 상태였으므로 다시 만들지 않습니다.',
}

type Modified = Resolved<ChangeOf<'modify-vpc-endpoint'>>

function settingsBack(change: Modified, before: GatheredFacts): Reversal {
  const { vpcEndpointId, addRouteTableIds, addSubnetIds, privateDnsEnabled, policyDocument, resetPolicy } = change
  const former = endpointsIn(before).find(({ id }) => id === vpcEndpointId)
  const asked = (holds: string) =>
    asking(
      'ec2',
      'describe-vpc-endpoints',
      { vpcEndpointIds: [vpcEndpointId] },
      `VpcEndpoints[?${holds}].VpcEndpointId | [0]`,
    )
  const back = (members: object): CommandLine =>
    callOf('ec2', { kind: 'modify-vpc-endpoint', vpcEndpointId, ...members })
  if (addRouteTableIds !== undefined)
    return {
      isMade: routed(vpcEndpointId, addRouteTableIds),
      undo: [back({ removeRouteTableIds: addRouteTableIds })],
    }
  if (addSubnetIds !== undefined)
    return { isMade: asked(holdingAll('SubnetIds', addSubnetIds)), undo: [back({ removeSubnetIds: addSubnetIds })] }
  if (policyDocument !== undefined || resetPolicy === true) {
    if (former === undefined) return { isMade: null, undo: [], stays: STAYS }
    const { policy } = former
    return { isMade: null, undo: [back(policy === null ? { resetPolicy: true } : { policyDocument: policy })] }
  }
  if (privateDnsEnabled === true && change.dnsOptions === undefined)
    return { isMade: asked('PrivateDnsEnabled'), undo: [back({ privateDnsEnabled: false })] }
  return former === undefined
    ? { isMade: null, undo: [], stays: STAYS }
    : { isMade: null, undo: [optionsBack(former, change, back)] }
}

/** Every one of the tables has a route to it. */
function routed(endpointId: string, routeTableIds: readonly string[]) {
  const without = `RouteTables[?!(Routes[?GatewayId==${literal(endpointId)}] | [0])]`
  return asking('ec2', 'describe-route-tables', { routeTableIds }, noneOf(without))
}

function optionsBack(
  former: Endpoint,
  { ipAddressType }: Modified,
  back: (members: object) => CommandLine,
): CommandLine {
  const { privateDns, dnsRecordIpType, privateDnsForInboundResolverOnly } = former
  const options = [
    ...(dnsRecordIpType === null ? [] : [`DnsRecordIpType=${dnsRecordIpType}`]),
    ...(privateDns ? [`PrivateDnsOnlyForInboundResolverEndpoint=${privateDnsForInboundResolverOnly}`] : []),
  ]
  return back({
    ...(privateDns ? {} : { privateDnsEnabled: false }),
    ...(ipAddressType === undefined ? {} : { ipAddressType: 'ipv4' }),
    ...(options.length === 0 ? {} : { dnsOptions: options.join(',') }),
  })
}

function madeAgain({
  type,
  vpcId,
  serviceName,
  routeTableIds,
  subnetIds,
  groupIds,
  privateDns,
  policy,
}: Endpoint): CommandLine {
  const own =
    type === 'gateway'
      ? { vpcEndpointType: 'Gateway', routeTableIds }
      : { vpcEndpointType: 'Interface', subnetIds, securityGroupIds: groupIds, privateDnsEnabled: privateDns }
  return callOf('ec2', {
    kind: 'create-vpc-endpoint',
    vpcId,
    serviceName,
    ...own,
    ...(policy === null ? {} : { policyDocument: policy }),
  })
}

function endpointsIn({ network }: GatheredFacts): readonly Endpoint[] {
  return network.known ? listed(network.value.endpoints) : []
}
