/** What would make a run see more: statements that can be pasted, for the partition at hand. */
import { expect, test } from '@jest/globals'
import { missingStatement } from '../../../src/report/document/unknowns.ts'
import { ALL_UNKNOWN } from '../samples.ts'

test('the statements are one a service, those of IAM narrowed, in the partition of the Region', () => {
  const statements: unknown = JSON.parse(missingStatement(ALL_UNKNOWN.unknowns, 'cn-north-1') ?? '')
  expect(statements).toMatchObject([
    { Sid: 'ReadEc2', Resource: '*' },
    { Sid: 'ReadEcr', Resource: '*' },
    { Sid: 'ReadIam', Action: ['iam:GetRole'], Resource: expect.arrayContaining(['arn:aws-cn:iam::*:role/*']) },
  ])
})

test('there are none where nothing decisive is missing, or no permission would tell', () => {
  const [first] = ALL_UNKNOWN.unknowns
  if (first === undefined) throw new Error('a sample without unknowns')
  expect(missingStatement([{ ...first, matters: false }], 'us-east-1')).toBeNull()
  expect(missingStatement([{ ...first, permission: null }], 'us-east-1')).toBeNull()
})
