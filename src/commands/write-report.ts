/** A finished report on its way out: written to the folder of `output`, and drawn for standard output. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '../domain/report.ts'
import type { Text } from '../domain/text.ts'
import { labelOf } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { Performed, Setting } from './command.ts'
import { unwritableFolder } from './error-message.ts'

/** Throws `UsageError` for a folder that cannot be written. */
export async function finishReport(
  report: Report,
  source: Performed['source'],
  values: Values,
  setting: Setting,
): Promise<Omit<Performed, 'exitCode'>> {
  const { output: folder } = values
  if (folder !== null) await writeReport(folder, report, source, values, setting.door)
  const notes = folder === null ? [] : [written(folder)]
  return { output: await rendered(report, values, setting), notes, report, folder, source }
}

/** In every form that a person or a later step may want. */
async function writeReport(
  folder: string,
  report: Report,
  source: Performed['source'],
  { language, 'fail-on': failOn }: Values,
  door: Setting['door'],
): Promise<void> {
  const [{ renderJson }, { renderMarkdown }, { renderHtml }, { renderSarif }, { renderJunit }, { locator, nowhere }] =
    await Promise.all([
      import('../report/json/json.ts'),
      import('../report/markdown/markdown.ts'),
      import('../report/html/html.ts'),
      import('../report/sarif.ts'),
      import('../report/junit/junit.ts'),
      import('../report/source-lines/locate.ts'),
    ])
  const files = {
    'report.json': renderJson(report, language),
    'report.md': renderMarkdown(report, { language }),
    'report.html': renderHtml(report, language),
    'report.sarif': renderSarif(report, { language, locate: source === null ? nowhere : locator(source) }),
    'report.junit.xml': renderJunit(report, { language, failOn }),
  }
  try {
    await mkdir(folder, { recursive: true })
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
  } catch (error) {
    throw unwritableFolder(labelOf('output', door), folder, error)
  }
}

async function rendered(report: Report, { format, language }: Values, setting: Setting): Promise<string> {
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
        colour: setting.colour,
        columns: setting.columns,
      })
  }
}

function written(folder: string): Text {
  return { en: `The report is in ${folder}.`, ko: `보고서를 저장했습니다: ${folder}` }
}
