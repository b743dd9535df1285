/** Says on standard error that something is going on: at once on a terminal, otherwise only when nothing was said for long. */
import type { Language, Text } from '../domain/text.ts'

const PATIENCE = { terminalMs: 300, logMs: 15_000 }

interface Stream {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

export interface Progress {
  /** A line of its own. */
  readonly say: (line: Text) => void
  /** Clears what a terminal shows. Nothing is written afterwards. */
  readonly stop: () => void
}

export function startProgress(doing: Text, language: Language, stream: Stream): Progress {
  const terminal = stream.isTTY === true
  let shown = false
  const show = () => {
    stream.write(terminal ? `\r${doing[language]}\u001b[K` : `${doing[language]}\n`)
    shown = true
  }
  // Unreferenced: a finished run does not wait for it.
  const timer = terminal ? setTimeout(show, PATIENCE.terminalMs).unref() : setInterval(show, PATIENCE.logMs).unref()
  return {
    say: (line) => stream.write(`${terminal ? '\r\u001b[K' : ''}${line[language]}\n`),
    stop: () => {
      clearTimeout(timer)
      if (terminal && shown) stream.write('\r\u001b[K')
    },
  }
}
