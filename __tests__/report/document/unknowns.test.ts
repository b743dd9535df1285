/** What would make a run see more: the whole policy, to be pasted, for the partition at hand; and what is counted where. */
import { expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { missingPolicy, unknownsOf } from '../../../src/report/document/unknowns.ts'
import { JUDGED } from '../judged-samples.ts'
import { ALL_UNKNOWN } from '../samples.ts'

test('the policy is the whole one of such a run, in the partition of the Region, however little is known to be missing', () => {
  const [first] = ALL_UNKNOWN.unknowns
  const report = { ...ALL_UNKNOWN, unknowns: first === undefined ? [] : [first] }
  const { Statement } = JSON.parse(
    missingPolicy({ ...report, target: { ...report.target, region: 'cn-north-1' } }) ?? '',
  )
  expect(Statement.flatMap(({ Action }: { Action: readonly string[] }) => Action).toSorted()).toEqual(
    ALL_UNKNOWN.reads?.toSorted(),
  )
  expect(JSON.stringify(Statement)).toContain('arn:aws-cn:iam::*:role/*')
})

test('there is none where nothing decisive is missing, no permission would tell, or AWS gave no answer', () => {
  const [first] = ALL_UNKNOWN.unknowns
  if (first === undefined) throw new Error('a sample without unknowns')
  const policy = (unknown: Partial<typeof first>): string | null =>
    missingPolicy({ ...ALL_UNKNOWN, unknowns: [{ ...first, ...unknown }] })
  expect(policy({})).not.toBeNull()
  expect(policy({ matters: false })).toBeNull()
  expect(policy({ permission: null })).toBeNull()
  expect(policy({ unanswered: true })).toBeNull()
})

test('the head counts what the section of the decisive ones lists', () => {
  const report = JUDGED['nothing-read'] as Report
  const { decisive, harmless } = unknownsOf(report)
  expect(headOf(report).counts.en).toBe(`${decisive.length} unknowns`)
  expect(harmless.length).toBeGreaterThan(decisive.length)
})
