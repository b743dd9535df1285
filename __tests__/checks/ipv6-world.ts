/** Tasks in IPv6-only subnets, with an egress-only internet gateway and an image by its dual-stack name: nothing is shut. */
import { known } from '../../src/domain/answer.ts'
import type { NetworkAclEntry } from '../../src/domain/network.ts'
import {
  A,
  ACCOUNT,
  ACL_A,
  ACL_C,
  acl,
  BY_NAT,
  C,
  CONTAINER,
  PUBLIC_A,
  REGION,
  route,
  rule,
  subnet,
  TABLE_A,
  TABLE_C,
  TASK_GROUP,
  VPC,
  type World,
} from './worlds.ts'

export const EGRESS_ONLY = 'eigw-0a1b2c3d4e5f60001'
export const BLOCK = '2600:1f14:1:100::/56'
export const IMAGE = `${ACCOUNT}.dkr-ecr.${REGION}.on.aws/web:v7`

const EVERYTHING = { ruleNumber: 101, allow: true, protocol: '-1', cidr: '::/0', ports: null } as const
export const OPEN: readonly NetworkAclEntry[] = [
  { ...EVERYTHING, egress: true },
  { ...EVERYTHING, egress: false },
]
const { network } = BY_NAT
const tables = network.routeTables.known ? network.routeTables.value : []
const acls = network.networkAcls.known ? network.networkAcls.value : []
const own = (cidr: string) => ({ cidrs: [cidr], freeAddresses: null })

export const IPV6_ONLY: World = {
  ...BY_NAT,
  network: {
    ...network,
    vpcs: known([{ id: VPC, cidrs: ['10.0.0.0/16', BLOCK], dhcpOptionsId: null }]),
    subnets: known([
      subnet(A, 'a', '', own('2600:1f14:1:101::/64')),
      subnet(C, 'c', '', own('2600:1f14:1:103::/64')),
      subnet(PUBLIC_A, 'a', '10.0.101.0/24'),
    ]),
    routeTables: known(
      tables.map((table) => ({
        ...table,
        routes: [
          ...table.routes.slice(0, 1),
          route(BLOCK, 'local', 'local'),
          ...([TABLE_A, TABLE_C].includes(table.id)
            ? [route('::/0', 'egress-only-internet-gateway', EGRESS_ONLY)]
            : table.routes.slice(1)),
        ],
      })),
    ),
    networkAcls: known([acl(ACL_A, [A], OPEN), acl(ACL_C, [C], OPEN), ...acls.slice(2)]),
    securityGroups: known([
      { id: TASK_GROUP, vpcId: VPC, name: 'web-task', ingress: [], egress: [rule({ cidrs: ['::/0'] })] },
    ]),
    egressOnlyGateways: known([{ id: EGRESS_ONLY, attachments: [{ vpcId: VPC, state: 'attached' }] }]),
  },
  taskDefinition: { ...BY_NAT.taskDefinition, containers: [{ ...CONTAINER, image: IMAGE }] },
}
