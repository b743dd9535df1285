/** Plays a run: the product's own preflight or watch, through the real SDK, against a simulator on loopback. */
import type { FaultKind } from '../../simulator/fault.ts'
import type { Simulator, SimulatorOptions } from '../../simulator/start.ts'
import { startSimulator } from '../../simulator/start.ts'
import type { TimeLimits } from '../../src/aws/reader/bounds.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { exitCodeOfWatch } from '../../src/commands/watch/conclusion.ts'
import { replayWatch, watchRun } from '../../src/commands/watch/loop.ts'
import type { WatchRequest } from '../../src/commands/watch/request.ts'
import type { Clock } from '../../src/domain/clock.ts'
import type { Report } from '../../src/domain/report.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { renderJson } from '../../src/report/json/json.ts'
import { folderOf, scenarioNamed } from '../scenarios.ts'
import { isUnbroken, type Plan } from './plan.ts'
import { serviceWorld } from './worlds.ts'

/** What a run ended with. */
export type End =
  | { readonly kind: 'report'; readonly report: Report; readonly exitCode: number; readonly isReplayed: boolean }
  | { readonly kind: 'refusal'; readonly sentence: string }
  | { readonly kind: 'crash'; readonly stack: string }

export interface Played {
  readonly end: End
  readonly milliseconds: number
  readonly calls: number
  /** Calls that were spoiled, by the kind of the fault. */
  readonly spoiled: Readonly<Record<string, number>>
}

const KEYS = { accessKeyId: 'simulated', secretAccessKey: 'simulated' }
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const BEGAN_AT = Date.parse('2026-11-21T04:00:00Z')

/** A fraction of the product's own, so that a call that stands still costs little. */
const QUICK: TimeLimits = { callMs: 1_000, runMs: 10_000 }
/** Of a poll: a watch makes hundreds, and a missed one costs nothing. */
const POLL_MS = 250
/** Without an end of their own: a time limit is what ends them. */
const STANDING: readonly FaultKind[] = ['silent', 'stalled', 'endless-pages']
/** Nothing is broken, and a busy machine is no fault. */
const PATIENT: TimeLimits = { callMs: 60_000, runMs: Number.POSITIVE_INFINITY }

/** Never rejects: whatever is thrown is an end. */
export async function played(plan: Plan): Promise<Played> {
  const began = performance.now()
  let simulator: Simulator | null = null
  const start = async (options: SimulatorOptions): Promise<Simulator> => {
    const { latencyMs, pageSize, faults, chaos } = plan
    simulator = await startSimulator({
      ...{ ...options, latencyMs, faults },
      ...(pageSize === null ? {} : { pageSize }),
      ...(chaos === null ? {} : { chaos }),
    })
    return simulator
  }
  let end: End
  try {
    end = await (plan.mode === 'watch' ? watched(plan, start) : preflighted(plan, start))
  } catch (error) {
    end =
      error instanceof UsageError
        ? { kind: 'refusal', sentence: error.text.en }
        : { kind: 'crash', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  const milliseconds = performance.now() - began
  const requests = (simulator as Simulator | null)?.requests() ?? []
  await (simulator as Simulator | null)?.stop()
  const spoiled: Record<string, number> = {}
  for (const { fault } of requests) if (fault !== null) spoiled[fault] = (spoiled[fault] ?? 0) + 1
  return { end, milliseconds, calls: requests.length, spoiled }
}

type Start = (options: SimulatorOptions) => Promise<Simulator>

function readerOf(
  { region, url: endpoint }: Simulator,
  plan: Plan,
  limits: TimeLimits,
  maxAttempts = plan.maxAttempts,
) {
  const isWell = isUnbroken(plan)
  const stands = plan.chaos?.kinds?.some((kind) => STANDING.includes(kind)) === true
  // Where no call stands still, a busy machine alone could make one too slow.
  const callMs = stands ? limits.callMs : PATIENT.callMs
  const timeouts = isWell ? {} : { connectionTimeoutMs: callMs, requestTimeoutMs: callMs }
  return openLive({
    region,
    endpoint,
    credentials: KEYS,
    maxAttempts,
    ...timeouts,
    limits: isWell ? PATIENT : { ...limits, callMs },
  })
}

async function preflighted(plan: Plan, start: Start): Promise<End> {
  const { files, cluster, service, taskDefinition } = await serviceWorld(plan.world)
  const simulator = await start({ files })
  const request = { cluster, service, taskDefinition, failOn: ['blocker'], ignore: [] } as const
  const report = await preflight(request, { reader: readerOf(simulator, plan, QUICK), tool: TOOL })
  return { kind: 'report', report, exitCode: report.enforced ? 1 : 0, isReplayed: true }
}

async function watched(plan: Plan, start: Start): Promise<End> {
  const [name = '', seed] = plan.world.split('/')
  const own = scenarioNamed(name)
  const isWell = isUnbroken(plan)
  const scenario = { ...own, seed: Number(seed), faults: isWell ? [] : own.faults }
  const clock = untiringClock()
  const simulator = await start({ files: folderOf(name), scenario, clock })
  const tape: string[] = []
  const request: WatchRequest = {
    ...{ cluster: scenario.cluster, service: scenario.service, taskDefinition: null },
    ...{ waitMinutes: 15, appearsWithinMinutes: 1, slowAfterMinutes: null, onFailure: plan.onFailure },
    ...{ logLines: 5, flowLogs: null, failOn: ['blocker'], ignore: [] },
  }
  const forPolls = { callMs: POLL_MS, runMs: Number.POSITIVE_INFINITY }
  const report = await watchRun(request, {
    reader: readerOf(simulator, plan, forPolls, plan.maxAttempts === 3 ? 2 : 1),
    patientReader: readerOf(simulator, plan, forPolls),
    ...{ clock, random: () => 0.5, tool: TOOL, say: () => {}, tape: (line: string) => tape.push(line) },
  })
  const again = renderJson(replayWatch(tape.join('')), 'en')
  return { kind: 'report', report, exitCode: exitCodeOfWatch(report), isReplayed: again === renderJson(report, 'en') }
}

/** Moves when somebody sleeps. A watch of a quarter of an hour that has not ended by its two thousandth sleep does not end. */
function untiringClock(): Clock {
  let [ms, sleeps] = [BEGAN_AT, 0]
  return {
    now: () => ms,
    sleep: async (rest) => {
      ms += rest
      sleeps += 1
      if (sleeps > 2_000) throw new Error('the watch does not end')
    },
  }
}
