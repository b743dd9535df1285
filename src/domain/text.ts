/** A sentence in each language a report is written in. Only renderers pick one. */
export interface Text {
  readonly en: string
  readonly ko: string
}

export type Language = keyof Text
export const LANGUAGES: readonly Language[] = ['en', 'ko']

/** One sentence of several parts. */
export function joined(texts: readonly Text[], separator = '; '): Text {
  return { en: texts.map(({ en }) => en).join(separator), ko: texts.map(({ ko }) => ko).join(separator) }
}
