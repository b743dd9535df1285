/** The programs that this folder's tests ask. None of them is part of the project: CI installs them (`.ci/run`). */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

export const PYTHON = '.venv/bin/python'

const MODULES = ['awscli', 'cfnlint', 'hcl2', 'moto', 'yaml'] as const
/** Beside Python, where `.ci/run` puts what comes from a registry. */
const INSTALLED = ['actionlint', 'shellcheck'] as const
const PROGRAMS = ['bash', 'curl', 'jq', 'zsh'] as const

/** Throws one sentence that says what to run. A proof that cannot be made is a failure, never a skipped test. */
export function requireTools(): void {
  const missing = [
    ...missingModules(),
    ...INSTALLED.filter((name) => !existsSync(`.venv/bin/${name}`)),
    ...PROGRAMS.filter((name) => spawnSync(name, ['--version']).error !== undefined),
  ]
  if (missing.length === 0) return
  throw new Error(
    `The proof of what is printed needs ${missing.join(', ')}: run \`bash .ci/run\` once, or the lines of it that install into .venv and by apt-get.`,
  )
}

function missingModules(): readonly string[] {
  if (!existsSync(PYTHON)) return MODULES
  const probe = `import importlib.util as u; print(*[n for n in ${JSON.stringify(MODULES)} if u.find_spec(n) is None])`
  return spawnSync(PYTHON, ['-c', probe], { encoding: 'utf8' })
    .stdout.split(/\s+/)
    .filter((name) => name !== '')
}

export interface PythonProcess {
  /** The next line that it prints by itself, for a process that speaks first. */
  readonly listen: () => Promise<ReturnType<typeof JSON.parse>>
  readonly ask: (request: object) => Promise<ReturnType<typeof JSON.parse>>
  readonly stop: () => Promise<void>
}

/** A program that answers one line of JSON to each that it is given. */
export function startPython(argv: readonly string[]): PythonProcess {
  const server = spawn(PYTHON, argv, { stdio: ['pipe', 'pipe', 'inherit'] })
  // Each question hears of the end.
  server.setMaxListeners(0)
  const waiting: ((line: string) => void)[] = []
  createInterface({ input: server.stdout }).on('line', (line) => waiting.shift()?.(line))
  const listen = async () => {
    const line = new Promise<string>((resolve, reject) => {
      waiting.push(resolve)
      server.once('exit', (code) => reject(new Error(`${argv[0]} ended with ${code}`)))
    })
    return JSON.parse(await line)
  }
  return {
    listen,
    ask: (request) => {
      const answer = listen()
      server.stdin.write(`${JSON.stringify(request)}\n`)
      return answer
    },
    stop: () => {
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
      server.stdin.end()
      return ended
    },
  }
}
