/** What every check over paths does alike: a cause becomes a finding, a warning where the path still works in part. */
import type { Found } from '../../domain/check.ts'
import type { Fault, Hop, Path } from '../../domain/path.ts'
import type { Severity } from '../../domain/report.ts'
import type { Effects } from '../../network/causes.ts'

export function severityOf(cause: Pick<Effects, 'blocks' | 'required'>): Severity {
  if (cause.blocks) return 'blocker'
  return cause.required ? 'warning' : 'advice'
}

export function findingOf<Details>(
  cause: Effects & { readonly faults?: readonly Fault[] },
  subject: string,
  details: Details,
): Found<Details> {
  const { evidence, affects, faults } = cause
  return {
    subject,
    evidence,
    details,
    severity: severityOf(cause),
    affects,
    ...(faults === undefined ? {} : { faults }),
  }
}

export function subnetIdsOf({ affects }: Pick<Effects, 'affects'>): readonly string[] {
  return [...new Set(affects.map(({ subnetId }) => subnetId))]
}

export function destinationsOf({ affects }: Pick<Effects, 'affects'>): readonly string[] {
  return [...new Set(affects.map(({ destination }) => destination))]
}

/** The paths that a cause breaks. */
export function brokenPaths(paths: readonly Path[], { affects }: Pick<Effects, 'affects'>): readonly Path[] {
  return paths.filter((path) =>
    affects.some((one) => one.subnetId === path.from.subnetId && one.destination === path.destination),
  )
}

/** The hop that a reader wants to see first: the one that refuses, else one that lets only a part through. */
export function firstBroken({ hops }: Path): Hop | null {
  const first = (decision: Hop['decision']) => hops.find((hop) => hop.decision === decision)
  return first('deny') ?? first('partial') ?? first('unknown') ?? null
}
