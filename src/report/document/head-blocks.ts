/** The head as blocks: the verdict's sentence and cause, where and when it is so, and what to paste. */
import type { Report } from '../../domain/report.ts'
import type { RolloutReport } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import { instantText } from '../json/rollout.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { VERDICTS, WORDS } from '../text/words.ts'
import { code, field, list, type ReportDocument, type Span, text } from './blocks.ts'
import { acceptedBlocker, headOf } from './head.ts'
import { VERDICT_SIGNS } from './signs.ts'
import { temporaryBlocks } from './temporary.ts'
import { isPolicyInHead, policyBlock } from './unknowns.ts'

/** Above this, the commands stand at their findings only. */
const PASTED = 8_000

export function headBlocks(report: Report, language: Language): ReportDocument['head'] {
  const { verdict, rollout } = report
  const { step, title, sentence, because, lastLines, counts, paste, commands, left, advice } = headOf(report)
  const tally = counts[language]
  const written = code(
    lastLines.map((line) => brief(line)),
    '',
  )
  const steps = list(
    advice.map((line) => brief(line[language])),
    true,
  )
  const blocks = [
    text(brief(sentence[language], 700) + (tally === '' || rollout !== undefined ? '' : ` (${tally})`)),
    ...because.map((line) => text(brief(line[language]), 'cause')),
    // Above the commands, as it says in which account and Region they are to be pasted.
    text(aboutLine(report, tally, language), 'quiet'),
    field(ROLLOUT_WORDS.lastLines[language], written),
    commands.join('\n').length > PASTED ? null : field(paste[language], code(commands, 'sh')),
    left === null ? null : text(brief(left[language], 500)),
    field(ROLLOUT_WORDS.advice[language], steps),
    isPolicyInHead(report) ? field(WORDS.policy[language], policyBlock(report)) : null,
  ]
  return {
    // A tick over a blocker that somebody has accepted would say that there is none.
    sign: acceptedBlocker(report) === null ? VERDICT_SIGNS[verdict] : 'ignored',
    verdict: VERDICTS[verdict][language],
    step: step === null ? null : brief(step[language]),
    title: title === null ? null : brief(title[language]),
    lead: temporaryBlocks(report, language).filter((block) => block !== null),
    blocks: blocks.filter((block) => block !== null),
  }
}

/** Short whatever the report holds, so that the verdict always fits. */
function brief(words: string, atMost = 300): string {
  return clip(clean(words), atMost)
}

/** `prod · api · api:12 · eu-west-1 · account 123456789012 · preflight · 2026-01-31T04:05Z` */
function aboutLine(report: Report, tally: string, language: Language): readonly Span[] {
  const { target, mode, rollout } = report
  const names = [target.cluster, target.service, target.taskDefinition, target.region].filter((name) => name !== '')
  const time = timeOf(report)
  const parts: readonly (readonly Span[])[] = [
    ...names.map((name) => [{ code: brief(name) }]),
    ...(target.accountId === null ? [] : [[`${WORDS.account[language]} `, { code: brief(target.accountId) }]]),
    [brief(mode)],
    ...(time === null ? [] : [[{ code: time }]]),
    // A rollout is what the head is about; what preflight counted is beside it.
    ...(rollout === undefined || tally === '' ? [] : [[tally]]),
  ]
  return parts.flatMap((part, at) => (at === 0 ? part : [' · ', ...part]))
}

/** As of when the report is true, to the minute: `2026-01-31T04:05Z`; null where nobody knows. */
function timeOf({ readAt = null, rollout }: Report): string | null {
  const text = instantText(rollout === undefined ? readAt : lastOf(rollout))
  return text === null ? null : `${text.slice(0, 16)}Z`
}

function lastOf({ endedAt, timeline }: RolloutReport): number | null {
  return endedAt ?? timeline.at(-1)?.at ?? null
}
