/** What a comment remembers of the findings that it has told: hidden in its text, for the next run to compare with. */
import { createHash } from 'node:crypto'
import { distinctRecords } from '../../domain/collections.ts'
import type { Finding, Target } from '../../domain/report.ts'
import { type AnyReport, isOfServices, reportsIn } from '../../domain/services-report.ts'
import { missedBy } from '../document/unknowns.ts'

/** A finding by what stays the same from run to run. */
export interface Told {
  readonly check: string
  readonly subject: string
}

export interface Memory {
  readonly open: readonly Told[]
  /** Once open and gone since; the last one last. */
  readonly fixed: readonly Told[]
}

/** An earlier finding that is not in the report, and why it is not called fixed. */
export interface Compared extends Memory {
  /** Part of `open`: its check could not tell this time. */
  readonly unjudged: readonly Told[]
}

const NOTHING: Memory = { open: [], fixed: [] }
const MOST = { open: 100, fixed: 20, subject: 300, line: 16_000 }

/**
 * First line of the comment about this service. A hash, as a name could close an HTML comment.
 * Accounts and Regions may have services of the same name.
 */
export function markerOf({ accountId, region, cluster, service }: Target): string {
  const key = JSON.stringify([accountId, region, cluster, service])
  return `<!-- ecs-pull-guard service ${createHash('sha256').update(key).digest('hex').slice(0, 32)} -->`
}

/** Of several services together, in whatever order they were named, and whether there is a report of each or not. */
export function markerOfReport(report: AnyReport): string {
  if (!isOfServices(report)) return markerOf(report.target)
  const targets = report.services.map(({ target }) => target)
  const names = [...targets, ...report.missing].map(({ service }) => service).toSorted()
  const accountId = targets.find((target) => target.accountId !== null)?.accountId ?? null
  return markerOf({ ...report.services[0].target, accountId, service: names.join(' ') })
}

/** At most 16,000 characters: what was fixed first is forgotten first, then the mildest of what is open. */
export function memoryLine({ open, fixed }: Memory): string {
  const pairs = (all: readonly Told[]) => all.map(({ check, subject }) => [check, subject])
  const line = `<!-- ecs-pull-guard memory ${encoded({ open: pairs(open), fixed: pairs(fixed) })} -->`
  if (line.length <= MOST.line || open.length + fixed.length === 0) return line
  return fixed.length > 0
    ? memoryLine({ open, fixed: fixed.slice(Math.ceil(fixed.length / 2)) })
    : memoryLine({ open: open.slice(0, Math.floor(open.length / 2)), fixed })
}

/** Of a comment that somebody has edited by hand, what can still be read. */
export function memoryOf(comment: string): Memory {
  const [, line = ''] = /^<!-- ecs-pull-guard memory ([A-Za-z0-9+/=]+) -->\r?$/m.exec(comment) ?? []
  const value = decoded(line)
  if (typeof value !== 'object' || value === null) return NOTHING
  const { open, fixed } = value as Readonly<Record<string, unknown>>
  return { open: toldIn(open, MOST.open), fixed: toldIn(fixed, MOST.fixed) }
}

/** The earlier findings and those of now, put together. A finding counts as fixed where its check has judged and found it no more. */
export function compare(earlier: Memory, report: AnyReport): Compared {
  const reports = reportsIn(report)
  const now = told(reports.flatMap(({ findings }) => findings))
  const ignored = told(reports.flatMap((one) => one.ignored))
  const gone = earlier.open.filter((one) => !has(now, one) && !has(ignored, one))
  // Whose finding it was is not remembered: a service without a report may be the one.
  const isPartial = isOfServices(report) && report.missing.length > 0
  const unjudged = gone.filter(({ check }) => isPartial || reports.some((one) => missedBy(check, one).length > 0))
  const fixed = [
    ...earlier.fixed.filter((one) => !has(now, one) && !has(gone, one)),
    ...gone.filter((one) => !has(unjudged, one)),
  ]
  return {
    open: [...now, ...unjudged].slice(0, MOST.open),
    fixed: fixed.slice(-MOST.fixed),
    unjudged,
  }
}

/** Several services may have one finding in common. */
function told(findings: readonly Finding[]): readonly Told[] {
  return distinctRecords(findings.map(({ check, subject }) => ({ check, subject: cut(subject) })))
}

function has(all: readonly Told[], one: Told): boolean {
  return all.some(({ check, subject }) => check === one.check && subject === one.subject)
}

function cut(subject: string): string {
  return subject.slice(0, MOST.subject)
}

function toldIn(value: unknown, most: number): readonly Told[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  const told = list.flatMap((one) => {
    const [check, subject]: readonly unknown[] = Array.isArray(one) ? one : []
    if (typeof check !== 'string' || typeof subject !== 'string' || !/^[a-z0-9-]{1,80}$/.test(check)) return []
    return [{ check, subject: cut(subject) }]
  })
  return told.slice(-most)
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64')
}

function decoded(line: string): unknown {
  try {
    return JSON.parse(Buffer.from(line, 'base64').toString())
  } catch {
    return null
  }
}
