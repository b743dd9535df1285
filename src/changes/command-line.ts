/** Commands for a POSIX shell, bash or zsh: an `aws` call as data, quoted, with its Region, in lines of at most 100 columns. */

export type CommandLine = AwsCall | Wait | { readonly comment: string } | { readonly shell: string }

/** Asks again while the answer holds a word, whatever its case: for what the CLI has no waiter. An error ends it as well. */
export interface Wait {
  readonly ask: AwsCall
  readonly while: string
}

export interface AwsCall {
  readonly aws: readonly [service: string, ...operation: readonly string[]]
  /** A flag with its values; none for a switch. */
  readonly flags: readonly (readonly [flag: string, ...values: readonly string[]])[]
  /** Where it is not that of the report; `null` for IAM, Route 53 and STS, which have none. */
  readonly region?: string | null
  /** The variable that takes what `query` finds in the answer. */
  readonly into?: { readonly name: string; readonly query: string }
  /** Where its answer goes, so that nothing of it is taken: `jq '…' > file`. */
  readonly pipe?: string
  /** The oldest version of the AWS CLI that knows it, where that is younger than a year. */
  readonly since?: string
}

const WIDTH = 100
/** What a shell takes as it is. `~`, `=` and `#` are special at the beginning of a word only. */
const PLAIN = /^(?![~=#])[\w@%+=:,./~#-]+$/
/** A variable, between marks that stand in no id. */
const VARIABLE = /\uE000(\w+)\uE000/
/** Printable ASCII without what bash takes for its history. */
const TAME = /^[ "-~]*$/
/** A terminal takes some of them for keys: Enter among others. */
const CONTROL = /[^\P{Cc}\n\t]/gu

/** In the place of an id: the value of a shell variable. */
export function variable(name: string): string {
  return `\uE000${name}\uE000`
}

/** `natGatewayId` → `NAT_GATEWAY_ID`. */
export function variableName(ref: string): string {
  return ref.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()
}

/**
 * One word for the shell, whoever chose it. Between single quotes no shell looks for anything. Between double quotes, which a variable
 * needs, stands only what each of them leaves alone: not `!`, and no letter that composes to a backtick (U+1FEF).
 */
export function shellWord(value: string): string {
  const text = value.replaceAll(CONTROL, '\uFFFD')
  if (!VARIABLE.test(text)) return quoted(text.replaceAll('\uE000', ''))
  const parts = text.split(VARIABLE).map((part) => part.replaceAll('\uE000', ''))
  const isTame = parts.every((part) => TAME.test(part))
  if (!isTame) return parts.map((part, at) => (at % 2 === 1 ? `"$${part}"` : part === '' ? '' : quoted(part))).join('')
  const inside = parts.map((part, at) => (at % 2 === 1 ? `$\{${part}}` : part.replaceAll(/[\\"$`]/g, '\\$&'))).join('')
  return `"${inside}"`.replaceAll(/"\$\{(\w+)\}"/g, '"$$$1"')
}

/** As it is, or between single quotes. */
function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/**
 * A comment line. At its prompt zsh knows none: there `#` is a command that does not exist, and what stands behind it is read like any
 * other words. So no name in it means anything to a shell.
 */
function commentLine(text: string): string {
  const words = text
    .replaceAll('\uE000', '')
    .normalize('NFC')
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .replaceAll(/[`$\\!;&|<>()']/g, '_')
  const isOpen = (words.match(/"/g) ?? []).length % 2 === 1
  return `# ${isOpen ? words.replaceAll('"', '_') : words}`
}

/** Services that are in no Region. */
const GLOBAL = ['iam', 'route53']

/** The command of a change: its kind is the operation, its members are the flags, `routeTableId` for `--route-table-id`. */
export function callOf<Call extends { readonly kind: string; readonly region?: string }>(
  service: string,
  { kind, region, ...members }: Call,
  more: Pick<AwsCall, 'since'> = {},
): AwsCall {
  const where = GLOBAL.includes(service) ? { region: null } : region === undefined ? {} : { region }
  return { aws: [service, kind], flags: flagsOf(members), ...where, ...more }
}

/** A flag for each member that has a value. `makes` is none: it is what the answer is called. */
export function flagsOf(members: object): AwsCall['flags'] {
  return Object.entries(members).flatMap(([name, value]: readonly [string, unknown]) =>
    name === 'makes' || value === undefined ? [] : [flagOf(name, value)],
  )
}

function flagOf(member: string, value: unknown): readonly [string, ...string[]] {
  const name = member.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`]
  if (!Array.isArray(value)) return [`--${name}`, word(value)]
  return [`--${name}`, ...(value.some((one) => typeof one === 'object') ? structures(value) : value.map(String))]
}

function word(value: unknown): string {
  return typeof value === 'object' && value !== null ? structure(value) : String(value)
}

/** A value of several members as the AWS CLI takes it: in its shorthand where that can say it, else in JSON. */
export function structure(value: object): string {
  return shorthand(value) ?? JSON.stringify(value)
}

/** A flag or an argument that is there only where it has a value. */
export function given<Value>(name: string, value: Value | undefined): readonly (readonly [string, Value])[] {
  return value === undefined ? [] : [[name, value]]
}

/** Several of them: a word each, or all in one where one of them takes JSON, which the CLI does not mix. */
export function structures(values: readonly object[]): readonly string[] {
  const short = values.map((value) => shorthand(value))
  return short.includes(null) ? [JSON.stringify(values)] : short.map(String)
}

/** AWS CLI User Guide, "Using shorthand syntax": nothing there that is special to it. */
function shorthand(value: unknown, nested = false): string | null {
  if (Array.isArray(value)) {
    const items = value.map((one) => shorthand(one, true))
    return items.includes(null) ? null : `[${items.join(',')}]`
  }
  if (typeof value !== 'object' || value === null) {
    const plain = String(value)
    return /^[\w.:/@%+\uE000-]+$/.test(plain) ? plain : null
  }
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => [name, shorthand(one, true)] as const)
  if (members.some(([, one]) => one === null)) return null
  const text = members.map(([name, one]) => `${name}=${one}`).join(',')
  return nested ? `{${text}}` : text
}

/** `makes`: the variable that takes what `query` finds in the answer. */
export function commandText(
  line: CommandLine,
  region: string,
  makes: { readonly name: string; readonly query: string } | null = null,
): string {
  if ('comment' in line) return commentLine(line.comment)
  if ('shell' in line) return wrappedText(line.shell)
  if ('ask' in line) {
    const [head, tail] = ['while ', ` | grep -qi ${line.while}; do sleep 5; done`]
    return `${head}${wrapped(words(line.ask, region), head.length, tail.length)}${tail}`
  }
  const call = words(line, region)
  const taken = makes ?? line.into
  const text =
    taken === undefined
      ? wrapped(call)
      : `${taken.name}=$(${wrapped([...call, `--query ${shellWord(taken.query)}`, '--output text'], taken.name.length + 3)})`
  return line.since === undefined ? text : `# AWS CLI ${line.since} or later\n${text}`
}

/** The command, then a flag with its values each. */
function words({ aws, flags, region: own, pipe }: AwsCall, region: string): readonly string[] {
  const where = own === undefined ? region : own
  return [
    `aws ${aws.join(' ')}`,
    ...flags.map(([flag, ...values]) => [flag, ...values.map(shellWord)].join(' ')),
    ...(where === null ? [] : [`--region ${shellWord(where)}`]),
    ...(pipe === undefined ? [] : [`| ${pipe}`]),
  ]
}

/** Plain text of other programs, or of a command that is only to be read: broken between words where it gets too long. Several lines may have quotes around them. */
export function wrappedText(text: string): string {
  return text.length <= WIDTH || text.includes('\n') || text.startsWith('#') ? text : wrapped(wordsIn(text))
}

/** Spaces in quotes part no words. */
const WORD = String.raw`(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+`
const FLAG_OR_WORD = new RegExp(`--[\\w-]+ (?![-|>])${WORD}|${WORD}`, 'g')

/** Broken before a flag, where the line would get too long. `before` and `after`: columns that stand there. */
function wrapped(parts: readonly string[], before = 0, after = 0): string {
  const lines: string[] = []
  let line = ''
  const pieces = parts.flatMap((part) => (part.length < WIDTH - 4 ? [part] : loosened(part)))
  for (const [at, part] of pieces.entries()) {
    const room = WIDTH - 2 - (lines.length === 0 ? before : 0) - (at === pieces.length - 1 ? after : 0)
    if (line !== '' && line.length + 1 + part.length > room) {
      lines.push(line)
      line = `  ${part}`
    } else line = line === '' ? part : `${line} ${part}`
  }
  return [...lines, line].join(' \\\n')
}

/** A flag stays with its first value. */
function loosened(part: string): readonly string[] {
  return part.startsWith('-') ? wordsIn(part) : [part]
}

/** The text itself where its quotes are not understood: none of them may get lost. */
function wordsIn(text: string): readonly string[] {
  const found = text.match(FLAG_OR_WORD) ?? []
  const inked = (one: string) => one.replaceAll(/\s/g, '')
  return inked(found.join('')) === inked(text) ? found : [text]
}
