import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change, ChangeOf } from '../../../src/domain/change.ts'
import { ACCOUNT, HEALTHY, ROLE, record, TRUST } from '../../checks/role-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

const trust = JSON.stringify(TRUST)
const role = (path: string, changes: Partial<ChangeOf<'create-role'>> = {}): Change => ({
  kind: 'create-role',
  makes: 'roleArn',
  roleName: 'ecsTaskExecutionRole',
  path,
  assumeRolePolicyDocument: trust,
  ...changes,
})
const POLICY = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'
const attach = (policyArn: string): Change => ({
  kind: 'attach-role-policy',
  roleName: 'ecsTaskExecutionRole',
  role: { ref: 'roleArn' },
  policyArn,
})
const { execution } = HEALTHY.role
const having = (changes: object) =>
  facts({ role: { ...HEALTHY.role, execution: execution === null ? null : { ...execution, ...changes } } })
const GONE = having({ role: unread('not-found', 'iam:GetRole') })

describe('create-role and attach-role-policy', () => {
  test('a role, and what AWS manages for it', () => {
    expectForms('create-role', {
      'with a policy': [role('/'), attach(POLICY)],
      'under a path': [role('/ecs/')],
      'for ECS itself': [role('/', { assumeRolePolicyDocument: trust.replace('ecs-tasks', 'ecs') })],
    })
    expectForms('attach-role-policy', {
      'to a role that is there': [{ kind: 'attach-role-policy', roleName: 'web', policyArn: POLICY }],
    })
  })

  test('the role that the task definition names is there, and has nothing but what is attached', () => {
    expect(factAfter(GONE, 'role', role('/'))).toMatchObject({
      execution: {
        arn: ROLE,
        role: { value: { arn: ROLE, trust } },
        policies: known([]),
        simulation: { known: false },
      },
    })
    const attached = factAfter(GONE, 'role', role('/'), attach(POLICY))
    expect(JSON.stringify(attached)).toContain('ecr:GetDownloadUrlForLayer')
  })

  test('so is a task role, and a role that ECS itself assumes', () => {
    const gone = (name: string) =>
      record({ arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, role: unread('not-found', 'iam:GetRole') })
    const world = facts({ role: { ...HEALTHY.role, task: gone('web-task'), infrastructure: [gone('hook')] } })
    const made = factAfter(world, 'role', role('/', { roleName: 'web-task' }), role('/', { roleName: 'hook' }))
    expect(made).toMatchObject({ task: { role: { known: true } }, infrastructure: [{ role: { known: true } }] })
  })

  test('AWS refuses a name that is taken, and a policy for a role that is not there', () => {
    expect(factAfter(facts(), 'role', role('/'))).toEqual({ refused: 'EntityAlreadyExists' })
    const other = { kind: 'attach-role-policy', roleName: 'other', policyArn: POLICY } as const
    expect(factAfter(facts(), 'role', other)).toEqual({ refused: 'NoSuchEntity' })
  })

  test('nobody foresees another role, another policy, or what could not be read', () => {
    expect(factAfter(GONE, 'role', role('/ecs/'))).toBeNull()
    expect(factAfter(having({ policies: known([]) }), 'role', attach('arn:aws:iam::aws:policy/Other'))).toBeNull()
    expect(factAfter(having({ policies: unread('denied', 'x') }), 'role', attach(POLICY))).toBeNull()
    expect(factAfter(without('role'), 'role', role('/'))).toBeNull()
  })
})
