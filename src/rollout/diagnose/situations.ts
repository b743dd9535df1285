/** What the rollout as a whole is in, where that has a name of its own: no single failure says it. */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import type { Label } from '../../domain/label.ts'
import type { EcsService, RolloutFailure, ServicePlacement } from '../../domain/rollout.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { aheadMs, oldestFirst } from '../observe/clocks.ts'
import { isStopping } from '../observe/lifecycle.ts'
import type { RolloutFacts } from '../state.ts'
import { desiredOf, primaryOf } from '../status/followed-deployment.ts'
import { otherImages, runningDigests, runningTasks } from './running-images.ts'
import type { Situation } from './situation.ts'

export function situationsOf(facts: RolloutFacts, failures: readonly RolloutFailure[]): readonly Situation[] {
  const all = [
    notAppeared(facts),
    sameRevision(facts),
    deadlock(facts),
    capacityMissing(facts),
    instancesLate(facts),
    crashLoop(facts, failures),
    otherImage(facts),
  ]
  return all.filter((one) => one !== null)
}

/** A deployer may return before anything is started. */
function notAppeared({ followed, observed, plan }: RolloutFacts): Situation | null {
  const primary = observed.service === null ? null : primaryOf(observed.service.value)
  if (followed.id !== null || plan.taskDefinition === null || primary === null) return null
  const runs = primary.taskDefinitionArn.slice(primary.taskDefinitionArn.lastIndexOf('/') + 1)
  const since = observed.firstService?.seenAt ?? null
  const waitsMs = plan.appearsWithinMs
  return { kind: 'not-appeared', wanted: plan.taskDefinition, primary: primary.id, runs, since, until: null, waitsMs }
}

function sameRevision({ followed: { id, ids, deployment } }: RolloutFacts): Situation | null {
  if (id === null || ids.length < 2) return null
  return { kind: 'same-revision', id, times: ids.length - 1, since: deployment?.createdAt ?? null, until: null }
}

/**
 * All old tasks run, none of ours is there, and the percentages let ECS neither stop nor start one. Whoever changes them, or the
 * desired count, ends it; nothing else does.
 */
export function deadlock(facts: RolloutFacts): Extract<Situation, { readonly kind: 'deadlock' }> | null {
  const { followed, observed, tasks } = facts
  const service = observed.service?.value
  const ours = followed.deployment
  if (service === undefined || ours === null || service.placement === undefined) return null
  if (tasks.length > 0 || ours.runningCount > 0 || ours.pendingCount > 0 || ours.rolloutState !== 'IN_PROGRESS')
    return null
  const old = service.runningCount
  if (old < service.desiredCount || !isDeadlocked(service, service.placement)) return null
  const { minimumHealthyPercent, maximumPercent } = service.placement
  return { kind: 'deadlock', old, minimumHealthyPercent, maximumPercent, since: ours.createdAt, until: null }
}

function isDeadlocked(service: EcsService, { minimumHealthyPercent, maximumPercent }: ServicePlacement): boolean {
  const { desiredCount, scheduling, controller, strategy } = service
  return deploymentArithmetic({
    desiredCount,
    schedulingStrategy: scheduling,
    deploymentController: controller,
    deploymentConfiguration: { strategy, minimumHealthyPercent, maximumPercent },
  }).deadlock
}

interface Span {
  readonly since: number
  readonly until: number | null
}

/** ECS said so, and has made a task since. */
export function isPlacedSince(label: Label, facts: RolloutFacts): boolean {
  return (toldBy([label], facts)?.until ?? null) !== null
}

/** From the first event that says so until ECS could make a task again. */
function toldBy(labels: readonly Label[], { events, tasks, followed }: RolloutFacts): Span | null {
  const times = events.flatMap(({ event, message }) =>
    labels.includes(message.label) && event.at !== null ? [event.at] : [],
  )
  const [since] = times
  const last = times.at(-1)
  if (since === undefined || last === undefined) return null
  const made = tasks.flatMap(({ task: { createdAt } }) => createdAt ?? [])
  const next = made.find((at) => at > last)
  const desired = desiredOf(followed)
  const isEnough = desired !== null && (followed.deployment?.runningCount ?? 0) >= desired
  return { since, until: next ?? (isEnough ? last : null) }
}

function capacityMissing(facts: RolloutFacts): Situation | null {
  const span = toldBy(['placement/capacity'], facts)
  return span === null ? null : { kind: 'capacity-missing', capacityProviders: providersOf(facts), ...span }
}

/** An interface takes a few seconds; what waits longer for its instance waits for one that is being started. */
const LATE_MS = 60_000

/** A capacity provider that scales out keeps tasks in PROVISIONING; without one, ECS says that it found no room. */
function instancesLate(facts: RolloutFacts): Situation | null {
  const said = toldBy(['placement/resources', 'placement/no-instances'], facts)
  const spans = [...(said === null ? [] : [said]), ...provisioned(facts)]
  if (spans.length === 0) return null
  const ends = spans.map(({ until }) => until)
  return {
    kind: 'instances-late',
    capacityProviders: providersOf(facts),
    since: spans.reduce((least, { since }) => Math.min(least, since), Number.POSITIVE_INFINITY),
    until: ends.reduce((most, until) => (most === null || until === null ? null : Math.max(most, until)), 0),
  }
}

function provisioned(facts: RolloutFacts): readonly Span[] {
  const { tasks, observed, now } = facts
  const providers = providersOf(facts)
  const isOnInstances =
    providers.some((name) => !name.startsWith('FARGATE')) || observed.service?.value.placement?.launchType === 'EC2'
  if (!isOnInstances) return []
  return tasks.flatMap(({ task }) => {
    const { createdAt, lastStatus } = task
    const until = task.pullStartedAt ?? task.startedAt
    if (createdAt === null || (until === null && (lastStatus !== 'PROVISIONING' || isStopping(task)))) return []
    return (until ?? now - aheadMs(observed)) - createdAt >= LATE_MS ? [{ since: createdAt, until }] : []
  })
}

function providersOf({ observed }: RolloutFacts): readonly string[] {
  return observed.service?.value.placement?.capacityProviders ?? []
}

/** One that ECS started in place of one that had ended so ended so, too. */
function crashLoop({ observed }: RolloutFacts, failures: readonly RolloutFailure[]): Situation | null {
  const exits = failures.filter(({ taskId, label }) => taskId !== null && LABELS[label].family === 'run')
  for (const first of exits) {
    const alike = exits.filter((one) => one.container === first.container && one.exitCode === first.exitCode)
    const isAgain = alike.some(({ taskId }) => {
      const createdAt = observed.tasks[taskId ?? '']?.task.createdAt ?? null
      return createdAt !== null && first.at !== null && oldestFirst(createdAt, first.at) >= 0
    })
    if (!isAgain) continue
    const { container, exitCode, at } = first
    return { kind: 'crash-loop', tasks: alike.length, container, exitCode, since: at, until: null }
  }
  return null
}

function otherImage(facts: RolloutFacts): Situation | null {
  const images = otherImages(runningDigests(facts))
  if (images.length === 0) return null
  return { kind: 'other-image', images, tasks: runningTasks(facts).length, since: null, until: null }
}
