/** The command line: reads the arguments, does what they ask, and answers with an exit code (0 to 3; nothing throws). */

import { systemClock } from '../commands/clock.ts'
import type { CommandContext } from '../commands/command.ts'
import { complaint } from '../commands/error-message.ts'
import type { Language, Text } from '../domain/text.ts'
import { TOOL } from '../domain/version.ts'
import type { ExitCode, Mode } from '../inputs/commands.ts'
import { languageOf, readArguments, readValues } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { interruption } from './cancellation.ts'
import { startProgress } from './spinner.ts'
import { surroundings } from './terminal-settings.ts'

export async function cli(argv: readonly string[], process: NodeJS.Process): Promise<ExitCode> {
  const language = languageOf(argv)
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => unwritten(error, language, process))
  try {
    const asked = readArguments(argv)
    if (asked.kind === 'version') return print(process, `${TOOL.name} ${TOOL.version}\n`)
    if (asked.kind === 'help') {
      const { helpOf } = await import('./help.ts')
      return print(process, helpOf(asked.command, language, surroundings(process.env, process.stdout).columns))
    }
    const values = readValues(asked.command, asked.given, 'cli')
    if (asked.command === 'demo') return await demonstrated(values, process)
    if (asked.command !== 'simulate') return await run(asked.command, values, process)
    const { simulate } = await import('../commands/simulate.ts')
    return await simulate(values, (line) => print(process, `${line}\n`))
  } catch (error) {
    process.stderr.write(complaint(error, language, process.env))
    return 2
  }
}

/** Ends early when it is interrupted: there is nothing to tell then. */
async function demonstrated(values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const { demo } = await import('../commands/demo.ts')
  const { signal, release } = interruption(process, () => {})
  try {
    return await demo(values, {
      clock: systemClock,
      ...surroundings(process.env, process.stdout),
      signal,
      print: (text) => print(process, text),
    })
  } finally {
    release()
  }
}

async function run(command: Mode, values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const isFollowing = command === 'watch' || command === 'deploy' || command === 'rehearse'
  return isFollowing || (command === 'probe' && values['enable-exec'])
    ? follow(command, values, process)
    : read(command, values, process)
}

/** Says what happens while it happens. Interrupted, it still tells what it knows. */
async function follow(command: Following, values: Values, process: NodeJS.Process): Promise<ExitCode> {
  const { progressLine } = await import('../report/text/progress-line.ts')
  const say = (line: Text) => process.stderr.write(`${progressLine(line, values.language)}\n`)
  const { signal, release } = interruption(process, () =>
    say(values['on-cancel'] === 'rollback' ? ROLLING_BACK : CANCELLING[command]),
  )
  try {
    return await runAndPrint(command, values, process, { say, signal })
  } finally {
    release()
  }
}

type Following = 'deploy' | 'watch' | 'rehearse' | 'probe'
/** Of them `probe` alone changes something, with `enable-exec`. */
type Quick = Exclude<Mode, Exclude<Following, 'probe'>>

async function read(command: Quick, values: Values, process: NodeJS.Process): Promise<ExitCode> {
  // What is explained line by line is its own progress.
  const progress = command === 'explain' ? SILENT : startProgress(READING, values.language, process.stderr)
  const stopped = () => {
    progress.stop()
    process.stderr.write(`${STOPPED[values.language]}\n`)
    // Dies of the signal after all, so that a shell script stops as well.
    process.kill(process.pid, 'SIGINT')
  }
  process.once('SIGINT', stopped)
  try {
    return await runAndPrint(command, values, process, { say: progress.say, done: progress.stop })
  } finally {
    progress.stop()
    process.off('SIGINT', stopped)
  }
}

interface Telling {
  readonly say: CommandContext['say']
  readonly signal?: AbortSignal
  readonly done?: () => void
}

