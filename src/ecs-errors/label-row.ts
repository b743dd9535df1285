/** What is known of a label, in one row: where it belongs, whether it passes, what it speaks of, and its words. */
import type { CheckId } from '../domain/check-id.ts'
import type { StepId } from '../domain/step.ts'
import type { Text } from '../domain/text.ts'
import type { Reading } from './reading.ts'

export interface Words {
  readonly title: Text
  /** What happened, and what it means for the rollout. */
  readonly why: Text
  /** Steps, the likeliest first. Empty where there is nothing to mend. */
  readonly remedy: readonly Text[]
}

/** What a task definition may name. */
export type NameKind = 'image' | 'role' | 'secret' | 'log group' | 'file' | 'file system'

/** A value, or how the message tells it. */
type ByReading<T> = T | ((reading: Reading) => T)

export interface LabelRow extends Words {
  readonly family: 'pull' | 'init' | 'start' | 'run' | 'health' | 'placement' | 'host' | 'role' | 'deploy' | 'service'
  /** The step that the message is about; null when nothing can be said. */
  readonly step: StepId | null
  /** The endpoint that was called, in the words of a path's `destination`, and `efs`. */
  readonly destination?: ByReading<string | null>
  /** A later try with nothing changed may work; absent or null when the text does not tell. */
  readonly retryable?: ByReading<boolean | null>
  /** Packets: nobody answered, they did not arrive for another reason, or the registry itself answered. */
  readonly network?: 'silent' | 'broken' | 'answered'
  /** Where it is no definite fault: daily business, somebody's wish, or an end without its cause. */
  readonly clarity?: 'routine' | 'wanted' | 'vague' | 'unspecified' | 'unknown'
  /** The container ran, or was about to: the image and the way to it are fine. */
  readonly isAfterPull?: true
  /** What ECS says of a service when it cannot even make a task. */
  readonly isBeforeTask?: true
  /** The name that may be wrong, or what it names: that the network is closed is no fault of an image's line. */
  readonly names?: NameKind
  /** Checks whose findings may be its cause. */
  readonly checks?: readonly CheckId[]
}

export type LabelRows<L extends string> = Readonly<Record<L, LabelRow>>
