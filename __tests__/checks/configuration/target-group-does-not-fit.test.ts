import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Service } from '../../../src/domain/service.ts'
import {
  ALTERNATE,
  BALANCER,
  blueGreen,
  DENIED,
  findingOf,
  GROUP,
  HEALTHY,
  shaped,
  told,
  unsure,
  VPC,
  withContainer,
  withDefinition,
  withGroup,
  withService,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'target-group-does-not-fit'
const FOUND = [`${ID} ${GROUP}`]
const entry = (changes: Partial<Service['loadBalancers'][number]>) =>
  withService(HEALTHY, {
    loadBalancers: [
      {
        targetGroupArn: GROUP,
        containerName: 'web',
        containerPort: 8080,
        advancedConfiguration: null,
        raw: {},
        ...changes,
      },
    ],
  })
/** Its own findings: other ports change what the load balancer must reach. */
const own = (world: typeof HEALTHY) => told(world).filter((one) => one.startsWith(ID))

describe(ID, () => {
  test('finds a container that the task definition does not have', () => {
    const world = entry({ containerName: 'app' })
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(finding.what.en).toContain('has no container app; it has web')
    expect(finding.remedy.cli).toEqual([expect.stringContaining('containerName=web,containerPort=8080')])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('finds a port that the container does not map', () => {
    const world = entry({ containerPort: 80 })
    expect(own(world)).toEqual(FOUND)
    expect(findingOf(world, ID).remedy.cli).toEqual([expect.stringContaining('containerName=web,containerPort=8080')])
    expect(own(withContainer(HEALTHY, { portMappings: [] }))).toEqual(FOUND)
  })

  test('finds groups of instances, functions and load balancers for tasks with an interface of their own', () => {
    for (const targetType of ['instance', 'lambda', 'alb']) {
      const world = shaped(HEALTHY, { targetType })
      expect(told(world)).toEqual(FOUND)
      expect(onOneLine(findingOf(world, ID).remedy.cli)[1]).toContain(`--target-type ip --vpc-id ${VPC}`)
    }
    expect(told(shaped(HEALTHY, { targetType: 'something-new' }))).toEqual([])
  })

  test.each(['bridge', 'host', null])(
    'in the network mode %s tasks are registered by their instance',
    (networkMode) => {
      const world = withService(withDefinition(HEALTHY, { networkMode }), { awsvpc: null, launchType: 'EC2' })
      expect(own(world)).toEqual(FOUND)
      expect(own(withGroup(world, { group: known({ ...groupOf(world), targetType: 'instance' }) }))).toEqual([])
    },
  )

  test('finds a group of another VPC', () => {
    const world = shaped(HEALTHY, { vpcId: 'vpc-0ffffffffffffffff' })
    expect(told(world)).toEqual(FOUND)
    expect(told(shaped(HEALTHY, { vpcId: null }))).toEqual([])
  })

  test('tells all that does not fit in one finding, and makes a group under a name that is free', () => {
    const world = withGroup(entry({ containerName: 'app' }), {
      group: known({ ...groupOf(HEALTHY), targetType: 'instance', vpcId: 'vpc-0ffffffffffffffff' }),
    })
    const { evidence, remedy } = findingOf(world, ID)
    expect(evidence).toHaveLength(3)
    const lines = onOneLine(remedy.cli)
    expect(lines[0]).toContain(`--target-group-arns ${GROUP}`)
    expect(lines[1]).toMatch(/^TARGET_GROUP_ARN=.*--cli-input-json file:..group.json --name web-2 /)
    expect(lines[2]).toMatch(new RegExp(`^LISTENER_ARN=.*--load-balancer-arn ${BALANCER} .*${GROUP}`))
    expect(lines[3]).toContain('modify-listener --listener-arn "$LISTENER_ARN"')
    expect(lines[4]).toContain(`targetGroupArn=\${TARGET_GROUP_ARN},containerName=web,containerPort=8080"`)
    expect(remedy.verified).toBe(true)
  })

  test('carries the other load balancers whole: a Classic one, and settings that nobody here knows', () => {
    const raw = {
      containerName: 'web',
      containerPort: 80,
      loadBalancerName: 'old',
      advancedConfiguration: { a: 'b c' },
    }
    const classic = { targetGroupArn: null, containerName: 'web', containerPort: 80, advancedConfiguration: null, raw }
    const world = entry({ containerName: 'app' })
    const both = withService(world, { loadBalancers: [...world.service.loadBalancers, classic] })
    const [line = ''] = findingOf(both, ID).remedy.cli
    const [fitting] = [{ targetGroupArn: GROUP, containerName: 'web', containerPort: 8080 }]
    expect(line).toContain(JSON.stringify([fitting, raw]))
  })

  test('under CodeDeploy, UpdateService would refuse: the deployment group is told', () => {
    const world = withService(entry({ containerName: 'app' }), { deploymentController: 'CODE_DEPLOY' })
    const { cli, console: steps } = findingOf(world, ID).remedy
    expect(cli).toEqual([])
    expect(steps[0]?.en).toContain('deployment group of CodeDeploy')
  })

  test.each([
    ['of instances', { targetType: 'instance' }],
    ['of another VPC', { vpcId: 'vpc-0ffffffffffffffff' }],
    ['of another kind of load balancer', { protocol: 'TCP' }],
  ])('finds an alternate group %s', (_what, changes) => {
    expect(told(blueGreen(changes))).toEqual([`${ID} ${ALTERNATE}`])
    expect(told(blueGreen(changes, 'ROLLING'))).toEqual([])
    const { remedy } = findingOf(blueGreen(changes), ID)
    expect(remedy.changes).toMatchObject([
      { kind: 'create-target-group', name: 'web-green-2', targetType: 'ip', protocol: 'HTTP', vpcId: VPC },
      { kind: 'update-service' },
    ])
    expect(remedy.verified).toBe(true)
  })

  test('the container is told of once, and an alternate group of HTTPS fits one of HTTP', () => {
    expect(told(blueGreen({ protocol: 'HTTPS' }))).toEqual([])
    const world = blueGreen()
    const loadBalancers = world.service.loadBalancers.map((one) => ({ ...one, containerName: 'app' }))
    expect(own(withService(world, { loadBalancers }))).toEqual(FOUND)
  })

  test('leaves a group that is gone to the check for that', () => {
    expect(own(withGroup(HEALTHY, { group: known(null) }))).toEqual([])
  })

  test('is unknown, without deciding, where the group could not be read; the container is looked at all the same', () => {
    expect(unsure(withGroup(HEALTHY, { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(
      own({ ...entry({ containerName: 'app' }), configuration: withGroup(HEALTHY, { group: DENIED }).configuration }),
    ).toEqual(FOUND)
  })
})

function groupOf({ configuration }: typeof HEALTHY) {
  const group = configuration.targetGroups[0]?.group
  if (group?.known !== true || group.value === null) throw new Error('no target group')
  return group.value
}
