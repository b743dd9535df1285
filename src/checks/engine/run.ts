/** Runs checks over gathered facts: each gets what it declares; where that could not be read, the answer is unknown. */
import type { Unread } from '../../domain/answer.ts'
import type { Check, Found, Unseen } from '../../domain/check.ts'
import type { FactName, Facts, GatheredFacts } from '../../domain/facts.ts'
import type { Severity, Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'
import { unreadText } from './unread-text.ts'

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
    else unknowns.push(unreadFact(check, name, answer))
  }
  if (unknowns.length > 0) return { found: [], unknowns }
  const results = check.evaluate(given as Facts)
  return {
    found: results.flatMap((one) =>
      isUnseen(one) ? [] : [{ severity: check.severity, step: check.step, ...one, check }],
    ),
    unknowns: results.filter(isUnseen).map(({ unseen, matters }) => ({
      check: check.id,
      step: check.step,
      reason: unseen.reason,
      because: unseen.because,
      permission: unseen.permission,
      matters,
    })),
  }
}

function isUnseen(one: Found<unknown> | Unseen): one is Unseen {
  return 'unseen' in one
}

function unreadFact(check: Check, name: FactName, answer: Unread): Unknown {
  return {
    check: check.id,
    step: check.step,
    reason: [`${name}-unread`, answer.because],
    because: unreadText(name, answer),
    permission: answer.permission === '' ? null : answer.permission,
    matters: DECISIVE.includes(name),
  }
}
