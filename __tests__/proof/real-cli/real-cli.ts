/** Printed lines, run by a shell and taken apart by the real AWS CLI, which is stopped before the wire (server.py). */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { PYTHON } from '../tools.ts'

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

export function startRealCli(): RealCli {
  const server = spawn(PYTHON, ['__tests__/proof/real-cli/server.py'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: server.stdout }).on('line', (line) => waiting.shift()?.(line))
  const ask = (request: object): Promise<ReturnType<typeof JSON.parse>> =>
    answerOf(server, waiting, `${JSON.stringify(request)}\n`)
  return {
    script: (text, surroundings, shell = 'bash') => ask({ kind: 'script', shell, text, ...surroundings }),
    lines: async (lines, surroundings) => (await ask({ kind: 'lines', lines, ...surroundings })).calls,
    stop: () => {
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
      server.stdin.end()
      return ended
    },
  }
}

async function answerOf(
  server: ChildProcess,
  waiting: ((line: string) => void)[],
  request: string,
): Promise<ReturnType<typeof JSON.parse>> {
  const line = new Promise<string>((resolve, reject) => {
    waiting.push(resolve)
    server.once('exit', (code) => reject(new Error(`the AWS CLI's process ended with ${code}`)))
  })
  server.stdin?.write(request)
  return JSON.parse(await line)
}
