/** A finished report on its way out: written to the folder of `output`, and drawn for standard output. */

import { join } from 'node:path'
import { type AnyReport, isOfServices } from '../domain/services-report.ts'
import type { Text } from '../domain/text.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { CommandContext, CommandResult } from './command.ts'

/** Throws `UsageError` for a folder that cannot be written. Of several services each has a folder of its own in it, too. */
export async function finishReport(
  report: AnyReport,
  source: CommandResult['source'],
  values: Values,
  context: CommandContext,
): Promise<Omit<CommandResult, 'exitCode'>> {
  const { output: folder, language } = values
  if (folder !== null) {
    const { writeReport } = await import('./report-files.ts')
    const options = { language, failOn: values['fail-on'], source, label: labelOf('output', context.frontend) }
    await writeReport(folder, report, options)
    for (const one of isOfServices(report) ? report.services : [])
      await writeReport(join(folder, folderNamed(one.target.service)), one, options)
  }
  const notes = folder === null ? [] : [written(folder)]
  return { output: await rendered(report, values, context), notes, report, folder, source }
}

/**
 * Where the files of a service lie among those of several: its name, which ECS makes of at most 255 letters, digits, hyphens and
 * underscores. What else a tape may name leads to no other folder.
 */
export function folderNamed(service: string): string {
  const whole = service.replaceAll(/\p{Cs}/gu, '\uFFFD')
  return encodeURIComponent(whole).replaceAll('.', '%2E').slice(0, LONGEST_NAME) || '%'
}

/** Of a file or folder, on every file system of today. */
const LONGEST_NAME = 255

async function rendered(report: AnyReport, { format, language }: Values, context: CommandContext): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../report/json/json.ts')).renderJson(report, language)
    case 'markdown':
      return (await import('../report/markdown/markdown.ts')).renderMarkdown(report, { language })
    case 'html':
      return (await import('../report/html/html.ts')).renderHtml(report, language)
    case 'text':
      return (await import('../report/terminal/text.ts')).renderText(report, {
        language,
        colour: context.colour,
        columns: context.columns,
      })
  }
}

function written(folder: string): Text {
  return { en: `The report is in ${folder}.`, ko: `보고서를 저장했습니다: ${folder}` }
}
