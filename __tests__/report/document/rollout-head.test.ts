/** The head of a report with a rollout says what became of the rollout, and hands out no command that has nothing to do with it. */
import { describe, expect, test } from '@jest/globals'
import type { Finding, Report } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SEOUL } from '../samples.ts'

const S3_ROUTE = SEOUL.findings.find(({ check }) => check === 's3-route-missing') as Finding

function named(name: string): Report {
  return ROLLOUTS[`rollout-${name}`] as Report
}

function changed(name: string, fields: Partial<RolloutReport>): Report {
  const report = named(name)
  return { ...report, rollout: { ...(report.rollout as RolloutReport), ...fields } }
}

test.each([
  ['steady', 'pass', 'Rollout steady', null],
  ['steady-after-failures', 'fail', 'Image pull', 'The rollout went through, but 2 of 4 tasks failed'],
  ['failed', 'fail', 'Image pull', 'Rollout failed. S3 gave no answer: the image layers did not come'],
  ['rolling-back', 'fail', 'Image pull', 'Rollout being rolled back. S3 gave no answer: the image layers did not come'],
  ['rolled-back', 'fail', 'Image pull', 'Rollout rolled back. S3 gave no answer: the image layers did not come'],
  ['superseded', 'unknown', 'Rollout superseded', null],
  ['timed-out', 'unknown', 'Image pull', 'Rollout not over in time. S3 gave no answer: the image layers did not come'],
  ['lost', 'unknown', 'Contact with the rollout lost', null],
  ['cancelled', 'unknown', 'Watch cancelled', 'Suspected: A task subnet has no route to S3'],
  ['crashing', 'fail', 'Container start', 'Rollout failed. An essential container ended'],
  ['image-gone', 'fail', 'Image pull', 'Rollout failed. The image is not in the registry'],
  ['unplaced', 'unknown', 'Placement', 'Rollout not over in time. No instance has room for the task'],
])('%s: %s, %s', (name, verdict, step, title) => {
  const report = named(name)
  const head = headOf(report)
  expect([report.verdict, head.step?.en, head.title?.en ?? null]).toEqual([verdict, step, title])
})

test('a rollout that went over failures says where and why, and what keeps them from coming back', () => {
  const head = headOf(named('steady-after-failures'))
  expect(head.sentence.en).toBe(
    'All 2 tasks of this deployment run. 2 of 4 tasks failed in subnet-0c63e9f40bd57b82a (ap-northeast-2c): S3 gave no answer: the image layers did not come.',
  )
  expect(head.because.map(({ en }) => en)).toEqual([
    'Cause (proved): A task subnet has no route to S3 (rtb-0c9e8d7f6a5b4c3d2)',
  ])
  expect(head.commands).toEqual(S3_ROUTE.remedy.cli)
  expect(head.paste.en).toBe('Paste this so that it does not happen again')
})

describe('what to paste', () => {
  test('is never the command of a finding that caused nothing', () => {
    const crashing = named('crashing')
    const head = headOf({ ...crashing, findings: SEOUL.findings })
    expect(head.commands).toEqual([])
    expect(head.advice).toEqual(crashing.rollout?.failures[0]?.remedy.slice(0, 3))
  })

  test('is none where a cause is only possible, and the cause is named as such', () => {
    const failures = (named('failed').rollout?.failures ?? []).map((one) => ({
      ...one,
      confidence: 'possible' as const,
    }))
    const head = headOf(changed('failed', { failures }))
    expect(head.commands).toEqual([])
    expect(head.advice.length).toBeGreaterThan(0)
    expect(head.because.at(-1)?.en).toBe('Cause (possible): A task subnet has no route to S3 (rtb-0c9e8d7f6a5b4c3d2)')
  })

  test('also mends the same fault elsewhere', () => {
    const other = {
      ...S3_ROUTE,
      subject: 'rtb-0a1b2c3d4e5f60718',
      remedy: { ...S3_ROUTE.remedy, cli: ['aws ec2 other'] },
    }
    const head = headOf({ ...named('failed'), findings: [...SEOUL.findings, other] })
    expect(head.commands).toEqual([...S3_ROUTE.remedy.cli, 'aws ec2 other'])
    expect(head.because[1]?.en).toContain('Found by preflight')
    const milder = { ...other, severity: 'warning' as const }
    const without = headOf({ ...named('failed'), findings: [...SEOUL.findings, milder] })
    expect(without.commands).toEqual(S3_ROUTE.remedy.cli)
  })
})

