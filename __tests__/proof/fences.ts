/** What a page prints to be copied, and what it says. */
import { readFileSync } from 'node:fs'

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm

/** The blocks of code in that language, in their order. */
export function codeIn(page: string, language: string): readonly string[] {
  const fences = [...readFileSync(page, 'utf8').matchAll(FENCE)]
  return fences.flatMap(([, of, code = '']) => (of === language ? [code] : []))
}

export function prose(page: string): string {
  return readFileSync(page, 'utf8').replace(FENCE, '')
}
