/** What a report would hold of these checks alone. */
import { findingsOf } from '../../src/checks/engine/findings.ts'
import { runChecks } from '../../src/checks/engine/run.ts'
import { unread } from '../../src/domain/answer.ts'
import type { Check } from '../../src/domain/check.ts'
import type { GatheredFacts } from '../../src/domain/facts.ts'
import type { Finding, Unknown } from '../../src/domain/report.ts'

export interface Judged {
  readonly findings: readonly Finding[]
  readonly unknowns: readonly Unknown[]
}

/** Worlds without a configuration have no file systems either. */
export function judgeWith(checks: readonly Check[], held: GatheredFacts): Judged {
  const facts: GatheredFacts = { ...held, configuration: held.configuration ?? unread('unasked', '') }
  const { found, unknowns } = runChecks(checks, facts)
  const region = facts.network?.known ? facts.network.value.region : 'ap-northeast-2'
  const target = { region, accountId: null, cluster: 'prod', service: 'web', taskDefinition: 'web:1' }
  // In the order of the checks: their tests say what is found, not what a report puts first.
  const order = checks.map(({ id }) => id)
  const findings = findingsOf(found, facts, target, checks)
  return { findings: findings.toSorted((a, b) => order.indexOf(a.check) - order.indexOf(b.check)), unknowns }
}

/** Commands of several lines on one, so that a test names what is run and not where it is broken. */
export function onOneLine(commands: readonly string[]): readonly string[] {
  return commands.map((command) => command.replaceAll(' \\\n  ', ' '))
}

/** What a finding's commands run, as its check decides it. Region, waits and captures are the matter of the kinds of change. */
export function commandsOf(finding: Finding | undefined): readonly string[] {
  return onOneLine(finding?.remedy.cli ?? [])
    .filter((command) => !command.startsWith('while '))
    .map((command) => command.replace(/^# AWS CLI .*\n/, '').replace(/ --region [\w-]+/, ''))
    .map((command) => command.replace(/ --query \S+ --output text\)$/, ')'))
}
