/**
 * Tells the job what came out: annotations, outputs, summary. GitHub's toolkit does the writing and is loaded only
 * when there is a job to tell, because it brings a whole HTTP client along. It knows the files from the environment.
 */

/** One annotation; harmless text, which the toolkit escapes for the workflow command it writes. */
export interface Note {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  /** Lines parted by `\n`. */
  readonly message: string
  /** A file of the repository, with slashes, and the line, from 1. */
  readonly file?: string
  readonly line?: number
}

interface Properties {
  readonly title: string
  readonly file?: string
  readonly startLine?: number
}

/** What is used of `@actions/core`. */
export interface Toolkit {
  readonly error: (message: string, properties: Properties) => void
  readonly warning: (message: string, properties: Properties) => void
  readonly notice: (message: string, properties: Properties) => void
  readonly setOutput: (name: string, value: string) => void
  readonly summary: { readonly addRaw: (text: string, addEOL?: boolean) => { readonly write: () => Promise<unknown> } }
}

export interface Telling {
  /** At most ten a level are shown: the caller chooses which. */
  readonly annotations: readonly Note[]
  readonly outputs: Readonly<Record<string, string>>
  /** Markdown, at most 1 MiB; added to what the step's summary holds. */
  readonly summary: string
}

/**
 * The exit code is the caller's affair: `setFailed` would spend one of the ten error annotations. Outputs come first,
 * as later steps rest on them; a runner without summaries (older GitHub Enterprise Server) costs only the summary.
 */
export async function tell({ annotations, outputs, summary }: Telling, load: () => Promise<Toolkit> = loadToolkit) {
  const toolkit = await load()
  for (const [name, value] of Object.entries(outputs)) toolkit.setOutput(name, value)
  for (const { level, title, message, file, line } of annotations) {
    toolkit[level](message, {
      title,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { startLine: line }),
    })
  }
  if (summary === '') return
  try {
    await toolkit.summary.addRaw(summary, true).write()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    toolkit.notice(reason, { title: 'The job summary could not be written / 작업 요약을 쓰지 못했습니다' })
  }
}

async function loadToolkit(): Promise<Toolkit> {
  return await import('@actions/core')
}
