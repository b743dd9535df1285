import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { BY_INSTANCE, ENI, EVERYBODY, GROUP, INSTANCE } from '../instance-world.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  ACL_PUBLIC,
  acl,
  C,
  change,
  findingsOf,
  PUBLIC_A,
  PUBLIC_C,
  pathsOf,
  rule,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withNetwork,
} from '../world.ts'

const ID = 'nat-instance-closed'
const group = (rules: Parameters<typeof change<'securityGroups'>>[3]) =>
  change(BY_INSTANCE, 'securityGroups', GROUP, rules)
const twoInterfaces = (world: World) => change(world, 'instances', INSTANCE, { interfaceIds: [ENI, 'eni-2'] })

describe(ID, () => {
  test('found where its group lets nobody in', () => {
    const shut = group({ ingress: [] })
    expect(told(shut)).toEqual([`${ID} ${GROUP}`])
    const [finding] = findingsOf(shut, ID)
    expect(commandsOf(finding)).toEqual([expect.stringContaining(`UserIdGroupPairs=[{GroupId=${TASK_GROUP}}]`)])
    expect(new Set(finding.affects.map(({ subnetId }) => subnetId))).toEqual(new Set([A, C]))
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each<readonly [string, World]>([
    ['in by another port', group({ ingress: [rule({ cidrs: ['10.0.0.0/8'] }, 80)] })],
    ['in from another subnet', group({ ingress: [rule({ cidrs: ['10.0.101.0/24'] })] })],
    ['out by TCP 80 alone', group({ egress: [rule({ cidrs: ['0.0.0.0/0'] }, 80)] })],
    ['out nowhere', group({ egress: [] })],
  ])('found %s', (_, world) => {
    expect(told(world)).toEqual([`${ID} ${GROUP}`])
    expect(findingsOf(world, ID)[0].remedy.verified).toBe(true)
  })

  test('found in part: one subnet of two is let in', () => {
    const half = group({ ingress: [rule({ cidrs: ['10.0.1.0/24'] })] })
    expect(told(half)).toContain(`${ID} ${GROUP}`)
    expect(findingsOf(half, ID)[0].affects.every(({ subnetId }) => subnetId === C)).toBe(true)
  })

  test('what is shut on the way in is certain though the instance was not read', () => {
    const unseen = withNetwork(group({ ingress: [] }), { instances: unread('denied', 'ec2:DescribeInstances') })
    expect(told(unseen)).toEqual([`${ID} ${GROUP}`])
  })

  test('an ACL of its subnet is told of the ACL', () => {
    const closed = change(BY_INSTANCE, 'networkAcls', ACL_PUBLIC, acl(ACL_PUBLIC, [PUBLIC_A, PUBLIC_C], []))
    expect(told(closed)).toEqual([`network-acl-closed ${ACL_PUBLIC}`])
  })

  test.each<readonly [string, World]>([
    ['open', BY_INSTANCE],
    ['open to the tasks by their group', group({ ingress: [rule({ groupIds: [TASK_GROUP] })] })],
    ['with a second interface to leave by', twoInterfaces(group({ egress: [] }))],
    ['that may tunnel by another protocol', group({ egress: [{ ...EVERYBODY, protocol: 'udp' }] })],
    ['with a group that nobody read', change(BY_INSTANCE, 'interfaces', ENI, { groupIds: ['sg-1'] })],
  ])('clear of one %s: only its system could tell', (_, world) => {
    expect(told(world)).toEqual([])
    expect(new Set(pathsOf(world).map(({ outcome }) => outcome))).toEqual(new Set(['indeterminate']))
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_INSTANCE, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
