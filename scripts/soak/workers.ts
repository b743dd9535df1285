/** Shares runs out among processes: one that hangs or dies takes no other run with it, and its memory is its own. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { planOf } from './plan.ts'
import type { Judged } from './runs.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
/** The run itself and, where its world is new, the unbroken one before it; twenty times what the slowest needs. */
const HANGS_AFTER_MS = 120_000
/** A process grows with what it loads and remembers; a fresh one shows what a run needs. */
const RUNS_A_PROCESS = 25

/** Plays them all, `side` at a time; `told` of each when it is over. */
export async function workers(
  { seed, numbers, side }: { readonly seed: number; readonly numbers: readonly number[]; readonly side: number },
  told: (judged: Judged) => void,
): Promise<void> {
  const left = [...numbers]
  const work = async () => {
    while (left.length > 0) await batch(seed, left, told)
  }
  await Promise.all(Array.from({ length: side }, work))
}

/** As many as a process takes, or until one breaks it. */
async function batch(seed: number, left: number[], told: (judged: Judged) => void): Promise<void> {
  const child = fork(WORKER, [String(seed)], { execArgv: ['--expose-gc', '--no-warnings'], stdio: 'inherit' })
  for (let run = 0; run < RUNS_A_PROCESS; run += 1) {
    const number = left.shift()
    if (number === undefined) break
    const answer = await answerOf(child, number)
    told(answer === 'hang' || answer === 'crash' ? broken(seed, number, answer) : answer)
    if (answer === 'hang' || answer === 'crash') break
  }
  child.kill('SIGKILL')
}

function answerOf(child: ChildProcess, number: number): Promise<Judged | 'hang' | 'crash'> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, HANGS_AFTER_MS, 'hang' as const)
    const ended = () => end('crash')
    function end(how: Judged | 'hang' | 'crash') {
      clearTimeout(timer)
      child.off('message', end).off('exit', ended)
      resolve(how)
    }
    child.on('message', end).on('exit', ended)
    child.send(number)
  })
}

function broken(seed: number, number: number, end: 'hang' | 'crash'): Judged {
  const { mode, world } = planOf(seed, number)
  return {
    ...{ number, mode, world, end, truth: 'unknown', isUnbroken: false },
    ...{ milliseconds: HANGS_AFTER_MS, calls: 0, spoiled: {}, peakMiB: 0 },
    violations: [{ breach: end, detail: 'the process did not answer' }],
  }
}
