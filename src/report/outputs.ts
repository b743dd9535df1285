/** What the action hands to later steps about a report: verdict, failing step, headline, the commands to paste, findings, and what came of the rollout. */
import { worstServices } from '../checks/engine/services.ts'
import { worstFirst } from '../checks/engine/verdict.ts'
import type { Finding, Report } from '../domain/report.ts'
import type { RolloutReport } from '../domain/rollout.ts'
import { type AnyReport, isOfServices, type ServicesReport } from '../domain/services-report.ts'
import type { Language } from '../domain/text.ts'
import { headOf } from './document/head.ts'
import { failingStepOf, fixOfServices, overviewLine } from './document/overview.ts'
import { findingJson } from './json/json.ts'
import { jsonText, terminalLines, terminalText } from './text/untrusted.ts'

/** By the contract's names (section 2). Empty is what there is none of: a failing step, a rollout, its end. */
export function outputsOf(report: AnyReport, language: Language): Readonly<Record<string, string>> {
  if (isOfServices(report)) return outputsOfServices(report, language)
  const { line, commands } = headOf(report)
  return {
    verdict: report.verdict,
    'failing-step': report.failingStep?.id ?? '',
    headline: terminalText(line[language]),
    fix: terminalLines(commands.join('\n')).join('\n'),
    findings: findingsOutput(report, language),
    ...rolloutOutputs(report),
    ...startOutputs(report),
  }
}

/** The worst service first: of one thing its own, of several all of them. */
function outputsOfServices(report: ServicesReport, language: Language): Readonly<Record<string, string>> {
  const rollouts = worstServices(report).flatMap(({ rollout }) => rollout ?? [])
  const sum = (count: (rollout: RolloutReport) => number) => rollouts.reduce((all, one) => all + count(one), 0)
  const [started, failed] = [sum(({ tasks }) => tasks.started), sum(({ tasks }) => tasks.failed)]
  const seconds = rollouts.flatMap((one) => one.seconds ?? [])
  const lines = (texts: readonly string[]) => texts.filter((one) => one !== '').join('\n')
  return {
    verdict: report.verdict,
    'failing-step': failingStepOf(report)?.id ?? '',
    headline: terminalText(overviewLine(report)[language]),
    fix: terminalLines(fixOfServices(report).join('\n')).join('\n'),
    findings: findingsOutput(report, language),
    'task-definition-arn': lines(rollouts.map(({ taskDefinitionArn }) => arn(taskDefinitionArn))),
    'service-deployment-arn': lines(rollouts.map(({ serviceDeploymentArn }) => arn(serviceDeploymentArn))),
    'task-success-rate': started === 0 ? '' : String(Math.round((1 - failed / started) * 1000) / 1000),
    'rollout-seconds': seconds.length === 0 ? '' : String(Math.max(...seconds)),
  }
}

function rolloutOutputs({ rollout, deployment }: Report) {
  const { taskDefinitionArn, serviceDeploymentArn, tasks, seconds } = rollout ?? {}
  return {
    'task-definition-arn': arn(taskDefinitionArn ?? deployment?.revision),
    'service-deployment-arn': arn(serviceDeploymentArn),
    'task-success-rate': String(tasks?.successRate ?? ''),
    'rollout-seconds': String(seconds ?? ''),
  }
}

/** Empty where nothing of the kind was started. */
function startOutputs({ starts }: Report) {
  const tasks = (starts?.tasks ?? []).map(arn).filter((one) => one !== '')
  const id = starts?.codeDeployDeploymentId ?? ''
  return {
    'codedeploy-deployment-id': /^d-[A-Z0-9]+$/.test(id) ? id : '',
    'run-task-arn': tasks.length === 0 ? '' : JSON.stringify(tasks),
  }
}

/** Later steps put outputs into scripts: what has other letters than ARNs of ECS have is none. */
function arn(text: string | null | undefined): string {
  return /^arn:[\w:/.-]+$/.test(text ?? '') ? (text ?? '') : ''
}

/** A job's outputs may take 1 MB each, counted in UTF-16 (GitHub Docs, Workflow syntax, `jobs.<job_id>.outputs`). */
const OUTPUT_CHARACTERS = 500_000

/** The findings as a JSON array on one line: whole ones, the first that fit. `report.json` always has all. */
export function findingsOutput(report: AnyReport, language: Language, atMost = OUTPUT_CHARACTERS): string {
  let used = 2
  const fitting: string[] = []
  for (const finding of findingsIn(report)) {
    const { service } = finding
    const json = jsonText({ ...findingJson(finding, language), ...(service === undefined ? {} : { service }) }, 0)
    used += json.length + 1
    if (used > atMost) break
    fitting.push(json)
  }
  return `[${fitting.join(',')}]`
}

/** Of several services each with the name of its own. */
function findingsIn(report: AnyReport): readonly (Finding & { readonly service?: string })[] {
  if (!isOfServices(report)) return report.findings
  return worstFirst(
    worstServices(report).flatMap(({ findings, target }) =>
      findings.map((finding) => ({ ...finding, service: target.service })),
    ),
  )
}
