/** The command line: reads the arguments, does what they ask, and answers with an exit code (0 to 3; nothing throws). */
import { languageOf, readArguments, readValues } from './arguments.ts'
import { systemClock } from './clock.ts'
import { complaint } from './complaint.ts'
import type { Language, Text } from './domain/text.ts'
import { UsageError } from './domain/usage-error.ts'
import type { Command, ExitCode } from './inputs/commands.ts'
import type { Values } from './inputs/table.ts'
import { interruption } from './interruption.ts'
import type { Setting } from './performed.ts'
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
  return command === 'watch' ? watch(values, process) : read(command, values, process)
}

/** Says what happens while it happens. Interrupted, it still tells what it knows. */
async function watch(values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const { progressLine } = await import('./report/progress-line.ts')
  const say = (line: Text) => process.stderr.write(`${progressLine(line, values.language)}\n`)
  const { signal, release } = interruption(process, () => say(CANCELLING))
  try {
    return await carriedOut('watch', values, process, { say, signal })
  } finally {
    release()
  }
}

type Quick = Exclude<Command, 'simulate' | 'watch'>

async function read(command: Quick, values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const progress = startProgress(DOING[command], values.language, process.stderr)
  const stopped = () => {
    progress.stop()
    process.stderr.write(`${STOPPED[values.language]}\n`)
    // Dies of the signal after all, so that a shell script stops as well.
    process.kill(process.pid, 'SIGINT')
  }
  process.once('SIGINT', stopped)
  try {
    return await carriedOut(command, values, process, { say: () => {}, done: progress.stop })
  } finally {
    progress.stop()
    process.off('SIGINT', stopped)
  }
}

interface Telling {
  readonly say: Setting['say']
  readonly signal?: AbortSignal
  readonly done?: () => void
}

async function carriedOut(
  command: Exclude<Command, 'simulate'>,
  values: Values,
  process: NodeJS.Process,
  { done, ...telling }: Telling,
): Promise<ExitCode> {
  const [{ perform }, { progressLine }] = await Promise.all([
    import('./perform.ts'),
    import('./report/progress-line.ts'),
  ])
  const { exitCode, output, notes } = await perform(command, values, {
    door: 'cli',
    env: process.env,
    readInput: () => textOf(process.stdin),
    clock: systemClock,
    ...surroundings(process.env, process.stdout),
    ...telling,
  })
  done?.()
  for (const note of notes) process.stderr.write(`${progressLine(note, values.language)}\n`)
  print(process, output)
  return exitCode
}

/** Serves until it is interrupted. */
async function simulate(values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const { snapshot: folder, scenario, speed } = values
  if (folder === null && scenario === null) {
    throw new UsageError({
      en: '`simulate` needs the folder to serve, a scenario to play, or both: `ecs-pull-guard simulate DIR --scenario FILE`.',
      ko: '제공할 폴더나 재생할 시나리오를 지정해야 합니다: `ecs-pull-guard simulate DIR --scenario FILE`',
    })
  }
  const { readScenario, serveFolder } = await import('./simulator/serve.ts')
  const playing = scenario === null ? {} : { scenario: await readScenario(scenario), speed }
  try {
    await serveFolder({
      ...(folder === null ? {} : { folder }),
      ...playing,
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
const DOING: Readonly<Record<Quick, Text>> = {
  preflight: READING,
  trace: READING,
  snapshot: READING,
  explain: { en: 'Reading standard input …', ko: '표준 입력을 읽는 중입니다 …' },
}

const CANCELLING: Text = {
  en: 'Stopping. What is known follows; the rollout goes on. Press Ctrl-C again to leave at once.',
  ko: '관찰을 끝냅니다. 지금까지 확인한 내용을 표시하며 롤아웃은 계속됩니다. 바로 나가려면 Ctrl-C를 다시 누릅니다.',
}

const STOPPED: Readonly<Record<Language, string>> = {
  en: 'Stopped. Nothing was changed in AWS.',
  ko: '중단되었습니다. AWS에서 변경된 것은 없습니다.',
}
