/**
 * The watch on simulated rollouts, as JSON: how long after a task's stop its failure is diagnosed, how much of a hang is left when it
 * is suspected, how much ECS is asked. Beside it, on the same rollout, what `aws ecs wait services-stable` would have said and when:
 * every 15 s, 40 times at most, until one deployment is left and as many tasks run as are desired (botocore, ecs waiters-2.json);
 * it is true as well after a rollback. A clock that only moves when somebody sleeps: the figures do not depend on the machine.
 */
import { describeServices } from '../../src/aws/calls/ecs.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { watch } from '../../src/commands/watch/loop.ts'
import { onStage } from '../scenarios.ts'

const WAITER = { everyMs: 15_000, tries: 40 }

const report = {}
for (const name of ['seoul', 'clean', 'hopeless', 'rolled-back', 'image-not-found', 'unhealthy', 'throttled-45']) {
  const [ours, theirs] = [await onStage(name, watched), await onStage(name, waited)]
  report[name] = { ...ours, servicesStable: theirs }
}
console.log(JSON.stringify(report))

/** What the SDK waits for between two attempts is real time, of which a simulated rollout has none. */
function impatient({ region, url }) {
  return openLive({ region, endpoint: url, maxAttempts: 1, retryMode: 'standard' })
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
  /** @type {import('../../src/rollout/state.ts').Rollout | null} */
  let last = null
  for await (const { state } of watch(request, senses)) {
    last = state
    for (const { taskId } of state.failures) if (taskId !== null && !seenAt.has(taskId)) seenAt.set(taskId, clock.now())
    for (const { taskId } of state.suspicions) if (!suspectedAt.has(taskId)) suspectedAt.set(taskId, clock.now())
  }
  const minutes = (clock.now() - beganAt) / 60_000
  const tasks = new Map(simulator.rollout.state().tasks.map((task) => [task.id, task]))
  const delays = [...seenAt].map(([id, at]) => seconds(at - tasks.get(id).stop.at))
  const leads = [...suspectedAt]
    .map(([id, at]) => ({ at, task: tasks.get(id) }))
    .filter(({ task }) => task.stop !== null)
    .map(({ at, task: { stop, pullStartedAt } }) => round((stop.at - at) / (stop.at - pullStartedAt)))
  const ecs = simulator.requests().filter(({ service: name }) => name === 'ecs').length
  return {
    phase: last?.phase,
    endedAfterSeconds: seconds(clock.now() - beganAt),
    failuresSeen: delays.length,
    longestDelaySeconds: delays.length === 0 ? null : Math.max(...delays),
    suspectedWithShareOfHangLeft: leads.length === 0 ? null : Math.min(...leads),
    ecsCallsPerMinute: round(ecs / minutes),
  }
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
