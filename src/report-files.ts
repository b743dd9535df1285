/** Writes the report in every form that a person or a later step may want: report.json, report.md, report.html. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './domain/report.ts'
import type { Language } from './domain/text.ts'
import { UsageError } from './domain/usage-error.ts'

/** Throws `UsageError` for a folder that cannot be written. `label` is the input as the user writes it. */
export async function writeReport(folder: string, report: Report, language: Language, label: string): Promise<void> {
  const [{ renderJson }, { renderMarkdown }, { renderHtml }] = await Promise.all([
    import('./report/json.ts'),
    import('./report/markdown.ts'),
    import('./report/html.ts'),
  ])
  const files = {
    'report.json': renderJson(report, language),
    'report.md': renderMarkdown(report, { language }),
    'report.html': renderHtml(report, language),
  }
  try {
    await mkdir(folder, { recursive: true })
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UsageError({
      en: `${label} takes a folder that can be written, and ${folder} cannot (${code}).`,
      ko: `${label} 입력의 폴더에 쓸 수 없습니다: ${folder} (${code})`,
    })
  }
}
