/** The rollout section of the Markdown report. */
import type { RolloutReport } from '../domain/rollout.ts'
import type { Language } from '../domain/text.ts'
import { CONFIDENCES, PHASES, ROLLOUT_WORDS, tally } from './rollout-words.ts'
import { markdownCode, markdownFence, markdownText } from './untrusted.ts'

const SHOWN = 5
const LOG_LINES = 20

export function rolloutMarkdown(rollout: RolloutReport, language: Language): string {
  const { phase, because, tasks, seconds, slow, notes } = rollout
  return [
    `### ${ROLLOUT_WORDS.title[language]}: ${PHASES[phase][language]}`,
    markdownText(because[language]),
    markdownText(tally(tasks.started, tasks.failed, seconds)[language]),
    ...subnetTable(rollout, language),
    ...failuresPart(rollout, language),
    ...(slow.is ? [`**${ROLLOUT_WORDS.slow[language]}**: ${markdownText(slow.because[language])}`] : []),
    ...(slow.is && slow.setting !== null ? [markdownText(slow.setting[language])] : []),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${markdownText(note[language])}`).join('\n')]),
    ...rollout.logs
      .filter(({ lines }) => lines.length > 0)
      .map(
        ({ taskId, container, lines }) =>
          `${markdownCode(container)} (${markdownCode(taskId)})\n\n${markdownFence(lines.slice(-LOG_LINES).join('\n'), '')}`,
      ),
  ].join('\n\n')
}

function subnetTable({ bySubnet }: RolloutReport, language: Language): readonly string[] {
  if (bySubnet.length === 0) return []
  const { subnet, zone, started, failed, succeeded } = ROLLOUT_WORDS
  const head = [subnet, zone, started, failed, succeeded].map((word) => word[language])
  const rows = bySubnet.map((one) => [
    one.subnetId === null ? '·' : markdownCode(one.subnetId),
    markdownText(one.availabilityZone ?? '·'),
    `${one.started}`,
    `${one.failed}`,
    `${one.succeeded}`,
  ])
  return [[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')]
}

function failuresPart({ failures }: RolloutReport, language: Language): readonly string[] {
  return failures.slice(0, SHOWN).map((failure) => {
    const { taskId, subnetId, title, cause, confidence, notes, text } = failure
    const who = [taskId, subnetId].flatMap((part) => (part === null ? [] : [markdownCode(part)])).join(', ')
    const why =
      cause === null
        ? []
        : [`${ROLLOUT_WORDS.cause[language]}: ${markdownCode(cause)} (${CONFIDENCES[confidence][language]})`]
    const lines = [
      ...why,
      ...notes.map((note) => markdownText(note[language])),
      `${ROLLOUT_WORDS.said[language]}: ${markdownText(text)}`,
    ]
    return [
      `- **${markdownText(title[language])}**${who === '' ? '' : ` (${who})`}`,
      ...lines.map((line) => `  - ${line}`),
    ].join('\n')
  })
}
