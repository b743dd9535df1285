/** What a reader must know first: does it go, which step fails, what to paste. */
import type { Finding, Report, Severity } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'
import {
  cannotStartIn,
  countWords,
  ENFORCEMENT,
  ignoredTitle,
  inOneSentence,
  mayFailIn,
  notLooked,
  SENTENCES,
} from '../text/words.ts'
import type { Head } from './blocks.ts'
import { fixAll } from './finding.ts'
import { rolloutHead } from './rollout-head.ts'
import { groupUnknowns } from './unknowns.ts'

export function headOf(report: Report): Head {
  const counts = countWords({
    blocker: countOf(report, 'blocker'),
    warning: countOf(report, 'warning'),
    advice: countOf(report, 'advice'),
    unknown: groupUnknowns(report.unknowns.filter(({ matters }) => matters)).length,
    ignored: report.ignored.length,
  })
  if (report.rollout !== undefined) return besideRollout(report, rolloutHead(report, report.rollout, beside(counts)))
  const { verdict, enforced, findings } = report
  const [first] = findings
  const finding = first !== undefined && (first.severity === 'blocker' || enforced) ? first : null
  const accepted = acceptedBlocker(report)
  const unlooked = unlookedWords(report)
  const sentence = verdict === 'unknown' && unlooked !== null ? unlooked : sentenceOf(report)
  const chosen = finding === null ? [] : findings.filter(({ severity }) => severity === finding.severity)
  const named = verdict === 'unknown' ? undefined : (accepted ?? findings.find(({ severity }) => severity !== 'advice'))
  return {
    line: inOneSentence(sentence, named ?? null, Math.max(0, countOf(report, 'blocker') - 1)),
    step: report.failingStep?.title ?? null,
    title: accepted === null ? (finding?.title ?? null) : ignoredTitle(accepted.title),
    sentence,
    because: [
      ...(sentence === unlooked || unlooked === null ? [] : [unlooked]),
      ...(enforced === (verdict === 'fail') ? [] : [enforced ? ENFORCEMENT.failed : ENFORCEMENT.spared]),
    ],
    lastLines: [],
    counts,
    ...fixAll(report, chosen),
    advice: [],
  }
}

/** Null where enough was seen. */
export function unlookedWords({ couldNotLook }: Report): Text | null {
  return couldNotLook === undefined ? null : notLooked(couldNotLook)
}

/** What keeps tasks from starting and is ignored, where nothing else does. */
export function acceptedBlocker({ verdict, ignored, rollout }: Report): Finding | null {
  if (verdict === 'fail' || verdict === 'unknown' || rollout !== undefined) return null
  return ignored.find(({ severity }) => severity === 'blocker') ?? null
}

/** A rollout is seen without preflight; what it is held against is not. */
function besideRollout(report: Report, head: Head): Head {
  const unlooked = unlookedWords(report)
  if (unlooked === null) return head
  const line = { en: `preflight: ${unlooked.en}`, ko: `preflight: ${unlooked.ko}` }
  return { ...head, because: [...head.because, line] }
}

/** What preflight counted, beside a rollout that the head is about. */
function beside({ en, ko }: Text): Text {
  return en === '' ? { en, ko } : { en: `preflight: ${en}`, ko: `preflight: ${ko}` }
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
