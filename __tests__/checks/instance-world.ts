/** A service whose tasks leave by a NAT instance: in a public subnet, with one interface and nothing shut. */
import { known } from '../../src/domain/answer.ts'
import type { NetworkInterface } from '../../src/domain/network.ts'
import { add, BY_NAT, change, PUBLIC_A, route, TABLE_A, TABLE_C, VPC, type World, withNetwork } from './world.ts'

export const INSTANCE = 'i-0a1b2c3d4e5f60077'
export const ENI = 'eni-0a1b2c3d4e5f60077'
export const GROUP = 'sg-0a1b2c3d4e5f60077'

const NAT: NetworkInterface = {
  id: ENI,
  subnetId: PUBLIC_A,
  vpcId: VPC,
  groupIds: [GROUP],
  privateIps: ['10.0.101.77'],
  ipv6Addresses: [],
  publicIp: '3.34.10.77',
  type: 'interface',
  description: '',
  instanceId: INSTANCE,
  sourceDestCheck: false,
}
export const EVERYBODY = { protocol: '-1', ports: null, cidrs: ['0.0.0.0/0'], prefixListIds: [], groupIds: [] }

export const BY_INSTANCE: World = [TABLE_A, TABLE_C].reduce(
  (world, table) =>
    change(world, 'routeTables', table, ({ routes }) => ({
      routes: [...routes.slice(0, 1), route('0.0.0.0/0', 'network-interface', ENI)],
    })),
  add(
    withNetwork(BY_NAT, {
      natGateways: known([]),
      interfaces: known([NAT]),
      instances: known([{ id: INSTANCE, state: 'running', interfaceIds: [ENI] }]),
    }),
    'securityGroups',
    { id: GROUP, vpcId: VPC, name: 'nat', ingress: [EVERYBODY], egress: [EVERYBODY] },
  ),
)
