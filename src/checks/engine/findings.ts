/** Findings of a report, each with its remedy in words, proved where it can be. */
import { wordRemedies } from '../../changes/words.ts'
import type { Remedy } from '../../domain/change.ts'
import type { Check } from '../../domain/check.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Finding, RemedyWords, Target } from '../../domain/report.ts'
import type { FoundByCheck } from './run.ts'
import { prove } from './verify.ts'

/** `found` in the order of the report; `checks` are asked what would keep a path that a remedy makes worse. */
export function findingsOf(
  found: readonly FoundByCheck[],
  facts: GatheredFacts,
  target: Target,
  checks: readonly Check[],
): readonly Finding[] {
  const advised = found.map((one) => {
    const { literal, ...remedy } = remedyOf(one.check.remedy(one.details))
    const { changes, isEnough } = prove(remedy.changes, one, facts, target, checks)
    return { one, literal, remedy: { ...remedy, changes }, isEnough }
  })
  const words = wordRemedies(
    advised.map(({ one, remedy }) => ({ remedy, name: `${one.check.id} ${one.subject}` })),
    target.region,
  )
  return advised.map(({ one, literal, remedy, isEnough }, at) => {
    const { check, subject, details, evidence, affects = [], faults } = one
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
        changes: remedy.changes,
        verified: complete && isEnough,
      },
      affects,
      ...(faults === undefined ? {} : { faults }),
      docs: `docs/en/checks/${check.id}.md`,
    }
  })
}

const NO_WORDS: RemedyWords = { console: [], cli: [], terraform: '' }

function remedyOf(remedy: Remedy | RemedyWords): Remedy & { readonly literal?: RemedyWords } {
  return 'changes' in remedy ? remedy : { changes: [], literal: remedy }
}
