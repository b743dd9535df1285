/** Does what was asked, whichever door it came through: loads the run and the renderers that it needs, and nothing else. */
import { type Door, labelOf } from './arguments.ts'
import type { ServiceRequest } from './aws/gather.ts'
import type { Reader } from './aws/reader.ts'
import { systemClock } from './clock.ts'
import type { Command, ExitCode } from './commands.ts'
import type { Report } from './domain/report.ts'
import type { Text } from './domain/text.ts'
import { UsageError } from './domain/usage-error.ts'
import type { InputName, Values } from './inputs.ts'
import { optInRequest } from './opt-in.ts'
import type { TaskDefinitionText } from './report/locate.ts'
import { TOOL } from './version.ts'

export interface Setting {
  readonly door: Door
  readonly env: NodeJS.ProcessEnv
  /** All of standard input. */
  readonly readInput: () => Promise<string>
  readonly colour: boolean
  readonly columns: number
}

export interface Performed {
  readonly exitCode: ExitCode
  /** In the format asked for; ends with a line break where there is any. */
  readonly output: string
  /** For standard error. */
  readonly notes: readonly Text[]
  readonly report: Report | null
  /** Where files were written. */
  readonly folder: string | null
  /** The task-definition file that was checked, where the repository has it. */
  readonly source: TaskDefinitionText | null
}

const NOTHING_MORE = { notes: [], report: null, folder: null, source: null }

/** Throws `UsageError` for input that cannot be used, and when nothing could be read at all. */
export function perform(command: Exclude<Command, 'simulate'>, values: Values, setting: Setting): Promise<Performed> {
  if (values['print-policy'] && command !== 'explain') return performPolicy(command, values, setting)
  return PERFORM[command](values, setting)
}

/** What the command may ask, before it asks anything. The partition is the Region's; `aws` where none is known. */
async function performPolicy(
  command: 'preflight' | 'trace' | 'snapshot',
  values: Values,
  { env }: Setting,
): Promise<Performed> {
  const { policyFor } = await import('./aws/permissions.ts')
  const { partitionOf } = await import('./analysis/partition.ts')
  const region = values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? ''
  const options = { readSecrets: command === 'preflight' && values['read-secrets'] }
  const policy = policyFor(command, partitionOf(region).id, options)
  return { ...NOTHING_MORE, exitCode: 0, output: `${JSON.stringify(policy, null, 2)}\n` }
}

const PERFORM = { preflight: performPreflight, trace: performTrace, explain: performExplain, snapshot: performSnapshot }

async function performPreflight(values: Values, setting: Setting): Promise<Performed> {
  const [{ preflight }, { exitCodeOf }, request, reader, optIn] = await Promise.all([
    import('./runs/preflight.ts'),
    import('./checks/conclusion.ts'),
    serviceRequest(values),
    readerFor(values, setting),
    optInRequest(values, { door: setting.door, region: () => regionFor(values, setting) }),
  ])
  const failOn = values['fail-on']
  const ignore = (values.ignore ?? []).map(ignoreOf)
  const report = await preflight({ ...request, ...optIn, failOn, ignore }, { reader, tool: TOOL })
  const folder = values.output
  const source = await sourceOf(values, setting)
  if (folder !== null) {
    const { writeReport } = await import('./report-files.ts')
    const label = labelOf('output', setting.door)
    await writeReport(folder, report, { language: values.language, failOn, source, label })
  }
  return {
    exitCode: exitCodeOf(report.verdict, failOn),
    output: await rendered(report, values, setting),
    notes: folder === null ? [] : [written(folder)],
    report,
    folder,
    source,
  }
}

async function sourceOf(values: Values, { env }: Setting): Promise<TaskDefinitionText | null> {
  const path = values['task-definition']
  if (path === null) return null
  const { namesTaskDefinition } = await import('./aws/task-definition/file.ts')
  if (namesTaskDefinition(path)) return null
  const { repositoryFile } = await import('./repository-file.ts')
  return repositoryFile(path, Object.fromEntries((values.image ?? []).map(splitOnce)), env['GITHUB_WORKSPACE'])
}

async function rendered(report: Report, { format, language }: Values, setting: Setting): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./report/json.ts')).renderJson(report, language)
    case 'markdown':
      return (await import('./report/markdown.ts')).renderMarkdown(report, { language })
    case 'html':
      return (await import('./report/html.ts')).renderHtml(report, language)
    case 'text':
      return (await import('./report/text.ts')).renderText(report, {
        language,
        colour: setting.colour,
        columns: setting.columns,
      })
  }
}

async function performTrace(values: Values, setting: Setting): Promise<Performed> {
  const flows = await flowsOf(values, setting)
  const [{ traceFlows }, { renderTrace }, reader] = await Promise.all([
    import('./runs/trace.ts'),
    import('./report/trace.ts'),
    readerFor(values, setting),
  ])
  const paths = await traceFlows(flows, { reader })
  const through = paths.every(({ outcome }) => outcome === 'reachable' || outcome === 'degraded')
  const { language, format } = values
  const many = values.flows !== null
  const output = renderTrace(paths, { language, format, many, colour: setting.colour, columns: setting.columns })
  return { ...NOTHING_MORE, exitCode: through ? 0 : 1, output }
}

