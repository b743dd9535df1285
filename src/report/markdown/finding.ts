/** One finding as GitHub Markdown: what, why, where, the proof, and the fix in three forms, the pasted ones folded. */
import type { Finding, Severity } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { pageOf } from '../document/headline.ts'
import { markdownCode, markdownFence, markdownText } from '../text/untrusted.ts'
import { SEVERITIES, WORDS } from '../text/words.ts'

const EMOJI: Readonly<Record<Severity, string>> = { blocker: '❌', warning: '⚠️', advice: '💡' }

/** `affected` lines are Markdown already. */
export function markdownFinding(finding: Finding, number: number, affected: readonly string[], language: Language) {
  const { remedy, severity } = finding
  const parts = [
    `#### ${number}. ${EMOJI[severity]} ${SEVERITIES[severity][language]}: ${markdownText(finding.title[language])}`,
    markdownText(finding.what[language]),
    `**${WORDS.why[language]}:** ${markdownText(finding.why[language])}`,
    list(WORDS.affects[language], affected),
    list(
      WORDS.evidence[language],
      finding.evidence.map((text) => markdownText(text[language])),
    ),
    list(
      WORDS.console[language],
      remedy.console.map((text) => markdownText(text[language])),
      (at) => `${at + 1}.`,
    ),
    folded(WORDS.cli[language], remedy.cli.join('\n'), 'sh'),
    folded(WORDS.terraform[language], remedy.terraform, 'hcl'),
    remedy.verified ? `✅ ${WORDS.verified[language]}` : '',
    `${markdownCode(finding.check)} · ${markdownCode(finding.subject)} · ${WORDS.docs[language]}: ${markdownCode(pageOf(finding, language))}`,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function list(name: string, lines: readonly string[], mark: (at: number) => string = () => '-'): string {
  if (lines.length === 0) return ''
  return [`**${name}**`, '', ...lines.map((line, at) => `${mark(at)} ${line}`)].join('\n')
}

/** GitHub reads Markdown inside `<details>` only after an empty line. */
function folded(name: string, code: string, language: string): string {
  if (code.trim() === '') return ''
  return `<details><summary>${name}</summary>\n\n${markdownFence(code.trimEnd(), language)}\n\n</details>`
}
