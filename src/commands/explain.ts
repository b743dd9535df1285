/** `explain`: says what ECS error and event texts mean and what to do about them. Needs no AWS. */

import { maskSecrets } from '../domain/credential-masking.ts'
import { STEP_TITLES } from '../domain/step.ts'
import type { Language } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { Words } from '../ecs-errors/label-row.ts'
import { readPasted } from '../ecs-errors/pasted.ts'
import type { Message, MessageContext } from '../ecs-errors/read-message.ts'
import { wordsFor } from '../ecs-errors/words.ts'
import { needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import type { ExplanationJson, ReadJson } from '../report/json/shape.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'

/** Texts by argument, by `--text`, or from standard input: as one text, or with `--lines` each line as it comes in. */
export async function runExplain(values: Values, context: CommandContext): Promise<CommandResult> {
  const { format, language, lines } = values
  if (format !== 'json' && format !== 'text') throw notForExplain(format)
  if (lines)
    return explainLines(context, (one) =>
      format === 'json' ? jsonLine(one, language) : `${explanationText(one, language)}\n\n`,
    )
  const explained = explain(values.text ?? (await pasted(context)))
  const output =
    format === 'json'
      ? JSON.stringify([explanationJson(explained, language)], null, 2)
      : explanationText(explained, language)
  return { ...NOTHING_MORE, exitCode: 0, output: `${output}\n` }
}

/** Memory stays flat: each answer is out before the next line is read. */
async function explainLines(
  { input, print }: CommandContext,
  told: (one: Explanation) => string,
): Promise<CommandResult> {
  let number = 0
  for await (const line of linesOf(input.text())) {
    number += 1
    if (line.trim() !== '') await print(told({ line: number, ...explain(line) }))
  }
  return { ...NOTHING_MORE, exitCode: 0, output: '' }
}

/** What somebody piped in; a terminal waits for nobody. */
async function pasted({ frontend, input }: CommandContext): Promise<string> {
  let text = ''
  if (!input.isTerminal) for await (const chunk of input.text()) text += chunk
  if (text.trim() === '') throw needed(frontend === 'cli' ? ['text', 'lines'] : ['text'], frontend)
  return text
}

/** A line without its line break. What is longer than a message could be is cut: no line ends where somebody pipes an image in. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/)
    rest = (lines.pop() ?? '').slice(0, LONGEST)
    yield* lines
  }
  if (rest !== '') yield rest
}

const LONGEST = 1_000_000

function notForExplain(format: string): UsageError {
  return new UsageError({
    en: `\`--format\` of \`explain\` takes \`text\` or \`json\`, and got \`${format}\`.`,
    ko: `\`explain\` 명령에서 사용할 수 없는 입력값입니다: \`--format\` = \`${format}\` (사용할 수 있는 값: \`text\`, \`json\`)`,
  })
}

interface Told extends Message, Words {
  readonly text: string
}

export interface Explanation extends Told {
  /** From 1; of `--lines` only. */
  readonly line?: number
  /** Further failures of the same text. */
  readonly also: readonly Told[]
}

/** Of a text that is none of ECS the label is `unknown`. */
export function explain(text: string, context: MessageContext = {}): Explanation {
  const { message, also } = readPasted(text, context)
  return { ...told(text, message), also: also.map((one) => told(one.text, one.message)) }
}

function told(text: string, message: Message): Told {
  return { text, ...message, ...wordsFor(message) }
}

/** Characters of a text that an entry repeats. */
const REPEATED = 400

/** One entry of `explain --format json`; names and order are the contract's. */
export function explanationJson({ line, also, ...one }: Explanation, language: Language): ExplanationJson {
  return {
    ...(line === undefined ? {} : { line }),
    ...toldJson(one, language),
    also: also.map((it) => toldJson(it, language)),
  }
}

function toldJson({ text, title, why, remedy, repair: _, ...message }: Told, language: Language): ReadJson {
  return {
    text: maskSecrets(text).slice(0, REPEATED),
    ...message,
    title: title[language],
    why: why[language],
    remedy: remedy.map((it) => it[language]),
  }
}

function jsonLine(explanation: Explanation, language: Language): string {
  return `${JSON.stringify(explanationJson(explanation, language))}\n`
}

/** Several lines for a terminal, without a final line break. */
export function explanationText({ line, also, ...one }: Explanation, language: Language): string {
  const head = line === undefined ? [] : [SAYS.line[language](line)]
  const rest = also.flatMap((it) => [
    '',
    `${SAYS.also[language]} ${maskSecrets(it.text).slice(0, REPEATED)}`,
    toldText(it, language),
  ])
  return [...head, toldText(one, language), ...rest].join('\n')
}

function toldText(explanation: Told, language: Language): string {
  const { label, step, destination, transient, address, title, why, remedy } = explanation
  const say = (word: Fact) => FACTS[word][language]
  const facts = [
    step === null ? null : `${say('step')}: ${STEP_TITLES[step][language]}`,
    destination === null ? null : `${say('destination')}: ${destination}`,
    address === null ? null : `${say('address')}: ${endpointOf(address)} (${say(address.is)})`,
    `${say('retry')}: ${say(transient === null ? 'untold' : transient ? 'yes' : 'no')}`,
  ].filter((fact) => fact !== null)
  return [
    `${title[language]} (${label})`,
    `  ${facts.join(' · ')}`,
    `  ${why[language]}`,
    ...remedy.map((it) => `  - ${it[language]}`),
  ].join('\n')
}

function endpointOf({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

const SAYS = {
  also: { en: 'Also in this text:', ko: '같은 텍스트의 다른 오류:' },
  line: { en: (line: number) => `Line ${line}:`, ko: (line: number) => `${line}번째 줄:` },
} as const

const FACTS = {
  step: { en: 'step', ko: '단계' },
  destination: { en: 'destination', ko: '대상' },
  address: { en: 'address', ko: '주소' },
  retry: { en: 'a later try may work', ko: '다시 시도하면 성공할 가능성' },
  yes: { en: 'yes', ko: '있음' },
  no: { en: 'no', ko: '없음' },
  untold: { en: 'not told', ko: '알 수 없음' },
  s3: { en: 'Amazon S3', ko: 'Amazon S3' },
  public: { en: 'public', ko: '퍼블릭' },
  private: { en: 'private', ko: '프라이빗' },
} as const

type Fact = keyof typeof FACTS
