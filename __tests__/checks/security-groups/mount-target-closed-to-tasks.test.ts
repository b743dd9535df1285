import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { NetworkAclEntry } from '../../../src/domain/network.ts'
import { instance } from '../../task-start/sample.ts'
import type { ConfiguredWorld } from '../configuration-world.ts'
import { commandsOf } from '../judgement.ts'
import {
  EFS_GROUP,
  IN_A,
  IN_C,
  judgeMounts,
  mountFinding,
  mounting,
  S3_FILES,
  SYSTEM,
  toldOfMounts,
  unsureOfMounts,
} from '../mounting.ts'
import { expectPages } from '../page.ts'
import { A, ACL_A, ACL_C, add, C, change, pathsOf, rule, TASK_GROUP, VPC, withNetwork } from '../world.ts'

const ID = 'mount-target-closed-to-tasks'
const network = (world: ConfiguredWorld, edit: (world: ConfiguredWorld) => Pick<ConfiguredWorld, 'network'>) => ({
  ...world,
  network: edit(world).network,
})
const letting = (...ingress: readonly ReturnType<typeof rule>[]) =>
  network(mounting(), (world) => change(world, 'securityGroups', EFS_GROUP, { ingress }))
const closing = (acl: string, entry: Pick<NetworkAclEntry, 'egress' | 'ports'>) => (world: ConfiguredWorld) =>
  network(world, (one) =>
    change(one, 'networkAcls', acl, ({ entries }) => ({
      entries: [{ ...entry, ruleNumber: 1, allow: false, protocol: '6', cidr: '0.0.0.0/0' }, ...entries],
    })),
  )
const HOST_GROUP = 'sg-0a1b2c3d4e5f600fe'
const NFS = { from: 2049, to: 2049 }

