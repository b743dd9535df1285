/** The head of the Markdown report: the verdict, what is wrong and why, and what to paste. Never long. */
import type { Report, Verdict } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { headlineOf } from '../document/headline.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean, markdownCode, markdownFence, markdownText } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { VERDICTS } from '../text/words.ts'

const VERDICT_EMOJI: Readonly<Record<Verdict, string>> = { pass: '✅', warn: '⚠️', fail: '❌', unknown: '❔' }

/** Short whatever the report holds, so that the verdict always fits. */
function brief(text: string, atMost = 300): string {
  return clip(clean(text), atMost)
}

export function headMarkdown(report: Report, language: Language): string {
  const { target, verdict } = report
  const { step, title: headline, sentence, because, said, counts, paste, commands, advice } = headlineOf(report)
  const title = step === null ? '' : `: ${markdownText(brief(step[language]))}`
  const tally = counts[language] === '' || report.rollout !== undefined ? '' : ` (${counts[language]})`
  const names = [target.cluster, target.service, target.taskDefinition, target.region, target.accountId ?? '']
  const about = [
    ...names.filter((name) => name !== '').map((name) => markdownCode(brief(name))),
    markdownText(brief(report.mode)),
    // A rollout is what the head is about; what preflight counted is beside it.
    ...(report.rollout === undefined || counts[language] === '' ? [] : [counts[language]]),
  ]
  const pasted = commands.join('\n')
  const markdown = [
    `## ${VERDICT_EMOJI[verdict]} ${VERDICTS[verdict][language]}${title}`,
    headline === null ? '' : `**${markdownText(brief(headline[language]))}**`,
    markdownText(brief(sentence[language], 700)) + tally,
    ...because.map((line) => markdownText(brief(line[language]))),
    ...(said.length === 0
      ? []
      : [
          `**${ROLLOUT_WORDS.lastLines[language]}**`,
          markdownFence(said.map((line) => clip(line, 300)).join('\n'), ''),
        ]),
    ...(pasted === '' || pasted.length > 4_000 ? [] : [`**${paste[language]}**`, markdownFence(pasted, 'sh')]),
    ...(advice.length === 0
      ? []
      : [
          [
            `**${ROLLOUT_WORDS.advice[language]}**`,
            '',
            ...advice.map((line, at) => `${at + 1}. ${markdownText(brief(line[language]))}`),
          ].join('\n'),
        ]),
    about.join(' · '),
  ]
  return markdown.filter((line) => line !== '').join('\n\n')
}
