/** The rollout in the HTML report: its tasks on a line of time in SVG, the failures, and everything again as tables. */
import type { RolloutFailure, RolloutReport } from '../domain/rollout.ts'
import type { Language } from '../domain/text.ts'
import { element, type Lines, list, section, table } from './html-parts.ts'
import { notDrawn, PICTURE_WORDS } from './picture-words.ts'
import { instantText } from './rollout.ts'
import { CONFIDENCES, PHASES, ROLLOUT_WORDS, tally } from './rollout-words.ts'
import { type Span, type TaskSpans, taskSpans, tellingTasks } from './task-spans.ts'
import { MARKS } from './terminal.ts'
import { htmlText } from './untrusted.ts'

const TASKS = 30
const FAILURES = 20

export function rolloutHtml(rollout: RolloutReport | undefined, language: Language): Lines {
  if (rollout === undefined) return []
  const { phase, because, tasks, seconds, slow, notes } = rollout
  const colour = phase === 'steady' ? 'green' : phase === 'failed' || phase.startsWith('roll') ? 'red' : 'yellow'
  return section(
    `${ROLLOUT_WORDS.title[language]}: ${PHASES[phase][language]}`,
    [
      element('p', because[language], `headline ${colour}`),
      element('p', tally(tasks.started, tasks.failed, seconds)[language]),
      subnetTable(rollout, language),
      timelineSvg(rollout, language),
      slow.is ? element('p', `${ROLLOUT_WORDS.slow[language]}: ${slow.because[language]}`) : '',
      slow.is && slow.setting !== null ? element('p', slow.setting[language]) : '',
      ...failuresHtml(rollout, language),
      list(
        'ul',
        notes.map((note) => note[language]),
      ),
      eventsHtml(rollout, language),
    ],
    'rollout',
  )
}

function subnetTable({ bySubnet }: RolloutReport, language: Language): string {
  if (bySubnet.length === 0) return ''
  const { subnet, zone, started, failed, succeeded } = ROLLOUT_WORDS
  const rows = bySubnet.map((one) => [
    `<th scope="row"><code>${htmlText(one.subnetId ?? MARKS.none)}</code></th>`,
    element('td', one.availabilityZone ?? MARKS.none),
    element('td', String(one.started)),
    element('td', String(one.failed), one.failed > 0 ? 'red' : ''),
    element('td', String(one.succeeded)),
  ])
  return table(
    [subnet, zone, started, failed, succeeded].map((word) => word[language]),
    rows,
  )
}

const SIZE = { left: 190, right: 20, bars: 640, row: 30, top: 26 } as const

function timelineSvg(rollout: RolloutReport, language: Language): string {
  const all = taskSpans(rollout)
  const tasks = tellingTasks(all, TASKS)
  const spans = tasks.flatMap((task) => task.spans)
  if (spans.length === 0) return ''
  const beganAt = spans.reduce(
    (first, { fromAt }) => Math.min(first, fromAt),
    rollout.startedAt ?? Number.POSITIVE_INFINITY,
  )
  const seconds = Math.max(1, (spans.reduce((last, { toAt }) => Math.max(last, toAt), beganAt) - beganAt) / 1000)
  const xOf = (at: number) => Math.round(SIZE.left + ((at - beganAt) / 1000 / seconds) * SIZE.bars)
  const width = SIZE.left + SIZE.bars + SIZE.right
  const height = SIZE.top + tasks.length * SIZE.row
  const ticks = ticksOf(seconds).map((tick) => {
    const x = xOf(beganAt + tick * 1000)
    return `<line class="tick" x1="${x}" y1="${SIZE.top - 6}" x2="${x}" y2="${height}"/><text class="small" text-anchor="middle" x="${x}" y="14">${elapsed(tick)}</text>`
  })
  const name = `${PICTURE_WORDS.gantt[language]} (${PICTURE_WORDS.elapsed[language]})`
  const drawn = [
    `<svg class="timeline" role="group" aria-labelledby="timeline-name" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="timeline-name">${name}</title>`,
    ...ticks,
    ...tasks.flatMap((task, row) => taskSvg(task, SIZE.top + row * SIZE.row, xOf, language)),
    '</svg>',
  ]
  const left = all.length - tasks.length
  return [
    element('h3', name),
    `<div class="wide" tabindex="0">${drawn.join('\n')}</div>`,
    `<p class="quiet">${(['provision', 'pull', 'start'] as const).map((kind) => `<i class="key bar-${kind}"></i> ${PICTURE_WORDS[kind][language]}`).join(' ')} <i class="key bar-failed"></i> ${PICTURE_WORDS.failed[language]}</p>`,
    left === 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
  ].join('\n')
}

