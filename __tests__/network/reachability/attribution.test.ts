/** One cause is told once, at the hop whose repair is the natural one. */
import { describe, expect, test } from '@jest/globals'
import {
  A,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  DKR,
  findingsOf,
  NAT_A,
  PUBLIC_A,
  pathsOf,
  TABLE_A,
  told,
  VPC,
  withNetwork,
} from '../../checks/world.ts'

describe('one cause', () => {
  test.each([
    ['an endpoint that failed', change(BY_ENDPOINTS, 'endpoints', DKR, { state: 'failed' }), 'endpoint-not-available'],
    ['private DNS that is off', change(BY_ENDPOINTS, 'endpoints', DKR, { privateDns: false }), 'private-dns-off'],
    [
      'host names that are off',
      withNetwork(BY_ENDPOINTS, {
        vpcDns: { [VPC]: { support: { known: true, value: true }, hostnames: { known: true, value: false } } },
      }),
      'vpc-dns-off',
    ],
  ] as const)('%s does not also blame a group that is closed to the internet', (_, world, check) => {
    expect(told(world).map((line) => line.split(' ')[0])).toEqual([check])
  })

  test('a NAT gateway leaves a subnet that only refuses what comes in from the internet', () => {
    const world = change(BY_NAT, 'subnets', PUBLIC_A, { internetGatewayBlockMode: 'block-ingress' })
    expect(told(world)).toEqual([])
    expect(new Set(pathsOf(world).map(({ outcome }) => outcome))).toEqual(new Set(['reachable']))
    expect(told(change(BY_NAT, 'subnets', PUBLIC_A, { internetGatewayBlockMode: 'block-bidirectional' }))).not.toEqual(
      [],
    )
  })

  test('a NAT gateway in the subnet that it is to serve does not reach the internet', () => {
    const world = change(BY_NAT, 'natGateways', NAT_A, { subnetId: A })
    const [finding] = findingsOf(world, 'nat-gateway-broken')
    expect(finding.severity).toBe('blocker')
    expect(finding.evidence.map(({ en }) => en).join()).toContain(TABLE_A)
    expect(pathsOf(world).filter(({ from, outcome }) => from.subnetId === A && outcome !== 'blocked')).toEqual([])
  })

  test('a filter before one of two addresses is a warning, whatever else stops the path', () => {
    const closed = change(BY_ENDPOINTS, 'endpoints', DKR, {})
    const { network } = closed
    if (!network.networkAcls.known || !network.securityGroups.known) throw new Error('the world is whole')
    const deny = {
      egress: false,
      ruleNumber: 50,
      allow: false,
      protocol: '6',
      cidr: '0.0.0.0/0',
      ports: { from: 443, to: 443 },
    }
    const world = withNetwork(closed, {
      networkAcls: {
        known: true,
        value: network.networkAcls.value.map((acl, at) =>
          at === 0 ? { ...acl, entries: [deny, ...acl.entries] } : acl,
        ),
      },
      securityGroups: {
        known: true,
        value: network.securityGroups.value.map((group) =>
          group.name === 'endpoint' || group.id.endsWith('f1') ? { ...group, ingress: [] } : group,
        ),
      },
    })
    expect(findingsOf(world, 'endpoint-closed-to-tasks')[0].severity).toBe('blocker')
    expect(findingsOf(world, 'network-acl-closed')[0].severity).toBe('warning')
  })
})
