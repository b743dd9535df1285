/** The command line: reads the arguments, does what they ask, and answers with an exit code (0, 1, 2; nothing throws). */
import { languageOf, readArguments, readValues } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { complaint } from './complaint.ts'
import type { Language } from './domain/text.ts'
import { UsageError } from './domain/usage-error.ts'
import type { Values } from './inputs.ts'
import { startProgress } from './progress.ts'
import { surroundings } from './surroundings.ts'
import { TOOL } from './version.ts'

export async function cli(argv: readonly string[], process: NodeJS.Process): Promise<ExitCode> {
  const language = languageOf(argv)
  // A reader that has seen enough (`| head`) closes the pipe: no reason to fail.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  try {
    const asked = readArguments(argv)
    if (asked.kind === 'version') return print(process, `${TOOL.name} ${TOOL.version}\n`)
    if (asked.kind === 'help') {
      const { helpOf } = await import('./help.ts')
      return print(process, helpOf(asked.command, language, surroundings(process.env, process.stdout).columns))
    }
    const values = readValues(asked.command, asked.given, 'cli')
    return asked.command === 'simulate' ? await simulate(values, process) : await run(asked.command, values, process)
  } catch (error) {
    process.stderr.write(complaint(error, language, process.env))
    return 2
  }
}

async function run(command: Exclude<Command, 'simulate'>, values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const progress = startProgress(DOING[command], values.language, process.stderr)
  const stopped = () => {
    progress.stop()
    process.stderr.write(`${STOPPED[values.language]}\n`)
    // Dies of the signal after all, so that a shell script stops as well.
    process.kill(process.pid, 'SIGINT')
  }
  process.once('SIGINT', stopped)
  try {
    const { perform } = await import('./perform.ts')
    const { exitCode, output, notes } = await perform(command, values, {
      door: 'cli',
      env: process.env,
      readInput: () => textOf(process.stdin),
      ...surroundings(process.env, process.stdout),
    })
    progress.stop()
    for (const note of notes) process.stderr.write(`${note[values.language]}\n`)
    print(process, output)
    return exitCode
  } finally {
    progress.stop()
    process.off('SIGINT', stopped)
  }
}

/** Serves until it is interrupted. */
async function simulate(values: Values, process: NodeJS.Process): Promise<ExitCode> {
  if (values.snapshot === null) {
    throw new UsageError({
      en: '`simulate` needs the folder to serve: `ecs-pull-guard simulate DIR`.',
      ko: '제공할 폴더를 지정해야 합니다: `ecs-pull-guard simulate DIR`',
    })
  }
  const { serveFolder } = await import('./simulator/serve.ts')
  try {
    await serveFolder({
      folder: values.snapshot,
      port: values.port,
      latencyMs: values.latency,
      ...(values['page-size'] === null ? {} : { pageSize: values['page-size'] }),
      language: values.language,
      print: (line) => print(process, `${line}\n`),
    })
  } catch (error) {
    throw isPortTaken(error) ? portTaken(values.port) : error
  }
  return 0
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

function portTaken(port: number): UsageError {
  return new UsageError({
    en: `\`--port\` takes a port that is free, and ${port} is not; 0 takes any.`,
    ko: `사용할 수 없는 포트입니다: \`--port\` = ${port} (0을 지정하면 비어 있는 포트를 사용합니다)`,
  })
}

function print(process: NodeJS.Process, text: string): ExitCode {
  process.stdout.write(text)
  return 0
}

async function textOf(stream: NodeJS.ReadStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function ignoreClosedPipe(error: NodeJS.ErrnoException) {
  if (error.code !== 'EPIPE') throw error
}

const READING = { en: 'Reading AWS …', ko: 'AWS 정보를 읽는 중입니다 …' }
const DOING = {
  preflight: READING,
  trace: READING,
  snapshot: READING,
  explain: { en: 'Reading standard input …', ko: '표준 입력을 읽는 중입니다 …' },
} as const

const STOPPED: Readonly<Record<Language, string>> = {
  en: 'Stopped. Nothing was changed in AWS.',
  ko: '중단되었습니다. AWS에서 변경된 것은 없습니다.',
}
