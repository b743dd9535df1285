/** A line of the input `ignore`. */
import type { Ignore } from '../checks/engine/verdict.ts'

/** `id`, `id subject`, and a reason behind `#`. */
export function ignoreOf(line: string): Ignore {
  const [what = '', ...reason] = line.split('#')
  const [check = '', subject] = what.trim().split(/\s+/)
  return { check, subject: subject ?? null, reason: reason.join('#').trim() }
}
