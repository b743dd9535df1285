/** The head of a report with a rollout: what became of it, the step at which tasks fail, the cause in a line, and what to paste. */
import type { Finding, Report } from '../../domain/report.ts'
import type { RolloutReport, Suspicion } from '../../domain/rollout.ts'
import { STEPS } from '../../domain/step.ts'
import type { Text } from '../../domain/text.ts'
import {
  causeLead,
  foundToo,
  notExplained,
  OUTCOMES,
  outcomeLine,
  pasteForSome,
  ROLLOUT_WORDS,
  steadyBut,
  stillOpen,
  suspected,
  tasksFailed,
} from '../text/rollout-words.ts'
import { WORDS } from '../text/words.ts'
import type { Head } from './blocks.ts'
import { type FailureGroup, groupFailures } from './failure-groups.ts'
import { fixAll } from './finding.ts'

const CAUSES = 3
const ADVICE = 3
/** Last lines: a stack trace hides what comes before it. */
const LAST_LINES = 5

export function rolloutHead(report: Report, rollout: RolloutReport, counts: Text): Head {
  const groups = groupFailures(rollout.failures, report.findings)
  const leading = leadingGroups(groups)
  const [first] = leading
  // What ECS said of starts in general and what passed by itself is no failure of a rollout that went well.
  const hasPassed = rollout.phase === 'steady' && groups.every(({ taskIds }) => taskIds.length === 0)
  if (first === undefined || hasPassed) return quietHead(report, rollout, counts)
  const causes = [...new Set(leading.flatMap(({ finding }) => finding ?? []))]
  // Where no finding is the cause, mending one is not the first thing to do.
  const mended = causes.length === 0 ? [] : [...new Set([...causes, ...blockersOf(report)])]
  const fix = fixAll(report, mended)
  const { failure } = first
  const left = groups.filter(({ finding }) => finding === null)
  const explained =
    causes.length === 0 || left.length === 0 ? null : { some: countOf(groups) - countOf(left), all: countOf(groups) }
  const step = report.steps.find(({ id }) => id === failure.step)?.title
  return {
    line: outcomeLine(rollout.phase, failure.title, causes[0] ?? null, explained),
    step: step ?? OUTCOMES[rollout.phase],
    title: step === undefined ? failure.title : titleOf(rollout, failure.title),
    sentence: sentenceOf(rollout, leading),
    because: [
      ...situationsIn(rollout),
      ...(causes.length === 0
        ? withoutCause(first)
        : [...mended.slice(0, CAUSES).map((finding) => causeOf(finding, groups)), ...unexplained(left)]),
    ],
    lastLines: lastLinesOf(rollout, leading),
    counts,
    ...fix,
    paste: explained === null ? pasteWords(rollout, fix.paste) : pasteForSome(explained.some, explained.all),
    advice: fix.commands.length > 0 ? [] : adviceFor(causes, failure.remedy),
  }
}

/** No failure was seen: something may be suspected, or remain open, and ECS may have counted what nobody could list. */
function quietHead(report: Report, rollout: RolloutReport, counts: Text): Head {
  const { suspicions, slow, because, phase, tasks } = rollout
  const open = suspicions.filter(({ state }) => state === 'suspected')
  const behind = findingOf(open[0], report.findings)
  const failed = tasks.failed > 0 ? [tasksFailed(tasks.failed, tasks.started, [], null)] : []
  const mended = [...new Set([...(behind === null ? [] : [behind]), ...blockersOf(report)])]
  const fix = fixAll(report, mended)
  const title = behind === null ? restOf(report, rollout) : suspected(behind.title)
  return {
    line: outcomeLine(phase, title ?? because, behind),
    step: OUTCOMES[phase],
    title,
    sentence: joined([because, ...failed, ...(slow.is ? [slow.because] : [])]),
    because: [...situationsIn(rollout), ...(behind === null ? [] : [foundToo(behind.title, behind.subject)])],
    lastLines: [],
    counts,
    ...fix,
    paste: pasteWords(rollout, fix.paste),
    advice: [],
  }
}

function situationsIn({ situations }: RolloutReport): readonly Text[] {
  return situations.map(({ what }) => what)
}

/** What keeps a rollout that went from being all well. */
function restOf({ findings }: Report, { phase, tasks, slow, situations }: RolloutReport): Text | null {
  if (phase !== 'steady') return null
  if (situations.some(({ kind }) => kind === 'other-image')) return ROLLOUT_WORDS.otherImage
  if (tasks.failed > 0) return steadyBut(tasks.failed, tasks.started)
  const rest = findings.find(({ severity }) => severity !== 'advice')
  return slow.is || rest === undefined ? null : stillOpen(rest.title)
}

