/**
 * Sets of packets of one flow: source addresses × destination addresses × source ports, as disjoint boxes.
 * Protocol, destination port and address family are fixed by the flow. "Can it get through" is then set algebra:
 * what each filter lets pass is cut out of what was sent, exactly, however rules overlap.
 */
import { covers, intersect, isEmpty, type Ranges, subtract, unionAll } from './ranges.ts'

export interface Box {
  readonly source: Ranges
  readonly destination: Ranges
  readonly ports: Ranges<number>
}

export type Packets = readonly Box[]

export const NONE: Packets = []

export function box(source: Ranges, destination: Ranges, ports: Ranges<number>): Packets {
  return isEmpty(source) || isEmpty(destination) || isEmpty(ports) ? NONE : [{ source, destination, ports }]
}

function meet(a: Box, b: Box): Packets {
  return box(intersect(a.source, b.source), intersect(a.destination, b.destination), intersect(a.ports, b.ports))
}

export function both(a: Packets, b: Packets): Packets {
  if (a === b) return a
  return a.flatMap((one) => b.flatMap((other) => meet(one, other)))
}

export function without(a: Packets, b: Packets): Packets {
  if (a === b) return NONE
  let rest: Packets = a
  for (const cut of b) {
    if (rest.length === 0) break
    rest = rest.flatMap((one) => cutBox(one, cut))
  }
  return rest
}

function cutBox(one: Box, cut: Box): Packets {
  const source = intersect(one.source, cut.source)
  if (isEmpty(source)) return [one]
  const destination = intersect(one.destination, cut.destination)
  if (isEmpty(destination)) return [one]
  if (isEmpty(intersect(one.ports, cut.ports))) return [one]
  return [
    ...box(subtract(one.source, cut.source), one.destination, one.ports),
    ...box(source, subtract(one.destination, cut.destination), one.ports),
    ...box(source, destination, subtract(one.ports, cut.ports)),
  ]
}

export function either(a: Packets, b: Packets): Packets {
  if (a.length === 0 || a === b) return b
  if (b.length === 0) return a
  return [...a, ...without(b, a)]
}

export function includes(a: Packets, b: Packets): boolean {
  return a === b || without(b, a).length === 0
}

/** Only the packets to these destinations. The same set, not a copy, where that is all of them. */
export function toward(a: Packets, destination: Ranges): Packets {
  if (a.every((one) => covers(destination, one.destination))) return a
  return a.flatMap((one) => box(one.source, intersect(one.destination, destination), one.ports))
}

/** Only the packets from these sources. */
export function fromSources(a: Packets, source: Ranges): Packets {
  if (a.every((one) => covers(source, one.source))) return a
  return a.flatMap((one) => box(intersect(one.source, source), one.destination, one.ports))
}

export function destinations(a: Packets): Ranges {
  return unionAll(a.map((one) => one.destination))
}

/** The same packets, whatever their destination: what is left of (source, port) when one of several addresses is enough. */
export function anyDestination(a: Packets, universe: Ranges): Packets {
  return a.reduce<Packets>((all, one) => either(all, box(one.source, universe, one.ports)), NONE)
}
