/** What a reader must know first: does it go, which step fails, which finding to mend first. Shared by every renderer. */
import { partitionOf } from '../../domain/partition.ts'
import type { Finding, Report, Severity, Step, Unknown } from '../../domain/report.ts'
import type { StepId } from '../../domain/step.ts'
import type { Language, Text } from '../../domain/text.ts'
import { statementsForUnknowns } from '../../iam/permission-statements.ts'
import {
  andMore,
  cannotStartIn,
  countWords,
  ENFORCEMENT,
  ignoredTitle,
  inOneSentence,
  mayFailIn,
  SENTENCES,
  WORDS,
} from '../text/words.ts'
import { fixAll } from './fix-all.ts'
import type { Headline } from './head.ts'
import { rolloutHeadline } from './rollout-headline.ts'

export function headlineOf(report: Report): Headline {
  const counts = countWords({
    blocker: countOf(report, 'blocker'),
    warning: countOf(report, 'warning'),
    advice: countOf(report, 'advice'),
    unknown: report.unknowns.filter(({ matters }) => matters).length,
    ignored: report.ignored.length,
  })
  if (report.rollout !== undefined) return rolloutHeadline(report, report.rollout, besides(counts))
  const { verdict, enforced, findings } = report
  const [first] = findings
  const finding = first !== undefined && (first.severity === 'blocker' || enforced) ? first : null
  const accepted = acceptedBlocker(report)
  const sentence = sentenceOf(report)
  const named = verdict === 'unknown' ? undefined : (accepted ?? findings.find(({ severity }) => severity !== 'advice'))
  return {
    line: inOneSentence(sentence, named ?? null, Math.max(0, countOf(report, 'blocker') - 1)),
    step: report.failingStep?.title ?? null,
    title: accepted === null ? (finding?.title ?? null) : ignoredTitle(accepted.title),
    sentence,
    because: enforced === (verdict === 'fail') ? [] : [enforced ? ENFORCEMENT.failed : ENFORCEMENT.spared],
    said: [],
    counts,
    paste: countOf(report, 'blocker') > 1 ? WORDS.fixAll : WORDS.pasteToFix,
    commands: finding === null ? [] : fixAll(findings.filter(({ severity }) => severity === finding.severity)),
    advice: [],
  }
}

/** What keeps tasks from starting and is ignored, where nothing else does. */
function acceptedBlocker({ verdict, ignored }: Report): Finding | null {
  if (verdict === 'fail' || verdict === 'unknown') return null
  return ignored.find(({ severity }) => severity === 'blocker') ?? null
}

/** What preflight counted, beside a rollout that the head is about. */
function besides({ en, ko }: Text): Text {
  return en === '' ? { en, ko } : { en: `preflight: ${en}`, ko: `preflight: ${ko}` }
}

/** What the table of steps says of one: its worst finding, the failure of a rollout, or what could not be read. */
export function noteOf(report: Report, { id, state }: Step, language: Language): string | null {
  if (state === 'unknown') return missedAt(report, id)?.because[language] ?? null
  const isHere = ({ step }: Finding) => step === id
  const own = report.findings.some(isHere) ? report.findings.filter(isHere) : report.ignored.filter(isHere)
  const more = own.length > 1 ? ` (${andMore(own.length - 1)[language]})` : ''
  if (own[0] !== undefined) return (state === 'ignored' ? ignoredTitle(own[0].title) : own[0].title)[language] + more
  const failure = report.rollout?.failures.find(({ step }) => step === id)
  return failure === undefined ? null : failure.title[language]
}

/** What could not be read there, else what the paths to there ended at. */
function missedAt({ unknowns }: Report, id: StepId): Unknown | undefined {
  const missed = unknowns.filter(({ matters }) => matters)
  return missed.find(({ step }) => step === id) ?? missed.find(({ beyond = [] }) => beyond.includes(id))
}

function countOf(report: Report, severity: Severity): number {
  return report.findings.filter((finding) => finding.severity === severity).length
}

function sentenceOf(report: Report): Text {
  if (acceptedBlocker(report) !== null) return SENTENCES.ignored
  return report.verdict === 'fail' ? whereItFails(report) : SENTENCES[report.verdict]
}

/** How many subnets the blockers hit. A cause that is not of the network (a role, an image) hits all of them. */
function whereItFails(report: Report): Text {
  const needed = report.paths.filter(({ required }) => required)
  const total = subnetsOf(needed)
  const blocked = subnetsOf(needed.filter(({ outcome }) => outcome === 'blocked'))
  const shaky = subnetsOf(needed.filter(({ outcome }) => outcome === 'blocked' || outcome === 'intermittent'))
  const elsewhere = report.findings.some(({ severity, affects }) => severity === 'blocker' && affects.length === 0)
  if (elsewhere || shaky === 0) return SENTENCES.blocked
  if (blocked === 0) return mayFailIn(shaky, total)
  return blocked === total ? SENTENCES.everywhere : cannotStartIn(blocked, total)
}

function subnetsOf(paths: Report['paths']): number {
  return new Set(paths.map(({ from }) => from.subnetId)).size
}

/** The same reason and permission, whatever the number of checks that tripped over it, is one line. */
export interface UnknownGroup {
  readonly because: Text
  readonly permission: string | null
  readonly matters: boolean
  readonly checks: readonly string[]
}

/** Those that matter first. */
export function groupUnknowns(unknowns: readonly Unknown[]): readonly UnknownGroup[] {
  const groups = new Map<string, UnknownGroup>()
  for (const { because, permission, matters, check } of unknowns) {
    const key = JSON.stringify([because, permission, matters])
    const checks = groups.get(key)?.checks ?? []
    groups.set(key, { because, permission, matters, checks: [...new Set([...checks, check])] })
  }
  return [...groups.values()].toSorted((one, other) => Number(other.matters) - Number(one.matters))
}

/** The policy statements that allow what was missing, as JSON; null where nothing decisive is, or no permission would help. */
export function missingStatement(unknowns: readonly Unknown[], region: string): string | null {
  if (!unknowns.some(({ matters }) => matters)) return null
  const statements = statementsForUnknowns(unknowns, partitionOf(region).id)
  return statements.length === 0 ? null : JSON.stringify(statements, null, 2)
}

/** Each subnet that a finding breaks, with the destinations it loses. */
export function affectedBySubnet(finding: Finding): readonly (readonly [string, readonly string[]])[] {
  const subnets = new Map<string, readonly string[]>()
  for (const { subnetId, destination } of finding.affects) {
    subnets.set(subnetId, [...new Set([...(subnets.get(subnetId) ?? []), destination])])
  }
  return [...subnets]
}

/** A subnet's zone as the paths name it; empty when they do not. */
export function zoneOf(report: Report, subnetId: string): string {
  return report.paths.find(({ from }) => from.subnetId === subnetId)?.from.availabilityZone ?? ''
}

/** The check's page in the reader's language. */
export function pageOf(finding: Finding, language: Language): string {
  return finding.docs.replace(/^docs\/en\//, `docs/${language}/`)
}
