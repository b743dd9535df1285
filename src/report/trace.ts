/** Traced flows: the contract's JSON, or for people one block a flow with every hop that decided. */
import type { Path } from '../domain/path.ts'
import type { Language } from '../domain/text.ts'
import { OUTCOME_SIGNS } from './document/signs.ts'
import { DECISION_COLOURS } from './html/map.ts'
import { hashOf } from './html/script.ts'
import { PAGE_STYLE } from './html/style.ts'
import { pathJson } from './json/json.ts'
import { COLOURS, hang, MARKS, type Terminal, terminal } from './terminal/terminal.ts'
import { htmlText, jsonText, markdownCode, markdownText, terminalLine, terminalText } from './text/untrusted.ts'
import { DECISIONS, OUTCOME_WORDS } from './text/words.ts'

export interface TraceOptions {
  readonly language: Language
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  /** A list was asked for: JSON is an array then, however long. */
  readonly many: boolean
  readonly colour: boolean
  readonly columns: number
}

/** Ends with a line break. */
export function renderTrace(paths: readonly Path[], { language, format, many, colour, columns }: TraceOptions): string {
  switch (format) {
    case 'json': {
      const entries = paths.map((path) => pathJson(path, language))
      return `${jsonText(many ? entries : entries[0])}\n`
    }
    case 'markdown':
      return paths.map((path) => markdownBlock(path, language)).join('\n')
    case 'html':
      return htmlPage(paths, language)
    case 'text':
      return paths.map((path) => textBlock(path, language, terminal(columns, colour))).join('\n')
  }
}

/** `subnet-… → host:port`. */
function flowOf({ from, host, port }: Path): string {
  return `${from.subnetId} → ${host.includes(':') ? `[${host}]` : host}:${port}`
}

function viaOf({ via }: Path): string {
  return via.id === null ? via.kind : `${via.kind} ${via.id}`
}

function textBlock(path: Path, language: Language, screen: Terminal): string {
  const sign = OUTCOME_SIGNS[path.outcome]
  const head = `${MARKS[sign]} ${OUTCOME_WORDS[path.outcome][language]}  `
  const hops = path.hops.flatMap(({ at, id, decision, why }) =>
    hang(`  ${MARK_OF[decision]} ${terminalText([at, id].filter(Boolean).join(' '))}: `, why[language], screen),
  )
  const lines = [
    ...hang(screen.paint(head, 'bold', COLOURS[sign]), `${flowOf(path)} (${viaOf(path)})`, screen, 'bold'),
    ...hops,
  ]
  return `${lines.map(terminalLine).join('\n')}\n`
}

const MARK_OF = { allow: MARKS.good, partial: MARKS.shaky, deny: MARKS.bad, unknown: MARKS.unknown } as const

function markdownBlock(path: Path, language: Language): string {
  const hops = path.hops.map(({ at, id, decision, why }) => {
    const where = [`\`${at}\``, ...(id === null ? [] : [markdownCode(id)])].join(' ')
    return `- **${DECISIONS[decision][language]}** ${where}: ${markdownText(why[language])}`
  })
  return `**${OUTCOME_WORDS[path.outcome][language]}**: ${markdownCode(flowOf(path))} (${markdownCode(viaOf(path))})\n\n${hops.join('\n')}\n`
}

/** In the style of a report's page. */
function htmlPage(paths: readonly Path[], language: Language): string {
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; base-uri 'none'; form-action 'none'">`,
    `<title>${paths
      .map((path) => htmlText(flowOf(path)))
      .slice(0, 1)
      .join('')}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...paths.map((path) => htmlBlock(path, language)),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function htmlBlock(path: Path, language: Language): string {
  const hops = path.hops.map(({ at, id, decision, why }) => {
    const where = [at, id].filter(Boolean).join(' ')
    return `<li><b class="${DECISION_COLOURS[decision]}">${htmlText(DECISIONS[decision][language])}</b> <code>${htmlText(where)}</code>: ${htmlText(why[language])}</li>`
  })
  const sign = OUTCOME_SIGNS[path.outcome]
  const outcome = `<b class="${COLOURS[sign]}">${MARKS[sign]} ${htmlText(OUTCOME_WORDS[path.outcome][language])}</b>`
  return `<h2>${outcome} <code>${htmlText(flowOf(path))}</code> (${htmlText(viaOf(path))})</h2>\n<ol>${hops.join('')}</ol>`
}
