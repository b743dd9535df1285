/** Findings of a report: worst first, each with its remedy in words, proved where it can be. */
import { wordRemedies } from '../../changes/words.ts'
import type { Remedy } from '../../domain/change.ts'
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Finding, RemedyWords, Severity, Target } from '../../domain/report.ts'
import { STEPS } from '../../domain/step.ts'
import type { FoundByCheck } from './run.ts'
import { isEnough } from './verify.ts'

const SEVERITIES: readonly Severity[] = ['blocker', 'warning', 'advice']

export function findingsOf(found: readonly FoundByCheck[], facts: GatheredFacts, target: Target): readonly Finding[] {
  const sorted = found.toSorted((a, b) => place(a) - place(b))
  const remedies = sorted.map(({ check, details }) => remedyOf(check.remedy(details)))
  const words = wordRemedies(
    remedies.map((remedy, at) => ({ remedy, name: `${sorted[at]?.check.id} ${sorted[at]?.subject}` })),
    target.region,
  )
  return sorted.map((one, at) => {
    const { check, subject, details, evidence, affects = [], faults } = one
    const { literal, changes } = remedies[at] ?? NOTHING
    const { complete = false, ...said } = words[at] ?? {}
    return {
      check: check.id,
      step: one.step ?? check.step,
      severity: one.severity ?? check.severity,
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

/** Severity first, then the step; checks come in the order of the steps already. */
function place({ check, severity, step }: FoundByCheck): number {
  return SEVERITIES.indexOf(severity ?? check.severity) * STEPS.length + STEPS.indexOf(step ?? check.step)
}

const NO_WORDS: RemedyWords = { console: [], cli: [], terraform: '' }
const NOTHING: Remedy & { readonly literal?: RemedyWords } = { changes: [] }

function remedyOf(remedy: Remedy | RemedyWords): Remedy & { readonly literal?: RemedyWords } {
  return 'changes' in remedy ? remedy : { changes: [], literal: remedy }
}
