/** How many terminal cells a text takes, and how to wrap and pad by cells: Hangul, CJK and emoji take two. */

/** East Asian Wide and Fullwidth blocks and the emoji shown as pictures by default (Unicode Annex 11), as [from, to]. */
// biome-ignore format: one line a plane
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x2329, 0x232a], [0x23e9, 0x23ec], [0x23f0, 0x23f0], [0x23f3, 0x23f3],
  [0x25fd, 0x25fe], [0x2614, 0x2615], [0x2648, 0x2653], [0x267f, 0x267f], [0x2693, 0x2693], [0x26a1, 0x26a1],
  [0x26aa, 0x26ab], [0x26bd, 0x26be], [0x26c4, 0x26c5], [0x26ce, 0x26ce], [0x26d4, 0x26d4], [0x26ea, 0x26ea],
  [0x26f2, 0x26f3], [0x26f5, 0x26f5], [0x26fa, 0x26fa], [0x26fd, 0x26fd], [0x2705, 0x2705], [0x270a, 0x270b],
  [0x2728, 0x2728], [0x274c, 0x274c], [0x274e, 0x274e], [0x2753, 0x2755], [0x2757, 0x2757], [0x2795, 0x2797],
  [0x27b0, 0x27b0], [0x27bf, 0x27bf], [0x2b1b, 0x2b1c], [0x2b50, 0x2b50], [0x2b55, 0x2b55],
  [0x2e80, 0x303e], [0x3041, 0x4dbf], [0x4e00, 0xa4cf], [0xa960, 0xa97c], [0xac00, 0xd7a3], [0xf900, 0xfaff],
  [0xfe10, 0xfe19], [0xfe30, 0xfe6f], [0xff01, 0xff60], [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff], [0x1aff0, 0x1b2ff], [0x1f004, 0x1f004], [0x1f0cf, 0x1f0cf], [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a], [0x1f1e6, 0x1f1ff], [0x1f200, 0x1f64f], [0x1f680, 0x1f6ff], [0x1f7e0, 0x1f7f0],
  [0x1f900, 0x1f9ff], [0x1fa70, 0x1faff], [0x20000, 0x3fffd],
]

/** Made on first use: it loads ICU's tables, which a run that draws no table never needs. */
let segmenter: Intl.Segmenter | undefined
const EMOJI_STYLE = '\ufe0f'

/** Cells of a text without control characters. */
export function cells(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  return graphemes(text).reduce((sum, cluster) => sum + cellsOfCluster(cluster), 0)
}

/** A cluster is as wide as its widest character: combining marks add nothing. */
function cellsOfCluster(cluster: string): number {
  if (cluster.length === 1 && cluster <= '~') return 1
  if (cluster.includes(EMOJI_STYLE)) return 2
  return [...cluster].reduce((widest, character) => Math.max(widest, cellsOfCharacter(character)), 0)
}

function cellsOfCharacter(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x1100 && WIDE.some(([from, to]) => code >= from && code <= to)) return 2
  return /^\p{M}$/u.test(character) ? 0 : 1
}

/**
 * Latin, punctuation, signs, kana, CJK and whole Hangul syllables: each is a cluster of its own (Unicode Annex 29), for nothing that
 * extends or joins is among them. That is nearly every text, and ICU's tables cost more than the report.
 */
const ALONE =
  /^[ -\u02ff\u2010-\u20cf\u2100-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\ua4cf\uac00-\ud7a3\uff00-\uff9d\uffa0-\uffef]*$/

export function graphemes(text: string): readonly string[] {
  if (ALONE.test(text)) return Array.from(text)
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** The text followed by as many spaces as it lacks. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)))
}

export function centre(text: string, width: number): string {
  const spare = Math.max(0, width - cells(text))
  const left = Math.floor(spare / 2)
  return ' '.repeat(left) + text + ' '.repeat(spare - left)
}

/** At most `width` cells, the cut marked by an ellipsis. */
export function clip(text: string, width: number): string {
  if (cells(text) <= width) return text
  const [head = ''] = cutAll(text, Math.max(1, width - 1))
  return `${head}…`
}

/**
 * Lines of at most `width` cells (two or more), broken at spaces; a word that is longer than a line is cut.
 * Never empty. A line never begins with `::`, which GitHub would take for a workflow command.
 */
export function wrap(text: string, width: number): readonly string[] {
  return filled(text.split(/ +(?!::)/), ' ', width)
}

/** The same for a name: it breaks after a hyphen, colon, dot or slash. */
export function wrapName(name: string, width: number): readonly string[] {
  return filled(name.split(/(?<=[-:./])/), '', width)
}

function filled(parts: readonly string[], between: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const part of parts) {
    const wide = cells(part)
    if (line === '' ? wide <= width : used + between.length + wide <= width) {
      used += line === '' ? wide : between.length + wide
      line += line === '' ? part : between + part
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = cutAll(part, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
    used = cells(line)
  }
  return [...lines, line]
}

/** A word in pieces of at most `width` cells; a single wide character may be wider than that. */
function cutAll(word: string, width: number): readonly string[] {
  const pieces = ['']
  let used = 0
  for (const cluster of graphemes(word)) {
    const wide = cellsOfCluster(cluster)
    const isFull = used > 0 && used + wide > width
    used = isFull ? wide : used + wide
    if (isFull) pieces.push(cluster)
    else pieces[pieces.length - 1] += cluster
  }
  return pieces
}
