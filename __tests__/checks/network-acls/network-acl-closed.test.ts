import { describe, expect, test } from '@jest/globals'
import type { NetworkAclEntry } from '../../../src/domain/network.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  ACL_A,
  ACL_C,
  ACL_PUBLIC,
  acl,
  BY_ENDPOINTS,
  BY_NAT,
  C,
  change,
  findingsOf,
  judge,
  NAT_A,
  PUBLIC_A,
  PUBLIC_C,
  route,
  subnet,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withContainer,
  withTaskSubnet,
} from '../world.ts'

const ID = 'network-acl-closed'
const SPLIT = 'service-spans-good-and-bad-subnets web (warning)'

function entry(changes: Partial<NetworkAclEntry>): NetworkAclEntry {
  return { egress: false, ruleNumber: 100, allow: true, protocol: '6', cidr: '0.0.0.0/0', ports: null, ...changes }
}

function ruled(world: World, id: string, subnetIds: readonly string[], ...entries: readonly NetworkAclEntry[]): World {
  return change(world, 'networkAcls', id, acl(id, subnetIds, entries))
}

const HTTPS_IN = entry({ ports: { from: 443, to: 443 } })
const ALL_IN = entry({ protocol: '-1' })
const ALL_OUT = entry({ egress: true, protocol: '-1' })
const EPHEMERAL_IN = entry({ ruleNumber: 110, ports: { from: 1024, to: 65535 } })

function line(id: string, side: 'ingress' | 'egress', number: number, ports: string, cidr: string): string {
  return `aws ec2 create-network-acl-entry --network-acl-id ${id} --${side} --rule-number ${number} --protocol 6 --port-range ${ports} --cidr-block ${cidr} --rule-action allow`
}

