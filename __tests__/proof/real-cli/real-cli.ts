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

/** A file of bash, run where it stands. */
export interface FileRun {
  readonly path: string
  readonly arguments?: readonly string[]
  readonly stdin?: string
  /** Of which revision is the newest: what a script registers gets the next. */
  readonly reads?: Surroundings['reads']
  /** Its process group dies before or after AWS has made its n-th write, counted from 1. */
  readonly kill?: { readonly write: number; readonly when: 'before' | 'after' }
}

export interface FileEnd extends Pick<ScriptRun, 'calls' | 'stderr' | 'code'> {
  readonly stdout: string
  /** Calls that would change something, the one that it died at included. */
  readonly writes: number
}

/** What AWS says to a call. */
export type AwsAnswer = { readonly answer: object } | { readonly refused: string; readonly message: string }

export type Shell = 'bash' | 'zsh'

export interface RealCli {
  readonly script: (text: string, surroundings: Surroundings, shell?: Shell) => Promise<ScriptRun>
  /** `aws`: what answers its calls; nothing is needed where they go to an endpoint. */
  readonly file: (run: FileRun, aws?: (call: Call) => AwsAnswer) => Promise<FileEnd>
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
    async file(run, aws) {
      let said = await ask({ kind: 'file', arguments: [], ...run })
      while ('call' in said) {
        if (aws === undefined) throw new Error('nobody answers the calls of the script')
        said = await ask(aws({ argv: [], ...said.call }))
      }
      return said
    },
    lines: async (lines, surroundings) => (await ask({ kind: 'lines', lines, ...surroundings })).calls,
    stop,
  }
}