describe(ID, () => {
  test('finds mount targets whose group has no rule for NFS', () => {
    const world = letting()
    expect(toldOfMounts(world)).toEqual([`${ID} ${SYSTEM}`])
    const finding = mountFinding(world, ID)
    expect(finding.affects).toEqual([A, C].map((subnetId) => ({ subnetId, destination: `efs:${SYSTEM}` })))
    expect(commandsOf(finding)).toEqual([
      `aws ec2 authorize-security-group-ingress --group-id ${EFS_GROUP} --ip-permissions 'IpProtocol=tcp,FromPort=2049,ToPort=2049,UserIdGroupPairs=[{GroupId=${TASK_GROUP}}]'`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each([
    ['for another port', rule({ groupIds: [TASK_GROUP] }, 443)],
    ['from another group', rule({ groupIds: ['sg-0a1b2c3d4e5f600ff'] }, 2049)],
    ['from other addresses', rule({ cidrs: ['10.9.0.0/16'] }, 2049)],
    ['for UDP', rule({ groupIds: [TASK_GROUP], protocol: 'udp' }, 2049)],
  ])('finds a rule %s', (_which, other) => {
    expect(toldOfMounts(letting(other))).toEqual([`${ID} ${SYSTEM}`])
  })

  test.each([
    ['the group of the tasks', rule({ groupIds: [TASK_GROUP] }, 2049)],
    ['the VPC', rule({ cidrs: ['10.0.0.0/16'] }, 2049)],
    ['everything', rule({ cidrs: ['0.0.0.0/0'], protocol: '-1', ports: null })],
  ])('clear with a rule for %s', (_whom, open) => {
    const world = letting(open)
    expect(toldOfMounts(world)).toEqual([])
    expect(unsureOfMounts(world)).toEqual([])
  })

  test('of two subnets, one is refused: a part of the starts fails', () => {
    const world = letting(rule({ cidrs: ['10.0.1.0/24'] }, 2049))
    expect(mountFinding(world, ID).affects).toEqual([{ subnetId: C, destination: `efs:${SYSTEM}` }])
  })

  test('what else stops the way is another check’s matter', () => {
    const shut = network(mounting(), (world) =>
      change(world, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['0.0.0.0/0'] })] }),
    )
    expect(toldOfMounts(shut)).toEqual([`task-egress-closed ${TASK_GROUP}`])
    expect(commandsOf(mountFinding(shut, 'task-egress-closed'))).toEqual([
      `aws ec2 authorize-security-group-egress --group-id ${TASK_GROUP} --ip-permissions 'IpProtocol=tcp,FromPort=2049,ToPort=2049,UserIdGroupPairs=[{GroupId=${EFS_GROUP}}]'`,
    ])
    // Mount targets of the tasks' own subnets are reached without any ACL; those of the zone's public subnet are not.
    const across = mounting(
      known([{ ...IN_A, subnetId: 'subnet-0a1b2c3d4e5f6001a', addresses: ['10.0.101.70'] }, IN_C]),
    )
    const moved = network(across, (world) =>
      change(world, 'interfaces', IN_A.interfaceId ?? '', {
        subnetId: 'subnet-0a1b2c3d4e5f6001a',
        privateIps: ['10.0.101.70'],
      }),
    )
    expect(toldOfMounts(moved)).toEqual([])
    expect(toldOfMounts(closing(ACL_A, { egress: true, ports: NFS })(moved))).toEqual([`network-acl-closed ${ACL_A}`])
    expect(toldOfMounts(closing(ACL_A, { egress: false, ports: { from: 1024, to: 65535 } })(moved))).toContain(
      `network-acl-closed ${ACL_A}`,
    )
    expect(toldOfMounts(closing(ACL_C, { egress: true, ports: NFS })(moved))).toEqual([])
  })

  test('on EC2 the task’s own interface mounts, in bridge mode that of its instance', () => {
    const host = instance({ subnetId: A, securityGroupIds: [HOST_GROUP] })
    const onEc2 = (networkMode: string) => {
      const group = {
        id: HOST_GROUP,
        vpcId: VPC,
        name: 'hosts',
        ingress: [],
        egress: [rule({ cidrs: ['0.0.0.0/0'], ports: null })],
      }
      const world = network(mounting(), (one) => add(one, 'securityGroups', group))
      const { awsvpc } = world.service
      return {
        ...world,
        ...{ compute: { ...world.compute, instances: known([host]) } },
        service: {
          ...world.service,
          launchType: 'EC2',
          platformVersion: null,
          awsvpc: networkMode === 'awsvpc' ? awsvpc : null,
        },
        taskDefinition: { ...world.taskDefinition, networkMode },
      }
    }
    const closed = (world: ConfiguredWorld) => judgeMounts(world).findings.filter(({ check }) => check === ID)
    expect(closed(onEc2('awsvpc'))).toEqual([])
    expect(closed(onEc2('bridge'))).toMatchObject([{ subject: SYSTEM, affects: [{ subnetId: A }] }])
  })

  test('from an IPv6-only subnet a mount target is called by its IPv6 address, where it has one', () => {
    const only6 = (addresses: readonly string[], from: ReturnType<typeof rule>) => {
      const inC = addresses.map((one) => one.replace(':0::', ':1::'))
      const world = mounting(
        known([
          { ...IN_A, addresses },
          { ...IN_C, addresses: inC },
        ]),
      )
      const subnets = [A, C].reduce(
        (one, id, at) => network(one, (own) => change(own, 'subnets', id, { cidrs: [`2600:1f14:1:${at}::/64`] })),
        world,
      )
      const targets = [IN_A, IN_C].reduce((one, { interfaceId }, at) => {
        const ipv6Addresses = addresses.map((own) => own.replace(':0::', `:${at}::`))
        return network(one, (own) => change(own, 'interfaces', interfaceId ?? '', { ipv6Addresses }))
      }, subnets)
      const open = network(targets, (own) => change(own, 'securityGroups', EFS_GROUP, { ingress: [from] }))
      const everything = { egress: [rule({ cidrs: ['::/0'], protocol: '-1', ports: null })] }
      const ready = network(open, (own) => change(own, 'securityGroups', TASK_GROUP, everything))
      return pathsOf(ready, ready.configuration.fileSystems).filter(
        ({ destination }) => destination === `efs:${SYSTEM}`,
      )
    }
    const outcomes = (paths: ReturnType<typeof only6>) => [...new Set(paths.map(({ outcome }) => outcome))]
    const six = ['2600:1f14:1:0::70']
    expect(outcomes(only6(six, rule({ groupIds: [TASK_GROUP] }, 2049)))).toEqual(['reachable'])
    expect(outcomes(only6(six, rule({ cidrs: ['0.0.0.0/0'] }, 2049)))).toEqual(['blocked'])
    expect(outcomes(only6(['10.0.1.70'], rule({ groupIds: [TASK_GROUP] }, 2049)))).toEqual(['blocked'])
  })

  test('S3 Files is mounted the same way', () => {
    const world = mounting(undefined, { kind: 's3files' }, { s3FilesFileSystemArn: S3_FILES })
    expect(toldOfMounts(world)).toEqual([])
    const shut = network(world, (one) => change(one, 'securityGroups', EFS_GROUP, { ingress: [] }))
    expect(toldOfMounts(shut)).toEqual([`${ID} ${SYSTEM}`])
    expect(mountFinding(shut, ID).affects[0]).toEqual({ subnetId: A, destination: `s3files:${SYSTEM}` })
  })

  test('a Windows file server is asked for SMB', () => {
    const servers = [IN_A, IN_C].map((one) => ({
      ...one,
      id: one.interfaceId ?? '',
      subnetId: '',
      addresses: [],
      availabilityZoneId: null,
    }))
    const fsx = { fileSystemId: SYSTEM, credentialsParameter: null, domain: 'corp.example' }
    const world = mounting(known(servers), { kind: 'fsx' }, { fsx })
    const open = (port: number) =>
      network(world, (one) =>
        change(
          {
            ...one,
            ...change(one, 'securityGroups', TASK_GROUP, { egress: [rule({ cidrs: ['0.0.0.0/0'], ports: null })] }),
          },
          'securityGroups',
          EFS_GROUP,
          { ingress: [rule({ groupIds: [TASK_GROUP] }, port)] },
        ),
      )
    expect(toldOfMounts(open(445))).toEqual([])
    expect(toldOfMounts(open(2049))).toEqual([`${ID} ${SYSTEM}`])
    expect(mountFinding(open(2049), ID).what.en).toContain('SMB (TCP 445)')
  })

  test('without the interface of a mount target, or its group, nobody can tell', () => {
    const unseen = network(mounting(), (world) => withNetwork(world, { interfaces: known([]) }))
    expect(toldOfMounts(unseen)).toEqual([])
    expect(new Set(unsureOfMounts(unseen).map(String))).toEqual(new Set(['ec2:DescribeNetworkInterfaces,true']))
  })
})
