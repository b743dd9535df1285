/**
 * The watch on simulated rollouts, as JSON: how long after a task's stop its failure is diagnosed, how much of a hang is left when it
 * is suspected, how long after its own end the rollout is over for the watch, how much ECS is asked by its polls (preflight apart). Beside it, on the same rollout, what `aws ecs wait services-stable` would have said and when:
 * every 15 s, 40 times at most, until one deployment is left and as many tasks run as are desired (botocore, ecs waiters-2.json);
 * it is true as well after a rollback. A clock that only moves when somebody sleeps: the figures do not depend on the machine.
 */
import { describeServices } from '../../src/aws/calls/ecs.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { watch } from '../../src/commands/watch/loop.ts'
import { onStage } from '../scenarios.ts'
import { paceOf } from './pace.ts'

const WAITER = { everyMs: 15_000, tries: 40 }

const report = {}
const PLAYED = [
  ...[
    'seoul',
    'clean',
    'blue-green',
    'hopeless',
    'rolled-back',
    'image-not-found',
    'unhealthy',
    'failed',
    'superseded',
    'stuck',
  ],
  ...['crashing', 'throttled-45'],
]
for (const name of PLAYED) {
  const [ours, theirs] = [await onStage(name, watched), await onStage(name, waited)]
  report[name] = { ...ours, servicesStable: theirs }
}
console.log(JSON.stringify(report))

/** What the SDK waits for between two attempts is real time, of which a simulated rollout has none. */
function impatient({ region, url }) {
  return openLive({ region, endpoint: url, maxAttempts: 1 })
}

async function watched({ simulator, clock, request, beganAt }) {
  const reader = impatient(simulator)
  const patientReader = openLive({ region: simulator.region, endpoint: simulator.url })
  const senses = {
    reader,
    patientReader,
    clock,
    random: () => 0.5,
    tool: { name: 'bench', version: '0' },
    say: () => {},
  }
  const [seenAt, suspectedAt] = [new Map(), new Map()]
  /** @type {import('./pace.ts').Sample[]} */
  const samples = []
  /** @type {import('../../src/rollout/state.ts').Rollout | null} */
  let last = null
  for await (const { state } of watch(request, senses)) {
    last = state
    samples.push({ at: clock.now(), calls: state.observed.calls, changedAt: state.changedAt })
    for (const { taskId } of state.failures) if (taskId !== null && !seenAt.has(taskId)) seenAt.set(taskId, clock.now())
    for (const { taskId } of state.suspicions) if (!suspectedAt.has(taskId)) suspectedAt.set(taskId, clock.now())
  }
  const tasks = new Map(simulator.rollout.state().tasks.map((task) => [task.id, task]))
  const delays = [...seenAt].map(([id, at]) => seconds(at - tasks.get(id).stop.at))
  const leads = [...suspectedAt]
    .map(([id, at]) => ({ at, task: tasks.get(id) }))
    .filter(({ task }) => task.stop !== null)
    .map(({ at, task: { stop, pullStartedAt } }) => round((stop.at - at) / (stop.at - pullStartedAt)))
  const { quiet, moving } = paceOf(samples)
  if (last === null) throw new Error('a watch yields at least its beginning')
  return {
    phase: last?.phase,
    endedAfterSeconds: seconds(clock.now() - beganAt),
    failuresSeen: delays.length,
    longestDelaySeconds: delays.length === 0 ? null : Math.max(...delays),
    suspectedWithShareOfHangLeft: leads.length === 0 ? null : Math.min(...leads),
    toldAfterSeconds: seconds(clock.now() - endOf(simulator.rollout.state(), last, tasks)),
    callsPerSecond: {
      average: round((last?.observed.calls ?? 0) / ((clock.now() - beganAt) / 1000)),
      quietMinute: quiet === null ? null : round(quiet),
      busiestTenSeconds: round(moving),
    },
  }
}

/** When the rollout itself was over: for ECS, for whoever deployed another, by the budget, or with the failure that made it hopeless. */
function endOf({ serviceDeployments }, { phase, followed, plan, failures }, tasks) {
  const ours = serviceDeployments.find(({ deploymentId }) => deploymentId === followed.id)
  if (phase === 'timed-out') return plan.deadlineAt
  if (phase === 'superseded') return serviceDeployments[0].createdAt
  return ours?.finishedAt ?? Math.max(...failures.map(({ taskId }) => tasks.get(taskId)?.stop?.at ?? 0))
}

async function waited({ simulator, clock, request: { cluster, service }, beganAt }) {
  const reader = impatient(simulator)
  for (let tries = 0; tries < WAITER.tries; tries += 1) {
    const answer = await reader.read(describeServices, { cluster: [cluster], service: [service] })
    const [one] = answer.known ? answer.value : []
    if (one?.deployments?.length === 1 && one.runningCount === one.desiredCount)
      return { says: 'stable', afterSeconds: seconds(clock.now() - beganAt) }
    await clock.sleep(WAITER.everyMs)
  }
  return { says: 'Max attempts exceeded', afterSeconds: seconds(clock.now() - beganAt) }
}

function seconds(ms) {
  return Math.round(ms / 100) / 10
}

function round(value) {
  return Math.round(value * 100) / 100
}
