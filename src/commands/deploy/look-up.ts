/** Looks what became of a write that AWS did not answer for. */
import type { DeployDeps } from './request.ts'

/** The request may be on its way still, and what it does shows a moment later. */
const PAUSES_MS = [1_000, 2_000, 4_000]
/** A look that AWS does not answer is taken again: without one nothing may be sent. */
const MOST_LOOKS = 8

/** Null only where every look of its time says that nothing was done; `unread` where nobody could look. */
export async function looked<Found>(
  { clock, signal }: Pick<DeployDeps, 'clock' | 'signal'>,
  look: () => Promise<Found | null | 'unread'>,
): Promise<Found | null | 'unread'> {
  let clear = 0
  for (let taken = 0; taken < MOST_LOOKS; taken += 1) {
    await clock.sleep(PAUSES_MS[taken] ?? PAUSES_MS[PAUSES_MS.length - 1] ?? 0, signal)
    const found = await look()
    if (found === null) clear += 1
    else if (found !== 'unread') return found
    if (clear === PAUSES_MS.length) return null
    if (signal?.aborted === true) break
  }
  return 'unread'
}
