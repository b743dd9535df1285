/** The verdict says what is so; `fail-on` says whether the run fails for it; each step has the worst state that applies. */
import { describe, expect, test } from '@jest/globals'
import { applyIgnores, conclude, type FailOn, worstFirst } from '../../../src/checks/engine/verdict.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import type { Finding, Severity, Unknown } from '../../../src/domain/report.ts'
import type { StepId } from '../../../src/domain/step.ts'
import { SEOUL } from '../../report/samples.ts'

function found(severity: Severity, step: StepId = 'routes', subject = 'rtb-1'): Finding {
  const [sample] = SEOUL.findings
  if (sample === undefined) throw new Error('a sample without findings')
  return { ...sample, severity, step, subject }
}

function unread(matters: boolean, change: Partial<Unknown> = {}): Unknown {
  const because = { en: 'could not read the routes', ko: '읽지 못한 항목: 경로' }
  return {
    check: 's3-route-missing',
    step: 'routes',
    reason: ['routeTables-unread'],
    because,
    permission: null,
    matters,
    ...change,
  }
}

type Named = 'blocker' | 'warning' | 'advice' | 'unknown' | 'aside'

function judged(names: readonly Named[], ignored: readonly Finding[] = []) {
  const findings = names.flatMap((name) => (name === 'unknown' || name === 'aside' ? [] : [found(name)]))
  const unknowns = names.flatMap((name) => (name === 'unknown' || name === 'aside' ? [unread(name === 'unknown')] : []))
  return { findings, unknowns, ignored: ignored.map((one) => ({ ...one, reason: 'known' })) }
}

const EVERY: readonly FailOn[] = [[], ['blocker'], ['warning'], ['unknown'], ['blocker', 'warning', 'unknown']]

describe('the verdict, and the fail-on of which the run fails', () => {
  // biome-ignore format: one line a case
  test.each([
    [[], 'pass', [false, false, false, false, false]],
    [['advice'], 'pass', [false, false, false, false, false]],
    [['aside'], 'pass', [false, false, false, false, false]],
    [['warning'], 'warn', [false, false, true, false, true]],
    [['unknown'], 'unknown', [false, false, false, true, true]],
    [['warning', 'unknown'], 'unknown', [false, false, true, true, true]],
    [['blocker'], 'fail', [false, true, false, false, true]],
    [['blocker', 'warning', 'unknown'], 'fail', [false, true, true, true, true]],
  ] as const)('%j: %s', (names, verdict, enforced) => {
    const all = EVERY.map((failOn) => conclude(judged(names), failOn, CHECKS))
    expect(all.map((one) => one.verdict)).toEqual(EVERY.map(() => verdict))
    expect(all.map((one) => one.enforced)).toEqual(enforced)
  })

  test('leave alone what is ignored', () => {
    expect(conclude(judged([], [found('blocker')]), ['blocker'], CHECKS)).toMatchObject({
      verdict: 'pass',
      enforced: false,
      failingStep: null,
    })
  })
})

describe('a step', () => {
  const stateOf = (id: StepId, ...[all]: [Parameters<typeof conclude>[0]]) =>
    conclude(all, [], CHECKS).steps.find((step) => step.id === id)?.state

  test.each([
    [['blocker', 'unknown', 'warning'], 'failed'],
    [['unknown', 'warning'], 'unknown'],
    [['warning'], 'warning'],
    [['advice'], 'ignored'],
  ] as const)('%j and something ignored: %s', (names, state) => {
    expect(stateOf('routes', judged(names, [found('blocker')]))).toBe(state)
  })

  test('with nothing but advice and facts that do not decide is ok', () => {
    expect(stateOf('routes', judged(['advice', 'aside']))).toBe('ok')
  })

  test('that no check looks at is skipped', () => {
    const routes = CHECKS.filter(({ step }) => step === 'routes')
    expect(conclude(judged([]), [], routes).steps.filter(({ state }) => state !== 'skipped')).toMatchObject([
      { id: 'routes', state: 'ok' },
    ])
  })

  test('is unknown where a path that leads to it ends before, for want of a fact', () => {
    const unknowns = [unread(true, { beyond: ['endpoint-policies'] })]
    expect(stateOf('endpoint-policies', { ...judged([]), unknowns })).toBe('unknown')
    expect(stateOf('endpoint-policies', { ...judged([]), unknowns: [unread(true)] })).toBe('ok')
    const harmless = [unread(false, { beyond: ['endpoint-policies'] })]
    expect(stateOf('endpoint-policies', { ...judged([]), unknowns: harmless })).toBe('ok')
  })

  test('that fails first is named', () => {
    const findings = [found('blocker', 'image'), found('blocker', 'routes'), found('warning', 'dns')]
    expect(conclude({ ...judged([]), findings }, [], CHECKS).failingStep?.id).toBe('routes')
  })
})

describe('findings', () => {
  const all = [
    found('advice', 'dns'),
    found('warning', 'routes'),
    found('blocker', 'image', 'b'),
    found('blocker', 'dns'),
    found('blocker', 'image', 'a'),
  ]
  const brief = (findings: readonly Finding[]) => findings.map((one) => `${one.severity} ${one.step} ${one.subject}`)

  test('are told worst first, then by step, else as they came', () => {
    expect(brief(worstFirst(all))).toEqual([
      'blocker dns rtb-1',
      'blocker image b',
      'blocker image a',
      'warning routes rtb-1',
      'advice dns rtb-1',
    ])
  })

  test('are ignored by check, or by check and subject, whole and with the reason', () => {
    const ignore = { check: 's3-route-missing', subject: 'b', reason: 'INFRA-1' }
    const { findings, ignored } = applyIgnores(all, [ignore])
    expect(findings).toHaveLength(4)
    expect(ignored).toEqual([{ ...all[2], reason: 'INFRA-1' }])
    expect(applyIgnores(all, [{ ...ignore, subject: null, reason: '' }]).ignored).toHaveLength(5)
    expect(applyIgnores(all, [{ ...ignore, check: 'blackhole-route' }]).ignored).toEqual([])
  })
})
