/**
 * A rehearsal, from what earlier ones left to what this one takes away again. At every end that a program can catch, nothing of it is left;
 * what a killed one leaves bears a lease, and the next run takes it away.
 */
import { describeTasks } from '../../aws/calls/ecs.ts'
import { toEcsTask } from '../../aws/facts/rollout.ts'
import { type Answer, known, listed } from '../../domain/answer.ts'
import { distinct } from '../../domain/collections.ts'
import { leaseTag } from '../../domain/lease.ts'
import { type Leftover, REHEARSAL_TAG, type Rehearsal, RUN_TAG } from '../../domain/rehearsal.ts'
import type { Text } from '../../domain/text.ts'
import { leftoversOf, type Things } from './leftovers.ts'
import { type End, endOf } from './outcome.ts'
import { arnOf, billedSeconds, notPlaced, type PlaceInRun, rehearsedSubnet, stoppedTask, unseenEnd } from './place.ts'
import { type Plan, planOf } from './plan.ts'
import { registeredBy, registration } from './registration.ts'
import { lostDefinition, lostTask, type Removal, removal } from './removal.ts'
import type { RehearseDeps, RehearseRequest, Run } from './request.ts'
import { startOf, taskName, tasksStartedBy } from './start.ts'
import { suspectsOf } from './suspicion.ts'
import * as words from './words.ts'

/** Throws `UsageError` for a subnet that is none of the service's; whatever AWS does is part of the answer. */
export async function rehearse(request: RehearseRequest, deps: RehearseDeps): Promise<Rehearsal> {
  const plan = planOf(request)
  if ('because' in plan) return { ...NOTHING, because: plan.because }
  const { clock, say, signal } = deps
  const endsAt = clock.now() + Math.min(request.minutes, MOST_MINUTES) * 60_000
  const run = runOf(request, deps, endsAt)
  const found = await leftoversOf(plan, request, deps)
  const count = found.tasks.length + found.definitions.length
  if (count > 0) say(words.earlierRun(count))
  const before = await takenAway(found, plan, deps)
  const notes = [...plan.notes, ...(found.unread === null ? [] : [words.unlooked(found.unread.permission)])]
  const made: Made = { isRegistrationSure: true, definitions: [], places: [] }
  let because: Text | null = null
  let own: Removal = NONE
  try {
    if (!signal?.aborted) because = await played({ plan, run, request, endsAt, made }, deps)
  } finally {
    const { lost, ...things } = await thingsOf(made, plan, run, deps)
    const done = await takenAway(things, plan, deps)
    own = { ...done, leftovers: [...done.leftovers, ...lost] }
  }
  return {
    subnets: made.places.map((place) => rehearsedSubnet(place, request.paths)),
    vcpuSeconds: Math.ceil(plan.vcpu * made.places.reduce((sum, place) => sum + billedSeconds(place, clock.now()), 0)),
    removed: distinct([...before.removed, ...made.places.flatMap(stoppedTask), ...own.removed]),
    leftovers: [...before.leftovers, ...own.leftovers],
    because: because ?? (signal?.aborted && made.places.length === 0 ? INTERRUPTED : null),
    notes: [...notes, ...(signal?.aborted && made.places.length > 0 ? [words.CUT_SHORT] : [])],
  }
}

const NOTHING: Rehearsal = { subnets: [], vcpuSeconds: 0, removed: [], leftovers: [], because: null, notes: [] }
const NONE: Removal = { removed: [], leftovers: [] }
/** A pull that times out takes Fargate up to five. */
const MOST_MINUTES = 10
/** For the end of it: until then nobody else takes away what is in use. */
const GRACE_MS = 10 * 60_000
const POLL_MS = 3_000

/** What there is to take away, as it comes into being. */
interface Made {
  isRegistrationSure: boolean
  definitions: readonly string[]
  places: PlaceInRun[]
}

interface Play {
  readonly plan: Plan
  readonly run: Run
  readonly request: RehearseRequest
  readonly endsAt: number
  readonly made: Made
}

function runOf({ owner }: RehearseRequest, { random }: RehearseDeps, endsAt: number): Run {
  const id = Array.from({ length: 12 }, () => Math.floor(random() * 36).toString(36)).join('')
  const lease = leaseTag({ owner, until: endsAt + GRACE_MS })
  return {
    id,
    tags: [
      { key: REHEARSAL_TAG, value: lease },
      { key: RUN_TAG, value: id },
    ],
  }
}

