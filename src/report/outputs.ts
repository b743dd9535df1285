/** What the action hands to later steps about a report: verdict, failing step, headline, the commands to paste, findings, and what came of the rollout. */
import type { Report } from '../domain/report.ts'
import type { RolloutReport } from '../domain/rollout.ts'
import type { Language } from '../domain/text.ts'
import { headOf } from './document/head.ts'
import { findingJson } from './json/json.ts'
import { jsonText, terminalLines, terminalText } from './text/untrusted.ts'

/** By the contract's names (section 2). Empty is what there is none of: a failing step, a rollout, its end. */
export function outputsOf(report: Report, language: Language): Readonly<Record<string, string>> {
  const { line, commands } = headOf(report)
  return {
    verdict: report.verdict,
    'failing-step': report.failingStep?.id ?? '',
    headline: terminalText(line[language]),
    fix: terminalLines(commands.join('\n')).join('\n'),
    findings: findingsOutput(report, language),
    ...rolloutOutputs(report.rollout),
  }
}

function rolloutOutputs(rollout: RolloutReport | undefined) {
  const { taskDefinitionArn, serviceDeploymentArn, tasks, seconds } = rollout ?? {}
  return {
    'task-definition-arn': arn(taskDefinitionArn),
    'service-deployment-arn': arn(serviceDeploymentArn),
    'task-success-rate': String(tasks?.successRate ?? ''),
    'rollout-seconds': String(seconds ?? ''),
  }
}

/** Later steps put outputs into scripts: what has other letters than ARNs of ECS have is none. */
function arn(text: string | null | undefined): string {
  return /^arn:[\w:/.-]+$/.test(text ?? '') ? (text ?? '') : ''
}

/** A job's outputs may take 1 MB each, counted in UTF-16 (GitHub Docs, Workflow syntax, `jobs.<job_id>.outputs`). */
const OUTPUT_CHARACTERS = 500_000

/** The findings as a JSON array on one line: whole ones, the first that fit. `report.json` always has all. */
export function findingsOutput(report: Report, language: Language, atMost = OUTPUT_CHARACTERS): string {
  let used = 2
  const fitting: string[] = []
  for (const finding of report.findings) {
    const json = jsonText(findingJson(finding, language), 0)
    used += json.length + 1
    if (used > atMost) break
    fitting.push(json)
  }
  return `[${fitting.join(',')}]`
}