function findingOf(suspicion: Suspicion | undefined, findings: readonly Finding[]): Finding | null {
  if (suspicion === undefined) return null
  const { cause, subnetId } = suspicion
  return (
    findings.find(({ check, affects }) => check === cause && affects.some((one) => one.subnetId === subnetId)) ?? null
  )
}

function blockersOf({ findings }: Report): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'blocker')
}

/** What went through after all is mended for the next time. */
function pasteWords({ phase }: RolloutReport, paste: Text): Text {
  return phase === 'steady' && paste === WORDS.pasteToFix ? ROLLOUT_WORDS.pasteNextTime : paste
}

/** All groups of the label that most tasks failed with; between equals, of the earlier step. */
function leadingGroups(groups: readonly FailureGroup[]): readonly FailureGroup[] {
  const sizes = new Map<string, number>()
  for (const { failure, count } of groups) sizes.set(failure.label, (sizes.get(failure.label) ?? 0) + count)
  const size = ({ failure }: FailureGroup) => sizes.get(failure.label) ?? 0
  const rank = ({ failure }: FailureGroup) => STEPS.indexOf(failure.step ?? 'steady')
  const [first] = groups.toSorted((one, other) => size(other) - size(one) || rank(one) - rank(other))
  return groups.filter(({ failure }) => failure.label === first?.failure.label)
}

/** What went wrong, under how it ended. */
function titleOf({ phase, tasks }: RolloutReport, title: Text): Text {
  if (phase === 'steady' && tasks.failed > 0) return steadyBut(tasks.failed, tasks.started)
  const { en, ko } = OUTCOMES[phase]
  return { en: `${en}. ${title.en}`, ko: `${ko}. ${title.ko}` }
}

function sentenceOf({ because, tasks, phase }: RolloutReport, leading: readonly FailureGroup[]): Text {
  if (tasks.failed === 0) return because
  const places = [...new Set(leading.flatMap((group) => group.places))]
  const title = phase === 'steady' ? (leading[0]?.failure.title ?? null) : null
  return joined([because, tasksFailed(tasks.failed, tasks.started, places, title)])
}

function joined(sentences: readonly Text[]): Text {
  const whole = (sentence: string) => (/[.!?]$|^$/.test(sentence) ? sentence : `${sentence}.`)
  return {
    en: sentences.map(({ en }) => whole(en)).join(' '),
    ko: sentences.map(({ ko }) => whole(ko)).join(' '),
  }
}

/** With how many of the failures it explains, where it leaves some. */
function causeOf(finding: Finding, groups: readonly FailureGroup[]): Text {
  const own = groups.filter((one) => one.finding === finding)
  const [first] = own
  if (first === undefined) return foundToo(finding.title, finding.subject)
  return named(causeLead(first.failure.confidence, countOf(own), countOf(groups)), finding)
}

function countOf(groups: readonly FailureGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0)
}

const LEFT = 3

/** What no finding stands behind, beside what one does: mending that one leaves it. */
function unexplained(left: readonly FailureGroup[]): readonly Text[] {
  return left.slice(0, LEFT).map(({ failure, count, places }) => notExplained(failure.title, count, places))
}

function named(lead: Text, { title, subject }: Finding): Text {
  return { en: `${lead.en}: ${title.en} (${subject})`, ko: `${lead.ko}: ${title.ko} (${subject})` }
}

/** What the message means, the exit code where a container ended, and what may be behind it. */
function withoutCause({ failure, suspect }: FailureGroup): readonly Text[] {
  const [note] = failure.notes
  return [
    failure.why,
    ...(failure.exitCode === null || note === undefined ? [] : [note]),
    ...(suspect === null ? [] : [named(causeLead('possible'), suspect)]),
  ]
}

/** Of a program that ends by itself nothing tells more than what it wrote. */
function lastLinesOf({ logs }: RolloutReport, leading: readonly FailureGroup[]): readonly string[] {
  const ids = new Set(leading.flatMap(({ taskIds }) => taskIds))
  const hasText = (line: string) => line.trim() !== ''
  const own = logs.find(({ taskId, lines }) => ids.has(taskId) && lines.some(hasText))
  return own?.lines.filter(hasText).slice(-LAST_LINES) ?? []
}

function adviceFor([finding]: readonly Finding[], remedy: readonly Text[]): readonly Text[] {
  const steps = finding?.remedy.console ?? []
  return (steps.length > 0 ? steps : remedy).slice(0, ADVICE)
}
