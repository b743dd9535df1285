/** Ends a run that cannot see anything, in a sentence that says what to do about it. */
import { UsageError } from '../../domain/usage-error.ts'
import type { Reader } from '../reader/reader.ts'

/** Throws `UsageError` when AWS was asked and not one question was answered. */
export function refuseWhenNothingWasRead(reader: Reader): void {
  const { calls, answered } = reader.meter()
  if (calls === 0 || answered > 0) return
  throw new UsageError(reader.trouble())
}
