import { describe, expect, test } from '@jest/globals'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  add,
  BY_ENDPOINTS,
  C,
  change,
  findingsOf,
  judge,
  subnet,
  TABLE_A,
  TASK_GROUP,
  told,
  unknownOf,
  type World,
  withService,
} from '../world.ts'

const ID = 'subnet-nearly-full'
const SPARE = 'subnet-0a1b2c3d4e5f6002a'

function free(world: World, subnetId: string, freeAddresses: number | null): World {
  return change(world, 'subnets', subnetId, { freeAddresses })
}

const ONE_FULL = free(BY_ENDPOINTS, A, 0)
const ALL_FULL = free(ONE_FULL, C, 0)

/** A subnet of the full one's zone, with or without its route table. */
function withSpare(world: World, tableId: string | null, changes: Parameters<typeof subnet>[3] = {}): World {
  const wider = add(world, 'subnets', subnet(SPARE, 'a', '10.0.11.0/24', changes))
  if (tableId === null) return wider
  return change(wider, 'routeTables', tableId, ({ subnetIds }) => ({ subnetIds: [...subnetIds, SPARE] }))
}

describe(ID, () => {
  test('found where a zone has fewer free addresses than its share of the new tasks', () => {
    expect(told(ONE_FULL)).toEqual([`${ID} ${A} (warning)`])
    const [finding] = findingsOf(ONE_FULL, ID)
    expect(finding.what.en).toBe(
      `A deployment of web may start 2 tasks beside the running ones, 1 of them in ap-northeast-2a, where the free addresses are: ${A} (0).`,
    )
    expect(finding.remedy.cli[0]).toContain(`subnets=[${C}]`)
    expectPages(finding)
  })

  test('a blocker only where not one more task fits anywhere', () => {
    expect(told(ALL_FULL)).toEqual([`${ID} web`])
    const [finding] = findingsOf(ALL_FULL, ID)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      'aws ecs update-service --cluster shop --service web --deployment-configuration maximumPercent=100,minimumHealthyPercent=50 --region ap-northeast-2',
    ])
    const single = withService(ALL_FULL, { desiredCount: 1, runningCount: 1 })
    expect(findingsOf(single, ID)[0].remedy.cli[0]).toContain('minimumHealthyPercent=0 ')
    const unbroken = withService(ALL_FULL, {
      deploymentConfiguration: { ...BY_ENDPOINTS.service.deploymentConfiguration, circuitBreaker: null },
    })
    expect(findingsOf(unbroken, ID)[0].remedy.cli[0]).toContain(' maximumPercent=100')
  })

  test('clear with exactly the share', () => {
    expect(judge(free(BY_ENDPOINTS, A, 1)).findings).toEqual([])
    expect(told(withService(free(BY_ENDPOINTS, A, 1), { desiredCount: 4, runningCount: 4 }))).toEqual([
      `${ID} ${A} (warning)`,
    ])
  })

  test('a share is rounded up: any zone may get the odd task', () => {
    const three = withService(free(BY_ENDPOINTS, A, 1), { desiredCount: 3, runningCount: 3 })
    expect(told(three)).toEqual([`${ID} ${A} (warning)`])
  })

  test('subnets with exactly the share are enough to deploy with', () => {
    expect(findingsOf(free(ONE_FULL, C, 1), ID)[0].remedy.cli[0]).toContain(`subnets=[${C}]`)
  })

  test('where no zone has room, tasks are stopped before others start', () => {
    const four = withService(free(ONE_FULL, C, 1), { desiredCount: 4, runningCount: 4 })
    expect(told(four)).toEqual([`${ID} ${A} (warning)`, `${ID} ${C} (warning)`])
    expect(findingsOf(four, ID)[0].remedy.cli[0]).toContain('minimumHealthyPercent=75 ')
    const three = withService(ALL_FULL, { desiredCount: 3, runningCount: 3 })
    // 67 % of three would be three again, and nothing could stop.
    expect(findingsOf(three, ID)[0].remedy.cli[0]).toContain('minimumHealthyPercent=66 ')
  })

  test('clear where the deployment stops tasks before it starts others', () => {
    const stopping = {
      deploymentConfiguration: { ...BY_ENDPOINTS.service.deploymentConfiguration, maximumPercent: 100 },
    }
    expect(judge(withService(ALL_FULL, stopping)).findings).toEqual([])
  })

  test('tasks that run or are pending already have their addresses', () => {
    expect(judge(withService(ALL_FULL, { runningCount: 4 })).findings).toEqual([])
    expect(judge(withService(ALL_FULL, { pendingCount: 2 })).findings).toEqual([])
    expect(told(withService(ALL_FULL, { pendingCount: 1 }))).toEqual([`${ID} web`])
  })

  test('blue/green starts a whole second set', () => {
    const blueGreen = {
      deploymentConfiguration: {
        ...BY_ENDPOINTS.service.deploymentConfiguration,
        maximumPercent: 100,
        strategy: 'BLUE_GREEN',
      },
    }
    expect(findingsOf(withService(ONE_FULL, blueGreen), ID)[0].what.en).toContain('may start 2 tasks')
  })

  test('clear where tasks have no interface of their own, or nobody said how many addresses are free', () => {
    expect(judge(withService(ALL_FULL, { awsvpc: null })).findings.map(({ check }) => check)).not.toContain(ID)
    expect(judge(free(free(BY_ENDPOINTS, A, null), C, null)).findings).toEqual([])
  })

  test('two subnets of one zone share its load; the fuller one is named', () => {
    const two = withService(withSpare(free(BY_ENDPOINTS, A, 1), TABLE_A, { freeAddresses: 0 }), {
      awsvpc: { subnetIds: [A, SPARE, C], securityGroupIds: [TASK_GROUP], assignPublicIp: 'DISABLED' },
    })
    expect(judge(two).findings).toEqual([])
    expect(told(withService(two, { desiredCount: 4, runningCount: 4 }))).toEqual([`${ID} ${SPARE} (warning)`])
  })

  test('a roomy subnet of the same zone and route table is added', () => {
    expect(findingsOf(withSpare(ONE_FULL, TABLE_A), ID)[0].remedy.cli[0]).toContain(`subnets=[${A},${C},${SPARE}]`)
    expect(findingsOf(withSpare(ALL_FULL, TABLE_A), ID)[0].remedy.cli[0]).toContain(`subnets=[${A},${C},${SPARE}]`)
  })

  test('one with exactly the share will do', () => {
    expect(findingsOf(withSpare(ONE_FULL, TABLE_A, { freeAddresses: 1 }), ID)[0].remedy.cli[0]).toContain(SPARE)
  })

  test.each([
    ['has another route table', null, {}],
    ['is full itself', TABLE_A, { freeAddresses: 0 }],
    ['is of another zone', TABLE_A, { zoneId: 'apne2-az2' }],
    ['is of another VPC', TABLE_A, { vpcId: 'vpc-0a1b2c3d4e5f60002' }],
  ])('a subnet that %s is not', (_, tableId, changes) => {
    expect(findingsOf(withSpare(ONE_FULL, tableId, changes), ID)[0].remedy.cli[0]).not.toContain(SPARE)
  })

  test('the roomiest of them', () => {
    const roomier = 'subnet-0a1b2c3d4e5f6003a'
    const world = change(
      add(withSpare(ONE_FULL, TABLE_A), 'subnets', subnet(roomier, 'a', '10.0.12.0/24', { freeAddresses: 250 })),
      'routeTables',
      TABLE_A,
      ({ subnetIds }) => ({ subnetIds: [...subnetIds, roomier] }),
    )
    expect(findingsOf(world, ID)[0].remedy.cli[0]).toContain(`subnets=[${A},${C},${roomier}]`)
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })

  test('an IPv6-only subnet has room, and takes its zone’s share', () => {
    const ipv6 = (world: World, id: string) =>
      change(world, 'subnets', id, { cidrs: ['2600:1f14:1:101::/64'], freeAddresses: null })
    expect(told(ipv6(ipv6(BY_ENDPOINTS, A), C)).filter((line) => line.startsWith(ID))).toEqual([])
    const beside = ipv6(free(BY_ENDPOINTS, C, 1), A)
    expect(told(beside).filter((line) => line.startsWith(ID))).toEqual([])
  })
})
