/** A sentence in each language a report is written in. Only renderers pick one. */
export interface Text {
  readonly en: string
  readonly ko: string
}

export type Language = keyof Text
export const LANGUAGES: readonly Language[] = ['en', 'ko']
