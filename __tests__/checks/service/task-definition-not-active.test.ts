import { describe, expect, test } from '@jest/globals'
import type { TaskDefinition } from '../../../src/domain/service.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, findingsOf, told, unknownOf, type World } from '../world.ts'

const ID = 'task-definition-not-active'
const deploying = (changes: Partial<TaskDefinition>): World => ({
  ...BY_ENDPOINTS,
  taskDefinition: { ...BY_ENDPOINTS.taskDefinition, isNamed: true, revision: 8, ...changes },
})

describe(ID, () => {
  test('finds a deregistered revision that is to be deployed, and registers it again', () => {
    const world = deploying({ status: 'INACTIVE' })
    expect(told(world)).toEqual([`${ID} web:8`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('web:8 is INACTIVE')
    expect(onOneLine(finding.remedy.cli).at(-1)).toContain('--task-definition "$REVISION"')
    expect(finding.remedy.console[0]?.en).toBe('ECS → Task definitions → web:8 → Create new revision → Create')
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('finds one that is being deleted', () => {
    expect(told(deploying({ status: 'DELETE_IN_PROGRESS' }))).toEqual([`${ID} web:8`])
  })

  test.each<[string, Partial<TaskDefinition>]>([
    ['an active one', { status: 'ACTIVE' }],
    ['one that the service has already: it may scale on', { status: 'INACTIVE', isNamed: false }],
    ['one that is registered anew of it', { status: null, arn: null, revision: null }],
    ['a state that AWS adds later', { status: 'SOMETHING_NEW' }],
  ])('clear with %s', (_, changes) => {
    expect(told(deploying(changes))).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'taskDefinition')).toEqual(['ecs:DescribeTaskDefinition'])
  })
})
