/** Findings of a report, each with its remedy in words, proved where it can be. */
import { wordRemedies } from '../../changes/words.ts'
import type { Remedy } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Finding, RemedyWords, Target } from '../../domain/report.ts'
import type { FoundByCheck } from './run.ts'
import { isEnough } from './verify.ts'

/** `found` in the order of the report. */
export function findingsOf(found: readonly FoundByCheck[], facts: GatheredFacts, target: Target): readonly Finding[] {
  const remedies = found.map(({ check, details }) => remedyOf(check.remedy(details)))
  const words = wordRemedies(
    remedies.map((remedy, at) => ({ remedy, name: `${found[at]?.check.id} ${found[at]?.subject}` })),
    target.region,
  )
  return found.map((one, at) => {
    const { check, subject, details, evidence, affects = [], faults } = one
    const { literal, changes } = remedies[at] ?? NOTHING
    const { complete = false, ...said } = words[at] ?? {}
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
        ...(literal ?? { ...NO_WORDS, ...said }),
        changes,
        verified: complete && isEnough(changes, one, facts, target),
      },
      affects,
      ...(faults === undefined ? {} : { faults }),
      docs: `docs/en/checks/${check.id}.md`,
    }
  })
}

const NO_WORDS: RemedyWords = { console: [], cli: [], terraform: '' }
const NOTHING: Remedy & { readonly literal?: RemedyWords } = { changes: [] }

function remedyOf(remedy: Remedy | RemedyWords): Remedy & { readonly literal?: RemedyWords } {
  return 'changes' in remedy ? remedy : { changes: [], literal: remedy }
}
