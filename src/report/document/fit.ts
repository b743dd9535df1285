/** Cuts a document to a size, by whole blocks: findings go first, from the end, then whole sections. Each leaves a line. */
import type { Language } from '../../domain/text.ts'
import { findingsLeftOut, partLeftOut } from '../text/words.ts'
import { type Block, type Section, text } from './blocks.ts'

/** For headings and for the lines that say what was left out. */
const RESERVE = 2_000

/** `sizeOf` counts what the medium limits: bytes, or characters. */
export function cutToSize(
  sections: readonly Section[],
  room: number,
  sizeOf: (blocks: readonly Block[]) => number,
  language: Language,
): readonly Section[] {
  const size = (section: Section) => sizeOf(section.blocks)
  const around = sections.filter(({ id }) => id !== 'findings').reduce((sum, section) => sum + size(section), 0)
  const left = room - RESERVE - around
  if (left >= 0) {
    return sections.map((section) => (section.id === 'findings' ? cut(section, left, sizeOf, language) : section))
  }
  let used = 0
  return sections.map((section) => {
    const own = size(section)
    if (used + own > room - RESERVE) return without(section, language)
    used += own
    return section
  })
}

function cut(
  section: Section,
  room: number,
  sizeOf: (blocks: readonly Block[]) => number,
  language: Language,
): Section {
  let used = 0
  const kept = section.blocks.filter((block) => {
    used += sizeOf([block])
    return used <= room
  })
  const rest = section.blocks.length - kept.length
  return rest === 0 ? section : { ...section, blocks: [...kept, text(findingsLeftOut(rest)[language], 'quiet')] }
}

function without({ title, ...section }: Section, language: Language): Section {
  return { ...section, title, isTitled: false, blocks: [text(partLeftOut(title)[language], 'quiet')] }
}
