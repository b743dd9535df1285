/** The tasks of a rollout on a line of time, in SVG; each row leads to its failure, or to its line in the table below. */
import type { RolloutReport } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { notDrawn, PICTURE_WORDS } from '../diagrams/picture-words.ts'
import { type Span, type SpanKind, spanName, type TaskSpans, taskSpans, tellingTasks } from '../document/task-spans.ts'
import { instantText } from '../json/rollout.ts'
import { MARKS } from '../terminal/terminal.ts'
import { ROLLOUT_WORDS } from '../text/rollout-words.ts'
import { htmlText } from '../text/untrusted.ts'
import { element, type Lines, table } from './parts.ts'

const TASKS = 30
const EVENTS = 400
const KINDS: readonly SpanKind[] = ['provision', 'pull', 'run']

const SIZE = { left: 190, right: 20, bars: 640, row: 30, top: 26 } as const

/** `failureOf` gives the number of the failure that a task is part of, where it is written out. */
export function timelineHtml(
  rollout: RolloutReport,
  failureOf: (taskId: string) => number | null,
  language: Language,
): Lines {
  const all = taskSpans(rollout)
  const tasks = tellingTasks(all, TASKS)
  if (tasks.length === 0) return []
  const name = `${PICTURE_WORDS.gantt[language]} (${PICTURE_WORDS.elapsed[language]})`
  const left = all.length - tasks.length
  const keys = KINDS.map(
    (kind) => `<span class="nowrap"><i class="key bar-${kind}"></i> ${PICTURE_WORDS[kind][language]}</span>`,
  )
  return [
    element('h3', name),
    element('p', PICTURE_WORDS.ganttHint[language], 'quiet no-print'),
    `<div class="wide" tabindex="0">${svg(rollout, tasks, name, failureOf, language)}</div>`,
    `<p class="quiet">${keys.join(' ')} <span class="nowrap"><i class="key bar-failed"></i> ${MARKS.bad} ${PICTURE_WORDS.failed[language]}</span></p>`,
    left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
    tasksTable(tasks, language),
  ]
}

function svg(
  { startedAt }: RolloutReport,
  tasks: readonly TaskSpans[],
  name: string,
  failureOf: (taskId: string) => number | null,
  language: Language,
): string {
  const spans = tasks.flatMap((task) => task.spans)
  const beganAt = spans.reduce((first, { fromAt }) => Math.min(first, fromAt), startedAt ?? Number.POSITIVE_INFINITY)
  const seconds = Math.max(1, (spans.reduce((last, { toAt }) => Math.max(last, toAt), beganAt) - beganAt) / 1000)
  const xOf = (at: number) => Math.round(SIZE.left + ((at - beganAt) / 1000 / seconds) * SIZE.bars)
  const width = SIZE.left + SIZE.bars + SIZE.right
  const height = SIZE.top + tasks.length * SIZE.row
  const ticks = ticksOf(seconds).map((tick) => {
    const x = xOf(beganAt + tick * 1000)
    return `<line class="tick" x1="${x}" y1="${SIZE.top - 6}" x2="${x}" y2="${height}"/><text class="small" text-anchor="middle" x="${x}" y="14">${elapsed(tick)}</text>`
  })
  const rows = tasks.map((task, row) => {
    const failure = task.failed ? failureOf(task.taskId) : null
    const to = failure === null ? `#task-${row}` : `#failure-${failure}`
    return `<a href="${to}">${taskSvg(task, SIZE.top + row * SIZE.row, xOf, language)}</a>`
  })
  return [
    `<svg class="timeline" role="group" aria-labelledby="timeline-name" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="timeline-name">${name}</title>`,
    ...ticks,
    ...rows,
    '</svg>',
  ].join('\n')
}

