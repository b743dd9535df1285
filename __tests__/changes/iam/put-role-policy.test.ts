import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Facts } from '../../../src/domain/facts.ts'
import type { RoleRecord } from '../../../src/domain/role.ts'
import { HEALTHY, HOST_ROLE, PROFILE, record, repositoryArn, simulated } from '../../checks/role-world.ts'
import { factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const WEB = repositoryArn('web')
const policy = (roleName: string, Resource = WEB) =>
  ({
    kind: 'put-role-policy',
    roleName,
    policyName: 'ecs-task-start-ecr-1',
    policyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['ecr:BatchGetImage'], Resource: [Resource] }],
    }),
  }) as const
const DENIED = simulated('ecr:BatchGetImage', { resource: WEB, decision: 'implicitDeny' })
const having = (changes: Partial<RoleRecord>): Partial<Facts> => ({
  role: { ...HEALTHY.role, execution: record(changes) },
})
const decisions = (changes: Partial<RoleRecord>, change = policy('ecsTaskExecutionRole')) => {
  const role = factAfter(facts(having(changes)), 'role', change)
  if (role === null || 'refused' in role) return role
  return role.execution?.simulation.known === true
    ? role.execution.simulation.value.map(({ decision }) => decision)
    : []
}

describe('put-role-policy', () => {
  test('an inline policy', () => {
    expectForms('put-role-policy', { 'of one statement': [policy('ecsTaskExecutionRole')] })
  })

  test('is read beside the policies that are there, and takes the place of one of its name', () => {
    const before = [
      { name: 'ecs-task-start-ecr-1', document: '{}' },
      { name: 'other', document: '{}' },
    ]
    const document = policy('x').policyDocument
    const role = factAfter(facts(having({ policies: known(before) })), 'role', policy('ecsTaskExecutionRole'))
    expect(role).toMatchObject({
      execution: {
        policies: known([
          { name: 'other', document: '{}' },
          { name: 'ecs-task-start-ecr-1', document },
        ]),
      },
    })
  })

  test.each<[string, Parameters<typeof simulated>[1], string]>([
    ['was missing', {}, 'allowed'],
    ['was missing, and the boundary is against it', { allowedByBoundary: false }, 'implicitDeny'],
    ['was missing, and the organization is against it', { allowedByOrganization: false }, 'implicitDeny'],
    ['was overruled by a Deny', { decision: 'explicitDeny' }, 'explicitDeny'],
    ['was there', { decision: 'allowed' }, 'allowed'],
  ])('where an Allow %s, the simulator says %p no more', (_, changes, expected) => {
    expect(decisions({ simulation: known([{ ...DENIED, ...changes }]) })).toEqual([expected])
  })

  test('of another resource or action the simulator says what it said', () => {
    const other = { ...DENIED, action: 'ecr:GetDownloadUrlForLayer' }
    expect(decisions({ simulation: known([other]) })).toEqual(['implicitDeny'])
    const elsewhere = policy('ecsTaskExecutionRole', repositoryArn('api'))
    expect(decisions({ simulation: known([DENIED]) }, elsewhere)).toEqual(['implicitDeny'])
  })

  test('what was not read stays unread', () => {
    const lost = unread('denied', 'iam:ListRolePolicies')
    const role = factAfter(facts(having({ policies: lost, simulation: lost })), 'role', policy('ecsTaskExecutionRole'))
    expect(role).toMatchObject({ execution: { policies: lost, simulation: lost } })
  })

  test('finds the roles of container instances as well', () => {
    const host = { ...record({ simulation: known([DENIED]) }), arn: HOST_ROLE }
    const instances = known([{ profileArn: PROFILE, instanceIds: ['i-1'], role: known(host) }])
    const role = factAfter(facts({ role: { ...HEALTHY.role, instances } }), 'role', policy('ecsInstanceRole'))
    expect(role).toMatchObject({
      instances: { value: [{ role: { value: { simulation: { value: [{ decision: 'allowed' }] } } } }] },
    })
  })

  test('AWS refuses a role that is not there', () => {
    expect(factAfter(facts(), 'role', policy('nobody'))).toEqual({ refused: 'NoSuchEntity' })
  })
})
