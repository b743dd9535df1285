/**
 * `fix.sh` and `unfix.sh`: the first repair of a report for bash. Both can be run again after any end: what is there is left as it is, and what
 * `fix.sh` began is written down before AWS is asked, so that `unfix.sh` takes back exactly that.
 */
import type { ScriptStep } from '../domain/repair.ts'
import type { Report } from '../domain/report.ts'
import type { Language, Text } from '../domain/text.ts'
import { terminalText } from './text/untrusted.ts'

export interface FixScripts {
  readonly fix: string
  readonly unfix: string
}

/** Where the report has no repair that is known to be enough, both say so and do nothing: those of an earlier report must not stay. */
export function fixScripts(report: Report, language: Language): FixScripts {
  const [first] = report.repairs ?? []
  const write = (text: Text) => terminalText(text[language])
  if (first?.script === undefined || !first.verified) {
    const nothing = joined(['#!/usr/bin/env bash', `printf '%s\\n' ${quoted(write(NOTHING_TO_MAKE))}`])
    return { fix: nothing, unfix: nothing }
  }
  const { mark, steps } = first.script
  const undone = steps.map((step, at) => undoing(step, at + 1, write))
  return {
    fix: joined([
      ...headOf(report, mark, 'fix', write),
      ...listing(steps, ASKS.fix, write),
      ...steps.flatMap((step, at) => making(step, at + 1, write)),
      `say ${quoted(write(DONE.fix))}`,
    ]),
    unfix: joined([
      ...headOf(report, mark, 'unfix', write),
      ...nothingBegun(write),
      ...listing(steps.toReversed(), ASKS.unfix, write),
      'LEFT=',
      ...steps.flatMap((step, at) => lookingUp(step, at + 1)),
      ...undone.toReversed().flat(),
      `if [[ -n "$LEFT" ]]; then say ${quoted(write(DONE.half))}; else say ${quoted(write(DONE.unfix))}; fi`,
    ]),
  }
}

type Write = (text: Text) => string

function headOf({ target, tool }: Report, mark: string, own: 'fix' | 'unfix', write: Write): readonly string[] {
  const service = commented(`${target.cluster}/${target.service}`)
  const account =
    target.accountId === null
      ? []
      : [
          // Without a Region of its own a shell could not even ask.
          `ACCOUNT=$(aws sts get-caller-identity --query Account --output text --region ${quoted(target.region)})`,
          `if [[ "$ACCOUNT" != ${quoted(target.accountId)} ]]; then`,
          `  say ${quoted(write(otherAccount(target.accountId)))} "$ACCOUNT" >&2`,
          '  exit 2',
          'fi',
        ]
  return [
    '#!/usr/bin/env bash',
    `# ${own}.sh, ${tool.name} ${tool.version}: ${service}, ${commented(target.region)}.`,
    `# ${write(DOES[own])}`,
    'set -euo pipefail',
    "export AWS_PAGER=''",
    '',
    `RECORD="$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd)/fix-${mark}.record"`,
    'touch "$RECORD"',
    `say() { printf '%s\\n' "$*"; }`,
    `is_there() { [[ -n "$1" && "$1" != None && "$1" != null ]]; }`,
    `recorded() { grep -qxF "$1" "$RECORD"; }`,
    `record() { recorded "$1" || printf '%s\\n' "$1" >> "$RECORD"; }`,
    'forget() {',
    '  grep -vE "^(begun|done) $1$|^id $1 " "$RECORD" > "$RECORD.new" || true',
    '  mv "$RECORD.new" "$RECORD"',
    '}',
    '',
    ...account,
    `say ${quoted(`${service}, ${target.region}${target.accountId === null ? '' : `, ${target.accountId}`}`)}`,
  ]
}

function listing(steps: readonly ScriptStep[], asks: Text, write: Write): readonly string[] {
  return [
    ...steps.map((step) => `say '  -' ${quoted(write(step.title))}`),
    `if [[ "\${1:-}" != --yes ]]; then`,
    `  read -r -p ${quoted(`${write(asks)} [y/N]`)}' ' ANSWER || ANSWER=`,
    '  [[ "$ANSWER" == [yY]* ]] || exit 1',
    'fi',
    '',
  ]
}

/** What is there already is somebody else's, unless an earlier run of this script began it. */
function making(
  { title, variable, isMade, lines, waits }: ScriptStep,
  number: number,
  write: Write,
): readonly string[] {
  const name = variable ?? 'FOUND'
  const look = isMade === null ? remembered(name, variable, number) : [`${name}=$(${isMade})`]
  const isDone = isMade === null ? `recorded 'done ${number}'` : `is_there "$${name}"`
  return [
    `say ${quoted(`${number}. ${write(title)}`)}`,
    ...look,
    `if ${isDone}; then`,
    `  say '  ' ${quoted(write(IS_THERE))}`,
    'else',
    `  record 'begun ${number}'`,
    ...lines.map(indented),
    ...(isMade === null && variable !== null ? [`  record "id ${number} $${variable}"`] : []),
    'fi',
    ...waits,
    `record 'done ${number}'`,
    '',
  ]
}

/** Of what AWS cannot be asked for by a mark: its id stands in the record. */
function remembered(name: string, variable: string | null, number: number): readonly string[] {
  return variable === null ? [] : [`${name}=$(sed -n 's/^id ${number} //p' "$RECORD" | tail -n 1)`]
}

