/** Ctrl-C, a closed terminal, and the cancellation of a job: the first time a run is asked to end, the second time the process dies of it. */

import { setMaxListeners } from 'node:events'

/** GitHub's runner sends SIGINT, then SIGTERM after 7.5 s, and kills after another 2.5 s (GitHub Docs, "Canceling a workflow"). */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** Of a terminal that is closed. The shell and the kernel may both send it, and nobody is there to mean anything by the second. */
const HANGUP = 'SIGHUP'

export interface Interruption {
  readonly signal: AbortSignal
  /** Signals mean again what they mean without us. */
  readonly release: () => void
}

export function interruption(process: NodeJS.Process, onFirst: () => void): Interruption {
  const controller = new AbortController()
  // A listener for each request under way is no leak, and Node 20 would warn of it.
  setMaxListeners(0, controller.signal)
  const releaseKeys = () => {
    for (const name of SIGNALS) process.off(name, stop)
  }
  const release = () => {
    releaseKeys()
    process.off(HANGUP, stop)
  }
  function stop() {
    releaseKeys()
    if (controller.signal.aborted) return
    onFirst()
    controller.abort()
  }
  for (const name of [...SIGNALS, HANGUP]) process.on(name, stop)
  return { signal: controller.signal, release }
}
