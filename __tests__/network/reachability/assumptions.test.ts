/** What paths are worth whose sender is a supposition: Managed Instances by two interfaces, a provider that may take no task. */
import { describe, expect, test } from '@jest/globals'
import { unknownsOf } from '../../../src/checks/engine/path-unknowns.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import { known } from '../../../src/domain/answer.ts'
import type { CapacityProvider } from '../../../src/domain/service.ts'
import {
  A,
  add,
  BY_ENDPOINTS,
  C,
  judge,
  pathsOf,
  TASK_GROUP,
  told,
  VPC,
  type World,
  withNetwork,
  withService,
} from '../../checks/world.ts'
import { instance, provider } from '../../task-start/sample.ts'

const CLOSED = 'sg-0a1b2c3d4e5f600c0'

function withClosedGroup(world: World): World {
  return add(world, 'securityGroups', { id: CLOSED, vpcId: VPC, name: 'closed', ingress: [], egress: [] })
}

/** Tasks in A and C, with the group that the endpoints let in. */
function onManagedInstances(changes: Partial<CapacityProvider> = {}, world = BY_ENDPOINTS): World {
  const own = provider({
    name: 'mi',
    kind: 'managed-instances',
    subnetIds: [A, C],
    securityGroupIds: [TASK_GROUP],
    ...changes,
  })
  return withClosedGroup({
    ...withService(world, { launchType: null, capacityProviders: ['mi'] }),
    compute: { ...world.compute, capacityProviders: known([own]) },
  })
}

/** What a report would say that the paths could not tell. */
function open(world: World): readonly string[] {
  return unknownsOf(pathsOf(world), CHECKS).map(({ reason, matters }) => `${reason[0]} ${matters}`)
}

function outcomes(world: World) {
  return [...new Set(pathsOf(world).map(({ from, outcome }) => `${from.kind} ${from.subnetId} ${outcome}`))]
}

describe('Managed Instances', () => {
  test('both interfaces reach all of it: so it is, and nothing is open', () => {
    const world = onManagedInstances()
    expect([judge(world).findings, open(world)]).toEqual([[], []])
    expect(outcomes(world)).toEqual([
      `instance-eni ${A} reachable`,
      `instance-eni ${C} reachable`,
      `task-eni ${A} reachable`,
      `task-eni ${C} reachable`,
    ])
  })

  test('neither reaches anything: so it is', () => {
    const world = onManagedInstances(
      { securityGroupIds: [CLOSED] },
      withService(BY_ENDPOINTS, {
        awsvpc: { subnetIds: [A, C], securityGroupIds: [CLOSED], assignPublicIp: 'DISABLED' },
      }),
    )
    expect(told(world)).toContain(`task-egress-closed ${CLOSED}`)
    expect(open(world)).toEqual([])
    expect(new Set(pathsOf(world).map(({ outcome }) => outcome))).toEqual(new Set(['blocked']))
  })

  test('they come out differently: it is not known, and no blocker', () => {
    const world = onManagedInstances({ securityGroupIds: [CLOSED] })
    expect(judge(world).findings.filter(({ severity }) => severity === 'blocker')).toEqual([])
    expect(open(world)).toEqual(['managed-instance-interface true'])
    expect(new Set(pathsOf(world).map(({ outcome }) => outcome))).toEqual(new Set(['indeterminate']))
  })

  test('zone by zone: what is so in one need not be so in the other', () => {
    const broken = withNetwork(onManagedInstances(), {
      routeTables: known(
        (BY_ENDPOINTS.network.routeTables.known ? BY_ENDPOINTS.network.routeTables.value : []).map((table) =>
          table.subnetIds.includes(C) ? { ...table, routes: table.routes.slice(0, 1) } : table,
        ),
      ),
    })
    expect(told(broken).filter((one) => one.startsWith('s3-route-missing'))).toHaveLength(1)
    expect(open(broken)).toEqual([])
  })

  test('where only instances or only tasks may be, none is placed, and no path is wanted', () => {
    expect(outcomes(onManagedInstances({ subnetIds: [A] }))).toEqual([
      `instance-eni ${A} reachable`,
      `task-eni ${A} reachable`,
    ])
    const inC = { awsvpc: { subnetIds: [C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' } }
    expect(outcomes(onManagedInstances({}, withService(BY_ENDPOINTS, inC)))).toEqual([
      `instance-eni ${C} reachable`,
      `task-eni ${C} reachable`,
    ])
  })

  test('in no zone both: which interface it is decides, and is not known', () => {
    const inC = { awsvpc: { subnetIds: [C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' } }
    expect(outcomes(onManagedInstances({ subnetIds: [A] }, withService(BY_ENDPOINTS, inC)))).toEqual([
      `instance-eni ${A} indeterminate`,
      `task-eni ${C} indeterminate`,
    ])
  })
})

describe('a provider with weight 0 and a base, beside Fargate', () => {
  const world = (weight: number, groupId: string): World =>
    withClosedGroup({
      ...withService(BY_ENDPOINTS, {
        launchType: null,
        capacityProviders: ['FARGATE', 'old'],
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: 0, weight: 1 },
          { capacityProvider: 'old', base: 1, weight },
        ],
      }),
      compute: {
        ...BY_ENDPOINTS.compute,
        capacityProviders: known([provider({ name: 'old' })]),
        instances: known([instance({ subnetId: A, securityGroupIds: [groupId] })]),
      },
    })
  const ofInstances = (one: World) =>
    new Set(pathsOf(one).flatMap(({ from, outcome }) => (from.kind === 'instance-eni' ? outcome : [])))

  test('an open way is in order, used or not', () => {
    expect([judge(world(0, TASK_GROUP)).findings, open(world(0, TASK_GROUP))]).toEqual([[], []])
  })

  test('a closed one nobody may use', () => {
    expect(ofInstances(world(0, CLOSED))).toEqual(new Set(['indeterminate']))
    expect(open(world(0, CLOSED))).toEqual(['provider-perhaps-unused true'])
    expect(judge(world(0, CLOSED)).findings.filter(({ severity }) => severity === 'blocker')).toEqual([])
  })

  test('with a weight, it is closed', () => {
    expect(ofInstances(world(1, CLOSED))).toEqual(new Set(['blocked']))
    expect(open(world(1, CLOSED))).toEqual([])
  })
})
