/** What a command is handed by its frontend, and what it hands back. */

import type { ConnectionOptions } from '../aws/reader/connection.ts'
import type { Clock } from '../domain/clock.ts'
import type { AnyReport } from '../domain/services-report.ts'
import type { Text } from '../domain/text.ts'
import type { ExitCode } from '../inputs/commands.ts'
import type { Frontend } from '../inputs/parse-arguments.ts'
import type { TaskDefinitionText } from '../report/source-lines/locate.ts'

export interface CommandContext {
  readonly frontend: Frontend
  readonly env: NodeJS.ProcessEnv
  readonly input: StandardInput
  /** Writes to standard output at once; resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>
  readonly colour: boolean
  readonly columns: number
  /** Takes a line of progress at once. */
  readonly say: (line: Text) => void
  /** Ctrl-C, or the cancellation of the job, for a command that has something to tell then. */
  readonly signal?: AbortSignal
  readonly clock: Clock
  /** Where AWS is, for `demo`; elsewhere the SDK knows. Who wants to hear of every call. */
  readonly aws?: Pick<ConnectionOptions, 'endpoint' | 'credentials' | 'called' | 'limits'>
}

export interface StandardInput {
  /** Somebody sits there, and pipes nothing. */
  readonly isTerminal: boolean
  /** As it comes in. */
  readonly text: () => AsyncIterable<string>
}

/** Where nobody can type or pipe anything. */
export const NO_INPUT: StandardInput = { isTerminal: true, text: async function* () {} }

export interface CommandResult {
  readonly exitCode: ExitCode
  /** In the format asked for; ends with a line break where there is any. */
  readonly output: string
  /** For standard error. */
  readonly notes: readonly Text[]
  readonly report: AnyReport | null
  /** Where files were written. */
  readonly folder: string | null
  /** The task-definition file that was checked, where the repository has it. */
  readonly source: TaskDefinitionText | null
}

export const NOTHING_MORE = { notes: [], report: null, folder: null, source: null }