function taskSvg(task: TaskSpans, y: number, xOf: (at: number) => number, language: Language): string {
  const title = [task.taskId, ...task.spans.map((span) => spanWords(span, language))].join(' · ')
  const bars = task.spans.map((span) => {
    const x = xOf(span.fromAt)
    const shape = `x="${x}" y="${y + 5}" width="${Math.max(3, xOf(span.toAt) - x)}" height="${SIZE.row - 10}" rx="3"`
    return `<rect class="bar-${span.failed ? 'failed' : span.kind}" ${shape}><title>${htmlText(spanWords(span, language))}</title></rect>`
  })
  const signs = task.failed
    ? task.spans
        .slice(-1)
        .map((span) => `<text class="on-bar" x="${xOf(span.fromAt) + 6}" y="${y + 19}">${MARKS.bad}</text>`)
    : []
  return [
    `<title>${htmlText(title)}</title>`,
    `<rect class="row" x="0" y="${y}" width="${SIZE.left + SIZE.bars}" height="${SIZE.row}"/>`,
    `<text x="4" y="${y + 19}">${htmlText(task.taskId.slice(0, 8))} <tspan class="small">${htmlText(task.availabilityZone ?? task.subnetId ?? '')}</tspan></text>`,
    ...bars,
    ...signs,
  ].join('')
}

function spanWords({ kind, failed, fromAt, toAt }: Span, language: Language): string {
  const time = durationText((toAt - fromAt) / 1000)[language]
  return `${spanName(kind, failed)[language]}${failed ? ` (${PICTURE_WORDS.failed[language]})` : ''}: ${time}`
}

function ticksOf(seconds: number): readonly number[] {
  const step = [15, 30, 60, 120, 300, 600, 1_800, 3_600].find((one) => seconds / one <= 10) ?? Math.ceil(seconds / 10)
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => at * step)
}

/** `3:38`. */
function elapsed(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

/** The picture in words, for those who do not see it; a row of the picture without a failure of its own leads here. */
function tasksTable(tasks: readonly TaskSpans[], language: Language): string {
  const rows = tasks.map((task, row) => [
    `<th scope="row" id="task-${row}" tabindex="-1"><code>${htmlText(task.taskId)}</code></th>`,
    element('td', task.subnetId ?? MARKS.none, 'nowrap'),
    element('td', task.availabilityZone ?? MARKS.none, 'nowrap'),
    ...KINDS.map((kind) => {
      const span = task.spans.find((one) => one.kind === kind)
      if (span === undefined) return element('td', MARKS.none)
      const time = durationText((span.toAt - span.fromAt) / 1000)[language]
      return span.failed ? element('td', `${MARKS.bad} ${time}`, 'red nowrap') : element('td', time, 'nowrap')
    }),
  ])
  const heads = [
    PICTURE_WORDS.task,
    ROLLOUT_WORDS.subnet,
    ROLLOUT_WORDS.zone,
    ...KINDS.map((kind) => PICTURE_WORDS[kind]),
  ]
  return `<details>${element('summary', PICTURE_WORDS.taskTable[language])}${table(
    heads.map((word) => word[language]),
    rows,
  )}</details>`
}

/** Everything that happened, by the clock. */
export function eventsHtml({ timeline, timelineLeftOut }: RolloutReport, language: Language): string {
  if (timeline.length === 0) return ''
  const shown =
    timeline.length <= EVENTS ? timeline : [...timeline.slice(0, EVENTS / 2), ...timeline.slice(-EVENTS / 2)]
  const rows = shown.map(({ at, what, taskId }) => [
    element('td', instantText(at)?.replace(/\.\d+Z$/, 'Z') ?? MARKS.none, 'nowrap'),
    element('td', taskId?.slice(0, 8) ?? MARKS.none),
    element('td', what[language]),
  ])
  const heads = [PICTURE_WORDS.at, PICTURE_WORDS.task, PICTURE_WORDS.event].map((word) => word[language])
  const left = timeline.length - shown.length + timelineLeftOut
  const more = left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet')
  return `<details>${element('summary', PICTURE_WORDS.timeline[language])}${table(heads, rows)}${more}</details>`
}
