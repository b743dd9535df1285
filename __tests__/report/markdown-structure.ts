/** What a reader of GitHub Markdown sees in a text: its structure without the words, and its words without the code. */
import { marked, type Token, type Tokens } from 'marked'

/** Every block and every mark in order. Words, escapes and code spans are the text's own affair. */
export function structureOf(markdown: string): readonly string[] {
  return marked.lexer(markdown, { gfm: true }).flatMap(structureOfToken)
}

function structureOfToken(token: Token): readonly string[] {
  const inside = (tokens: readonly Token[] | undefined) => (tokens ?? []).flatMap(structureOfToken)
  switch (token.type) {
    case 'space':
    case 'escape':
    case 'codespan':
      return []
    case 'text':
      return inside((token as Tokens.Text).tokens)
    // The one tag that stands for a character: math yields to nothing else.
    case 'html':
      return /^<\/?span>$/.test(token.raw) ? [] : [`html ${withoutMemory(token.raw.trim())}`]
    case 'code':
      return [`code ${(token as Tokens.Code).lang ?? ''} ${(token as Tokens.Code).codeBlockStyle ?? ''}`]
    case 'heading':
      return [`heading ${(token as Tokens.Heading).depth}`, ...inside(token.tokens)]
    case 'list': {
      const { items, ordered } = token as Tokens.List
      return [
        `list ${ordered} ${items.length}`,
        ...items.flatMap((item) => [`item ${item.task}`, ...inside(item.tokens)]),
        'end',
      ]
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      const cells = [header, ...rows].map((row) => ['row', ...row.flatMap((cell) => ['cell', ...inside(cell.tokens)])])
      return ['table', ...cells.flat(), 'end']
    }
    case 'link':
    case 'image':
      return [`${token.type} ${(token as Tokens.Link).href}`]
    default:
      return [token.type, ...inside((token as Tokens.Generic).tokens), 'end']
  }
}

/** Our own, in base 64: it holds what it likes. */
function withoutMemory(html: string): string {
  return html.replace(/^<!-- ecs-pull-guard (service [0-9a-f]{32}|memory [A-Za-z0-9+/=]+) -->/gm, (whole) =>
    whole.replace(/ [A-Za-z0-9+/=]+ -->$/, ' … -->'),
  )
}

/** Its own pictures: a fence inside of another one is none. */
export function diagramsOf(markdown: string): readonly string[] {
  return marked
    .lexer(markdown, { gfm: true })
    .flatMap((token) => (token.type === 'code' && token['lang'] === 'mermaid' ? [String(token['text'])] : []))
}

/** In place of code and tags, which part what stands around them. */
const PARTED = '\ufffc'

/** The words of the finished page, a line a block: what GitHub searches for mentions, issue numbers and the like. */
export function wordsOf(markdown: string): string {
  return decoded(marked.lexer(markdown, { gfm: true }).map(wordsOfToken).join('\n'))
}

function wordsOfToken(token: Token): string {
  switch (token.type) {
    case 'code':
    case 'codespan':
    case 'html':
      return PARTED
    case 'table': {
      const { header, rows } = token as Tokens.Table
      return [header, ...rows].flatMap((row) => row.map(({ tokens }) => tokens.map(wordsOfToken).join(''))).join('\n')
    }
    case 'list':
      return (token as Tokens.List).items.map(({ tokens }) => tokens.map(wordsOfToken).join('\n')).join('\n')
    default: {
      const { tokens, text } = token as Tokens.Generic
      return tokens === undefined ? String(text ?? '') : tokens.map(wordsOfToken).join('')
    }
  }
}

/** Of the named ones those that stand for a sign with a meaning. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  commat: '@',
  num: '#',
  dollar: '$',
  colon: ':',
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#(?:x([0-9a-f]{1,6})|(\d{1,7}))|([a-z]+));/gi,
    (whole, hex?: string, code?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole
      return String.fromCodePoint(hex === undefined ? Number(code) : Number.parseInt(hex, 16))
    },
  )
}
