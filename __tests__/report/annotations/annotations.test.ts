/** Annotations: one a blocker, one a warning, never more than GitHub shows, never a failed step without one. */
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutFailure, RolloutReport } from '../../../src/domain/rollout.ts'
import { annotationsOf } from '../../../src/report/annotations/annotations.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_CLEAR, ALL_UNKNOWN, SEOUL, SIXTY } from '../samples.ts'

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
    const [blocker, warning] = annotationsOf(SEOUL, 'en', (about) =>
      'severity' in about && about.severity === 'blocker' ? place : null,
    )
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
    expect(only?.message).toContain('Needs permission: ec2:DescribeRouteTables')
    const warnings = SIXTY.findings.filter(({ severity }) => severity === 'warning')
    const crowded = annotationsOf({ ...ALL_UNKNOWN, findings: warnings }, 'en')
    expect(crowded).toHaveLength(10)
    expect(crowded.at(-1)?.message).toMatch(/^12 more/)
  })

  test('a step that fails for warnings alone has an error', () => {
    const warnings = SEOUL.findings.filter(({ severity }) => severity === 'warning')
    const levels = annotationsOf({ ...SEOUL, verdict: 'warn', findings: warnings }, 'en').map(({ level }) => level)
    expect(levels).toEqual(['error', 'warning'])
  })

  test('nothing is an error where fail-on spares it, and the ten that GitHub shows are shared', () => {
    const spared = { ...SEOUL, enforced: false }
    expect(annotationsOf(spared, 'en').map(({ level }) => level)).toEqual(['warning', 'warning'])
    const many = annotationsOf({ ...SIXTY, enforced: false }, 'en')
    expect(many.map(({ level }) => level)).toEqual(Array.from({ length: 10 }, () => 'warning'))
    expect(many.at(-1)?.message).toMatch(/^31 more/)
  })

  test('a finding without advice promises none', () => {
    const remedy = { console: [], cli: [], terraform: '', changes: [], verified: false }
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

/** The sample without what preflight found. */
function watched(phase: string, change: Partial<RolloutReport> = {}): Report {
  const report = ROLLOUTS[`rollout-${phase}`]
  if (report?.rollout === undefined) throw new Error(`no sample: ${phase}`)
  return { ...report, findings: [], unknowns: [], rollout: { ...report.rollout, ...change } }
}

const FAILURES = watched('failed').rollout?.failures ?? []
const SLOW = {
  is: true,
  because: { en: 'The pull takes 210 s.', ko: '이미지 풀에 210초가 걸립니다.' },
  phase: 'pull' as const,
  baselineSeconds: 30,
  setting: { en: 'The image has 2.1 GB.', ko: '이미지 크기는 2.1GB입니다.' },
}

describe('annotations of a rollout', () => {
  test('one that failed has one error without any finding: the end, the cause, what ECS said, what to do', () => {
    const remedy = [{ en: 'Associate the route table.', ko: '라우팅 테이블을 연결합니다.' }]
    const failures = FAILURES.map((failure) => ({ ...failure, remedy }))
    const [only, ...rest] = annotationsOf(watched('failed', { failures }), 'en')
    expect(rest).toEqual([])
    expect(only).toMatchObject({
      level: 'error',
      title: 'Rollout: failed (S3 gave no answer: the image layers did not come)',
    })
    const lines = only?.message.split('\n') ?? []
    expect(lines[0]).toBe('The deployment failed: ECS deployment circuit breaker: tasks failed to start.')
    expect(lines).toContain('Cause (proved): s3-route-missing rtb-0c9e8d7f6a5b4c3d2')
    expect(lines[lines.indexOf('What ECS said:') + 2]).toMatch(/^CannotPullContainerError/)
    expect(lines[lines.indexOf('What to do:') + 1]).toBe('1. Associate the route table.')
  })

  test.each(['failed', 'rolled-back', 'superseded', 'timed-out', 'lost', 'cancelled'])(
    'one that ended %s has an error, as its step fails',
    (phase) => {
      expect(annotationsOf(watched(phase), 'ko').map(({ level }) => level)).toEqual(['error'])
    },
  )

  test('a steady one has none, one with failures or a slow one a warning', () => {
    expect(annotationsOf(watched('steady'), 'en')).toEqual([])
    const [hard, ...rest] = annotationsOf(watched('steady', { failures: FAILURES }), 'en')
    expect([hard?.level, rest]).toEqual(['warning', []])
    const [slow] = annotationsOf(watched('steady', { slow: SLOW }), 'en')
    expect(slow).toMatchObject({ level: 'warning', title: 'Rollout: steady' })
    expect(slow?.message).toMatch(/^Slow: The pull takes 210 s\.\nThe image has 2\.1 GB\.$/m)
  })

  test('tells the failure that most starts had', () => {
    const [first] = FAILURES
    if (first === undefined) throw new Error('a sample without failures')
    const other: RolloutFailure = { ...first, label: 'run/oom', cause: null, title: { en: 'Out of memory', ko: '' } }
    const [told] = annotationsOf(watched('failed', { failures: [other, ...FAILURES] }), 'en')
    expect(told?.title).toContain('S3 gave no answer')
  })

  test('takes one of ten', () => {
    const shown = annotationsOf({ ...watched('failed'), findings: SIXTY.findings }, 'en')
    expect(shown.filter(({ level }) => level === 'error')).toHaveLength(10)
    expect(shown[0]?.title).toMatch(/^Rollout/)
    expect(shown.filter(({ level }) => level === 'error').at(-1)?.message).toMatch(/^12 more/)
  })

  test('sits on the line of its failure, else on that of the finding behind it', () => {
    const place = { file: 'ecs/task.json', line: 8, column: 16, endColumn: 23 }
    const [own] = annotationsOf(watched('failed'), 'en', (about) => ('label' in about ? place : null))
    expect(own).toMatchObject({ file: 'ecs/task.json', line: 8 })
    const found = { ...watched('failed'), findings: SEOUL.findings }
    const [behind] = annotationsOf(found, 'en', (about) => ('check' in about ? { ...place, line: 3 } : null))
    expect(behind).toMatchObject({ title: expect.stringMatching(/^Rollout/), line: 3 })
    expect(annotationsOf(watched('failed'), 'en')[0]).not.toHaveProperty('file')
  })
})
