/** Printed lines, run by a shell and taken apart by the real AWS CLI, which is stopped before the wire (server.py). */
import { startPython } from '../tools.ts'

/** What the CLI would have sent, and the answer that the shell went on with. */
export interface Call {
  readonly argv: readonly string[]
  readonly service: string
  readonly operation: string
  readonly params: object
  readonly answer: object
  readonly region: string
}

/** The CLI did not understand the line. */
export interface Refusal {
  readonly argv: readonly string[]
  readonly error: string
}

export interface ScriptRun {
  readonly calls: readonly (Call | Refusal)[]
  /** Other programs that the lines started, with their arguments. */
  readonly programs: readonly (readonly string[])[]
  readonly stderr: string
  readonly code: number
}

export interface Surroundings {
  /** Answers of AWS by operation, for lines that read before they write. */
  readonly reads: Readonly<Record<string, unknown>>
  /** Files that the lines say the reader has. */
  readonly files: Readonly<Record<string, string>>
}

export type Shell = 'bash' | 'zsh'

export interface RealCli {
  readonly script: (text: string, surroundings: Surroundings, shell?: Shell) => Promise<ScriptRun>
  readonly lines: (
    lines: readonly (readonly string[])[],
    surroundings: Surroundings,
  ) => Promise<readonly (Call | Refusal)[]>
  readonly stop: () => Promise<void>
}

/** With an endpoint its calls are made there, and none is answered here. */
export function startRealCli(endpoint?: string): RealCli {
  const { ask, stop } = startPython([
    '__tests__/proof/real-cli/server.py',
    ...(endpoint === undefined ? [] : [endpoint]),
  ])
  return {
    script: (text, surroundings, shell = 'bash') => ask({ kind: 'script', shell, text, ...surroundings }),
    lines: async (lines, surroundings) => (await ask({ kind: 'lines', lines, ...surroundings })).calls,
    stop,
  }
}
