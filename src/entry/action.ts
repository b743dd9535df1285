/** The action: reads `INPUT_*`, does what `mode` asks, and tells the job. Answers with the exit code of the step; nothing throws. */
import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Called } from '../aws/reader/connection.ts'
import { systemClock } from '../commands/clock.ts'
import { type CommandResult, NO_INPUT } from '../commands/command.ts'
import { complaint } from '../commands/error-message.ts'
import { maskSecrets } from '../domain/credential-masking.ts'
import type { Language, Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { TOOL } from '../domain/version.ts'
import { type ExitCode, LATER, MODES, type Mode } from '../inputs/commands.ts'
import { commandNamed, type Given, readValues } from '../inputs/parse-arguments.ts'
import { INPUT_NAMES, type InputName, inputOf, type Values } from '../inputs/table.ts'
import { interruption } from './cancellation.ts'

export async function main(process: NodeJS.Process): Promise<ExitCode> {
  const { env } = process
  const given = inputsOf(env)
  const language: Language = given.get('language')?.[0]?.trim() === 'ko' ? 'ko' : 'en'
  try {
    const mode = modeOf(given)
    const values = await withFolder(mode, readValues(mode, given, 'action'), env)
    const done = await resultOf(mode, values, process)
    const { progressLine } = await import('../report/text/progress-line.ts')
    for (const note of done.notes) process.stdout.write(`${progressLine(note, values.language)}\n`)
    printFolded(done.output, await titleOf(done, values), process)
    await tellJob(done, values)
    await tellPullRequest(done, values, env)
    return codeOfStep(mode, done.exitCode)
  } catch (error) {
    process.stderr.write(complaint(error, language, env))
    const message =
      error instanceof UsageError ? maskSecrets(error.text[language]) : complaint(error, language, {}).trim()
    await annotate('error', message)
    return 2
  }
}

/** Contract, section 2: where it could not be tried, what is known stands in the report, and the step goes on. */
function codeOfStep(mode: Mode, exitCode: ExitCode): ExitCode {
  return mode === 'probe' && exitCode === 3 ? 0 : exitCode
}

async function resultOf(mode: Mode, values: Values, process: NodeJS.Process): Promise<CommandResult> {
  const { env } = process
  const [{ runCommand }, { progressLine }] = await Promise.all([
    import('../commands/index.ts'),
    import('../report/text/progress-line.ts'),
  ])
  const say = (line: Text) => process.stdout.write(`${progressLine(line, values.language)}\n`)
  const colour = (env['NO_COLOR'] ?? '') === ''
  const context = {
    frontend: 'action',
    env,
    input: NO_INPUT,
    print: async (text: string) => void process.stdout.write(text),
    colour,
    columns: 120,
    say,
    clock: systemClock,
    ...(env['RUNNER_DEBUG'] === '1'
      ? { aws: { called: (call: Called) => process.stdout.write(debugLine(call)) } }
      : {}),
  } as const
  if (!isFollowing(mode, values)) return runCommand(mode, values, context)
  const { signal, release } = interruption(process, () =>
    say(values['on-cancel'] === 'rollback' ? ROLLING_BACK : CANCELLED[mode]),
  )
  try {
    return await runCommand(mode, values, { ...context, signal })
  } finally {
    release()
  }
}

/** GitHub Docs, "Enabling debug logging": ACTIONS_STEP_DEBUG sets RUNNER_DEBUG. What an answer calls its error is somebody else's text. */
function debugLine({ service, operation, region, milliseconds, error }: Called): string {
  const failed = error === null ? '' : `: ${maskSecrets(error).replace(/[^\w.:*-]/g, '_')}`
  return `::debug::${service} ${operation} (${region}) ${Math.round(milliseconds)} ms${failed}\n`
}

const ROLLOUT_GOES_ON: Text = {
  en: 'The job is being cancelled. What is known follows; the rollout goes on.',
  ko: '작업이 취소되고 있습니다. 지금까지 확인한 내용을 표시하며 롤아웃은 계속됩니다.',
}

const CANCELLED: Readonly<Record<Following, Text>> = {
  deploy: ROLLOUT_GOES_ON,
  watch: ROLLOUT_GOES_ON,
  rehearse: {
    en: 'The job is being cancelled. The tasks of the rehearsal are removed; what is known follows.',
    ko: '작업이 취소되고 있습니다. 예행 실행의 태스크를 제거하고 지금까지 확인한 내용을 표시합니다.',
  },
  probe: {
    en: 'The job is being cancelled. What was changed for a while is put back; what is known follows.',
    ko: '작업이 취소되고 있습니다. 임시로 변경한 설정을 되돌리고 지금까지 확인한 내용을 표시합니다.',
  },
}

const ROLLING_BACK: Text = {
  en: 'The job is being cancelled. A rollout that has begun is rolled back; what is known follows.',
  ko: '작업이 취소되고 있습니다. 이미 시작된 롤아웃은 롤백하고 지금까지 확인한 내용을 표시합니다.',
}

/** The runner's environment: `INPUT_` and the name in capitals, hyphens kept (GitHub Docs, Metadata syntax, inputs). */
function inputsOf(env: NodeJS.ProcessEnv): Given {
  const given = new Map<InputName, readonly string[]>()
  for (const name of INPUT_NAMES) {
    const text = env[`INPUT_${name.toUpperCase()}`]
    if (text !== undefined && inputOf(name).frontend !== 'cli') given.set(name, [text])
  }
  return given
}

function modeOf(given: Given): Mode {
  const word = given.get('mode')?.[0]?.trim() || 'preflight'
  if (LATER.some((name) => name === word)) commandNamed(word)
  // An unknown word is complained about when the input is read.
  return MODES.find((name) => name === word) ?? 'preflight'
}

const WRITING: ReadonlySet<Mode> = new Set(['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'snapshot'])
/** They have something to tell when they are cancelled. */
type Following = 'deploy' | 'watch' | 'rehearse' | 'probe'

function isFollowing(mode: Mode, values: Values): mode is Following {
  if (mode === 'probe') return values['enable-exec']
  return mode === 'deploy' || mode === 'watch' || mode === 'rehearse'
}

/** Later steps may want the report's files, so a job always gets them. */
async function withFolder(mode: Mode, values: Values, env: NodeJS.ProcessEnv): Promise<Values> {
  if (values.output !== null || !WRITING.has(mode)) return values
  return { ...values, output: await mkdtemp(join(env['RUNNER_TEMP'] ?? tmpdir(), `${TOOL.name}-`)) }
}

/** What a name or a tag says must not be taken for a workflow command, so commands are off while it is printed. */
function printFolded(text: string, title: string, process: NodeJS.Process) {
  const token = randomUUID()
  process.stdout.write(`::group::${title}\n::stop-commands::${token}\n${text}\n::${token}::\n::endgroup::\n`)
}

/** The verdict and what stands behind it, so that nobody has to unfold the log to see it. */
async function titleOf({ report }: CommandResult, { language }: Values): Promise<string> {
  if (report === null) return TOOL.name
  const { outputsOf } = await import('../report/outputs.ts')
  return `${TOOL.name}: ${outputsOf(report, language)['headline']?.replace(/\s+/g, ' ')}`
}

async function tellJob({ report, folder, source }: CommandResult, { language }: Values): Promise<void> {
  const { tell } = await import('../github/job.ts')
  const place = { report: folder ?? '' }
  if (report === null) return tell({ annotations: [], outputs: place, summary: '' })
  const [{ renderMarkdown }, { annotationsOf }, { outputsOf }, { locator, nowhere }] = await Promise.all([
    import('../report/markdown/markdown.ts'),
    import('../report/annotations/annotations.ts'),
    import('../report/outputs.ts'),
    import('../report/source-lines/locate.ts'),
  ])
  await tell({
    annotations: annotationsOf(report, language, source === null ? nowhere : locator(source)),
    outputs: { ...outputsOf(report, language), ...place },
    summary: renderMarkdown(report, { language }),
  })
}

/** Last, as it waits for GitHub: summary and outputs are there whatever comes of it. */
async function tellPullRequest({ report }: CommandResult, values: Values, env: NodeJS.ProcessEnv): Promise<void> {
  if (report === null || values.comment === 'never') return
  const { commentOn } = await import('../commands/pull-request-comment.ts')
  const notice = await commentOn(report, values, env)
  if (notice === null) return
  await annotate('notice', notice[values.language])
}

async function annotate(level: 'error' | 'notice', text: string): Promise<void> {
  const [{ tell }, { annotationText }] = await Promise.all([
    import('../github/job.ts'),
    import('../report/text/untrusted.ts'),
  ])
  await tell({ annotations: [{ level, title: TOOL.name, message: annotationText(text) }], outputs: {}, summary: '' })
}
