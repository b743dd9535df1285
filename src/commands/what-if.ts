/** `what-if`: changes of a file, made in the facts before anything is judged. AWS is not asked to make them. */

import { applyChanges } from '../changes/apply.ts'
import { isRef } from '../changes/change-kind.ts'
import { CHANGE_KINDS } from '../changes/index.ts'
import { isRefused } from '../changes/network-facts.ts'
import { known, unread } from '../domain/answer.ts'
import type { Change } from '../domain/change.ts'
import { nearest } from '../domain/did-you-mean.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Network } from '../domain/network.ts'
import { UsageError } from '../domain/usage-error.ts'
import { MEBIBYTE } from '../files/plain-file.ts'
import { namedJson } from './named-file.ts'

/** Changes as the JSON report prints them (contract, section 11), and what to call them in a message. */
export interface Supposed {
  readonly label: string
  readonly path: string
  readonly changes: readonly Change[]
}

/** Throws `UsageError` for what is no JSON array of changes of known kinds: it names the place. */
export async function readChanges(label: string, path: string): Promise<Supposed> {
  const list = await namedJson(label, path, MEBIBYTE)
  if (!Array.isArray(list) || list.length === 0)
    throw new UsageError({
      en: `${label} takes a JSON array of changes, as \`repairs[0].changes\` of a report has them, and ${path} holds something else.`,
      ko: `${label} 입력에는 변경의 JSON 배열이 필요합니다(보고서의 \`repairs[0].changes\` 형식). 다른 내용이 들어 있는 파일: ${path}`,
    })
  const made = new Set<string>()
  const { complaintOf } = await import('./change-schema.ts')
  return { label, path, changes: list.map((one, at) => changeOf(one, `${path}[${at}]`, made, complaintOf)) }
}

function changeOf(
  value: unknown,
  place: string,
  made: Set<string>,
  complaintOf: (change: unknown, kind: string) => string | null,
): Change {
  const { kind, makes } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (!CHANGE_KINDS.some((one) => one === kind)) {
    const meant = typeof kind === 'string' ? nearest(kind, CHANGE_KINDS) : null
    throw new UsageError({
      en: `${place} has the kind ${JSON.stringify(kind)}, which is no change that is known here.${meant === null ? '' : ` Did you mean ${meant}?`}`,
      ko: `알 수 없는 변경 종류입니다: ${JSON.stringify(kind)} (${place})${meant === null ? '' : `. 다음 종류일 수 있습니다: ${meant}`}`,
    })
  }
  const complaint = complaintOf(value, String(kind))
  if (complaint !== null)
    throw new UsageError({
      en: `${place}, ${kind}, is not as the schema of a change has it: ${complaint}.`,
      ko: `변경의 스키마에 맞지 않습니다: ${place}, ${kind} (${complaint})`,
    })
  const unknown = refsIn(value).find((ref) => !made.has(ref))
  if (unknown !== undefined)
    throw new UsageError({
      en: `${place} refers to ${unknown}, which no change before it makes.`,
      ko: `앞의 변경에서 만들지 않는 것을 참조합니다: ${unknown} (${place})`,
    })
  if (typeof makes === 'string') made.add(makes)
  return value as Change
}

function refsIn(value: unknown): readonly string[] {
  if (isRef(value as object)) return [(value as { readonly ref: string }).ref]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : []
}

/** Throws `UsageError` where AWS would refuse one of them, or nobody can foresee what it does. */
export function supposing(facts: GatheredFacts, { label, path, changes }: Supposed): GatheredFacts {
  return changes.reduce((before, change, at) => {
    const after = applyChanges(before, [change])
    if (after !== null && !isRefused(after)) return after
    const why = after === null ? null : after.refused
    throw new UsageError({
      en: `${label}: ${why === null ? 'what this change does cannot be foreseen from what was read' : `AWS would refuse this change with ${why}`}: ${path}[${at}], ${change.kind}.`,
      ko: `${label} 입력의 변경을 적용할 수 없습니다: ${path}[${at}], ${change.kind} (${why === null ? '읽은 정보로는 결과를 알 수 없음' : `AWS가 거부할 오류: ${why}`})`,
    })
  }, facts)
}

/** The same of a network alone. */
export function supposingNetwork(network: Network, supposed: Supposed): Network {
  const nobodyAsked = unread('unasked', '')
  const facts: GatheredFacts = {
    service: nobodyAsked,
    taskDefinition: nobodyAsked,
    compute: nobodyAsked,
    network: known(network),
    paths: nobodyAsked,
    tasks: nobodyAsked,
    role: nobodyAsked,
    images: nobodyAsked,
    configuration: nobodyAsked,
  }
  const changed = supposing(facts, supposed).network
  return changed.known ? changed.value : network
}
