/** The most memory that this process had in a stretch of time. */
import { readFileSync, writeFileSync } from 'node:fs'

/** Begins a stretch; the answer is its peak so far, in MiB. Where the kernel has no such mark (all but Linux), of the process's whole life. */
export function peakMemory(): () => number {
  const isMarked = begun()
  return () => Math.ceil((isMarked ? highWaterKiB() : process.resourceUsage().maxRSS) / 1024)
}

/** "5": the high water mark is what is resident now (proc_pid_clear_refs(5)). */
function begun(): boolean {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
    return highWaterKiB() > 0
  } catch {
    return false
  }
}

function highWaterKiB(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0)
}
