/**
 * Text that others wrote (names, tags, reasons, errors of AWS) made harmless for one medium at a time.
 * Everything a report shows goes through one of these, its own sentences too: they carry such values.
 */

/** Anything that moves around as white space: it becomes one space, so that no text starts a line of its own. */
const BLANK = /[\s\u0085]+/gu
/**
 * What cannot be seen or changes how its neighbours are shown: control characters with ANSI's escape, bidirectional
 * controls, zero widths, tags, lone surrogates, private use, unassigned, and letters that look like nothing.
 */
const HIDDEN = /(?:(?![\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800])+/gu
/** A selector only says how to draw the letter before it; but for emoji, two that are parted by one look like neighbours. */
const SELECTOR = /[\ufe00-\ufe0e]|(?<!\p{Extended_Pictographic})\ufe0f/gu
/** More than three marks on one letter only serve to draw over the lines around it. */
const PILE = /(\p{M}{3})\p{M}+/gu
const SEEN = '\ufffd'

/** One line, composed, without anything hidden. The start of every other function here. */
export function clean(text: string): string {
  return seen(text.replace(BLANK, ' ')).trim()
}

function seen(text: string): string {
  return text.normalize('NFC').replace(HIDDEN, SEEN).replace(SELECTOR, '').replace(PILE, '$1')
}

/** Several lines with their indentation: commands, Terraform. */
function cleanLines(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u).map((line) => {
    const spaces = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '  ') ?? ''
    const rest = seen(line.trim())
    return rest === '' ? '' : spaces + rest
  })
}

/**
 * GitHub's runner takes `##[…]` anywhere in a line, and `::` at its start, for a command
 * (actions/runner, ActionCommand.cs). A space parts them.
 */
function disarm(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ')
}

export function terminalText(text: string): string {
  return disarm(clean(text))
}

export function terminalLines(text: string): readonly string[] {
  return cleanLines(text).map(disarm)
}

/** A long word that was cut may leave `::` at the start of a line; a letter that looks like a colon takes no more room. */
export function terminalLine(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours may stand before it
  return line.replace(/^((?:\s|\u001b\[\d+m)*):(?=:)/, '$1\ua789')
}

/** The message or title of an annotation: GitHub shows it as plain text, in the log and beside the code. */
export function annotationText(text: string): string {
  return disarm(clean(text))
    .replaceAll('://', ': //')
    .replace(/(^|[^\w])@(?=\w)/g, '$1@ ')
    .replaceAll('<', '‹')
}

/** Characters that mean nothing inside a code span, so that it needs no escapes, not even in a table. */
const PLAIN = /^[\w./:@=+*,%#-]+$/
/** Shown as code: ids, addresses, hosts, ARNs, IAM actions; and what GitHub would turn into a link or a mention. */
const TECHNICAL =
  /-[0-9a-f]{8,}|\d\.\d+\.\d+|^arn:|:[\w/:]|\w\.\w+\.\w|@|^www\.|#\d|(?<![a-z\d])GH-\d|\w_\w|\*|^--\w|^\/|\d\/|\/.*[\d/.]/i
/** What GitHub takes for a commit, and links where there is one; with a letter, as a number is more likely only that. */
const COMMIT = /\b(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\b/

/** Prose in Markdown, on one line, anywhere a line or a table cell may begin. Ids in it become code. */
export function markdownText(text: string): string {
  const line = clean(text).replace(/[!-~]+/g, markdownRun)
  return line
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^:(?=:)/, '&#58;')
}

function markdownRun(run: string): string {
  const [, before = '', core = '', after = ''] = /^([(["'{]*)(.*?)([.,:;!?)\]"'}]*)$/.exec(run) ?? []
  const isCode = PLAIN.test(core) && (TECHNICAL.test(core) || COMMIT.test(core))
  return isCode ? `${escapeMarkdown(before)}\`${core}\`${escapeMarkdown(after)}` : escapeMarkdown(run)
}

/** A name or an id: code where that is safe, escaped prose where it is not. */
export function markdownCode(text: string): string {
  const line = clean(text)
  return PLAIN.test(line) ? `\`${line}\`` : markdownText(line)
}

/**
 * Entities stop GitHub's parser; a zero-width space (as an entity) stops what looks at the finished page, where an
 * entity is a plain character again: mentions, issue numbers, commits, emoji names (whose last colon may be ours, behind
 * the text), addresses. Math yields to a span only (GitHub Docs, Writing mathematical expressions).
 */
function escapeMarkdown(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/#(?=\d)/g, '&#35;&#8203;')
    .replace(new RegExp(COMMIT, 'g'), (hash) => hash.replace(/.{6}(?=.)/g, '$&&#8203;'))
    .replace(/(?<![a-z\d])GH-(?=\d)/gi, '$&&#8203;')
    .replace(/@/g, '@&#8203;')
    .replace(/:(?=\/\/|[\w+-]+(?::|$))/g, '&#58;&#8203;')
    .replace(/www\./gi, 'www&#46;&#8203;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\|/g, '&#124;')
    .replace(/`/g, '&#96;')
    .replace(/\\/g, '&#92;')
    .replace(/^#/, '\\#')
    .replace(/[*_[\]~]/g, '\\$&')
    .replace(/\$/g, '<span>$</span>')
}

/** A fenced block that its content cannot close. */
export function markdownFence(text: string, language: string): string {
  const lines = cleanLines(text).map(disarm)
  const runs = lines.join('\n').match(/`+/g) ?? []
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3))
  return [fence + language, ...lines, fence].join('\n')
}

export function htmlText(text: string): string {
  return escapeHtml(clean(text))
}

export function htmlLines(text: string): string {
  return cleanLines(text).map(escapeHtml).join('\n')
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replaceAll('##[', '##&#91;')
    .replace(/^(\s*):(?=:)/, '$1&#58;')
}

/** JSON text whose strings keep every character, the dangerous ones as escapes: any parser gives back what went in. */
export function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent)
    .replace(/(?!\n)[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029<]/gu, escapeJson)
    .replaceAll('##[', '##\\u005b')
}

function escapeJson(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')
}
