import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { RoleRecord } from '../../../src/domain/role.ts'
import { expectPages } from '../page.ts'
import {
  findingOf,
  HEALTHY,
  HOST_ROLE,
  MANAGED,
  PROFILE,
  ROLE,
  type RoleWorld,
  record,
  simulated,
  told,
  unsure,
  withRole,
} from '../role-world.ts'

const ID = 'instance-role-without-logs'
const may = (arn: string, write: boolean) =>
  record({
    arn,
    simulation: known(
      MANAGED.map((action) =>
        simulated(action, !write && action.startsWith('logs:') ? { decision: 'implicitDeny' } : {}),
      ),
    ),
  })
const on = (host: Answer<RoleRecord>, execution: RoleRecord | null): RoleWorld => ({
  ...withRole(HEALTHY, { execution, instances: known([{ profileArn: PROFILE, role: host }]) }),
  service: { ...HEALTHY.service, launchType: 'EC2', awsvpc: null },
})

describe(ID, () => {
  test('finds instances that may pull and not write, for a task definition without a role', () => {
    const world = on(known(may(HOST_ROLE, false)), null)
    expect(told(world)).toEqual([`${ID} ${HOST_ROLE}`])
    expectPages(findingOf(world, ID))
  })

  test('is clear where they may write', () => {
    const world = on(known(may(HOST_ROLE, true)), null)
    expect([told(world), unsure(world)]).toEqual([[], []])
  })

  test.each([
    ['may', [], []],
    ['may not, nor the instance', [`execution-role-without-logs ${ROLE}`], []],
  ])('with an execution role that %s, the instances are not asked', (words, found, unknown) => {
    const world = on(known(may(HOST_ROLE, false)), may(ROLE, words === 'may'))
    expect([told(world), unsure(world)]).toEqual([found, unknown])
  })

  test('cannot tell where only the instance may: it depends on its agent', () => {
    const world = on(known(may(HOST_ROLE, true)), may(ROLE, false))
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([
      expect.stringMatching(
        `^execution-role-without-logs\\*: ${ROLE} may not write .*logs:CreateLogStream.*${HOST_ROLE}`,
      ),
    ])
  })

  test('cannot tell where profile or instances could not be read', () => {
    expect(unsure(on(unread('denied', 'iam:GetInstanceProfile'), null))).toContain(
      `${ID}*: could not read the instance profile ${PROFILE}: access was denied`,
    )
    const blind = withRole(on(known(may(HOST_ROLE, true)), null), {
      instances: unread('denied', 'ec2:DescribeInstances'),
    })
    expect(unsure(blind)).toContain(`${ID}*: could not read the roles of the container instances: access was denied`)
  })

  test('says nothing of Fargate', () => {
    expect(told({ ...on(known(may(HOST_ROLE, false)), may(ROLE, true)), service: HEALTHY.service })).toEqual([])
  })
})
