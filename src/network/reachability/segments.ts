/** Small pieces that ways are made of: a segment that stops, one that cannot be told, segments side by side. */
import type { Fault, Hop, HopAt, Missing, Statement, Via } from '../../domain/path.ts'
import { andThen, type Filtered } from '../filtering.ts'
import { either, NONE, type Packets } from '../packets.ts'
import { type FilterHop, NOWHERE, type Segment } from './flow.ts'

export interface Place {
  readonly at: HopAt
  readonly id: string | null
  readonly via?: Via
}

/** A segment where every packet passes. */
export function passes(sent: Packets, via: Via, hops: readonly Hop[]): Segment {
  return { filtered: { pass: sent, maybe: sent }, shaky: false, hops, via }
}

export function stops({ at, id, via = NOWHERE }: Place, statement: Statement, fault: Fault): Segment {
  const hop: Hop = { at, id, decision: 'deny', ...statement, fault }
  return { filtered: { pass: NONE, maybe: NONE }, shaky: false, hops: [hop], via }
}

export function cannotTell({ at, id, via = NOWHERE }: Place, missing: Missing, sent: Packets): Segment {
  return { filtered: { pass: NONE, maybe: sent, missing }, shaky: false, hops: [unknown(at, id, missing)], via }
}

/** Nobody can see beyond it. */
export function unknown(at: HopAt, id: string | null, missing: Missing): Hop {
  return { at, id, decision: 'unknown', reason: missing.reason, why: missing.because, missing, hidesRest: true }
}

export function allows(at: HopAt, id: string | null, statement: Statement): Hop {
  return { at, id, decision: 'allow', ...statement }
}

/** Segments for disjoint packets. */
export function beside(segments: readonly Segment[]): Segment {
  if (segments.length === 1) return segments[0] as Segment
  return {
    filtered: {
      pass: segments.reduce<Packets>((all, one) => either(all, one.filtered.pass), NONE),
      maybe: segments.reduce<Packets>((all, one) => either(all, one.filtered.maybe), NONE),
    },
    shaky: segments.some((one) => one.shaky),
    hops: segments.flatMap((one) => one.hops),
    via: segments.find((one) => one.via.kind !== 'none')?.via ?? NOWHERE,
  }
}

/** The same packets have to pass these filters too. */
export function guarded(segment: Segment, filters: readonly FilterHop[]): Segment {
  return {
    ...segment,
    filtered: filters.reduce<Filtered>((all, { filtered }) => andThen(all, filtered), segment.filtered),
    hops: [...segment.hops, ...filters.map(({ hop }) => hop)],
  }
}
