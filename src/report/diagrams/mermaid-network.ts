/** The network as a Mermaid flowchart: zones with their subnets, the hop that stops, the destination; at most 40 nodes. */
import { grouped } from '../../domain/collections.ts'
import { OUTCOMES, type Outcome, type Path } from '../../domain/path.ts'
import type { Report } from '../../domain/report.ts'
import type { Language, Text } from '../../domain/text.ts'
import { EMOJI, OUTCOME_SIGNS } from '../document/signs.ts'
import { stopOf, worstFirst } from '../document/stopping-hop.ts'
import { mermaidText } from './mermaid-text.ts'
import { notDrawn, PICTURE_WORDS } from './picture-words.ts'

/** With the node that counts what is left out, 40. */
const MOST = { zones: 8, subnets: 12, stops: 11, destinations: 8 } as const

const STOPPED: readonly Outcome[] = ['blocked', 'intermittent', 'degraded']

/** Null where nothing stops: what nobody knows is told in words. */
export function networkMermaid({ paths }: Report, language: Language): string | null {
  const broken = worstFirst(
    paths.filter(({ outcome }) => outcome !== 'reachable'),
    OUTCOMES,
  )
  if (!broken.some(({ outcome }) => STOPPED.includes(outcome))) return null
  const destinations = new Set(
    keep(
      broken.map(({ destination }) => destination),
      MOST.destinations,
    ),
  )
  // Subnets from which the same destination is reached stand beside those from which it is not: the difference tells.
  const wanted = [...broken, ...paths.filter(({ outcome }) => outcome === 'reachable')].filter(({ destination }) =>
    destinations.has(destination),
  )
  const zones = new Set(
    keep(
      wanted.map(({ from }) => from.availabilityZone),
      MOST.zones,
    ),
  )
  const inZones = wanted.filter(({ from }) => zones.has(from.availabilityZone))
  const subnets = new Set(
    keep(
      inZones.map(({ from }) => from.subnetId),
      MOST.subnets,
    ),
  )
  const groups = groupsOf(inZones.filter(({ from }) => subnets.has(from.subnetId))).slice(0, MOST.stops)
  const drawn = new Set(groups.flatMap((group) => group.paths))
  const left = broken.filter((path) => !drawn.has(path)).length
  return diagram(groups, left, language)
}

function keep(names: readonly string[], atMost: number): readonly string[] {
  return [...new Set(names)].slice(0, atMost)
}

/** Paths that end at the same hop in the same way, from the same subnets to the same destinations: one node, and true edges. */
interface Group {
  readonly name: Text
  readonly id: string | null
  readonly outcome: Outcome
  readonly paths: readonly Path[]
}

function groupsOf(paths: readonly Path[]): readonly Group[] {
  const byStop = grouped(paths, (path) => {
    const { kind, id } = stopOf(path)
    return JSON.stringify([kind, id, path.outcome])
  })
  return [...byStop.values()].flatMap((own) => {
    const byDestination = [...grouped(own, ({ destination }) => destination).values()]
    const alike = grouped(byDestination, (same) => JSON.stringify(same.map(({ from }) => from.subnetId).toSorted()))
    return [...alike.values()].flatMap((sets): readonly Group[] => {
      const all = sets.flat()
      const [path] = all
      return path === undefined ? [] : [{ ...stopOf(path), outcome: path.outcome, paths: all }]
    })
  })
}

const ARROWS: Readonly<Record<Outcome, string>> = {
  reachable: '-->',
  degraded: '-.->',
  intermittent: '-. 🎲 .->',
  blocked: '--x',
  indeterminate: '-. ❔ .-',
}
/** Dark ink on light paper whatever the theme, as GitHub draws a diagram in both. */
const CLASSES: Readonly<Record<Outcome, string>> = {
  reachable: 'fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a',
  degraded: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  intermittent: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  blocked: 'fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-width:3px',
  indeterminate: 'fill:#ddf4ff,stroke:#0969da,color:#0a3069,stroke-dasharray:4',
}

function diagram(groups: readonly Group[], left: number, language: Language): string {
  const shown = groups.flatMap((group) => group.paths)
  const zones = [...grouped(shown, ({ from }) => from.availabilityZone).values()]
  const subnets = keep(
    shown.map(({ from }) => from.subnetId),
    Number.POSITIVE_INFINITY,
  )
  const destinations = keep(
    shown.map(({ destination }) => destination),
    Number.POSITIVE_INFINITY,
  )
  const subnetLines = (own: readonly Path[]) =>
    keep(
      own.map(({ from }) => from.subnetId),
      Number.POSITIVE_INFINITY,
    ).map((id) => `    s${subnets.indexOf(id)}["${mermaidText(id)}"]`)
  const outcomes = OUTCOMES.filter((outcome) => groups.some((group) => group.outcome === outcome))
  return [
    'flowchart LR',
    `  accTitle: ${PICTURE_WORDS.picture[language]}`,
    ...zones.flatMap((own, at) => [
      `  subgraph z${at}["${mermaidText(own[0]?.from.availabilityZone || PICTURE_WORDS.noZone[language])}"]`,
      ...subnetLines(own),
      '  end',
    ]),
    ...groups.map(
      ({ name, id, outcome }, at) =>
        `  h${at}["${EMOJI[OUTCOME_SIGNS[outcome]]} ${name[language]}${id === null ? '' : `<br/>${mermaidText(id)}`}"]`,
    ),
    ...destinations.map((name, at) => `  d${at}(["${mermaidText(name)}"])`),
    ...groups.flatMap(({ paths, outcome }, at) => [
      ...keep(
        paths.map(({ from }) => `  s${subnets.indexOf(from.subnetId)} --- h${at}`),
        Number.POSITIVE_INFINITY,
      ),
      ...keep(
        paths.map(({ destination }) => `  h${at} ${ARROWS[outcome]} d${destinations.indexOf(destination)}`),
        Number.POSITIVE_INFINITY,
      ),
    ]),
    ...(left === 0 ? [] : [`  more["${notDrawn(left)[language]}"]`]),
    ...outcomes.map((outcome) => `  classDef ${outcome} ${CLASSES[outcome]}`),
    ...outcomes.map(
      (outcome) =>
        `  class ${groups.flatMap((group, at) => (group.outcome === outcome ? [`h${at}`] : [])).join(',')} ${outcome}`,
    ),
  ].join('\n')
}
