/** A rollout's tasks as a Mermaid Gantt: provision, pull, run; where one failed, in red. At most 12 tasks. */
import type { RolloutReport } from '../../domain/rollout.ts'
import type { Language } from '../../domain/text.ts'
import { durationText } from '../../rollout/timing/duration.ts'
import { type Span, spanName, type TaskSpans, taskSpans, tellingTasks } from '../document/task-spans.ts'
import { mermaidText } from './mermaid-text.ts'
import { notDrawn, PICTURE_WORDS } from './picture-words.ts'

const TASKS = 12

/** Null where the timeline knows of no task. */
export function rolloutMermaid(rollout: RolloutReport, language: Language): string | null {
  const all = taskSpans(rollout)
  const tasks = tellingTasks(all, TASKS)
  const spans = tasks.flatMap((task) => task.spans)
  if (spans.length === 0) return null
  const beganAt = spans.reduce(
    (first, { fromAt }) => Math.min(first, fromAt),
    rollout.startedAt ?? Number.POSITIVE_INFINITY,
  )
  const seconds = (spans.reduce((last, { toAt }) => Math.max(last, toAt), beganAt) - beganAt) / 1000
  const left = all.length - tasks.length
  const more = left === 0 ? '' : `, ${notDrawn(left)[language]}`
  return [
    // Room for an id and a zone before the bars; the default holds a dozen letters.
    '%%{init: {"gantt": {"leftPadding": 180}}}%%',
    'gantt',
    `  title ${PICTURE_WORDS.gantt[language]} (${PICTURE_WORDS.elapsed[language]}${more})`,
    '  dateFormat YYYY-MM-DDTHH:mm:ss',
    `  axisFormat ${seconds < 3_600 ? '%M:%S' : '%H:%M'}`,
    `  tickInterval ${tickOf(seconds)}`,
    '  todayMarker off',
    ...tasks.flatMap((task, at) => section(task, at, beganAt, language)),
  ].join('\n')
}

/** Eight to sixteen marks. */
function tickOf(seconds: number): string {
  if (seconds < 240) return '15second'
  if (seconds < 960) return '1minute'
  if (seconds < 3_600) return '5minute'
  return `${Math.max(1, Math.ceil(seconds / 3_600 / 12))}hour`
}

function section(task: TaskSpans, at: number, beganAt: number, language: Language): readonly string[] {
  const place = task.availabilityZone ?? task.subnetId
  const name = `${task.taskId.slice(0, 8)}${place === null ? '' : ` ${place}`}`
  return [
    `  section ${mermaidText(name, 28)}`,
    ...task.spans.map((span, index) => {
      return `  ${label(span, language)} : ${styleOf(span)}t${at}x${index}, ${clock(span.fromAt - beganAt)}, ${clock(span.toAt - beganAt)}`
    }),
  ]
}

/** Not `active`: in Mermaid's dark theme the words beside such a bar are black on black. */
function styleOf({ failed, kind }: Span): string {
  if (failed) return 'crit, '
  return kind === 'run' ? 'done, ' : ''
}

function label({ kind, failed, fromAt, toAt }: Span, language: Language): string {
  const word = spanName(kind, failed)[language]
  const time = durationText((toAt - fromAt) / 1000)[language]
  return failed ? `${word}, ${PICTURE_WORDS.failed[language]} ${time}` : `${word} ${time}`
}

/** Elapsed time as a time of day, so that the axis reads the same in every time zone: Mermaid takes it for local time. */
function clock(elapsedMs: number): string {
  return new Date(Date.UTC(2000, 0, 1) + Math.max(0, elapsedMs)).toISOString().slice(0, 19)
}