test('the last lines of a container that failed so stand in the head, and those of another do not', () => {
  expect(headOf(named('crashing')).lastLines[0]).toBe('Error: connect ECONNREFUSED 10.20.30.5:5432')
  const logs = [{ taskId: 'another', container: 'web', lines: ['x'], missing: null }]
  expect(headOf(changed('crashing', { logs })).lastLines).toEqual([])
})

test('most failures decide what is named; between equals, the earlier step', () => {
  const failures = named('failed').rollout?.failures ?? []
  const [one] = failures
  if (one === undefined) throw new Error('a sample without failures')
  const crash = {
    ...one,
    taskId: 'x',
    label: 'run/essential-exited' as const,
    step: 'start' as const,
    text: 'y',
    cause: null,
  }
  expect(headOf(changed('failed', { failures: [crash, ...failures] })).step?.en).toBe('Image pull')
  expect(headOf(changed('failed', { failures: [crash, one] })).step?.en).toBe('Image pull')
  expect(headOf(changed('failed', { failures: [crash, { ...crash, taskId: 'z' }, one] })).step?.en).toBe(
    'Container start',
  )
})

test('failures that ECS counted and nobody could list are said', () => {
  const head = headOf(changed('steady', { tasks: { started: 5, failed: 3, successRate: 0.4 } }))
  expect(head.title?.en).toBe('The rollout went through, but 3 of 5 tasks failed')
  expect(head.sentence.en).toContain('3 of 5 tasks failed.')
})

test('a steady rollout names what preflight found and nobody mended', () => {
  const report = { ...named('steady'), findings: SEOUL.findings.filter(({ severity }) => severity === 'warning') }
  expect(headOf(report).title?.en).toBe('Still open: A zone has no endpoint address of its own')
})

describe('a cause of some of the failures', () => {
  const failures = named('failed').rollout?.failures ?? []
  const elsewhere = failures.slice(0, 1).map((failure) => ({
    ...failure,
    ...{ taskId: 'another', subnetId: 'subnet-0a41c7d2e9b35f608', availabilityZone: 'ap-northeast-2a' },
    ...{ cause: null, causeSubject: null, confidence: 'possible' as const },
  }))
  const head = headOf(changed('failed', { failures: [...failures, ...elsewhere] }))

  test('says of how many, and names those that mending it leaves, with their subnet', () => {
    expect(head.because.map(({ en }) => en)).toEqual([
      'Cause of 2 of 3 failures (proved): A task subnet has no route to S3 (rtb-0c9e8d7f6a5b4c3d2)',
      'Not explained by it: S3 gave no answer: the image layers did not come (1 failure, subnet-0a41c7d2e9b35f608 (ap-northeast-2a))',
    ])
    expect(head.because[0]?.ko).toMatch(/^실패 3건 중 2건의 원인\(입증됨\): /)
  })

  test('does not promise more of the commands, nor of the one sentence', () => {
    expect(head.paste.en).toBe('Paste this to fix 2 of 3 failures (bash or zsh)')
    expect(head.line.en).toMatch(/, cause of 2 of 3 failures\)\.$/)
    expect(headOf(named('failed')).paste.en).toBe('Paste this to fix it (bash or zsh)')
  })

  test('says neither where it explains them all', () => {
    expect(headOf(named('failed')).because.map(({ en }) => en)).toEqual([
      'Cause (proved): A task subnet has no route to S3 (rtb-0c9e8d7f6a5b4c3d2)',
    ])
  })
})

test('with more than one blocker the head has the commands of all, in the order of the report and each once', () => {
  const [route, warning] = SEOUL.findings
  if (route === undefined || warning === undefined) throw new Error('a sample without findings')
  const cli = ['aws ecs describe-services', ...route.remedy.cli]
  const other = { ...warning, severity: 'blocker' as const, remedy: { ...warning.remedy, cli } }
  const both = { ...named('failed'), findings: [other, route] }
  expect(headOf(both).paste.en).toBe('Fix all (bash or zsh)')
  expect(headOf(both).commands).toEqual(cli)
  const preflight = { ...SEOUL, findings: [other, route] }
  expect(headOf(preflight).commands).toEqual(cli)
  expect(headOf(preflight).paste.ko).toBe('한 번에 해결(bash 또는 zsh)')
})