async function runAndPrint(
  command: Mode,
  values: Values,
  process: NodeJS.Process,
  { done, ...telling }: Telling,
): Promise<ExitCode> {
  const [{ runCommand }, { progressLine }] = await Promise.all([
    import('../commands/index.ts'),
    import('../report/text/progress-line.ts'),
  ])
  const { exitCode, output, notes } = await runCommand(command, values, {
    frontend: 'cli',
    env: process.env,
    input: inputOf(process),
    print: (text) => printed(process, text),
    clock: systemClock,
    ...surroundings(process.env, process.stdout),
    ...telling,
  })
  done?.()
  for (const note of notes) process.stderr.write(`${progressLine(note, values.language)}\n`)
  print(process, output)
  return exitCode
}

/** Opening standard input takes a while, and few commands want it. */
function inputOf(process: NodeJS.Process): CommandContext['input'] {
  return {
    get isTerminal() {
      return process.stdin.isTTY === true
    },
    text: () => process.stdin.setEncoding('utf8'),
  }
}

function print(process: NodeJS.Process, text: string): ExitCode {
  process.stdout.write(text)
  return 0
}

/** Waits for a slow reader, so that nothing piles up. */
async function printed({ stdout }: NodeJS.Process, text: string): Promise<void> {
  if (stdout.write(text) || stdout.destroyed) return
  // Neither listener stays: a long standard input would pile them up.
  await new Promise<void>((resolve) => {
    const goOn = () => {
      stdout.off('drain', goOn).off('close', goOn)
      resolve()
    }
    stdout.on('drain', goOn).on('close', goOn)
  })
}

/** A reader that has seen enough (`| head`) closes the pipe, somebody closes the terminal (EIO): no reason to fail. A full disk is one, and no verdict. */
function unwritten({ code }: NodeJS.ErrnoException, language: Language, process: NodeJS.Process): void {
  if (code === 'EPIPE' || code === 'EIO') return
  const said = {
    en: `Standard output could not be written (${code}).`,
    ko: `표준 출력에 쓸 수 없습니다(${code}).`,
  }
  process.stderr.write(`${TOOL.name}: ${said[language]}\n`)
  process.exit(2)
}

const READING: Text = { en: 'Reading AWS …', ko: 'AWS 정보를 읽는 중입니다 …' }
const SILENT = { say: () => {}, stop: () => {} }

const ROLLOUT_GOES_ON: Text = {
  en: 'Stopping. What is known follows; the rollout goes on. Press Ctrl-C again to leave at once.',
  ko: '관찰을 끝냅니다. 지금까지 확인한 내용을 표시하며 롤아웃은 계속됩니다. 바로 나가려면 Ctrl-C를 다시 누릅니다.',
}

const CANCELLING: Readonly<Record<Following, Text>> = {
  deploy: ROLLOUT_GOES_ON,
  watch: ROLLOUT_GOES_ON,
  rehearse: {
    en: 'Stopping. The tasks of the rehearsal are removed; what is known follows. Ctrl-C again leaves them to the next run.',
    ko: '예행 실행을 끝냅니다. 태스크를 제거하고 지금까지 확인한 내용을 표시합니다. Ctrl-C를 다시 누르면 제거하지 않고 나가며 다음 실행에서 제거합니다.',
  },
  probe: {
    en: 'Stopping. ECS Exec is put back as it was; what is known follows. Ctrl-C again leaves it to the next run.',
    ko: '시험을 끝냅니다. ECS Exec 설정을 되돌리고 지금까지 확인한 내용을 표시합니다. Ctrl-C를 다시 누르면 되돌리지 않고 나가며 다음 실행에서 되돌립니다.',
  },
}

const ROLLING_BACK: Text = {
  en: 'Stopping. A rollout that has begun is rolled back; what is known follows. Press Ctrl-C again to leave at once.',
  ko: '중단합니다. 이미 시작된 롤아웃은 롤백하고 지금까지 확인한 내용을 표시합니다. 바로 나가려면 Ctrl-C를 다시 누릅니다.',
}

const STOPPED: Readonly<Record<Language, string>> = {
  en: 'Stopped. Nothing was changed in AWS.',
  ko: '중단되었습니다. AWS에서 변경된 것은 없습니다.',
}
