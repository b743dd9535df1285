// biome-ignore-all lint/suspicious/noTemplateCurlyInString: IAM answers with placeholders of this form
import { PolicyEvaluationDecisionType } from '@aws-sdk/client-iam'
import { describe, expect, test } from '@jest/globals'
import { customerKey, toRole, toSimulatedCalls } from '../../../src/aws/facts/role.ts'
import { known } from '../../../src/domain/answer.ts'
import { judgeIdentity } from '../../../src/iam/role-identity.ts'
import { record, simulated } from '../../checks/role-world.ts'

const WEB = 'arn:aws:ecr:us-east-1:123456789012:repository/web'
const API = 'arn:aws:ecr:us-east-1:123456789012:repository/api'
const result = (more: object) => ({ EvalActionName: 'ecr:BatchGetImage', EvalDecision: 'implicitDeny', ...more })
const told = (one: object, asked: readonly string[] | null = null) =>
  toSimulatedCalls({ EvaluationResults: [one] }, asked).map(({ resource, decision }) => `${resource} ${decision}`)

describe('a simulation', () => {
  test('is told for each resource, with what holds for all of them', () => {
    const answer = {
      EvaluationResults: [
        result({
          EvalResourceName: 'arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}',
          MatchedStatements: [],
          MissingContextValues: ['aws:SourceVpc'],
          OrganizationsDecisionDetail: { AllowedByOrganizations: false },
          ResourceSpecificResults: [
            {
              EvalResourceName: WEB,
              EvalResourceDecision: 'allowed',
              MatchedStatements: [{ SourcePolicyId: 'pull' }, { SourcePolicyId: 'pull' }],
              MissingContextValues: [],
            },
            {
              EvalResourceName: API,
              EvalResourceDecision: 'implicitDeny',
              MissingContextValues: ['aws:SourceVpc'],
              PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
            },
          ],
        }),
      ],
    }
    const both = { action: 'ecr:BatchGetImage', allowedByOrganization: false }
    expect(toSimulatedCalls(answer, [WEB, API])).toEqual([
      { ...both, resource: WEB, decision: 'allowed', missing: [], allowedByBoundary: null, decidedBy: ['pull'] },
      {
        ...both,
        resource: API,
        decision: 'implicitDeny',
        missing: ['aws:SourceVpc'],
        allowedByBoundary: false,
        decidedBy: [],
      },
    ])
  })

  test('without resources is of everything, or of the resource that it names', () => {
    expect(told(result({}))).toEqual(['* implicitDeny'])
    expect(told(result({ EvalResourceName: WEB }))).toEqual([`${WEB} implicitDeny`])
    expect(told(result({ EvalResourceName: 'arn:${Partition}:ecr:::x' }))).toEqual(['* implicitDeny'])
  })

  test('that tells the worst of several says nothing of each', () => {
    const template = { EvalResourceName: 'arn:${Partition}:ecr:${Region}:${Account}:repository/${RepositoryName}' }
    expect(told(result(template), [WEB, API])).toEqual([])
    expect(told(result({ ...template, EvalDecision: 'allowed' }), [WEB, API])).toEqual([
      `${WEB} allowed`,
      `${API} allowed`,
    ])
    expect(told(result(template), [WEB])).toEqual([`${WEB} implicitDeny`])
  })

  test('of everything or of a whole group, though less was asked, stays of that', () => {
    expect(told(result({}), [WEB, API])).toEqual(['* implicitDeny'])
    expect(told(result({ EvalResourceName: 'arn:group:*', EvalDecision: 'allowed' }), [WEB])).toEqual([
      'arn:group:* allowed',
    ])
  })

  test('of an odd shape is nothing', () => {
    expect(toSimulatedCalls({ EvaluationResults: 'none' }, null)).toEqual([])
    expect(toSimulatedCalls({ EvaluationResults: [{}, 7] }, null)).toEqual([])
  })

  test('has the decisions that the SDK knows, and each is understood', () => {
    const decisions = Object.values(PolicyEvaluationDecisionType).map((decision) => {
      const one = record({ simulation: known([simulated('ecr:BatchGetImage', { decision, resource: WEB })]) })
      return [decision, judgeIdentity(one, { action: 'ecr:BatchGetImage', resource: WEB }).decision]
    })
    expect(Object.fromEntries(decisions)).toEqual({
      allowed: 'allowed',
      explicitDeny: 'explicit-deny',
      implicitDeny: 'not-allowed',
    })
  })
})

test('a role is told with its trust policy as text, however it comes', () => {
  const role = { Arn: 'arn:aws:iam::123456789012:role/web', RoleId: 'AROA1' }
  const trust = { Version: '2012-10-17', Statement: [] }
  const of = (document: unknown) => toRole({ Role: { ...role, AssumeRolePolicyDocument: document } })
  expect(of(trust)?.trust).toBe(JSON.stringify(trust))
  expect(of(encodeURIComponent(JSON.stringify(trust)))?.trust).toBe(encodeURIComponent(JSON.stringify(trust)))
  expect(of(undefined)).toBeNull()
  expect(toRole({})).toBeNull()
})

test.each([
  [undefined, null],
  ['alias/aws/ssm', null],
  ['arn:aws:kms:us-east-1:123456789012:alias/aws/secretsmanager', null],
  ['alias/shop', 'alias/shop'],
  ['8c7a2f10-6b3e-4d59-9f01-2c4e6a8b0d13', '8c7a2f10-6b3e-4d59-9f01-2c4e6a8b0d13'],
])('the key %s is the customer’s: %s', (key, expected) => {
  expect(customerKey(key)).toBe(expected)
})
