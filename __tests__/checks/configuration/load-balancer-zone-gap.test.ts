import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { instance } from '../../task-start/sample.ts'
import {
  A,
  ALTERNATE,
  BALANCER,
  behind,
  blueGreen,
  C,
  configured,
  DENIED,
  findingOf,
  HEALTHY,
  shaped,
  told,
  unsure,
  withDefinition,
  withGroup,
  withService,
} from '../configuration-world.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { PUBLIC_A, PUBLIC_C } from '../world.ts'

const ID = 'load-balancer-zone-gap'
const [ZONE_A, ZONE_B, ZONE_C] = ['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c']
const IN_A = { zones: [ZONE_A], subnetIds: [PUBLIC_A] }
/** Its own findings: other addresses of the load balancer are another check's matter. */
const own = (world: typeof HEALTHY) => told(world).filter((one) => one.startsWith(ID))

describe(ID, () => {
  test('finds a zone of the tasks without the load balancer, and gives it a public subnet there', () => {
    const world = withGroup(behind(HEALTHY, IN_A), {
      ...behind(HEALTHY, IN_A).configuration.targetGroups[0],
      health: known([
        { targetId: '10.0.3.20', port: 8080, state: 'unused', reason: 'Target.NotInUse' },
        { targetId: '10.0.1.20', port: 8080, state: 'healthy', reason: null },
      ]),
    })
    expect(told(world)).toEqual([`${ID} ${BALANCER} (warning)`])
    const finding = findingOf(world, ID)
    expect(finding.evidence.filter(({ en }) => en.startsWith('target'))).toEqual([
      expect.objectContaining({ en: 'target 10.0.3.20:8080 is unused: Target.NotInUse' }),
    ])
    expect(commandsOf(finding)).toEqual([
      `aws elbv2 set-subnets --load-balancer-arn ${BALANCER} --subnets ${PUBLIC_A} ${PUBLIC_C}`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('no task can become healthy where it is in none of the zones', () => {
    expect(own(behind(HEALTHY, { zones: [ZONE_B], subnetIds: ['subnet-b'] }))).toEqual([`${ID} ${BALANCER}`])
  })

  test('one that stays inside the VPC takes any subnet', () => {
    const { remedy } = findingOf(behind(HEALTHY, { zones: [ZONE_C], subnetIds: [PUBLIC_C], scheme: 'internal' }), ID)
    expect(remedy.changes).toMatchObject([{ subnets: [PUBLIC_C, A] }])
  })

  test('where no subnet would do, the reader has to make one', () => {
    const world = behind(HEALTHY, IN_A)
    const routeTables = known(
      world.network.routeTables.known ? world.network.routeTables.value.map((one) => ({ ...one, routes: [] })) : [],
    )
    const { remedy } = findingOf({ ...world, network: { ...world.network, routeTables } }, ID)
    expect(remedy).toMatchObject({ changes: [], verified: false })
  })

  test('the same of an alternate group', () => {
    const world = blueGreen()
    const [main, alternate] = world.configuration.targetGroups
    if (main === undefined || alternate === undefined || !main.loadBalancers.known) throw new Error('two groups')
    const fronts = main.loadBalancers.value.map((front) => ({ ...front, ...IN_A }))
    const targetGroups = [main, { ...alternate, loadBalancers: known(fronts) }]
    expect(own(configured(world, { targetGroups }))).toEqual([`${ID} ${BALANCER} (warning)`])
    expect(alternate.arn).toBe(ALTERNATE)
  })

  test('on EC2 only the zones of instances count', () => {
    const onEc2 = (zone: typeof A | typeof C, networkMode: string) => {
      const targetType = networkMode === 'awsvpc' ? 'ip' : 'instance'
      const [shape] = shaped(HEALTHY, { targetType }).configuration.targetGroups
      if (shape === undefined) throw new Error('one group')
      const world = withGroup(withDefinition(HEALTHY, { networkMode }), {
        ...behind(HEALTHY, IN_A).configuration.targetGroups[0],
        group: shape.group,
      })
      const awsvpc = networkMode === 'awsvpc' ? world.service.awsvpc : null
      return {
        ...withService(world, { launchType: 'EC2', awsvpc }),
        compute: { ...world.compute, instances: known([instance({ subnetId: zone, securityGroupIds: [] })]) },
      }
    }
    for (const mode of ['awsvpc', 'bridge']) {
      expect(own(onEc2(A, mode))).toEqual([])
      expect(own(onEc2(C, mode))).toEqual([`${ID} ${BALANCER}`])
    }
  })

  test('clear in every zone, in more than those of the tasks, and where nobody said which', () => {
    expect(own(HEALTHY)).toEqual([])
    expect(own(behind(HEALTHY, { zones: [ZONE_A, ZONE_B, ZONE_C] }))).toEqual([])
    expect(own(behind(HEALTHY, { zones: [] }))).toEqual([])
    expect(own(behind(HEALTHY, { ...IN_A, type: 'gateway' }))).toEqual([])
    expect(own(withService(HEALTHY, { loadBalancers: [] }))).toEqual([])
  })

  test('is unknown, without deciding, where group or load balancer could not be read', () => {
    expect(unsure(withGroup(HEALTHY, { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(withGroup(HEALTHY, { loadBalancers: DENIED }), ID)).toEqual([[DENIED.permission, false]])
  })
})
