/** JUnit as test reporters read it: one case a check, failed, skipped or passed as the report says. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CHECKS } from '../../../src/checks/index.ts'
import type { CheckId } from '../../../src/domain/check-id.ts'
import type { Finding, Report, Unknown } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { ROLLOUT_STEPS, STEP_TITLES, type StepId, type StepState } from '../../../src/domain/step.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { renderJunit } from '../../../src/report/junit/junit.ts'
import { draws } from '../../draws.ts'
import { hostileReport } from '../hostile.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_CLEAR, SEOUL } from '../samples.ts'
import { elements } from '../xml.ts'

const BLOCKERS = { language: 'en', failOn: ['blocker'] } as const

/** Check → how its case ended. */
function outcomes(report: Report, options: Parameters<typeof renderJunit>[1] = BLOCKERS): ReadonlyMap<string, string> {
  const ended = new Map<string, string>()
  for (const { name, attributes } of elements(renderJunit(report, options))) {
    if (name === 'testcase') ended.set(attributes['name']?.split(':')[0] ?? '', 'passed')
    if (name === 'failure' || name === 'skipped') ended.set([...ended.keys()].at(-1) ?? '', name)
  }
  return ended
}

function found(check: CheckId, severity: Finding['severity']): Finding {
  const [sample] = SEOUL.findings
  if (sample === undefined) throw new Error('a sample without findings')
  return { ...sample, check, severity }
}

function unknown(change: Partial<Unknown>): Unknown {
  const because = { en: 'could not read the routes', ko: '읽지 못한 항목: 경로' }
  return {
    check: 'blackhole-route',
    step: 'routes',
    reason: ['routeTables-unread'],
    because,
    permission: 'ec2:DescribeRouteTables',
    matters: true,
    ...change,
  }
}

describe('a case', () => {
  test('is there for every check, and all pass in a clear report', () => {
    const ended = outcomes(ALL_CLEAR)
    expect([...ended.keys()]).toEqual(CHECKS.map(({ id }) => id))
    expect(new Set(ended.values())).toEqual(new Set(['passed']))
  })

  test('fails by a finding that fails the run, and by no other', () => {
    const report = {
      ...ALL_CLEAR,
      findings: [found('s3-route-missing', 'blocker'), found('circuit-breaker-off', 'warning')],
    }
    expect(outcomes(report).get('s3-route-missing')).toBe('failure')
    expect(outcomes(report).get('circuit-breaker-off')).toBe('passed')
    const strict = outcomes(report, { language: 'en', failOn: ['warning'] })
    expect(strict.get('s3-route-missing')).toBe('passed')
    expect(strict.get('circuit-breaker-off')).toBe('failure')
    expect(renderJunit(report, BLOCKERS)).toMatch(/<system-out>Warning: /)
  })

  test('of a check with two findings fails once, and names both', () => {
    const [one, two] = [found('secret-missing', 'blocker'), { ...found('secret-missing', 'blocker'), subject: 'other' }]
    const xml = renderJunit({ ...ALL_CLEAR, findings: [one, two] }, BLOCKERS)
    expect(xml.match(/<failure /g)).toHaveLength(1)
    expect(xml).toContain(`: ${one.subject}, other"`)
  })

  test('is skipped where the check could not tell, with the permission that it lacked', () => {
    const report = { ...ALL_CLEAR, unknowns: [unknown({})] }
    expect(outcomes(report).get('blackhole-route')).toBe('skipped')
    expect(renderJunit(report, BLOCKERS)).toContain('(Needs permission: ec2:DescribeRouteTables)')
  })

  test('is skipped as well where the report names it beside another for the same fact', () => {
    const checks = ['blackhole-route', 's3-route-missing', 'endpoint-missing']
    const ended = outcomes({ ...ALL_CLEAR, unknowns: [unknown({ checks })] })
    for (const { id } of CHECKS) {
      expect([id, ended.get(id)]).toEqual([id, checks.includes(id) ? 'skipped' : 'passed'])
    }
  })

  test('is skipped where its step was not gone through: a watch may end before its preflight does', () => {
    const ended = outcomes({ ...ALL_CLEAR, steps: [] })
    expect(new Set(ended.values())).toEqual(new Set(['skipped']))
    const steps = ALL_CLEAR.steps.map((step) => (step.id === 'routes' ? { ...step, state: 'skipped' as const } : step))
    const some = outcomes({ ...ALL_CLEAR, steps })
    for (const { id, step } of CHECKS) expect(some.get(id)).toBe(step === 'routes' ? 'skipped' : 'passed')
  })

  test('with a mild finding and something that it could not tell is skipped, and tells the finding', () => {
    const report = { ...ALL_CLEAR, findings: [found('blackhole-route', 'warning')], unknowns: [unknown({})] }
    expect(outcomes(report).get('blackhole-route')).toBe('skipped')
    expect(renderJunit(report, BLOCKERS)).toMatch(/<skipped [^>]*\/>\n +<system-out>Warning: /)
  })

  test('that failed is not skipped', () => {
    const report = { ...ALL_CLEAR, findings: [found('blackhole-route', 'blocker')], unknowns: [unknown({})] }
    expect(outcomes(report).get('blackhole-route')).toBe('failure')
  })

  test('whose finding is ignored passes, and says why', () => {
    const ignored = [{ ...found('circuit-breaker-off', 'advice'), subject: 'web', reason: 'on purpose' }]
    const xml = renderJunit({ ...ALL_CLEAR, ignored }, BLOCKERS)
    expect(xml).toContain('<system-out>Ignored: web (on purpose)</system-out>')
  })

  test('of a check that the list does not know is added', () => {
    const ended = outcomes({ ...ALL_CLEAR, findings: [found('rollout-rolled-back' as CheckId, 'blocker')] })
    expect([ended.size, ended.get('rollout-rolled-back')]).toEqual([CHECKS.length + 1, 'failure'])
  })
})

