/** The rollout section of the terminal report. */
import type { RolloutFailure, RolloutPhase, RolloutReport } from '../domain/rollout.ts'
import type { Language } from '../domain/text.ts'
import { CONFIDENCES, PHASES, ROLLOUT_WORDS, tally } from './rollout-words.ts'
import { type Colour, hang, MARKS, type Terminal } from './terminal.ts'
import { terminalLines, terminalText } from './untrusted.ts'

const COLOURS: Readonly<Partial<Record<RolloutPhase, Colour>>> = {
  steady: 'green',
  failed: 'red',
  'rolling-back': 'red',
  'rolled-back': 'red',
}

/** As many as tell the story; the JSON has all. */
const SHOWN = 5

export function rolloutLines(
  rollout: RolloutReport | undefined,
  language: Language,
  screen: Terminal,
): readonly string[] {
  if (rollout === undefined) return []
  const { phase, because, tasks, seconds, slow } = rollout
  const colour = COLOURS[phase] ?? 'yellow'
  const lead = `${ROLLOUT_WORDS.title[language]}: ${PHASES[phase][language]}`
  return [
    '',
    screen.paint(lead, 'bold', colour),
    ...hang('  ', because[language], screen),
    ...hang('  ', tally(tasks.started, tasks.failed, seconds)[language], screen),
    ...rollout.bySubnet.map(({ subnetId, availabilityZone, started, failed }) => {
      const mark = failed === 0 ? screen.paint(MARKS.good, 'green') : screen.paint(MARKS.bad, 'red')
      const where = [subnetId, availabilityZone].filter((part) => part !== null).join('  ')
      const counts = `${ROLLOUT_WORDS.started[language]} ${started}, ${ROLLOUT_WORDS.failed[language]} ${failed}`
      return `  ${mark} ${terminalText(where)}  ${counts}`
    }),
    ...rollout.failures.slice(0, SHOWN).flatMap((failure) => failureLines(failure, language, screen)),
    ...(slow.is ? hang(`  ${ROLLOUT_WORDS.slow[language]}: `, slow.because[language], screen) : []),
    ...(slow.is && slow.setting !== null ? hang('    ', slow.setting[language], screen) : []),
    ...rollout.notes.flatMap((note) => hang('  ', note[language], screen)),
    ...logLines(rollout, language, screen),
  ]
}

function failureLines(failure: RolloutFailure, language: Language, screen: Terminal): readonly string[] {
  const { taskId, subnetId, title, cause, causeSubject, confidence, notes, text } = failure
  const who = [taskId, subnetId].filter((part) => part !== null).join(', ')
  const why =
    cause === null
      ? []
      : hang(
          `    ${ROLLOUT_WORDS.cause[language]}: `,
          `${cause} ${causeSubject ?? ''} (${CONFIDENCES[confidence][language]})`,
          screen,
        )
  return [
    '',
    ...hang(
      `  ${screen.paint(MARKS.bad, 'red')} `,
      `${title[language]}${who === '' ? '' : ` (${who})`}`,
      screen,
      'bold',
    ),
    ...why,
    ...notes.flatMap((note) => hang('    ', note[language], screen)),
    ...hang(`    ${ROLLOUT_WORDS.said[language]}: `, text, screen, 'grey'),
  ]
}

function logLines({ logs }: RolloutReport, language: Language, screen: Terminal): readonly string[] {
  if (logs.length === 0) return []
  return [
    '',
    `  ${screen.paint(ROLLOUT_WORDS.logs[language], 'bold')}`,
    ...logs.flatMap(({ taskId, container, lines, missing }) => [
      ...hang('  ', `${container} (${taskId})`, screen),
      ...(missing === null ? [] : hang('    ', missing[language], screen)),
      ...lines.flatMap((line) => terminalLines(line).map((one) => `    ${one}`)),
    ]),
  ]
}
