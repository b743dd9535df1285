import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  BY_ENDPOINTS,
  BY_NAT,
  change,
  findingsOf,
  IN_PUBLIC,
  judge,
  PUBLIC_A,
  PUBLIC_C,
  told,
  unknownOf,
  VPC,
  type World,
} from '../world.ts'

const ID = 'internet-blocked-by-vpc-setting'

function blocked(world: World, mode: string, ...subnetIds: readonly string[]): World {
  return subnetIds.reduce((all, id) => change(all, 'subnets', id, { internetGatewayBlockMode: mode }), world)
}

describe(ID, () => {
  test('found once for the VPC, with every subnet that has to be excluded', () => {
    const world = blocked(IN_PUBLIC, 'block-bidirectional', PUBLIC_A, PUBLIC_C)
    expect(told(world)).toEqual([`${ID} ${VPC}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual(
      [PUBLIC_A, PUBLIC_C].map(
        (id) =>
          `aws ec2 create-vpc-block-public-access-exclusion --subnet-id ${id} --internet-gateway-exclusion-mode allow-bidirectional`,
      ),
    )
    expectPages(finding)
  })

  test('for a NAT gateway its own subnet has to be excluded, outward alone', () => {
    const world = blocked(BY_NAT, 'block-bidirectional', PUBLIC_A)
    expect(told(world)).toEqual(['service-spans-good-and-bad-subnets web (warning)', `${ID} ${VPC}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 create-vpc-block-public-access-exclusion --subnet-id ${PUBLIC_A} --internet-gateway-exclusion-mode allow-egress`,
    ])
    expect(finding.remedy.console[0]?.en).toContain('Egress-only')
  })

  test('block-ingress closes the way with a public address, too; an outward exclusion would not help it', () => {
    const world = blocked(IN_PUBLIC, 'block-ingress', PUBLIC_A)
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)[0]).toContain('allow-bidirectional')
    expect(finding.remedy.console[0]?.en).toContain('Bidirectional')
  })

  test('clear with the setting off, and for endpoints, which it does not touch', () => {
    expect(judge(blocked(IN_PUBLIC, 'off', PUBLIC_A, PUBLIC_C))).toEqual({ findings: [], unknowns: [] })
    expect(judge(blocked(BY_ENDPOINTS, 'block-bidirectional', PUBLIC_A)).findings).toEqual([])
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(IN_PUBLIC, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
