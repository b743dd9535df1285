/** One verdict over several services, and which of them comes first. */
import { describe, expect, test } from '@jest/globals'
import { reportOfServices, worstServices } from '../../../src/checks/engine/services.ts'
import type { Report, Verdict } from '../../../src/domain/report.ts'
import { ended, NOT_THERE } from '../../report/services-samples.ts'

const STEADY = ended('steady', 'steady')

function judged(verdict: Verdict): Report {
  return { ...STEADY, verdict, target: { ...STEADY.target, service: verdict } }
}

describe('the verdict is the worst', () => {
  test.each<[readonly [Verdict, ...Verdict[]], Verdict]>([
    [['pass', 'pass'], 'pass'],
    [['pass', 'warn'], 'warn'],
    [['warn', 'unknown', 'pass'], 'unknown'],
    [['unknown', 'fail'], 'fail'],
  ])('%j: %s', ([first, ...others], expected) => {
    expect(reportOfServices([judged(first), ...others.map(judged)], []).verdict).toBe(expected)
  })

  test('a service without a report is unknown', () => {
    expect(reportOfServices([judged('pass')], [NOT_THERE]).verdict).toBe('unknown')
    expect(reportOfServices([judged('fail')], [NOT_THERE]).verdict).toBe('fail')
  })

  test('one that made the run fail makes it fail', () => {
    expect(reportOfServices([STEADY, ended('failed', 'api')], []).enforced).toBe(true)
    expect(reportOfServices([STEADY, ended('superseded', 'api')], []).enforced).toBe(false)
  })
})

test('first comes what fails the run, then what did not get there, whatever is still open elsewhere', () => {
  const open = judged('fail')
  const named = [judged('pass'), judged('warn'), open, ended('superseded', 'superseded'), ended('failed', 'failed')]
  const report = reportOfServices(named as [Report, ...Report[]], [])
  expect(worstServices(report).map(({ target }) => target.service)).toEqual([
    ...['failed', 'superseded', 'fail', 'warn', 'pass'],
  ])
  expect(report.services).toEqual(named)
})
