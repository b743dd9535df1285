/** `explain`: says what ECS error and event texts mean and what to do about them. Needs no AWS. */

import { STEP_TITLES } from '../domain/step.ts'
import type { Language } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import type { Words } from '../ecs-errors/label-row.ts'
import { type Message, type MessageContext, readMessage } from '../ecs-errors/read-message.ts'
import { wordsFor } from '../ecs-errors/words.ts'
import { needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'

export async function runExplain(values: Values, { frontend, readInput }: CommandContext): Promise<CommandResult> {
  const { format, language } = values
  if (format !== 'json' && format !== 'text') throw notForExplain(format)
  const texts = values.lines ? (await readInput()).split(/\r?\n/).filter((line) => line.trim() !== '') : [values.text]
  const given = texts.filter((text) => text !== null)
  if (!values.lines && given.length === 0) throw needed(frontend === 'cli' ? ['text', 'lines'] : ['text'], frontend)
  const explained = explain(given)
  const output =
    format === 'json'
      ? JSON.stringify(
          explained.map((one) => explanationJson(one, language)),
          null,
          2,
        )
      : explained.map((one) => explanationText(one, language)).join('\n\n')
  return { ...NOTHING_MORE, exitCode: 0, output: output === '' ? '' : `${output}\n` }
}

function notForExplain(format: string): UsageError {
  return new UsageError({
    en: `\`--format\` of \`explain\` takes \`text\` or \`json\`, and got \`${format}\`.`,
    ko: `\`explain\` 명령에서 사용할 수 없는 입력값입니다: \`--format\` = \`${format}\` (사용할 수 있는 값: \`text\`, \`json\`)`,
  })
}

export interface Explanation extends Message, Words {}

/** One entry of `explain --format json`; names and order are the contract's. */
export interface ExplanationJson {
  readonly label: string
  readonly step: string | null
  readonly destination: string | null
  readonly transient: boolean | null
  readonly address: { readonly ip: string; readonly port: number; readonly is: string | null } | null
  readonly title: string
  readonly why: string
  readonly remedy: readonly string[]
}

/** One explanation a text, in their order. A text that is none of ECS gets the label `unknown`. */
export function explain(texts: readonly string[], context: MessageContext = {}): readonly Explanation[] {
  return texts.map((text) => {
    const message = readMessage(text, context)
    return { ...message, ...wordsFor(message) }
  })
}

export function explanationJson(explanation: Explanation, language: Language): ExplanationJson {
  const { label, step, destination, transient, address, title, why, remedy } = explanation
  return {
    label,
    step,
    destination,
    transient,
    address: address === null ? null : { ip: address.ip, port: address.port, is: address.is },
    title: title[language],
    why: why[language],
    remedy: remedy.map((it) => it[language]),
  }
}

/** Several lines for a terminal, without a final line break. */
export function explanationText(explanation: Explanation, language: Language): string {
  const { label, step, destination, transient, address, title, why, remedy } = explanation
  const say = (word: keyof typeof SAYS) => SAYS[word][language]
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
