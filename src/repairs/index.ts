/** The repairs of a whole report: the smallest lists of changes after which every path that a start needs is reachable, and no blocker is left. */
import { cloudFormation } from '../changes/cloudformation.ts'
import { scriptSteps } from '../changes/script-steps.ts'
import { together } from '../changes/shared.ts'
import { wordRemedies } from '../changes/words.ts'
import { type FoundByCheck, runChecks } from '../checks/engine/run.ts'
import { worstFirst } from '../checks/engine/verdict.ts'
import { CHECKS } from '../checks/index.ts'
import type { Change } from '../domain/change.ts'
import { distinctReasons, distinctRecords } from '../domain/collections.ts'
import type { GatheredFacts } from '../domain/facts.ts'
import type { Repair } from '../domain/repair.ts'
import type { Target } from '../domain/report.ts'
import { shortHash } from '../domain/short-hash.ts'
import type { Text } from '../domain/text.ts'
import { type Attempt, asItIs, attempt, pathsIn, type Start, startFrom } from './attempt.ts'
import { becauseOf } from './because.ts'
import { monthlyUsd } from './prices.ts'
import { search } from './search.ts'
import { touchesOf, touchText } from './touches.ts'
import { countOf, opennessOf, type Weight } from './weight.ts'

const MOST_REPAIRS = 3
/** Of a service in an ordinary VPC one takes a few milliseconds. */
const MOST_ATTEMPTS = 60
/** Ten times all of an ordinary service. */
const MOST_PATHS = 600

/** `facts` with their paths. Best first, three at most; none where nothing is wrong that a change could mend. */
export function repairsOf(facts: GatheredFacts, target: Target): readonly Repair[] {
  const start = startFrom(facts, target)
  const { found, gaveUp } = search(start, (changes) => weightOf(changes, start), {
    repairs: MOST_REPAIRS,
    attempts: MOST_ATTEMPTS,
    paths: MOST_PATHS,
  })
  const now = asItIs(start)
  const network = now.broken.length === 0 ? [now] : found
  const full = network.map((one) => withTheRest(one, start)).filter(({ changes }) => changes.length > 0)
  const others = full.length < MOST_REPAIRS ? withoutBadSubnets(start) : []
  const distinctive = distinctShapes([...full, ...others])
  return distinctive.slice(0, MOST_REPAIRS).map((one, at) => {
    const repair = repairFrom(one, start, at === 0)
    return gaveUp && at === 0 ? { ...repair, restsOn: [...repair.restsOn, CUT_OFF] } : repair
  })
}

function weightOf(changes: readonly Change[], start: Start): Weight {
  const cost = costOf(changes, start)
  const touched = touchedBy(changes, start).reduce((sum, { others }) => sum + others.length, 0)
  return [countOf(changes), opennessOf(changes), cost ?? Number.MAX_SAFE_INTEGER, touched]
}

function costOf(changes: readonly Change[], { facts, target }: Start): number | null {
  const zones = new Set(pathsIn(facts).map(({ from }) => from.availabilityZone)).size
  return monthlyUsd(changes, target.region, zones)
}

function touchedBy(changes: readonly Change[], { facts }: Start) {
  const own = distinctRecords(pathsIn(facts).map(({ from }) => from.subnetId))
  return facts.network.known ? touchesOf(changes, facts.network.value, own) : []
}

/** What the checks advise for blockers that no path tells of: roles, log groups, secrets, percentages. */
function withTheRest(whole: Attempt, start: Start): Attempt {
  let all = whole
  for (const blocker of blockersOf(whole)) {
    const { changes } = blocker.check.remedy(blocker.details)
    const more = changes.length === 0 ? null : attempt(start, together([all.changes, changes]))
    if (more !== null && more.broken.length <= all.broken.length && !isFound(blocker, more)) all = more
  }
  return all
}

function blockersOf({ facts }: Attempt): readonly FoundByCheck[] {
  return worstFirst(runChecks(CHECKS, facts).found.filter(({ severity }) => severity === 'blocker'))
}

function isFound({ check, subject }: FoundByCheck, after: Attempt): boolean {
  return runChecks([check], after.facts).found.some((one) => one.subject === subject && one.severity === 'blocker')
}

/** Where some subnets are good, the service can do without the others for a while. */
function withoutBadSubnets(start: Start): readonly Attempt[] {
  const check = CHECKS.find(({ id }) => id === 'service-spans-good-and-bad-subnets')
  if (check === undefined) return []
  return runChecks([check], start.facts).found.flatMap(({ details }) => {
    const less = attempt(start, check.remedy(details).changes)
    return less !== null && less.broken.length === 0 ? [less] : []
  })
}

/** Two that change the same things in the same way, but for a list or a number, are no choice. */
function distinctShapes(attempts: readonly Attempt[]): readonly Attempt[] {
  const shapes = new Set<string>()
  return attempts.filter(({ changes }) => {
    const shape = JSON.stringify(changes.map(shapeOf).toSorted())
    return !shapes.has(shape) && shapes.add(shape)
  })
}

function shapeOf(change: Change): string {
  return JSON.stringify(
    Object.entries(change).filter(([name, value]) => !Array.isArray(value) && name !== 'ruleNumber'),
  )
}

function repairFrom(whole: Attempt, start: Start, isSmallest: boolean): Repair {
  const { changes } = whole
  const cost = costOf(changes, start)
  const [words] = wordRemedies([{ remedy: { changes }, name: 'repair' }], start.target.region)
  const left = blockersOf(whole)
  const unsure = pathsIn(whole.facts).filter(({ required, outcome }) => required && outcome === 'indeterminate')
  const missing = unsure.flatMap(({ hops }) => hops.flatMap((hop) => hop.missing ?? []))
  return {
    changes,
    cli: words?.cli ?? [],
    terraform: words?.terraform ?? '',
    cloudformation: cloudFormation(changes),
    because: becauseOf(changes, cost, isSmallest),
    monthlyUsd: cost,
    alsoTouches: touchedBy(changes, start).map(touchText),
    verified: whole.broken.length === 0 && unsure.length === 0 && left.length === 0,
    ...(isSmallest ? { script: scriptOf(changes, start) } : {}),
    restsOn: [
      ...left.map(byHand),
      ...distinctReasons(missing.map(({ reason, because }) => ({ reason, why: because }))),
    ],
  }
}

/** The same repair of the same service has the same mark, so that its script finds what it made. */
function scriptOf(changes: readonly Change[], { facts, target }: Start) {
  const { accountId, region, cluster, service } = target
  const mark = shortHash(JSON.stringify([accountId, region, cluster, service, changes]))
  return { mark, steps: scriptSteps(changes, facts, { region, fix: mark }) }
}

const CUT_OFF: Text = {
  en: 'The search was ended at its bound: there may be a smaller repair.',
  ko: '정해진 한도에서 검색을 끝냈으므로 더 작은 방법이 있을 수 있습니다.',
}

function byHand({ check, subject }: FoundByCheck): Text {
  return {
    en: `By hand: ${check.title.en} (${subject}).`,
    ko: `직접 조치해야 하는 항목: ${check.title.ko} (${subject})`,
  }
}
