/** The tape of a watch as a file: each line is on disk as soon as it is made, so that nothing is lost however the watch ends. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { unwritableFolder } from '../error-message.ts'

export interface Tape {
  readonly write: (line: string) => void
  readonly close: () => void
}

/** `tape.ndjson` in the folder, anew. `label` is the input as the user writes it. Throws `UsageError` where it cannot be written. */
export function openTape(folder: string, label: string): Tape {
  const file = opened(folder, label)
  return { write: (line) => writeSync(file, line), close: () => closeSync(file) }
}

function opened(folder: string, label: string): number {
  try {
    mkdirSync(folder, { recursive: true })
    return openSync(join(folder, 'tape.ndjson'), 'w')
  } catch (error) {
    throw unwritableFolder(label, folder, error)
  }
}
