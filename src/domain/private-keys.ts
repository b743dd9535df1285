/** Hides private keys in the lines of a log: whole ones, those that are cut at either end, and those behind a prefix. */

const MASK = '***'
const HIDDEN = `-----BEGIN PRIVATE KEY----- ${MASK}`
const BEGIN = /-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?! \*{3})/
const END = /-----END[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
/** Keys end sooner (4096 bits of RSA: 53 lines). */
const LONGEST = 400

/** Of a key without its end, what follows on the line: JSON writes `\n` for the ends of lines. */
const REST = /^(?:(?:\\[rn]|[ \t]){0,8}[A-Za-z0-9+/=]{16,})*/
/** Behind whatever a logger writes before it. */
const BODY = /[A-Za-z0-9+/=]{16}\s*$|^\s*$|(?:Proc-Type|DEK-Info|Version|Comment): /
/** The last line of a key may be short. */
const LAST = /(?:^|[\s:|])[A-Za-z0-9+/=]{2,64}\s*$/

/** As many lines come back. */
export function maskPrivateKeys(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes('PRIVATE KEY'))) return lines
  const shown = [...lines]
  const ends = nextEnds(lines)
  for (let at = 0; at < shown.length; at += 1) {
    shown[at] = withoutWholeKeys(shown[at] ?? '')
    const begin = BEGIN.exec(shown[at] ?? '')
    if (begin !== null) at = hideFrom(shown, at, begin, ends)
    else if (END.test(shown[at] ?? '')) hideBackFrom(shown, at)
  }
  return shown
}

/** For each line the next one, itself included, that ends a key. */
function nextEnds(lines: readonly string[]): readonly number[] {
  let next = Number.POSITIVE_INFINITY
  return lines
    .map((line, at) => {
      const from = lines.length - 1 - at
      if (END.test(lines[from] ?? line)) next = from
      return next
    })
    .toReversed()
}

function withoutWholeKeys(line: string): string {
  const begin = BEGIN.exec(line)
  if (begin === null) return line
  const behind = line.slice(begin.index + begin[0].length)
  const end = END.exec(behind)
  if (end === null) return line
  return line.slice(0, begin.index) + HIDDEN + withoutWholeKeys(behind.slice(end.index + end[0].length))
}

/** Answers with the last line that is hidden. */
function hideFrom(shown: string[], at: number, begin: RegExpExecArray, ends: readonly number[]): number {
  const line = shown[at] ?? ''
  const rest = line.slice(begin.index + begin[0].length).replace(REST, '')
  shown[at] = line.slice(0, begin.index) + HIDDEN + rest
  const last = ends[at + 1] ?? Number.POSITIVE_INFINITY
  const isWhole = last - at <= LONGEST
  for (let next = at + 1; next < shown.length; next += 1) {
    const text = shown[next] ?? ''
    if (isWhole ? next > last : !BODY.test(text) || BEGIN.test(text)) return next - 1
    shown[next] = isWhole && next === last ? MASK + text.slice(text.search(END)).replace(END, '') : MASK
  }
  return shown.length - 1
}

/** Only the last lines of a log were read, and they begin within the key. */
function hideBackFrom(shown: string[], at: number): void {
  const line = shown[at] ?? ''
  const index = line.search(END)
  let from = index
  while (from > 0 && /[A-Za-z0-9+/=\\]/.test(line.charAt(from - 1))) from -= 1
  shown[at] = line.slice(0, from) + MASK + line.slice(index).replace(END, '')
  for (let back = at - 1; back >= Math.max(0, at - LONGEST); back -= 1) {
    const text = shown[back] ?? ''
    const isKey = /[A-Za-z0-9+/=]{16}\s*$/.test(text) || (back === at - 1 && LAST.test(text))
    if (!isKey) return
    shown[back] = MASK
  }
}