async function flowsOf(values: Values, { door }: Setting) {
  if (values.flows !== null) {
    const { readFlows } = await import('./flows-file.ts')
    return readFlows(values.flows, labelOf('flows', door))
  }
  const { to, from, protocol } = values
  const [fromSubnet, securityGroups] = [values['from-subnet'], values['security-groups']]
  if (to === null) throw needed(['to', 'flows'], door)
  if (from === null && fromSubnet === null) throw needed(['from', 'from-subnet'], door)
  if (from === null && securityGroups === null) throw needed(['security-groups'], door)
  const where = { from, fromSubnet: from === null ? fromSubnet : null, securityGroups: securityGroups ?? [] }
  return [{ ...where, to, protocol, publicIp: values['public-ip'], sourcePort: values['source-port'] }]
}

async function performExplain(values: Values, { door, readInput }: Setting): Promise<Performed> {
  const { format, language } = values
  if (format !== 'json' && format !== 'text') throw notForExplain(format)
  const texts = values.lines ? (await readInput()).split(/\r?\n/).filter((line) => line.trim() !== '') : [values.text]
  const given = texts.filter((text) => text !== null)
  if (!values.lines && given.length === 0) throw needed(door === 'cli' ? ['text', 'lines'] : ['text'], door)
  const { explain, explanationJson, explanationText } = await import('./runs/explain.ts')
  const explained = explain(given)
  const output =
    format === 'json'
      ? JSON.stringify(
          explained.map((one) => explanationJson(one, language)),
          null,
          2,
        )
      : explained.map((one) => explanationText(one, language)).join('\n\n')
  return { ...NOTHING_MORE, exitCode: 0, output: output === '' ? '' : `${output}\n` }
}

async function performSnapshot(values: Values, setting: Setting): Promise<Performed> {
  const folder = values.output
  if (folder === null) throw needed(['output'], setting.door)
  const [{ snapshot }, request, reader] = await Promise.all([
    import('./runs/snapshot.ts'),
    serviceRequest(values),
    readerFor(values, setting),
  ])
  const { files, unread } = await snapshot({ ...request, folder }, { reader, clock: systemClock })
  const notes = unread.map(({ permission, detail }) => ({
    en: `Could not be read: ${permission} (${detail}).`,
    ko: `읽지 못했습니다: ${permission} (${detail})`,
  }))
  const said = {
    en: `Wrote ${files.length} files to ${folder}.`,
    ko: `파일을 저장했습니다: ${folder} (${files.length}개)`,
  }
  return { ...NOTHING_MORE, exitCode: 0, output: `${said[values.language]}\n`, notes, folder }
}

async function serviceRequest(values: Values): Promise<ServiceRequest> {
  const { cluster, service } = values
  const named = values['task-definition']
  const images = Object.fromEntries((values.image ?? []).map(splitOnce))
  if (named === null) return { cluster, service, images }
  const { namesTaskDefinition, taskDefinitionFromFile } = await import('./aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return { cluster, service, images, taskDefinition: named }
  return { cluster, service, images, taskDefinition: (await taskDefinitionFromFile(named)).definition }
}

async function readerFor(values: Values, setting: Setting): Promise<Reader> {
  if (values.snapshot !== null) return (await import('./aws/folder.ts')).openFolder(values.snapshot)
  const region = regionFor(values, setting)
  return (await import('./aws/live.ts')).openLive({ region })
}

function regionFor(values: Values, { door, env }: Setting): string {
  const region =
    values.region ??
    regionOfArn(values.service) ??
    regionOfArn(values.cluster) ??
    env['AWS_REGION'] ??
    env['AWS_DEFAULT_REGION']
  if (region === undefined || region === '') throw regionNeeded(door)
  return region
}

function regionOfArn(name: string | null): string | null {
  return /^arn:[^:]+:ecs:([^:]+):/.exec(name ?? '')?.[1] ?? null
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}

/** `id`, `id subject`, and a reason behind `#`. */
function ignoreOf(line: string) {
  const [what = '', ...reason] = line.split('#')
  const [check = '', subject] = what.trim().split(/\s+/)
  return { check, subject: subject ?? null, reason: reason.join('#').trim() }
}

function needed(names: readonly InputName[], door: Door): UsageError {
  const labels = names.map((name) => labelOf(name, door))
  return new UsageError({ en: `Give ${labels.join(' or ')}.`, ko: `다음 입력이 필요합니다: ${labels.join(' 또는 ')}` })
}

function regionNeeded(door: Door): UsageError {
  const label = labelOf('region', door)
  return new UsageError({
    en: `No AWS Region is known: give ${label}, or set AWS_REGION.`,
    ko: `AWS 리전을 알 수 없습니다. ${label} 입력 또는 AWS_REGION 환경 변수를 지정해야 합니다.`,
  })
}

function notForExplain(format: string): UsageError {
  return new UsageError({
    en: `\`--format\` of \`explain\` takes \`text\` or \`json\`, and got \`${format}\`.`,
    ko: `\`explain\` 명령에서 사용할 수 없는 입력값입니다: \`--format\` = \`${format}\` (사용할 수 있는 값: \`text\`, \`json\`)`,
  })
}

function written(folder: string): Text {
  return { en: `The report is in ${folder}.`, ko: `보고서를 저장했습니다: ${folder}` }
}
