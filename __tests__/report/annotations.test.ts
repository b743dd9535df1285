/** Annotations: one a blocker, one a warning, never more than GitHub shows, never a failed step without one. */
import { describe, expect, test } from '@jest/globals'
import { annotationsOf } from '../../src/report/annotations.ts'
import { ALL_CLEAR, ALL_UNKNOWN, SEOUL, SIXTY } from './samples.ts'

describe('annotations', () => {
  test('a blocker is an error that names the step, the subnet and what to paste', () => {
    const [first] = annotationsOf(SEOUL, 'en')
    expect(first).toMatchObject({ level: 'error', title: 'Routes: A task subnet has no route to S3' })
    expect(first?.message).toContain('subnet-0c63e9f40bd57b82a → s3-layers')
    expect(first?.message).toMatch(/^aws ec2 modify-vpc-endpoint .* --add-route-table-ids rtb-0c9e8d7f6a5b4c3d2$/m)
  })

  test('of twenty each nine are shown, and the tenth counts the others', () => {
    const shown = annotationsOf(SIXTY, 'en')
    for (const level of ['error', 'warning']) {
      const own = shown.filter((annotation) => annotation.level === level)
      expect(own).toHaveLength(10)
      expect(own.at(-1)?.message).toMatch(/^11 more/)
    }
  })

  test('one that sits on a file has its line, the others and what sums up have none', () => {
    const place = { file: 'ecs/task.json', line: 8, column: 16, endColumn: 23 }
    const [blocker, warning] = annotationsOf(SEOUL, 'en', ({ severity }) => (severity === 'blocker' ? place : null))
    expect(blocker).toMatchObject({ level: 'error', file: 'ecs/task.json', line: 8 })
    expect(Object.keys(warning ?? {})).toEqual(['level', 'title', 'message'])
    const many = annotationsOf(SIXTY, 'en', () => place)
    expect(many.filter(({ file }) => file === undefined).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^11 more/),
      expect.stringMatching(/^11 more/),
    ])
  })

  test('exactly ten are all shown', () => {
    const ten = SIXTY.findings.filter(({ severity }) => severity === 'blocker').slice(0, 10)
    const shown = annotationsOf({ ...SIXTY, findings: ten }, 'en')
    expect(shown).toHaveLength(10)
    expect(shown.at(-1)?.message).not.toMatch(/more/)
  })

  test('advice and a clear report need none', () => {
    const advice = SIXTY.findings.filter(({ severity }) => severity === 'advice')
    expect(annotationsOf({ ...ALL_CLEAR, findings: advice }, 'ko')).toEqual([])
  })

  test('an unknown verdict is one warning that names the permissions, and warnings make room for it', () => {
    const [only, ...rest] = annotationsOf(ALL_UNKNOWN, 'en')
    expect(rest).toEqual([])
    expect(only?.level).toBe('warning')
    expect(only?.message).toContain('Missing permission: ec2:DescribeRouteTables')
    const warnings = SIXTY.findings.filter(({ severity }) => severity === 'warning')
    const crowded = annotationsOf({ ...ALL_UNKNOWN, findings: warnings }, 'en')
    expect(crowded).toHaveLength(10)
    expect(crowded.at(-1)?.message).toMatch(/^12 more/)
  })

  test('a step that fails for warnings alone has an error', () => {
    const warnings = SEOUL.findings.filter(({ severity }) => severity === 'warning')
    const levels = annotationsOf({ ...SEOUL, findings: warnings }, 'en').map(({ level }) => level)
    expect(levels).toEqual(['error', 'warning'])
  })

  test('a finding without advice promises none', () => {
    const remedy = { console: [], cli: [], terraform: '', verified: false }
    const findings = SEOUL.findings.map((finding) => ({ ...finding, remedy }))
    for (const { message } of annotationsOf({ ...SEOUL, findings }, 'en')) expect(message).not.toMatch(/fix|paste/i)
  })

  test('an unknown verdict without a reason still says something', () => {
    const [only] = annotationsOf({ ...ALL_UNKNOWN, unknowns: [] }, 'en')
    expect(only?.message).toMatch(/could not be read/)
  })

  test('a command that an annotation cannot show unchanged gives way to the console', () => {
    const [first] = SEOUL.findings.slice(1).map((finding) => ({
      ...finding,
      remedy: { ...finding.remedy, cli: ['aws s3 cp s3://bucket/x .'] },
    }))
    const [shown] = annotationsOf({ ...SEOUL, findings: first ? [first] : [] }, 'ko')
    expect(shown?.message).not.toContain('aws s3 cp')
    expect(shown?.message).toContain('1. VPC → 엔드포인트')
  })
})
