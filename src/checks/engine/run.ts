/** Runs checks over gathered facts: each gets what it declares; where that could not be read, the answer is unknown. */
import { missingFrom } from '../../domain/answer.ts'
import type { Check, Found, Unseen } from '../../domain/check.ts'
import { FACT_WORDS, type FactName, type Facts, type GatheredFacts } from '../../domain/facts.ts'
import type { Severity, Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'

/** A finding before its remedy is in words. */
export interface FoundByCheck extends Found<unknown> {
  readonly check: Check
  readonly severity: Severity
  readonly step: StepId
}

export interface Judgement {
  readonly found: readonly FoundByCheck[]
  readonly unknowns: readonly Unknown[]
}

/** Facts without which no verdict can be a pass (contract, section 3); the others only add to it. */
const DECISIVE: readonly FactName[] = [
  'service',
  'taskDefinition',
  'network',
  'paths',
  'role',
  'images',
  'configuration',
]

export function runChecks(checks: readonly Check[], facts: GatheredFacts): Judgement {
  const results = checks.map((check) => runCheck(check, facts))
  return {
    found: results.flatMap((result) => result.found),
    unknowns: results.flatMap((result) => result.unknowns),
  }
}

export function runCheck(check: Check, facts: GatheredFacts): Judgement {
  const given: Partial<Record<FactName, unknown>> = {}
  const unknowns: Unknown[] = []
  for (const name of check.needs) {
    const answer = facts[name]
    if (answer.known) given[name] = answer.value
    else {
      const missing = missingFrom(answer, [`${name}-unread`, answer.because], FACT_WORDS[name])
      unknowns.push(unknownOf(check, { ...missing, matters: DECISIVE.includes(name) }))
    }
  }
  if (unknowns.length > 0) return { found: [], unknowns }
  const results = check.evaluate(given as Facts)
  return {
    found: results.flatMap((one) =>
      isUnseen(one) ? [] : [{ severity: check.severity, step: check.step, ...one, check }],
    ),
    unknowns: results.filter(isUnseen).map((unseen) => unknownOf(check, unseen)),
  }
}

/**
 * What decides matters however it came to be missing. All else that a warning or a blocker rests on does where AWS may answer the next time:
 * nobody has looked, and a pass would say that somebody had. What nobody may ask, the permission named with it would tell.
 */
function unknownOf({ id, step, severity, revealsOverrides }: Check, unseen: Unseen): Unknown {
  const isOpen = unseen.mayPass === true && severity !== 'advice' && revealsOverrides !== true
  return { check: id, step, ...unseen, matters: unseen.matters || isOpen }
}

function isUnseen(one: Found<unknown> | Unseen): one is Unseen {
  return 'matters' in one
}
