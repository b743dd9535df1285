/** A list of changes that makes a service whole, with what is known about it (contract, section 11). */
import type { Change } from './change.ts'
import type { Text } from './text.ts'

export interface Repair {
  /** In the order in which they are made. */
  readonly changes: readonly Change[]
  readonly cli: readonly string[]
  readonly terraform: string
  /** A template, as YAML; what no template can say is a comment in it. */
  readonly cloudformation: string
  /** Why one would choose it. */
  readonly because: Text
  /** What AWS charges for what it makes, traffic apart; null where the Region's prices are not known. */
  readonly monthlyUsd: number | null
  /** Others that what it changes serves as well. */
  readonly alsoTouches: readonly Text[]
  /** With exactly these changes every path that a start needs was judged reachable, none worse, and no blocker is left. */
  readonly verified: boolean
  /** What is still not known, or has to be done by hand beside it. */
  readonly restsOn: readonly Text[]
  /** Of the first repair of a report; no part of its JSON. */
  readonly script?: RepairScript
}

export interface RepairScript {
  /** Of what it makes, and of its record: the same for the same repair of the same service. Letters and digits. */
  readonly mark: string
  readonly steps: readonly ScriptStep[]
}

/** One change in a script that can be run again, and taken back. Everything in it is text for bash. */
export interface ScriptStep {
  readonly title: Text
  /** The shell variable that holds the id of what it makes; null for what makes nothing. */
  readonly variable: string | null
  /** A command that prints a word once the change is made (the id of what it makes), and nothing or `None` before; null where nothing tells. */
  readonly isMade: string | null
  readonly lines: readonly string[]
  /** Until AWS is done: after the lines, and also where the change was made before. */
  readonly waits: readonly string[]
  readonly undo: readonly string[]
  /** After `undo`, until AWS is done with it; also where an earlier run began it. */
  readonly settles: readonly string[]
  /** What is to be said in place of `undo`. */
  readonly stays: Text | null
  /** Variables of other steps that `undo` or `isMade` names. */
  readonly uses: readonly string[]
}
