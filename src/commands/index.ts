/** Does what was asked, whichever door it came through: loads the run and the renderers that it needs, and nothing else. */

import type { ServiceRequest } from '../aws/gather/index.ts'
import type { Asking } from '../aws/permissions.ts'
import type { Reader } from '../aws/reader/reader.ts'
import { UsageError } from '../domain/usage-error.ts'
import { TOOL } from '../domain/version.ts'
import type { Mode } from '../inputs/commands.ts'
import { labelOf, needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { TaskDefinitionText } from '../report/source-lines/locate.ts'
import { NOTHING_MORE, type Performed, type Setting } from './command.ts'
import { ignoreOf } from './ignore.ts'
import { optInRequest } from './preflight/options.ts'
import { regionFor } from './region.ts'
import { finishReport } from './write-report.ts'

/** Throws `UsageError` for input that cannot be used, and when nothing could be read at all. */
export function perform(command: Mode, values: Values, setting: Setting): Promise<Performed> {
  if (values['print-policy'] && command !== 'explain') return performPolicy(command, values, setting)
  return PERFORM[command](values, setting)
}

/** What the command may ask, before it asks anything. The partition is the Region's; `aws` where none is known. */
async function performPolicy(command: Asking, values: Values, { env }: Setting): Promise<Performed> {
  const { policyFor } = await import('../aws/permissions.ts')
  const { partitionOf } = await import('../domain/partition.ts')
  const region = values.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? ''
  const options = {
    readSecrets: command === 'preflight' && values['read-secrets'],
    flowLogs: command === 'watch' && values['flow-logs'] !== null,
    rollback: command === 'watch' && values['on-failure'] === 'rollback',
  }
  const policy = policyFor(command, partitionOf(region).id, options)
  return { ...NOTHING_MORE, exitCode: 0, output: `${JSON.stringify(policy, null, 2)}\n` }
}

type Perform = (values: Values, setting: Setting) => Promise<Performed>

const PERFORM: Readonly<Record<Mode, Perform>> = {
  preflight: performPreflight,
  watch: async (values, setting) => (await import('./watch/index.ts')).performWatch(values, setting),
  trace: performTrace,
  explain: performExplain,
  snapshot: performSnapshot,
}

async function performPreflight(values: Values, setting: Setting): Promise<Performed> {
  const [{ preflight }, request, reader, optIn] = await Promise.all([
    import('./preflight/preflight.ts'),
    serviceRequest(values),
    readerFor(values, setting),
    optInRequest(values, { door: setting.door, region: () => regionFor(values, setting) }),
  ])
  const failOn = values['fail-on']
  const ignore = (values.ignore ?? []).map(ignoreOf)
  const report = await preflight({ ...request, ...optIn, failOn, ignore }, { reader, tool: TOOL })
  const finished = await finishReport(report, await sourceOf(values, setting), values, setting)
  return { exitCode: report.enforced ? 1 : 0, ...finished }
}

async function sourceOf(values: Values, { env }: Setting): Promise<TaskDefinitionText | null> {
  const path = values['task-definition']
  if (path === null) return null
  const { namesTaskDefinition } = await import('../aws/task-definition/file.ts')
  if (namesTaskDefinition(path)) return null
  const { repositoryFile } = await import('./repository-file.ts')
  return repositoryFile(path, Object.fromEntries((values.image ?? []).map(splitOnce)), env['GITHUB_WORKSPACE'])
}

async function performTrace(values: Values, setting: Setting): Promise<Performed> {
  const flows = await flowsOf(values, setting)
  const [{ traceFlows }, { renderTrace }, reader] = await Promise.all([
    import('./trace.ts'),
    import('../report/trace.ts'),
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
  const { explain, explanationJson, explanationText } = await import('./explain.ts')
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
    import('./snapshot.ts'),
    serviceRequest(values),
    readerFor(values, setting),
  ])
  const { files, unread } = await snapshot({ ...request, folder }, { reader, clock: setting.clock })
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
  const { namesTaskDefinition, taskDefinitionFromFile } = await import('../aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return { cluster, service, images, taskDefinition: named }
  return { cluster, service, images, taskDefinition: (await taskDefinitionFromFile(named)).definition }
}

async function readerFor(values: Values, setting: Setting): Promise<Reader> {
  if (values.snapshot !== null) return (await import('../aws/reader/folder.ts')).openFolder(values.snapshot)
  const region = regionFor(values, setting)
  return (await import('../aws/reader/live.ts')).openLive({ region, ...setting.aws })
}

function splitOnce(line: string): readonly [string, string] {
  const at = line.indexOf('=')
  return [line.slice(0, at), line.slice(at + 1)]
}

function notForExplain(format: string): UsageError {
  return new UsageError({
    en: `\`--format\` of \`explain\` takes \`text\` or \`json\`, and got \`${format}\`.`,
    ko: `\`explain\` 명령에서 사용할 수 없는 입력값입니다: \`--format\` = \`${format}\` (사용할 수 있는 값: \`text\`, \`json\`)`,
  })
}