function lookingUp({ variable, isMade }: ScriptStep, number: number): readonly string[] {
  if (variable === null) return []
  if (isMade === null) return remembered(variable, variable, number)
  return [`${variable}=`, `if recorded 'begun ${number}'; then`, indented(`${variable}=$(${isMade})`), 'fi']
}

/** Only what is there: of a step that was begun nothing may have come. */
function undoing(step: ScriptStep, number: number, write: Write): readonly string[] {
  const { title, variable, isMade, undo, settles, stays, uses } = step
  if (undo.length === 0 && stays === null) return []
  const foreign = uses.filter((name) => name !== variable).map((name) => `is_there "$${name}"`)
  const found = variable ?? (isMade === null ? null : 'FOUND')
  const look = variable !== null || isMade === null ? [] : [`FOUND=$(${isMade})`]
  // What needs an id that is gone went with it.
  const guarded =
    foreign.length === 0 || look.length === 0
      ? look
      : ['FOUND=', `if ${foreign.join(' && ')}; then`, ...look.map(indented), 'fi']
  const conditions = [...foreign, ...(found === null ? [] : [`is_there "$${found}"`])]
  const backwards = stays === null ? undo : [`say '  ' ${quoted(write(stays))}`, 'LEFT=yes']
  const forgets = `forget ${number}`
  const taken = [
    `if ${conditions.join(' && ')}; then`,
    ...backwards.map(indented),
    ...(stays === null ? ['fi', ...settles, forgets] : ['else', `  ${forgets}`, 'fi']),
  ]
  const always = [...backwards, ...settles, ...(stays === null ? [forgets] : [])]
  return [
    `if recorded 'begun ${number}'; then`,
    ...[`say ${quoted(`${number}. ${write(title)}`)}`, ...guarded, ...(conditions.length === 0 ? always : taken)].map(
      indented,
    ),
    'fi',
    '',
  ]
}

/** One step further in, but for lines that begin between quotes: they are part of a word. */
function indented(lines: string): string {
  let quote = ''
  let out = '  '
  for (let at = 0; at < lines.length; at++) {
    const letter = lines.charAt(at)
    out += letter
    if (letter === '\\' && quote !== "'") {
      at += 1
      out += lines.charAt(at)
      if (lines.charAt(at) === '\n' && quote === '') out += '  '
    } else if (letter === quote) quote = ''
    else if (quote === '' && (letter === "'" || letter === '"')) quote = letter
    else if (letter === '\n' && quote === '') out += '  '
  }
  return out
}

function nothingBegun(write: Write): readonly string[] {
  return [`if ! grep -q '^begun ' "$RECORD"; then`, `  say ${quoted(write(NOTHING_BEGUN))}`, '  exit 0', 'fi']
}

function joined(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}

/** One word for bash, whatever is in it. */
function quoted(words: string): string {
  return `'${terminalText(words).replaceAll("'", "'\\''")}'`
}

function commented(words: string): string {
  return terminalText(words).replaceAll(/[\r\n]/g, ' ')
}

const DOES = {
  fix: {
    en: 'Makes the smallest repair of the report. What is there already is left as it is, so that it can be run again. unfix.sh beside it takes back what this one made.',
    ko: '보고서의 가장 작은 해결 방법을 적용합니다. 이미 적용된 것은 그대로 두므로 다시 실행할 수 있습니다. 되돌릴 때는 같은 폴더의 unfix.sh를 사용합니다.',
  },
  unfix: {
    en: 'Takes back what fix.sh made, and nothing else, also after half of a run.',
    ko: 'fix.sh로 적용한 것만 되돌립니다. 중간에 멈춘 경우에도 사용할 수 있습니다.',
  },
} as const

const ASKS = {
  fix: { en: 'Make these changes?', ko: '이 변경을 적용합니까?' },
  unfix: { en: 'Take these changes back?', ko: '이 변경을 되돌립니까?' },
} as const

const DONE = {
  fix: {
    en: 'Done. Run ecs-pull-guard preflight again to see it.',
    ko: '완료했습니다. ecs-pull-guard preflight 명령으로 다시 확인합니다.',
  },
  unfix: { en: 'Taken back.', ko: '되돌렸습니다.' },
  half: { en: 'Taken back, but for what is named above.', ko: '위에 적힌 것을 제외하고 되돌렸습니다.' },
} as const

const IS_THERE: Text = { en: 'is there already', ko: '이미 적용되어 있음' }

const NOTHING_TO_MAKE: Text = {
  en: 'The report beside this script has no repair that is known to be enough.',
  ko: '이 스크립트와 같은 폴더의 보고서에는 충분하다고 확인된 해결 방법이 없습니다.',
}

const NOTHING_BEGUN: Text = {
  en: 'Nothing to take back: the record beside this script says that fix.sh began nothing.',
  ko: '되돌릴 것이 없습니다. 이 스크립트와 같은 폴더의 기록에 fix.sh로 시작한 변경이 없습니다.',
}

function otherAccount(account: string): Text {
  return {
    en: `These changes are for the account ${account}; the credentials are those of`,
    ko: `이 변경은 다음 계정에 적용해야 합니다: ${account}. 현재 자격 증명의 계정:`,
  }
}