/** Null where at least one task could be tried. */
async function played(play: Play, deps: RehearseDeps): Promise<Text | null> {
  const { plan, run, made } = play
  const { clock, say } = deps
  made.isRegistrationSure = false
  const registered = await registration(plan, run, deps)
  if (registered.outcome !== 'registered') return words.notRegistered(registered.permission, registered.detail)
  made.isRegistrationSure = registered.isSure
  made.definitions = [registered.arn]
  say(words.beginning(plan.subnets, plan.vcpu))
  made.places = plan.subnets.map((subnetId, at) => ({
    subnetId,
    name: taskName(run, at),
    startedAt: clock.now(),
    start: null,
    task: null,
    end: null,
  }))
  const starts = await Promise.allSettled(
    made.places.map(async (place) => {
      const { subnetId, name } = place
      place.start = await startOf({ subnetId, name, definitionArn: registered.arn }, plan, run, deps)
      if (place.start.kind !== 'task') ended(place, notPlaced(place.start.text), play, deps)
    }),
  )
  // None is under way any more when the others are taken away.
  for (const start of starts) if (start.status === 'rejected') throw start.reason
  await followed(play, deps)
  return null
}

/** Until each task has ended, or the time is up. */
async function followed(play: Play, deps: RehearseDeps): Promise<void> {
  const { plan, endsAt, made } = play
  const { reader, clock, say, signal } = deps
  const suspected = new Set<string>()
  const interrupted = new Promise<null>((resolve) =>
    signal?.addEventListener('abort', () => resolve(null), { once: true }),
  )
  const open = () => made.places.filter(({ end }) => end === null)
  while (open().length > 0 && clock.now() < endsAt && !signal?.aborted) {
    await clock.sleep(POLL_MS, signal)
    const asking = reader.read(describeTasks, { cluster: [plan.cluster], id: open().flatMap(arnOf) })
    const answer = await Promise.race([asking, interrupted])
    // It stays so.
    if (answer !== null && !answer.known && answer.because === 'denied') {
      for (const place of open()) ended(place, { ...unseenEnd(place), text: answer.detail }, play, deps)
    }
    const tasks = answer?.known ? answer.value.flatMap((one) => toEcsTask({ ...one }) ?? []) : []
    for (const place of open()) {
      const task = tasks.find(({ arn }) => arnOf(place).includes(arn))
      if (task === undefined) continue
      place.task = task
      const end = endOf(task)
      if (end !== null) ended(place, end, play, deps)
    }
    for (const suspect of suspectsOf(made.places, clock.now())) {
      if (suspected.has(suspect.subnetId)) continue
      suspected.add(suspect.subnetId)
      say(words.suspicion(suspect))
    }
  }
  for (const place of open()) ended(place, unseenEnd(place), play, deps)
}

function ended(place: PlaceInRun, end: End, { request }: Play, { say }: RehearseDeps): void {
  place.end = end
  say(words.progress(place.subnetId, rehearsedSubnet(place, request.paths)))
}

/** What this run made, whatever is known of it; where an answer was lost, it is looked for. */
async function thingsOf(
  made: Made,
  { cluster, family }: Plan,
  { id }: Run,
  deps: RehearseDeps,
): Promise<Things & Lost> {
  const registered = made.isRegistrationSure ? known([]) : await registeredBy(id, family, deps)
  const places = await Promise.all(
    made.places.map(async (place): Promise<Answer<readonly string[]>> => {
      if (place.start?.kind === 'refused' || place.task?.desiredStatus === 'STOPPED') return known([])
      const own = arnOf(place)
      return own.length > 0 ? known(own) : tasksStartedBy(place.name, { cluster }, deps)
    }),
  )
  return {
    tasks: places.flatMap(listed),
    definitions: distinct([...made.definitions, ...listed(registered)]),
    lost: [
      ...(registered.known ? [] : [lostDefinition(family, registered, deps)]),
      ...places.flatMap((one) => (one.known ? [] : [lostTask(cluster, family, one, deps)])).slice(0, 1),
    ],
  }
}

/** What may be there, and could not be looked for. */
interface Lost {
  readonly lost: readonly Leftover[]
}

async function takenAway(things: Things, { cluster }: Plan, deps: RehearseDeps): Promise<Removal> {
  const { reader, writer, clock, say, signal } = deps
  if (things.tasks.length + things.definitions.length === 0) return NONE
  const isHurried = () => signal?.aborted === true
  const done = await removal(things, { reader, writer, clock, cluster, isHurried })
  if (done.removed.length > 0) say(words.taken(done.removed))
  return done
}

const INTERRUPTED: Text = {
  en: 'Nothing was rehearsed: the run was interrupted before.',
  ko: '예행 실행을 하지 못했습니다. 시작하기 전에 실행이 중단되었습니다.',
}
