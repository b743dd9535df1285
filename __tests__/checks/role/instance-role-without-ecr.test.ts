import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { RoleRecord } from '../../../src/domain/role.ts'
import { expectPages } from '../page.ts'
import {
  findingOf,
  HEALTHY,
  HOST_ROLE,
  judge,
  MANAGED,
  PROFILE,
  ROLE,
  type RoleWorld,
  record,
  simulated,
  told,
  UNREADABLE,
  unsure,
  withContainer,
  withExecution,
  withRole,
} from '../role-world.ts'

const ID = 'instance-role-without-ecr'
const FOUND = [`${ID} ${HOST_ROLE}`]
const pulling = (decision: string, arn: string) =>
  record({ arn, simulation: known(MANAGED.map((action) => simulated(action, { decision }))) })
const on = (host: Answer<RoleRecord>, execution: RoleRecord | null): RoleWorld => ({
  ...withRole(HEALTHY, {
    execution,
    instances: known([{ profileArn: PROFILE, instanceIds: ['i-0a1b2c3d4e5f60001'], role: host }]),
  }),
  service: { ...HEALTHY.service, launchType: 'EC2', awsvpc: null },
  // Logs are the matter of another check.
  taskDefinition: withContainer(HEALTHY, { logDriver: 'json-file' }).taskDefinition,
})
const YES = pulling('allowed', HOST_ROLE)
const NO = pulling('implicitDeny', HOST_ROLE)
const TASK_YES = pulling('allowed', ROLE)
const TASK_NO = pulling('implicitDeny', ROLE)

describe(ID, () => {
  test('finds instances that may not pull for a task definition without a role', () => {
    expect(told(on(known(NO), null))).toEqual(FOUND)
    expectPages(findingOf(on(known(NO), null), ID))
  })

  test('is clear where they may', () => {
    expect(told(on(known(YES), null))).toEqual([])
    expect(unsure(on(known(YES), null))).toEqual([])
  })

  test('finds that neither role may pull, and is clear where both may', () => {
    expect(told(on(known(NO), TASK_NO))).toEqual(FOUND)
    expect([told(on(known(YES), TASK_YES)), unsure(on(known(YES), TASK_YES))]).toEqual([[], []])
  })

  test.each([
    ['the instance', on(known(YES), TASK_NO), HOST_ROLE],
    ['the task', on(known(NO), TASK_YES), ROLE],
  ])('cannot tell where only %s may pull', (_, world, may) => {
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([expect.stringMatching(`^${ID}\\*: On EC2 .* which: ${may} may, `)])
  })

  test.each([
    ['the profile', on(unread('denied', 'iam:GetInstanceProfile'), null), 'iam:GetInstanceProfile'],
    ['the role', on(known({ ...YES, ...UNREADABLE }), null), 'iam:SimulatePrincipalPolicy'],
  ])('cannot tell where %s may not be read', (_, world, permission) => {
    expect(judge(world).findings).toEqual([])
    expect(judge(world).unknowns).toContainEqual(expect.objectContaining({ check: ID, permission, matters: true }))
  })

  test('cannot tell where the instances are not known', () => {
    const world = withRole(on(known(YES), null), { instances: unread('denied', 'ec2:DescribeInstances') })
    expect(unsure(world)).toEqual([`${ID}*: could not read the roles of the container instances: access was denied`])
  })

  test('says nothing of Fargate', () => {
    const world = withExecution(on(known(NO), TASK_YES), {})
    expect(told({ ...world, service: HEALTHY.service })).toEqual([])
  })
})
