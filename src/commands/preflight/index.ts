/** The command `preflight`: a report, and exit code 1 where something was found that `fail-on` names. */
import type { Ignore } from '../../checks/engine/verdict.ts'
import type { Report } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import type { Values } from '../../inputs/table.ts'
import type { TaskDefinitionText } from '../../report/source-lines/locate.ts'
import type { CommandContext, CommandResult } from '../command.ts'
import { regionFor } from '../region.ts'
import { ignoresIn, imagesIn, readerFor, serviceRequest } from '../service-request.ts'
import { toolIn } from '../tool.ts'
import { finishReport } from '../write-report.ts'
import { optInRequest } from './options.ts'
import { preflight } from './preflight.ts'

export async function runPreflight(values: Values, context: CommandContext): Promise<CommandResult> {
  const [request, reader, optIn] = await Promise.all([
    serviceRequest(values),
    readerFor(values, context),
    optInRequest(values, { frontend: context.frontend, region: () => regionFor(values, context) }),
  ])
  const failOn = values['fail-on']
  const ignore = ignoresIn(values)
  const readAt = reader.takenAt ?? context.clock.now()
  const tool = toolIn(context.env)
  const report = { ...(await preflight({ ...request, ...optIn, failOn, ignore }, { reader, tool })), readAt }
  const finished = await finishReport(report, await sourceOf(values, context), values, context)
  return {
    exitCode: report.enforced ? 1 : 0,
    ...finished,
    notes: [...finished.notes, ...ignore.flatMap((one) => stale(one, report))],
  }
}

/** Of a line of `ignore` that hides nothing any more, so that it leaves the workflow. */
function stale({ check, subject }: Ignore, { ignored }: Report): readonly Text[] {
  if (ignored.some((one) => one.check === check && (subject === null || one.subject === subject))) return []
  const line = subject === null ? check : `${check} ${subject}`
  return [
    {
      en: `Nothing was found that the line "${line}" of the input "ignore" hides: take it out when that is for good.`,
      ko: `"ignore" 입력의 "${line}" 줄에 해당하는 결과가 없습니다. 더 이상 필요 없다면 삭제합니다.`,
    },
  ]
}

/** The task-definition file, where the repository has it. */
export async function sourceOf(values: Values, { env }: CommandContext): Promise<TaskDefinitionText | null> {
  const path = values['task-definition']?.[0]
  if (path === undefined) return null
  const { namesTaskDefinition } = await import('../../aws/task-definition/file.ts')
  if (namesTaskDefinition(path)) return null
  const { repositoryFile } = await import('../repository-file.ts')
  return repositoryFile(path, imagesIn(values), env['GITHUB_WORKSPACE'])
}
