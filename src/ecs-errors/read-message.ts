/** Reads one ECS failure message: what went wrong, with whom, and whether a later try may work. Unknown stays unknown. */
import type { Label } from '../domain/label.ts'
import type { StepId } from '../domain/step.ts'
import { decideInit, decideOtherInit } from './classify/init.ts'
import { decidePlacement } from './classify/placement.ts'
import { decidePull } from './classify/pull.ts'
import * as service from './classify/service.ts'
import { decideStart } from './classify/start.ts'
import { LABELS } from './labels.ts'
import { unwrapped } from './normalize.ts'
import { type DialledAddress, type Reading, readingOf } from './reading.ts'
import { repairOf } from './repairs.ts'

export interface Message {
  readonly label: Label
  readonly step: StepId | null
  /** The endpoint concerned, in the words of a path's `destination`, and `efs`; null when none is, or the text does not tell. */
  readonly destination: string | null
  /** A later try with nothing changed may work; null when the text does not tell. */
  readonly transient: boolean | null
  readonly address: DialledAddress | null
  /** Which of the label's repairs fits, where it has several. */
  readonly repair: number | null
}

export interface MessageContext {
  /** CIDR blocks of the Region's S3 prefix list, where they are known. */
  readonly s3Prefixes?: readonly string[]
}

/**
 * From the most telling words to the least. A pull or set-up error stands inside of placement events and of verdicts,
 * so that those are asked first; roles before hooks and volumes, because the missing right is what mends them.
 */
const DECIDERS: readonly ((reading: Reading) => Label | null)[] = [
  service.decideRole,
  decideInit,
  decidePull,
  service.decideHealth,
  service.decideDeployment,
  decidePlacement,
  decideStart,
  service.decideStop,
  decideOtherInit,
  service.decideWaiter,
  service.decideProgress,
  service.decideRest,
]

/** A placement event and a stop code carry whatever stopped the task, not only what placement says. */
const CARRIED = /(?:unable to place a task[.,] ?reason|^taskfailedtostart): /i

function labelOf(reading: Reading): Label {
  for (const decide of DECIDERS) {
    const found = decide(reading)
    if (found !== null) return found
  }
  return 'unknown'
}

/** The reason that the event carries is read for itself first; where it says nothing, the event as a whole does. */
function labelOfCarried(text: string): Label {
  const carried = CARRIED.exec(text)
  return carried === null ? 'unknown' : labelOf(readingOf(text.slice(carried.index + carried[0].length)))
}

/** Never throws; untrusted text costs time in proportion to its length, at most 8,000 characters of it. */
export function readMessage(text: string, context: MessageContext = {}): Message {
  const message = readAsPrinted(text, context)
  if (tells(message)) return message
  const whole = unwrapped(text)
  const again = whole === null ? message : readAsPrinted(whole, context)
  return tells(again) ? again : message
}

/** Whether the text says what it is about. */
export function tells({ label }: Pick<Message, 'label'>): boolean {
  const { clarity } = LABELS[label]
  return clarity !== 'unknown' && clarity !== 'unspecified'
}

function readAsPrinted(text: string, { s3Prefixes = [] }: MessageContext): Message {
  const reading = readingOf(text, s3Prefixes)
  const carried = labelOfCarried(reading.plain)
  const label = carried === 'unknown' ? labelOf(reading) : carried
  const { step, destination = null, retryable = null } = LABELS[label]
  return {
    label,
    step,
    destination: typeof destination === 'function' ? destination(reading) : destination,
    transient: typeof retryable === 'function' ? retryable(reading) : retryable,
    address: label === 'unknown' ? null : reading.dialled,
    repair: repairOf(label, reading),
  }
}