describe(ID, () => {
  test('found where replies do not come back in: the pair that AWS prints the wrong way round', () => {
    const world = ruled(BY_ENDPOINTS, ACL_C, [C], HTTPS_IN, ALL_OUT)
    expect(told(world)).toEqual([SPLIT, `${ID} ${ACL_C}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toBe(
      `${ACL_C}, the network ACL of ${C}, drops inbound replies (port 32768-60999, by rule *: 10.0.1.11/32, 10.0.1.12/32, 3.5.140.0/22, 52.219.60.0/23, 52.219.148.0/23, 10.0.1.13/32).`,
    )
    expect(commandsOf(finding)).toEqual([line(ACL_C, 'ingress', 110, 'From=1024,To=65535', '0.0.0.0/0')])
    expectPages(finding)
  })

  test('numbers of the other direction are no matter, and the next ten comes after the last rule', () => {
    const world = ruled(BY_ENDPOINTS, ACL_C, [C], { ...HTTPS_IN, ruleNumber: 105 }, { ...ALL_OUT, ruleNumber: 300 })
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      line(ACL_C, 'ingress', 110, 'From=1024,To=65535', '0.0.0.0/0'),
    ])
    const last = ruled(BY_ENDPOINTS, ACL_C, [C], { ...HTTPS_IN, ruleNumber: 32766 }, ALL_OUT)
    expect(commandsOf(findingsOf(last, ID)[0])).toEqual([
      line(ACL_C, 'ingress', 32765, 'From=1024,To=65535', '0.0.0.0/0'),
    ])
  })

  test('clear with the ephemeral ports open as well', () => {
    expect(judge(ruled(BY_ENDPOINTS, ACL_C, [C], HTTPS_IN, ALL_OUT, EPHEMERAL_IN)).findings).toEqual([])
  })

  test('a rule that denies is overtaken by one with the nearest free number before it', () => {
    const deny = (ruleNumber: number) =>
      entry({ egress: true, allow: false, ruleNumber, ports: { from: 443, to: 443 } })
    const world = ruled(
      BY_NAT,
      ACL_C,
      [C],
      ALL_IN,
      ALL_OUT,
      deny(50),
      entry({ egress: true, ruleNumber: 49, cidr: '10.9.0.0/16' }),
    )
    expect(told(world)).toEqual([SPLIT, `${ID} ${ACL_C}`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('outbound requests (port 443, by rule 50: 0.0.0.0/0')
    expect(commandsOf(finding)).toEqual([line(ACL_C, 'egress', 48, 'From=443,To=443', '0.0.0.0/0')])
    expect(finding.remedy.console[0]?.en).toContain('number 48,')
  })

  test('where no number before the deny is free, the deny goes and an entry takes its number', () => {
    const first = entry({ egress: true, allow: false, ruleNumber: 1, ports: { from: 443, to: 443 } })
    const world = ruled(BY_NAT, ACL_C, [C], ALL_IN, ALL_OUT, first)
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 delete-network-acl-entry --network-acl-id ${ACL_C} --egress --rule-number 1`,
      line(ACL_C, 'egress', 1, 'From=443,To=443', '0.0.0.0/0'),
    ])
    expect(finding.remedy.verified).toBe(true)
  })

  test('a deny goes once, whatever the number of entries that its number and the next ones make room for', () => {
    const deny = entry({ allow: false, ruleNumber: 1, protocol: '-1' })
    const world = ruled(BY_NAT, ACL_PUBLIC, [PUBLIC_A, PUBLIC_C], deny, ALL_OUT)
    const [finding] = findingsOf(world, ID)
    const numbers = finding.remedy.changes.map((one) => ('ruleNumber' in one ? `${one.kind} ${one.ruleNumber}` : ''))
    expect(numbers.filter((one) => one.startsWith('delete'))).toEqual(['delete-network-acl-entry 1'])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.length).toBeGreaterThan(2)
    expect(finding.remedy.verified).toBe(true)
  })

  test('one finding for an ACL, whatever it drops; each direction has its own numbers', () => {
    const world = ruled(BY_NAT, ACL_PUBLIC, [PUBLIC_A, PUBLIC_C])
    expect(told(world)).toEqual([`${ID} ${ACL_PUBLIC}`])
    const [finding] = findingsOf(world, ID)
    expect(commandsOf(finding).toSorted()).toEqual(
      [
        line(ACL_PUBLIC, 'egress', 10, 'From=443,To=443', '0.0.0.0/0'),
        line(ACL_PUBLIC, 'ingress', 10, 'From=1024,To=65535', '0.0.0.0/0'),
        line(ACL_PUBLIC, 'ingress', 20, 'From=443,To=443', '10.0.1.0/24'),
        line(ACL_PUBLIC, 'ingress', 30, 'From=443,To=443', '10.0.3.0/24'),
        line(ACL_PUBLIC, 'egress', 20, 'From=1024,To=65535', '10.0.1.0/24'),
        line(ACL_PUBLIC, 'egress', 30, 'From=1024,To=65535', '10.0.3.0/24'),
      ].toSorted(),
    )
  })

  test('the ACL of a subnet with endpoints: addresses of the VPC become the blocks of their subnets', () => {
    // Subnet c sends to the endpoints in subnet a, and its ACL lets nothing of the VPC out.
    const world = ruled(
      BY_ENDPOINTS,
      ACL_C,
      [C],
      ALL_IN,
      ALL_OUT,
      entry({ egress: true, allow: false, ruleNumber: 90, cidr: '10.0.0.0/16', ports: { from: 443, to: 443 } }),
    )
    expect(told(world)).toEqual([`${ID} ${ACL_C} (warning)`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([line(ACL_C, 'egress', 89, 'From=443,To=443', '10.0.1.0/24')])
  })

  test('a hole in the ephemeral ports is a warning, and its deny is named', () => {
    const hole = entry({ allow: false, ruleNumber: 90, ports: { from: 33000, to: 33100 } })
    const world = ruled(BY_ENDPOINTS, ACL_A, [A], ALL_IN, ALL_OUT, hole)
    expect(told(world)).toEqual([`${ID} ${ACL_A} (warning)`])
    expect(findingsOf(world, ID)[0].what.en).toContain('port 33000-33100, by rule 90')
  })

  test('Windows takes its source ports from 49152 up: a hole below is none for it, and one above is', () => {
    const holeFrom = (from: number, to: number) =>
      ruled(BY_ENDPOINTS, ACL_C, [C], ALL_OUT, ALL_IN, entry({ ruleNumber: 90, allow: false, ports: { from, to } }))
    const onWindows = (world: World): World => ({
      ...world,
      taskDefinition: { ...world.taskDefinition, operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
    })
    const finding = `${ID} ${ACL_C} (warning)`
    expect([told(holeFrom(40000, 41000)), told(onWindows(holeFrom(40000, 41000)))]).toEqual([[finding], []])
    expect([told(holeFrom(61000, 65535)), told(onWindows(holeFrom(61000, 65535)))]).toEqual([[], [finding]])
  })

  test('holes of replies in several places are closed by one rule, before the first of them', () => {
    const world = ruled(
      BY_ENDPOINTS,
      ACL_C,
      [C],
      ALL_IN,
      ALL_OUT,
      entry({ allow: false, ruleNumber: 90, cidr: '52.219.0.0/16', ports: { from: 33000, to: 33100 } }),
      entry({ allow: false, ruleNumber: 80, cidr: '10.0.0.0/16', ports: { from: 34000, to: 34100 } }),
    )
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      line(ACL_C, 'ingress', 79, 'From=1024,To=65535', '0.0.0.0/0'),
    ])
  })

  test('requests to different ports need a rule each', () => {
    const anyPort = change(BY_NAT, 'securityGroups', TASK_GROUP, {
      egress: [{ protocol: '-1', ports: null, cidrs: ['0.0.0.0/0'], prefixListIds: [], groupIds: [] }],
    })
    const world = ruled(withContainer(anyPort, { image: 'registry.example.com:5000/web:v7' }), ACL_C, [C], ALL_IN)
    expect(commandsOf(findingsOf(world, ID)[0]).toSorted()).toEqual([
      line(ACL_C, 'egress', 10, 'From=5000,To=5000', '0.0.0.0/0'),
      line(ACL_C, 'egress', 20, 'From=443,To=443', '0.0.0.0/0'),
    ])
  })

  test('up to four blocks are rules of their own, more become the block of the VPC', () => {
    const more = (world: World, end: string, third: number) =>
      withTaskSubnet(world, subnet(`subnet-0a1b2c3d4e5f6${end}`, 'a', `10.0.${third}.0/24`), [
        route('0.0.0.0/0', 'nat-gateway', NAT_A),
      ])
    const four = more(more(BY_NAT, '002a', 11), '003a', 12)
    const requests = (world: World) =>
      commandsOf(findingsOf(ruled(world, ACL_PUBLIC, [PUBLIC_A, PUBLIC_C], EPHEMERAL_IN, ALL_OUT), ID)[0]).map(
        (one) => /--cidr-block (\S+)/.exec(one)?.[1],
      )
    expect(requests(four)).toEqual(['10.0.1.0/24', '10.0.3.0/24', '10.0.11.0/24', '10.0.12.0/24'])
    expect(requests(more(four, '004a', 13))).toEqual(['10.0.0.0/16'])
  })

  test('addresses that are too many to be listed become the block of the VPC', () => {
    const one = entry({ cidr: '10.0.3.77/32', ports: { from: 443, to: 443 } })
    const world = ruled(BY_ENDPOINTS, ACL_A, [A], one, EPHEMERAL_IN, ALL_OUT)
    expect(told(world)).toEqual([`${ID} ${ACL_A} (warning)`])
    expect(commandsOf(findingsOf(world, ID)[0])).toEqual([
      line(ACL_A, 'ingress', 120, 'From=443,To=443', '10.0.0.0/16'),
    ])
  })

  test('clear with ACLs that let everything pass', () => {
    expect(judge(ruled(BY_NAT, ACL_C, [C], ALL_IN, ALL_OUT))).toEqual({ findings: [], unknowns: [] })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
