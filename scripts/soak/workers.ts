/** Shares runs out among processes: one that hangs or dies takes no other run with it, and its memory is its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Essence } from './judge.ts'
import type { Plan } from './plan.ts'
import { type Judged, worldOf } from './runs.ts'
import type { Order } from './worker.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
/** Of a run; a busy machine takes a minute for the longest. */
export const HANGS_AFTER_S = 240
/** A process grows with what it loads and remembers; a fresh one shows what a run needs. */
const RUNS_A_PROCESS = 25
/** Where a run came to so much, the next one begins afresh: its peak is to be its own. */
const FULL_MIB = 300

export interface Work {
  readonly plans: readonly Plan[]
  /** Processes at the same time. */
  readonly side: number
  /** No run is begun after so many minutes. */
  readonly minutes: number
}

/** Plays them all; `told` of each when it is over. */
export async function workers({ plans, side, minutes }: Work, told: (judged: Judged) => void): Promise<void> {
  const left = [...plans]
  setTimeout(() => left.splice(0), minutes * 60_000).unref()
  const truths = new Map<string, Essence>()
  const work = async () => {
    while (left.length > 0) await batch(left, truths, told)
  }
  await Promise.all(Array.from({ length: side }, work))
}

/** As many runs as a process takes, or until one breaks it. */
async function batch(left: Plan[], truths: Map<string, Essence>, told: (judged: Judged) => void): Promise<void> {
  const child = fork(WORKER, { execArgv: ['--expose-gc', '--no-warnings'], stdio: 'inherit' })
  for (let run = 0; run < RUNS_A_PROCESS; run += 1) {
    const plan = left.shift()
    if (plan === undefined) break
    const truth = truths.get(worldOf(plan)) ?? (await answer<Essence>(child, { plan, truth: null }))
    if (isBroken(truth)) {
      told(brokenRun(plan, truth))
      break
    }
    truths.set(worldOf(plan), truth)
    const judged = await answer<Judged>(child, { plan, truth })
    told(isBroken(judged) ? brokenRun(plan, judged) : judged)
    if (isBroken(judged) || judged.peakMiB > FULL_MIB) break
  }
  child.kill('SIGKILL')
}

type Broken = 'hang' | 'crash'

function isBroken(answer: unknown): answer is Broken {
  return answer === 'hang' || answer === 'crash'
}

function answer<Told>(child: ChildProcess, order: Order): Promise<Told | Broken> {
  return new Promise((resolve) => {
    const end = (how: Told | Broken) => {
      clearTimeout(timer)
      child.off('message', end).off('exit', died)
      resolve(how)
    }
    const died = (code: number | null, signal: string | null) => {
      console.error(`a process ended with ${code ?? signal}`)
      end('crash')
    }
    const timer = setTimeout(end, HANGS_AFTER_S * 1000, 'hang' as const)
    child.on('message', end).on('exit', died)
    child.send(order)
  })
}

function brokenRun({ number, mode, world }: Plan, end: Broken): Judged {
  return {
    ...{ number, mode, world, end, truth: 'unknown', isUnbroken: false },
    ...{ milliseconds: HANGS_AFTER_S * 1000, calls: 0, spoiled: {}, peakMiB: 0 },
    violations: [{ breach: end, detail: 'the process did not answer' }],
  }
}
