/** The forms in which a message reaches who explains it: escaped, wrapped, coloured, stamped, quoted, cut. */

export interface Wrapping {
  readonly name: string
  readonly wrap: (text: string) => string
}

const STAMP = '2026-11-27T12:41:07.1234567Z '

function eachLine(text: string, change: (line: string, at: number) => string): string {
  return text.split('\n').map(change).join('\n')
}

function atColumn(text: string, width: number): string {
  return eachLine(text, (line) => line.match(new RegExp(`.{1,${width}}`, 'gu'))?.join('\n') ?? line)
}

function atWords(text: string, width: number, indent: string): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(lines.length === 0 ? word : `${indent}${word}`)
  }
  return lines.join('\n')
}

/** What a client, a registry or a service of AWS says when it has said what is wrong; what stands behind it adds ids and advice. */
const DECIDING =
  /i\/o timeout|no such host|connection refused|not found|no space left on device|toomanyrequests|AccessDenied\w*|ResourceNotFoundException|is not authorized to perform: [\w:]+|no basic auth credentials|exec format error|executable file not found|health checks|context deadline exceeded|port is already allocated|insufficient \w+|Capacity is unavailable|circuit breaker|platform '?[\w/]+/gi

function cutBehind(text: string): string {
  const last = [...text.matchAll(DECIDING)].at(-1)
  return last === undefined ? text : `${text.slice(0, last.index + last[0].length)} …`
}

const SINGLE: readonly Wrapping[] = [
  { name: 'as a JSON member', wrap: (text) => JSON.stringify({ stoppedReason: text }) },
  {
    name: 'in an answer of DescribeTasks',
    wrap: (text) =>
      JSON.stringify(
        { tasks: [{ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: text }], failures: [] },
        null,
        4,
      ),
  },
  { name: 'as JSON within JSON', wrap: (text) => JSON.stringify({ message: JSON.stringify({ reason: text }) }) },
  {
    name: 'as a line of JSON that was cut out',
    wrap: (text) => `            "stoppedReason": ${JSON.stringify(text)},`,
  },
  { name: 'wrapped at 80 columns', wrap: (text) => atColumn(text, 80) },
  { name: 'wrapped at 72 columns by words', wrap: (text) => atWords(text, 72, '') },
  { name: 'wrapped and indented', wrap: (text) => `    reason: ${atWords(text, 80, '            ')}` },
  { name: 'in colour', wrap: (text) => eachLine(text, (line) => `\u001b[31m${line}\u001b[0m`) },
  { name: 'in colour, with the escape spelt out', wrap: (text) => `\\u001b[31;1m${text}\\u001b[0m` },
  { name: 'in a log of a job', wrap: (text) => eachLine(text, (line) => `${STAMP}##[error]${line}`) },
  {
    name: 'in a log of a job, among other lines',
    wrap: (text) =>
      `${STAMP}##[group]Run deploy\n${eachLine(text, (line) => `${STAMP}${line}`)}\n${STAMP}##[error]Process completed with exit code 1.`,
  },
  { name: 'in a box of Terraform', wrap: (text) => `╷\n${eachLine(text, (line) => `│ ${line}`)}\n│ \n╵` },
  { name: 'as a quotation', wrap: (text) => eachLine(text, (line) => `> ${line}`) },
  { name: 'in Markdown code', wrap: (text) => `\`\`\`\n${text}\n\`\`\`` },
  {
    name: 'in a Markdown table',
    wrap: (text) => `| task | reason |\n| --- | --- |\n| 0c1d2e | ${text.replaceAll('\n', ' ')} |`,
  },
  { name: 'in typographic quotes', wrap: (text) => `“${text}”` },
  { name: 'after the word of a console', wrap: (text) => `Stopped reason: ${text}` },
  { name: 'in brackets of a status', wrap: (text) => `STOPPED (${text})` },
  { name: 'with Windows line ends', wrap: (text) => `${text.replaceAll('\n', '\r\n')}\r\n` },
  { name: 'cut behind the words that decide', wrap: cutBehind },
  { name: 'with a date of a chat', wrap: (text) => `deploy-bot  APP  3:41 PM\n${text}` },
]

/** Each alone, and those that go together. */
export const WRAPPINGS: readonly Wrapping[] = [
  ...SINGLE,
  ...(
    [
      [7, 9],
      [7, 8],
      [4, 7],
      [5, 12],
      [0, 9],
      [0, 12],
      [10, 13],
      [16, 7],
      [19, 9],
      [19, 5],
    ] as const
  ).map(([inner, outer]) => {
    const [first, second] = [SINGLE[inner], SINGLE[outer]]
    if (first === undefined || second === undefined) throw new Error('no such wrapping')
    return { name: `${first.name}, ${second.name}`, wrap: (text: string) => second.wrap(first.wrap(text)) }
  }),
]
