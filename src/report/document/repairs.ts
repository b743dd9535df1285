/** The smallest repairs of the whole report: the first is what the head has to paste, the others are the choice. */
import { distinct } from '../../domain/collections.ts'
import type { Repair } from '../../domain/repair.ts'
import type { Report } from '../../domain/report.ts'
import type { Language } from '../../domain/text.ts'
import { WORDS } from '../text/words.ts'
import { type Block, type Card, code, field, fold, type Head, list, type Section, section, text } from './blocks.ts'

/** Null where nothing was found that mends all of it: what each finding advises stands there then. */
export function smallestRepair({ repairs = [], findings }: Report): Pick<Head, 'paste' | 'commands' | 'left'> | null {
  const [first] = repairs
  if (first === undefined || !first.verified) return null
  const blockers = findings.filter(({ severity }) => severity === 'blocker')
  const commands = distinct(first.cli)
  return { paste: blockers.length > 1 ? WORDS.fixAll : WORDS.pasteToFix, commands, left: null }
}

/** Nothing where the one repair is what the one finding says, and concerns nobody else. */
export function repairsSection({ repairs = [] }: Report, language: Language): readonly Section[] {
  const [first] = repairs
  const isPlain = repairs.length === 1 && first?.alsoTouches.length === 0 && first.restsOn.length === 0
  if (isPlain) return []
  return section(
    WORDS.repairs[language],
    repairs.map((repair, at) => repairCard(repair, at, language)),
    { id: 'repairs' },
  )
}

function repairCard(repair: Repair, at: number, language: Language): Card {
  const { alsoTouches, restsOn, verified, cli, terraform, cloudformation } = repair
  const isAbove = at === 0 && verified
  const blocks: readonly (Block | null)[] = [
    field(WORDS.alsoTouches[language], list(alsoTouches.map((one) => one[language]))),
    field(WORDS.restsOn[language], list(restsOn.map((one) => one[language]))),
    isAbove ? text(WORDS.repairIsAbove[language]) : fold(WORDS.cli[language], [code(cli, 'sh')], true),
    fold(WORDS.terraform[language], [code([terraform], 'hcl')], true),
    fold(WORDS.cloudformation[language], [code([cloudformation], 'yaml')], true),
    verified ? text(WORDS.repairVerified[language], 'good') : null,
  ]
  return {
    kind: 'card',
    number: at + 1,
    sign: verified ? 'good' : 'unknown',
    label: null,
    title: repair.because[language],
    blocks: blocks.filter((block) => block !== null),
    finding: null,
    anchor: null,
  }
}
