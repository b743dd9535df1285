import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import { EGRESS_ONLY, IPV6_ONLY } from '../../checks/ipv6-world.ts'
import { TABLE_A, VPC, withNetwork } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const KIND = 'create-egress-only-internet-gateway'
const CREATE: Change = { kind: KIND, makes: 'egressOnlyGateway', vpcId: VPC }
const ROUTE: Change = {
  kind: 'replace-route',
  routeTableId: TABLE_A,
  destinationIpv6CidrBlock: '::/0',
  egressOnlyInternetGatewayId: { ref: 'egressOnlyGateway' },
}
const PERMISSION = 'ec2:DescribeEgressOnlyInternetGateways'

describe(KIND, () => {
  test('in words, with a route to it', () => expectWords(KIND, [CREATE, ROUTE]))

  test('it is attached from the first, and routes may lead to it', () => {
    const made = oneAfter('egressOnlyGateways', 'new-egressOnlyGateway', IPV6_ONLY, CREATE)
    expect(made.attachments).toEqual([{ vpcId: VPC, state: 'attached' }])
    const { routes } = oneAfter('routeTables', TABLE_A, IPV6_ONLY, CREATE, ROUTE)
    const target = { kind: 'egress-only-internet-gateway', id: 'new-egressOnlyGateway' }
    expect(routes.at(-1)).toMatchObject({ destination: '::/0', target, state: 'active' })
  })

  test('nobody asked for others where no route names one', () => {
    const unasked = withNetwork(IPV6_ONLY, { egressOnlyGateways: unread('unasked', PERMISSION) })
    expect(networkAfter(unasked, CREATE)).toMatchObject({
      egressOnlyGateways: known([expect.objectContaining({ id: 'new-egressOnlyGateway' })]),
    })
    expect(networkAfter(withoutList(IPV6_ONLY, 'egressOnlyGateways'), CREATE)).toBeNull()
  })

  test('AWS refuses a VPC and a gateway that are not there', () => {
    expect(networkAfter(IPV6_ONLY, { ...CREATE, vpcId: 'vpc-1' })).toBe('InvalidVpcID.NotFound')
    const to = (id: string): Change => ({ ...ROUTE, egressOnlyInternetGatewayId: id })
    expect(networkAfter(IPV6_ONLY, to('eigw-1'))).toBe('InvalidParameterValue')
    expect(networkAfter(IPV6_ONLY, to(EGRESS_ONLY))).not.toBeNull()
    expect(networkAfter(withoutList(IPV6_ONLY, 'egressOnlyGateways'), to(EGRESS_ONLY))).toBeNull()
  })
})
