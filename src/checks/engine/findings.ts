/** Findings of a report, each with its remedy in words, proved where it can be. */
import { type RemedyWords, wordRemedies } from '../../changes/words.ts'
import type { Change } from '../../domain/change.ts'
import type { Check } from '../../domain/check.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Finding, Target } from '../../domain/report.ts'
import type { FoundByCheck } from './run.ts'
import { isProved, prove } from './verify.ts'

/** `found` in the order of the report; `checks` are asked what would keep a path that a remedy makes worse. */
export function findingsOf(
  found: readonly FoundByCheck[],
  facts: GatheredFacts,
  target: Target,
  checks: readonly Check[],
): readonly Finding[] {
  const proofs = mostProofs(facts)
  const advised = found.map((one, at) => {
    const remedy = one.check.remedy(one.details)
    if (at >= proofs) return { one, remedy, isEnough: false }
    const { changes, isEnough } = prove(remedy.changes, one, facts, target, checks)
    return { one, remedy: { ...remedy, changes }, isEnough }
  })
  const words = wordRemedies(
    advised.map(({ one, remedy }) => ({ remedy, name: `${one.check.id} ${one.subject}` })),
    target.region,
  )
  return advised.map(({ one, remedy, isEnough }, at) => {
    const { check, subject, details, evidence, affects = [], faults, image } = one
    const { own, ...said } = words[at] ?? UNSAID
    return {
      check: check.id,
      step: one.step,
      severity: one.severity,
      subject,
      title: check.title,
      what: check.explain(details),
      why: check.why,
      evidence,
      remedy: {
        ...said,
        changes: remedy.changes,
        // What an earlier remedy makes may not be needed for this finding: the lines that stand here are proved.
        verified: isSame(own, remedy.changes) ? isEnough : at < proofs && isProved(own, one, facts, target),
      },
      affects,
      ...(image === undefined ? {} : { image }),
      ...(faults === undefined ? {} : { faults }),
      docs: `docs/en/checks/${check.id}.md`,
    }
  })
}

/**
 * A proof judges every path again, so that proofs of all findings grow with the square of what is wrong: the worst, which stand first,
 * are proved, two hundred in a service of at most a hundred paths. A remedy without a proof is not called verified.
 */
const MOST_PATHS = 20_000
const FEW_PATHS = 100

function mostProofs({ paths }: GatheredFacts): number {
  const count = paths.known ? paths.value.length : 0
  return Math.max(1, Math.floor(MOST_PATHS / Math.max(count, FEW_PATHS)))
}

function isSame(changes: readonly Change[], others: readonly Change[]): boolean {
  return JSON.stringify(changes) === JSON.stringify(others)
}

const UNSAID: RemedyWords = { console: [], cli: [], terraform: '', own: [] }
