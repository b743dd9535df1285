import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, findingOf, HEALTHY, TASK_ROLE, told, trusting, unsure, withTask } from '../role-world.ts'

const ID = 'task-role-not-found'
const GONE = withTask(HEALTHY, { role: unread('not-found', 'iam:GetRole') })

describe(ID, () => {
  test('finds a role that is gone, and says nothing else about it', () => {
    expect([told(GONE), unsure(GONE)]).toEqual([[`${ID} ${TASK_ROLE}`], []])
    expectPages(findingOf(GONE, ID))
  })

  test('finds a role of that name under another path, and names it', () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/apps/web-task`
    const world = withTask(HEALTHY, { role: trusting('ecs-tasks.amazonaws.com', { arn }) })
    expect(told(world)).toEqual([`${ID} ${TASK_ROLE}`])
    expect(findingOf(world, ID).remedy.cli.join()).toContain(`--task-role-arn ${arn}`)
  })

  test('is clear where it is there', () => {
    expect(told(withTask(HEALTHY))).toEqual([])
  })

  test('cannot tell where it may not be read', () => {
    const world = withTask(HEALTHY, { role: unread('denied', 'iam:GetRole') })
    expect(told(world)).toEqual([])
    expect(unsure(world)).toContain(`${ID}*: could not read the role ${TASK_ROLE}: access was denied`)
  })
})
