/** One test case of JUnit XML. What makes text harmless in HTML does so in XML: it uses no other entities. */
import { htmlLines, htmlText } from '../text/untrusted.ts'

export interface CaseWords {
  readonly classname: string
  readonly name: string
  /** One a test case, as readers of the format expect: the message names it, the text holds all. `type` is a word of our own. */
  readonly failure: { readonly type: string; readonly message: string; readonly text: string } | null
  /** Why it was not judged; not shown beside a failure. */
  readonly skipped: string | null
  /** Paragraphs. */
  readonly told: readonly string[]
}

export interface Case {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly xml: string
}

export function caseOf({ classname, name, failure, skipped, told }: CaseWords): Case {
  const attributes = `classname="${htmlText(classname)}" name="${htmlText(name)}"`
  const inner = [
    ...(failure === null
      ? []
      : [
          `      <failure type="${failure.type}" message="${htmlText(failure.message)}">${htmlLines(failure.text)}</failure>`,
        ]),
    ...(failure === null && skipped !== null ? [`      <skipped message="${htmlText(skipped)}"/>`] : []),
    ...(told.length === 0 ? [] : [`      <system-out>${htmlLines(told.join('\n\n'))}</system-out>`]),
  ]
  return {
    outcome: failure !== null ? 'failed' : skipped !== null ? 'skipped' : 'passed',
    xml:
      inner.length === 0
        ? `    <testcase ${attributes}/>`
        : [`    <testcase ${attributes}>`, ...inner, '    </testcase>'].join('\n'),
  }
}

/** The counts of a suite, or of all, as attributes. */
export function countsOf(cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length
  return `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`
}
