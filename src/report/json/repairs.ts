/** A repair in the JSON of a report (contract, section 11). */
import type { Repair } from '../../domain/repair.ts'
import type { Language, Text } from '../../domain/text.ts'
import type { RepairJson } from './shape.ts'

export function repairJson(repair: Repair, language: Language): RepairJson {
  const { changes, cli, terraform, cloudformation, because, monthlyUsd, alsoTouches, verified, restsOn } = repair
  const pick = (texts: readonly Text[]) => texts.map((one) => one[language])
  return {
    changes,
    cli,
    terraform,
    cloudformation,
    because: because[language],
    monthlyUsd,
    alsoTouches: pick(alsoTouches),
    verified,
    restsOn: pick(restsOn),
  }
}