describe('a rollout', () => {
  const WATCHED = ROLLOUTS['rollout-failed'] as Report
  const states: Partial<Record<StepId, StepState>> = { placement: 'ok', pull: 'failed', steady: 'failed' }
  const withSteps = (report: Report, of: typeof states): Report => ({
    ...report,
    steps: [
      ...report.steps.filter(({ id }) => !ROLLOUT_STEPS.includes(id)),
      ...ROLLOUT_STEPS.map((id) => ({ id, title: STEP_TITLES[id], state: of[id] ?? ('skipped' as const) })),
    ],
  })

  test('has a case for each of its steps, failed with the cause, beside those of the checks', () => {
    const report = withSteps(WATCHED, states)
    const ended = outcomes(report)
    expect(ROLLOUT_STEPS.map((id) => ended.get(id))).toEqual([
      'passed',
      'failure',
      'skipped',
      'skipped',
      'skipped',
      'failure',
    ])
    const xml = renderJunit(report, BLOCKERS)
    expect(xml).toContain('Cause (proved): A task subnet has no route to S3 (s3-route-missing rtb-0c9e8d7f6a5b4c3d2)')
    expect(xml).toContain('<skipped message="The rollout did not come to this step."/>')
    expect(xml).toContain(
      'message="failed: The deployment failed: ECS deployment circuit breaker: tasks failed to start."',
    )
    const suites = elements(xml).filter(({ name }) => name === 'testsuite')
    expect(suites.map(({ attributes }) => attributes['name']?.split(' ')[0])).toEqual(['preflight', 'watch'])
    expect(suites[1]?.attributes).toMatchObject({ tests: '6', failures: '2', skipped: '3' })
  })

  test('that is steady after failures passes, and tells them', () => {
    const report = withSteps(
      { ...WATCHED, rollout: { ...(WATCHED.rollout as RolloutReport), phase: 'steady' } },
      { ...states, pull: 'warning', steady: 'ok' },
    )
    expect(outcomes(report).get('pull')).toBe('passed')
    expect([...outcomes(report).values()]).not.toContain('failure')
    expect(outcomes(withSteps(WATCHED, states)).get('s3-route-missing')).toBe('failure')
    expect(renderJunit(report, BLOCKERS)).toMatch(
      /<testcase classname="Rollout" name="pull: Image pull">\n +<system-out>S3 gave no answer/,
    )
  })

  test('whose end is not known is skipped there, with the reason', () => {
    const report = withSteps(ROLLOUTS['rollout-timed-out'] as Report, { ...states, pull: 'warning', steady: 'unknown' })
    expect(outcomes(report).get('steady')).toBe('skipped')
    expect(renderJunit(report, BLOCKERS)).toMatch(/<skipped message="timed out: The rollout had not ended after 30 min/)
  })

  test('has what ECS gave no step at the last one', () => {
    const rollout = WATCHED.rollout as RolloutReport
    const failures = rollout.failures.map((failure) => ({ ...failure, step: null }))
    const xml = renderJunit(withSteps({ ...WATCHED, rollout: { ...rollout, failures } }, states), BLOCKERS)
    expect(xml).toMatch(/name="steady: Steady state">\n +<failure type="failed" message="S3 gave no answer/)
  })
})

test('the counts are those of the cases', () => {
  const report = {
    ...ALL_CLEAR,
    findings: [found('s3-route-missing', 'blocker')],
    unknowns: [unknown({ permission: null })],
  }
  const [suites, suite] = elements(renderJunit(report, BLOCKERS))
  const counts = { tests: String(CHECKS.length), failures: '1', errors: '0', skipped: '1' }
  expect(suites?.attributes).toMatchObject(counts)
  expect(suite?.attributes).toMatchObject(counts)
})

describe.each(LANGUAGES)('a hostile report in %s', (language) => {
  test('is well-formed XML of our own elements, and inert as text', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const xml = renderJunit(report, { language, failOn: ['blocker'] })
        const names = new Set(elements(xml).map(({ name }) => name))
        const ours = ['testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out']
        expect([...names].filter((name) => !ours.includes(name))).toEqual([])
        expect(xml).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\ufffe\uffff]/u)
        expect(xml).not.toMatch(/^\s*::|##\[/m)
      }),
      { numRuns: draws(25) },
    )
  })
})
