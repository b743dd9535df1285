/** Writes the report in every form that a person or a later step may want: JSON, Markdown, HTML, SARIF, JUnit. */

import { type AnyReport, isOfServices } from '../domain/services-report.ts'
import type { Language } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { TOOL } from '../domain/version.ts'
import { writeFiles } from '../files/own-files.ts'
import type { JunitOptions } from '../report/junit/junit.ts'
import type { TaskDefinitionText } from '../report/source-lines/locate.ts'
import { unwritableFolder } from './error-message.ts'

export interface ReportFilesOptions {
  readonly language: Language
  readonly failOn: JunitOptions['failOn']
  /** The file that findings sit on; null where there is none. */
  readonly source: TaskDefinitionText | null
  /** The input as the user writes it. */
  readonly label: string
}

/** Throws `UsageError` for a folder that cannot be written, or whose files are somebody else's. */
export async function writeReport(folder: string, report: AnyReport, options: ReportFilesOptions): Promise<void> {
  const { language, failOn, source, label } = options
  const [{ renderJson }, { renderMarkdown }, { renderHtml }, { renderSarif }, { renderJunit }, { locator, nowhere }] =
    await Promise.all([
      import('../report/json/json.ts'),
      import('../report/markdown/markdown.ts'),
      import('../report/html/html.ts'),
      import('../report/sarif.ts'),
      import('../report/junit/junit.ts'),
      import('../report/source-lines/locate.ts'),
    ])
  const scripts = isOfServices(report) ? null : (await import('../report/fix-scripts.ts')).fixScripts(report, language)
  const files = {
    'report.json': renderJson(report, language),
    'report.md': renderMarkdown(report, { language }),
    'report.html': renderHtml(report, language),
    'report.sarif': renderSarif(report, { language, locate: source === null ? nowhere : locator(source) }),
    'report.junit.xml': renderJunit(report, { language, failOn }),
    ...(scripts === null ? {} : { 'fix.sh': scripts.fix, 'unfix.sh': scripts.unfix }),
  }
  try {
    await writeFiles(folder, files, `"name": "${TOOL.name}"`)
  } catch (error) {
    throw error instanceof UsageError ? error : unwritableFolder(label, folder, error)
  }
}
