/** Commands for a POSIX shell, bash or zsh: an `aws` call as data, quoted, with its Region, in lines of at most 100 columns. */

export type CommandLine = AwsCall | { readonly comment: string } | { readonly shell: string }

export interface AwsCall {
  readonly aws: readonly [service: string, ...operation: readonly string[]]
  /** A flag with its values; none for a switch. */
  readonly flags: readonly (readonly [flag: string, ...values: readonly string[]])[]
  /** Where it is not that of the report; `null` for IAM, Route 53 and STS, which have none. */
  readonly region?: string | null
  /** The oldest version of the AWS CLI that knows it, where that is younger than a year. */
  readonly since?: string
}

const WIDTH = 100
/** What a shell takes as it is. `~`, `=` and `#` are special at the beginning of a word only. */
const PLAIN = /^(?![~=#])[\w@%+=:,./~#-]+$/
/** A variable, between marks that stand in no id. */
const VARIABLE = /\u0001(\w+)\u0001/g

/** In the place of an id: the value of a shell variable. */
export function variable(name: string): string {
  return `\u0001${name}\u0001`
}

/** `natGatewayId` → `NAT_GATEWAY_ID`. */
export function variableName(ref: string): string {
  return ref.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()
}

/** One word for the shell. */
export function shellWord(value: string): string {
  if (value.includes('\u0001')) {
    return `"${value.replaceAll(/[\\"$`]/g, '\\$&').replaceAll(VARIABLE, (_, name: string) => `$\{${name}}`)}"`.replaceAll(
      /"\$\{(\w+)\}"/g,
      '"$$$1"',
    )
  }
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}

/** `makes`: the variable that takes what `query` finds in the answer. */
export function commandText(
  line: CommandLine,
  region: string,
  makes: { readonly name: string; readonly query: string } | null = null,
): string {
  if ('comment' in line) return `# ${line.comment}`
  if ('shell' in line) return line.shell
  const call = words(line, region)
  const text =
    makes === null
      ? wrapped(call)
      : `${makes.name}=$(${wrapped([...call, `--query ${shellWord(makes.query)}`, '--output text'], makes.name.length + 3)})`
  return line.since === undefined ? text : `# AWS CLI ${line.since} or later\n${text}`
}

/** The command, then a flag with its values each. */
function words({ aws, flags, region: own }: AwsCall, region: string): readonly string[] {
  const where = own === undefined ? region : own
  return [
    `aws ${aws.join(' ')}`,
    ...flags.map(([flag, ...values]) => [flag, ...values.map(shellWord)].join(' ')),
    ...(where === null ? [] : [`--region ${shellWord(where)}`]),
  ]
}

/** Broken before a flag, where the line would get too long. `indent`: columns that stand before it. */
function wrapped(parts: readonly string[], indent = 0): string {
  const lines: string[] = []
  let line = ''
  for (const part of parts) {
    const room = WIDTH - 2 - (lines.length === 0 ? indent : 0)
    if (line !== '' && line.length + 1 + part.length > room) {
      lines.push(line)
      line = `  ${part}`
    } else line = line === '' ? part : `${line} ${part}`
  }
  return [...lines, line].join(' \\\n')
}
