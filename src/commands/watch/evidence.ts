/** Evidence beyond the polls: what the containers wrote, what the load balancer and the Action Logs of ECS say, which packets were rejected. */

import { readFlowProof } from '../../aws/rollout/flow-logs.ts'
import { readTargetReasons } from '../../aws/rollout/target-reasons.ts'
import { readTaskLogs } from '../../aws/rollout/task-logs.ts'
import type { EcsTask } from '../../domain/rollout.ts'
import type { Container } from '../../domain/service.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { isAtRest } from '../../rollout/observe/lifecycle.ts'
import type { FlowProof, Rollout } from '../../rollout/state.ts'
import { actionLogReader } from './action-logs.ts'
import type { WatchDeps, WatchRequest } from './request.ts'
import type { TapeEntry } from './tape.ts'

/** Few are enough to understand, and a crash loop has hundreds. */
const LOGGED_TASKS = 3
const PROVED_TASKS = 2
const REJECTIONS = 5
/** The load balancer is asked again with each of the first failures: its reason may come late. */
const ASKED_FAILURES = 3
/** Flow logs aggregate over up to ten minutes (VPC User Guide, "Flow log records"). */
const AROUND_MS = 600_000

/** Sought beside the polls, which never wait for it. */
export interface Evidence {
  /** Asks for what the state calls for and nobody asked for yet. */
  readonly seek: (state: Rollout, containers: readonly Container[]) => void
  /** What has come since. */
  readonly found: () => readonly TapeEntry[]
  /** Everything that was asked for has come. */
  readonly done: () => Promise<void>
}

export function gatherEvidence({ logLines }: WatchRequest, { reader, clock }: WatchDeps): Evidence {
  const logged = new Set<string>()
  const balanced = new Set<string>()
  const actionLogs = actionLogReader(reader)
  const found: TapeEntry[] = []
  const pending = new Set<Promise<void>>()
  const ask = (work: () => Promise<TapeEntry | null>) => {
    const asking = work()
      // Only an abort rejects, and then nobody waits for evidence any more.
      .then(
        (entry) => void (entry === null || found.push(entry)),
        () => {},
      )
      .finally(() => pending.delete(asking))
    pending.add(asking)
  }

  function seekLogs(state: Rollout, containers: readonly Container[]): void {
    for (const task of tasksToRead(state)) {
      // Before a task is at rest its last lines may not have arrived.
      const isReady = isAtRest(task.lastStatus) || state.over
      if (logLines <= 0 || containers.length === 0 || logged.has(task.id) || !isReady) continue
      logged.add(task.id)
      ask(async () => {
        const logs = await readTaskLogs(reader, task, containers, logLines)
        return logs.length === 0 ? null : { kind: 'logs', now: clock.now(), logs }
      })
    }
  }

  function seekTargets(state: Rollout): void {
    const unhealthy = state.failures.flatMap(({ label, taskId }) => (label === 'health/elb' ? (taskId ?? []) : []))
    const arns = state.observed.service?.value.targetGroupArns ?? []
    const fresh = unhealthy.slice(0, ASKED_FAILURES).filter((id) => !balanced.has(id))
    if (fresh.length === 0 || arns.length === 0) return
    for (const id of fresh) balanced.add(id)
    ask(async () => {
      const { targets, missing } = await readTargetReasons(reader, arns)
      return targets.length === 0 && missing === null ? null : { kind: 'targets', now: clock.now(), targets, missing }
    })
  }

  function seekActions(state: Rollout): void {
    if (!actionLogs.isDue(state)) return
    ask(async () => {
      const entry = await actionLogs.read(state)
      return entry === null ? null : { ...entry, now: clock.now() }
    })
  }

  return {
    seek: (state, containers) => {
      seekLogs(state, containers)
      seekTargets(state)
      seekActions(state)
    },
    found: () => found.splice(0),
    done: async () => {
      await Promise.all(pending)
    },
  }
}

function tasksToRead({ failures, observed }: Rollout): readonly EcsTask[] {
  const ran = failures.filter(({ taskId, label }) => taskId !== null && LABELS[label].isAfterPull === true)
  return ran.slice(0, LOGGED_TASKS).flatMap(({ taskId }) => observed.tasks[taskId ?? '']?.task ?? [])
}

/** Opt-in, and after the end: records take minutes to arrive, and a query costs money. Null where there is nothing to ask about. */
export async function flowEvidence(
  { flowLogs }: WatchRequest,
  { reader, clock, signal }: WatchDeps,
  state: Rollout,
): Promise<TapeEntry | null> {
  if (flowLogs === null) return null
  const asked = state.failures.filter(
    ({ taskId, privateIp, address }) => taskId !== null && privateIp !== null && address !== null,
  )
  const flows: FlowProof[] = []
  for (const { taskId, privateIp, address, at } of asked.slice(0, PROVED_TASKS)) {
    const until = at ?? state.now
    const question = {
      logGroup: flowLogs,
      taskIp: privateIp ?? '',
      dialledIp: address?.ip ?? '',
      from: until - AROUND_MS,
      to: until + AROUND_MS,
    }
    const answer = await readFlowProof(reader, question, clock, signal)
    const { taskIp, dialledIp } = question
    flows.push({
      ...{ taskId: taskId ?? '', taskIp, dialledIp },
      rejected: answer.known ? answer.value.slice(0, REJECTIONS) : [],
      missing: answer.known ? null : `${answer.permission}: ${answer.detail}`,
    })
  }
  return flows.length === 0 ? null : { kind: 'flows', now: clock.now(), flows }
}
