/** Rollouts of several services that ended together, made of those that ended alone. */
import { reportOfServices } from '../../src/checks/engine/services.ts'
import type { Report } from '../../src/domain/report.ts'
import type { MissingService, ServicesReport } from '../../src/domain/services-report.ts'
import { ROLLOUTS } from './rollout-samples.ts'

export const NOT_THERE: MissingService = {
  service: 'nope',
  because: {
    en: 'The input "service" names nope, which does not exist in cluster shop. Services there: api, web.',
    ko: '"service" 입력에 해당하는 서비스가 없습니다: nope (클러스터: shop). 존재하는 서비스: api, web',
  },
}

/** A rollout of the samples, by its ending, in a service of that name. */
export function ended(ending: string, service: string): Report {
  const report = ROLLOUTS[`rollout-${ending}`]
  if (report === undefined) throw new Error(`no rollout that ended ${ending}`)
  return { ...report, target: { ...report.target, service } }
}

export const TWO = reportOfServices([ended('steady', 'web'), ended('failed', 'api')], [])
export const ONE_NOT_THERE = reportOfServices(
  [ended('steady', 'web'), ended('superseded', 'worker'), ended('failed', 'api')],
  [NOT_THERE],
)
export const HEALTHY = reportOfServices([ended('steady', 'web'), ended('steady', 'api')], [])

/** So many failed ones, each as large as the report. */
export function many(count: number, report: Report): ServicesReport {
  const [first, ...others] = Array.from({ length: count }, (_, at) => ({
    ...report,
    target: { ...report.target, service: `service-${at}` },
  }))
  if (first === undefined) throw new Error('none at all')
  return reportOfServices([first, ...others], [])
}