function taskSvg(task: TaskSpans, y: number, xOf: (at: number) => number, language: Language): Lines {
  const place = task.zone ?? task.subnetId
  return [
    `<text x="0" y="${y + 19}">${htmlText(task.taskId.slice(0, 8))} <tspan class="small">${htmlText(place ?? '')}</tspan></text>`,
    ...task.spans.map((span) => {
      const x = xOf(span.fromAt)
      const title = `${task.taskId}, ${spanWords(span, language)}`
      return `<g class="bar-${span.failed ? 'failed' : span.kind}"><title>${htmlText(title)}</title><rect x="${x}" y="${y + 5}" width="${Math.max(3, xOf(span.toAt) - x)}" height="${SIZE.row - 10}" rx="3"/></g>`
    }),
    ...(task.failed ? task.spans.slice(-1).map((span) => failedSign(xOf(span.fromAt) + 6, y)) : []),
  ]
}

/** Not by colour alone. */
function failedSign(x: number, y: number): string {
  return `<text class="on-bar" x="${x}" y="${y + 19}">${MARKS.bad}</text>`
}

function spanWords({ kind, failed, fromAt, toAt }: Span, language: Language): string {
  const seconds = Math.round((toAt - fromAt) / 1000)
  const time = language === 'ko' ? `${seconds}초` : `${seconds} s`
  return `${PICTURE_WORDS[kind][language]}${failed ? ` (${PICTURE_WORDS.failed[language]})` : ''}: ${time}`
}

function ticksOf(seconds: number): readonly number[] {
  const step = [15, 30, 60, 120, 300, 600, 1_800, 3_600].find((one) => seconds / one <= 10) ?? Math.ceil(seconds / 10)
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => at * step)
}

/** `3:38`. */
function elapsed(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

function failuresHtml({ failures }: RolloutReport, language: Language): Lines {
  if (failures.length === 0) return []
  const left = failures.length - FAILURES
  return [
    element('h3', `${ROLLOUT_WORDS.failures[language]} (${failures.length})`),
    `<ul>${failures
      .slice(0, FAILURES)
      .map((failure) => failureHtml(failure, language))
      .join('\n')}</ul>`,
    left <= 0 ? '' : element('p', notDrawn(left)[language], 'quiet'),
  ]
}

function failureHtml(failure: RolloutFailure, language: Language): string {
  const { taskId, subnetId, privateIp, at, title, cause, causeSubject, confidence, text, notes } = failure
  const who = [taskId, subnetId, privateIp, instantText(at)].filter((part) => part !== null).join(' · ')
  const reason = [cause, causeSubject].filter((part) => part !== null).join(' ')
  const lines = [
    ...(cause === null ? [] : [`${ROLLOUT_WORDS.cause[language]}: ${reason} (${CONFIDENCES[confidence][language]})`]),
    ...notes.map((note) => note[language]),
    `${ROLLOUT_WORDS.said[language]}: ${text}`,
  ]
  return `<li>${element('strong', title[language])} ${element('span', who, 'quiet')}${list('ul', lines)}</li>`
}

/** The same as the picture, and more, for those who do not see it. */
function eventsHtml({ timeline }: RolloutReport, language: Language): string {
  if (timeline.length === 0) return ''
  const rows = timeline.map(({ at, what, taskId }) => [
    element('td', instantText(at) ?? MARKS.none),
    element('td', taskId ?? MARKS.none),
    element('td', what[language]),
  ])
  const heads = [PICTURE_WORDS.at, PICTURE_WORDS.task, PICTURE_WORDS.event].map((word) => word[language])
  return `<details>${element('summary', PICTURE_WORDS.timeline[language])}${table(heads, rows)}</details>`
}
