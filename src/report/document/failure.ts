/** A failure of a rollout, or many that are the same: who, when, why, what ECS said, what to do. */
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'
import type { Language, Text } from '../../domain/text.ts'
import { instantText } from '../json/rollout.ts'
import { causeLead, ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { clean } from '../text/untrusted.ts'
import { clip } from '../text/width.ts'
import { andMore } from '../text/words.ts'
import { type Card, code, field, fold, list, text } from './blocks.ts'
import { type FailureGroup, groupFailures } from './failure-groups.ts'
import { plainLines } from './plain-lines.ts'

/** `at`: its number among the cards, for links within a page. `said`: characters of what ECS said. */
export function failureCard(
  group: FailureGroup,
  at: number,
  said: number,
  language: Language,
  findings: readonly Finding[] = [],
): Card {
  const { failure, finding } = group
  const pick = (texts: readonly Text[]) => texts.map((one) => one[language])
  const [tasks, cause] = [taskLine(group), causeLine(group, findings)]
  const blocks = [
    text(whoLine(group)[language], 'quiet'),
    cause === null ? null : text(cause[language], 'cause'),
    list(pick(reasonsOf(failure))),
    // The message's own remedy, where no finding brings a better one.
    field(ROLLOUT_WORDS.advice[language], finding === null ? list(pick(failure.remedy), true) : null),
    fold(ROLLOUT_WORDS.said[language], [
      tasks === null ? null : text(tasks[language], 'quiet'),
      code([clip(clean(failure.text), said)], ''),
    ]),
  ]
  return {
    kind: 'card',
    number: null,
    sign: 'bad',
    label: null,
    title: failure.title[language],
    blocks: blocks.filter((block) => block !== null),
    finding: null,
    anchor: `failure-${at}`,
  }
}

/** One failure in plain lines: what, who, why, what ECS said, what to do. */
export function failureStory(
  failure: RolloutFailure,
  findings: readonly Finding[],
  language: Language,
): readonly string[] {
  const [group] = groupFailures([failure], findings)
  return group === undefined ? [] : plainLines([failureCard(group, 0, SAID, language)])
}

/** ECS cuts its own reasons at 1,024 characters. */
const SAID = 1_500

/** What speaks for a failure's cause. Where the cause is proved, what a failure of its kind usually means is beside the point. */
function reasonsOf({ confidence, why, notes }: RolloutFailure): readonly Text[] {
  return confidence === 'proved' && notes.length > 0 ? notes : [why, ...notes]
}

const PLACES = 3
const TASKS = 5

/** Who failed where and when: `2 tasks · subnet-… (zone) · …T04:05:33Z – …T04:10:51Z`. */
function whoLine({ count, taskIds, places, firstAt, lastAt }: FailureGroup): Text {
  const times = [...new Set([firstAt, lastAt].flatMap((at) => instantText(at)?.replace(/\.\d+Z$/, 'Z') ?? []))]
  const where = places.slice(0, PLACES).join(', ')
  const more = places.length > PLACES ? andMore(places.length - PLACES) : null
  const of = taskIds.length > 0
  const line = (who: string, rest: string) =>
    [who, where === '' ? '' : `${where}${rest}`, times.join(' – ')].filter((part) => part !== '').join(' · ')
  return {
    en: line(
      of ? `${count} ${count === 1 ? 'task' : 'tasks'}` : 'no task came to be',
      more === null ? '' : `, ${more.en}`,
    ),
    ko: line(of ? `태스크 ${count}개` : '생성된 태스크 없음', more === null ? '' : ` ${more.ko}`),
  }
}

/** The first few: the JSON has all. */
function taskLine({ taskIds }: FailureGroup): Text | null {
  if (taskIds.length === 0) return null
  const shown = taskIds.slice(0, TASKS).join(', ')
  const more = taskIds.length > TASKS ? andMore(taskIds.length - TASKS) : null
  return { en: more === null ? shown : `${shown}, ${more.en}`, ko: more === null ? shown : `${shown} ${more.ko}` }
}

/** The finding behind it and how sure that is; of one that stands in the same report its number there, as its title is in the head already. */
function causeLine({ failure, finding, suspect }: FailureGroup, findings: readonly Finding[]): Text | null {
  const { cause, causeSubject, confidence } = failure
  if (cause === null) return null
  const lead = causeLead(confidence)
  const number = finding === null ? 0 : findings.indexOf(finding) + 1
  if (number > 0)
    return {
      en: `${lead.en}: finding ${number} below (${causeSubject})`,
      ko: `${lead.ko}: 아래 ${number}번째 문제 (${causeSubject})`,
    }
  const title = (finding ?? suspect)?.title
  const id = causeSubject === null ? cause : `${cause} ${causeSubject}`
  if (title === undefined) return { en: `${lead.en}: ${id}`, ko: `${lead.ko}: ${id}` }
  return { en: `${lead.en}: ${title.en} (${id})`, ko: `${lead.ko}: ${title.ko} (${id})` }
}
