/** Brings a message into one form, whoever printed it: case, quotes, escapes, line breaks; and hides names that could pass for words. */

/** A reason has at most 1,024 characters (ECS API Reference, Container); what is pasted around it may be longer. */
const HEAD = 6000
const TAIL = 2000

/** The colours of a terminal's log. */
const COLOUR = new RegExp(`(?:${String.fromCharCode(27)}|\\\\u001b)\\[[0-9;]{0,16}m`, 'g')

/** What consoles, command lines and chat messages put in front of a reason. */
const ENVELOPE =
  /^[\s"'*>|-]{0,8}(?:(?:stopped \(|task stopped reason:?|(?:stopped|status) ?reason["']?:?|reason:) ?[|"']?){0,2}/

export interface NormalizedText {
  /** The whole message: lower case, plain quotes, single blanks. Hosts, addresses, ARNs and paths are still in it. */
  readonly plain: string
  /** The same with every name (service, task, ARN, URL, path, image) replaced: only what somebody says is left. */
  readonly prose: string
}

/** Takes time in proportion to the text, of which it reads the first 6,000 and the last 2,000 characters. */
export function normalize(text: string): NormalizedText {
  const short = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} … ${text.slice(-TAIL)}`
  const plain = short
    .toLowerCase()
    .replace(/[\u2018\u2019\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u201c\u201d\u201f\u2033]/g, '"')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(/\\+(["'])/g, '$1')
    .replace(/(?:\\+[nrt]){2,}/g, ' ')
    .replace(/\\+[nrt](?![a-z]{0,30}(?:\/|\\(?![nrt](?:\W|$))))/g, ' ')
    .replace(COLOUR, '')
    .replace(/\s+/g, ' ')
    .replace(ENVELOPE, '')
    .trim()
  return { plain, prose: proseOf(plain) }
}

/** The narrowest column at which a console wraps. */
const NARROWEST = 40

/**
 * A console that wraps at a column cuts words in two (`is unhea` / `lthy in`): the text with its lines put together again.
 * Null where the lines are not as long as each other; a blank at the end of a line is often lost.
 */
export function unwrapped(text: string): string | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^[-*>] /, ''))
  const full = lines.slice(0, -1)
  const width = full.reduce((widest, { length }) => Math.max(widest, length), 0)
  if (width < NARROWEST || full.some(({ length }) => length < width - 1)) return null
  return full.map((line) => (line.length === width ? line : `${line} `)).join('') + (lines.at(-1) ?? '')
}

/** Words with a slash that are no path. */
const SLASHED = /^\W*(i\/o|net\/http:?|and\/or|stopped\/terminated\.?|linux\/\w+|windows\/\w+|n\/a)\W*$/

function proseOf(plain: string): string {
  return plain
    .replace(/\barn:aws[a-z-]{0,12}:([a-z0-9-]{1,40}):[^\s'",)]*/g, 'arn:$1')
    .replace(/https?:\/\/[^\s"',)]*/g, '<url>')
    .replace(/\brequest ?id: [0-9a-z-]{1,80}/g, 'request id: <id>')
    .replace(
      /\((service|task|taskset|instance|deployment|container-instance|target-group|elb) [^()\s]{1,400}(?: taskset [^()\s]{1,300})?\)/g,
      '($1)',
    )
    .replace(/\bservice [([][^()[\]\s]{0,300}[)\]]/g, 'service <name>')
    .replace(
      /\bservice (?!deployment |revision )[^\s()]{1,255}:? (?=(was|has|is|could|operations|failed|deployment|registered|deregistered|stopped|updated|reached|task|timed|rolling|\()\b)/g,
      'service <name> ',
    )
    .split(' ')
    .map((word) => (word.includes('/') && !SLASHED.test(word) ? maskPath(word) : word))
    .join(' ')
}

/** Keeps the punctuation at the end: it separates a name from the answer. */
function maskPath(word: string): string {
  const last = word.at(-1) ?? ''
  const first = word.at(0) ?? ''
  return `${/["'([]/.test(first) ? first : ''}<path>${/[:,;.)\]"']/.test(last) ? last : ''}`
}
