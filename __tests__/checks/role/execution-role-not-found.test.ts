import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import { ACCOUNT, findingOf, HEALTHY, ROLE, TRUST, told, UNREADABLE, unsure, withExecution } from '../role-world.ts'

const GONE = withExecution(HEALTHY, {
  role: unread(
    'not-found',
    'iam:GetRole',
    'NoSuchEntityException: The role with name ecsTaskExecutionRole cannot be found.',
  ),
  simulation: unread('not-found', 'iam:SimulatePrincipalPolicy', 'NoSuchEntityException'),
})
const ACTUAL = `arn:aws:iam::${ACCOUNT}:role/service-role/ecsTaskExecutionRole`
const at = (arn: string) =>
  withExecution(HEALTHY, { role: known({ arn, id: null, trust: JSON.stringify(TRUST), boundaryArn: null }) })

describe('execution-role-not-found', () => {
  test('finds a role that is gone, and says nothing else about it', () => {
    expect(told(GONE)).toEqual([`execution-role-not-found ${ROLE}`])
    expect(unsure(GONE)).toEqual([])
    expectPages(findingOf(GONE, 'execution-role-not-found'))
  })

  test('finds it by the simulation as well, where the role may not be read', () => {
    const role = unread('denied', 'iam:GetRole')
    expect(told(withExecution(GONE, { role }))).toEqual([`execution-role-not-found ${ROLE}`])
  })

  test('finds a role of that name under another path', () => {
    expect(told(at(ACTUAL))).toEqual([`execution-role-not-found ${ROLE}`])
    expect(findingOf(at(ACTUAL), 'execution-role-not-found').remedy.cli.join()).toContain(ACTUAL)
    expect(told(at(ROLE))).toEqual([])
  })

  test('cannot tell where nothing of the role may be read', () => {
    const world = withExecution(HEALTHY, { ...UNREADABLE, role: unread('denied', 'iam:GetRole') })
    expect(told(world)).toEqual([])
    expect(unsure(world)).toContain(`execution-role-not-found*: could not read the role ${ROLE}: access was denied`)
  })

  test('takes a simulation for a sign of life', () => {
    const world = withExecution(HEALTHY, { role: unread('denied', 'iam:GetRole') })
    expect(unsure(world).filter((one) => one.startsWith('execution-role-not-found'))).toEqual([])
  })
})
