/** Small pieces that legs are made of: a leg that stops, one that cannot be told, legs side by side. */
import type { Fault, Hop, HopAt, Missing, Via } from '../../domain/path.ts'
import type { Text } from '../../domain/text.ts'
import { either, NONE, type Packets } from '../packets.ts'
import { type Leg, NOWHERE } from './flow.ts'

/** A leg where every packet passes. */
export function passes(sent: Packets, via: Via, hops: readonly Hop[]): Leg {
  return { filtered: { pass: sent, maybe: sent }, shaky: false, hops, via }
}

export function stops(at: HopAt, id: string | null, why: Text, fault: Fault, via: Via = NOWHERE): Leg {
  return { filtered: { pass: NONE, maybe: NONE }, shaky: false, hops: [{ at, id, decision: 'deny', why, fault }], via }
}

export function cannotTell(
  at: HopAt,
  id: string | null,
  missing: Missing,
  sent: Packets,
  via: Via = NOWHERE,
  fault?: Fault,
): Leg {
  const hop: Hop = {
    at,
    id,
    decision: 'unknown',
    why: missing.because,
    missing,
    ...(fault === undefined ? {} : { fault }),
  }
  return { filtered: { pass: NONE, maybe: sent, missing }, shaky: false, hops: [hop], via }
}

export function allows(at: HopAt, id: string | null, why: Text): Hop {
  return { at, id, decision: 'allow', why }
}

/** Legs for disjoint packets. */
export function beside(legs: readonly Leg[]): Leg {
  if (legs.length === 1) return legs[0] as Leg
  return {
    filtered: {
      pass: legs.reduce<Packets>((all, leg) => either(all, leg.filtered.pass), NONE),
      maybe: legs.reduce<Packets>((all, leg) => either(all, leg.filtered.maybe), NONE),
    },
    shaky: legs.some((leg) => leg.shaky),
    hops: legs.flatMap((leg) => leg.hops),
    via: legs.find((leg) => leg.via.kind !== 'none')?.via ?? NOWHERE,
  }
}
