/** What a report prints, run: the lines of one finding, or of all blockers. */
import type { Finding, Report } from '../../src/domain/report.ts'
import { applied } from './cloud/operations.ts'
import type { Folder } from './folder.ts'
import type { Call, RealCli, ScriptRun, Surroundings } from './real-cli/real-cli.ts'

export interface Pasted {
  readonly folder: Folder
  /** Lines that the CLI did not understand, calls that AWS refused, and what a shell complained of. */
  readonly trouble: readonly string[]
  readonly run: ScriptRun
}

export async function paste(cli: RealCli, lines: readonly string[], folder: Folder): Promise<Pasted> {
  const text = `${lines.join('\n')}\n`
  const run = await cli.script(text, surroundingsOf(folder, text))
  return { run, ...afterwards(folder, run) }
}

/** The same for calls that were taken apart before. */
export function afterwards(folder: Folder, { calls, code, stderr }: Pick<ScriptRun, 'calls' | 'code' | 'stderr'>) {
  const understood = calls.filter((call): call is Call => 'operation' in call)
  const garbled = calls.flatMap((call) =>
    'error' in call ? [`the AWS CLI refuses ${call.argv.join(' ')}: ${call.error}`] : [],
  )
  const { folder: after, refused } = applied(folder, understood)
  const shell = code === 0 || garbled.length > 0 ? [] : [`exit code ${code}: ${stderr.trim().split('\n').at(-1)}`]
  return { folder: after, trouble: [...garbled, ...refused, ...shell] }
}

/** The reader has the files that the comments name, and AWS answers what the folder holds. */
export function surroundingsOf(folder: Folder, text: string): Surroundings {
  return { reads: readsOf(folder), files: filesNamedIn(text) }
}

export function readsOf(folder: Folder): Readonly<Record<string, unknown>> {
  const path = 'ecs/describe-services.json'
  const services = folder.json<{ services: readonly object[] }>(path)
  // The next revision comes after the newest, whichever the service has.
  const [newest] = folder
    .under('ecs/describe-task-definition')
    .map((one) => folder.json<{ taskDefinition: { revision: number } }>(one))
    .sort((a, b) => b.taskDefinition.revision - a.taskDefinition.revision)
  const groups = 'elbv2/describe-target-groups.json'
  return {
    DescribeServices: services,
    ...(newest === undefined ? {} : { DescribeTaskDefinition: newest }),
    ...(folder.under('elbv2').includes(groups) ? { DescribeTargetGroups: folder.json(groups) } : {}),
  }
}

const FILE = /[\w.-]+\.(?:json|txt|env)\b/g

function filesNamedIn(text: string): Readonly<Record<string, string>> {
  const comments = text.split('\n').filter((line) => line.trimStart().startsWith('#'))
  const names = comments.flatMap((line) => line.match(FILE) ?? [])
  return Object.fromEntries(names.map((name) => [name, name.endsWith('.json') ? '{"key":"value"}' : 'value']))
}

export function linesOf({ remedy }: Pick<Finding, 'remedy'>): readonly string[] {
  return remedy.cli
}

/** A finding's lines after those that its comments name: `# after the commands of private-dns-off vpce-…`. */
export function linesInOrder(finding: Finding, { findings }: Pick<Report, 'findings'>): readonly string[] {
  const before = linesOf(finding)
    .flatMap((line) => line.split('\n'))
    .flatMap((line) => AFTER.exec(line)?.[1] ?? [])
    .map((name) => findings.find(({ check, subject }) => name === `${check} ${subject}`))
  const lines = before.flatMap((one) => (one === undefined ? [] : linesInOrder(one, { findings })))
  return [...new Set([...lines, ...linesOf(finding)])]
}

const AFTER = /^# after the commands of (.+)$/

/** What the head of a report says to paste: the lines of all blockers in order, each once. */
export function fixAll({ findings }: Pick<Report, 'findings'>): readonly string[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'blocker').flatMap(linesOf))]
}
