/** Blocks as lines of plain text, where nothing but lines can be shown: a test report, an annotation. */
import { type Block, plain } from './blocks.ts'

export function plainLines(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap(linesOf)
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [plain(block.text)]
    case 'list':
      return block.items.map((item, at) => `${block.ordered === true ? `${at + 1}.` : '-'} ${plain(item)}`)
    case 'code':
      return block.text.split('\n')
    case 'field':
      return block.body.kind === 'text'
        ? [`${plain(block.name)}: ${plain(block.body.text)}`]
        : [`${plain(block.name)}:`, ...linesOf(block.body)]
    case 'fold':
      return [`${block.name}:`, ...plainLines(block.blocks)]
    case 'card':
      return [block.label === null ? block.title : `${block.label}: ${block.title}`, ...plainLines(block.blocks)]
    default:
      return []
  }
}
