/** The tape of a watch of several services: which they were, and which were not to be watched. Each of the others has a tape of its own. */
import type { MissingService } from '../../domain/services-report.ts'
import { otherVersion, parsed, TAPE_VERSION } from './tape.ts'

export type ServicesTapeEntry =
  | {
      readonly kind: 'services'
      readonly now: number
      readonly version: typeof TAPE_VERSION
      readonly services: readonly string[]
    }
  | ({ readonly kind: 'missing'; readonly now: number } & MissingService)

export function servicesLine(services: readonly string[], now: number): string {
  return lineOf({ kind: 'services', now, version: TAPE_VERSION, services })
}

export function missingLine(missing: MissingService, now: number): string {
  return lineOf({ kind: 'missing', now, ...missing })
}

export interface ServicesOnTape {
  readonly services: readonly string[]
  readonly missing: readonly MissingService[]
}

/** Null for the tape of one service. Throws `UsageError` for one of another version; a last line that was cut is left out. */
export function servicesOnTape(text: string): ServicesOnTape | null {
  const [head = '', ...rest] = text.split('\n')
  const first = entryIn(head)
  if (first?.kind !== 'services') return null
  if (first.version !== TAPE_VERSION) throw otherVersion(first.version)
  const { services } = first
  if (!Array.isArray(services) || services.length === 0 || services.some((one) => typeof one !== 'string')) return null
  const told = rest.flatMap((line) => entryIn(line) ?? []).filter((entry) => entry.kind === 'missing')
  // In the order of the report, not of the log.
  const missing = services.flatMap((service) => told.find((entry) => entry.service === service) ?? [])
  return { services, missing: missing.map(({ service, because }) => ({ service, because })) }
}

function entryIn(line: string): ServicesTapeEntry | null {
  const entry = parsed<ServicesTapeEntry>(line)
  return entry?.kind === 'services' || entry?.kind === 'missing' ? entry : null
}

function lineOf(entry: ServicesTapeEntry): string {
  return `${JSON.stringify(entry)}\n`
}
