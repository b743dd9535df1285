/** A process that plays the runs it is told to, and is ended by its parent where one does not end. */
import { soak } from './runs.ts'

const play = soak(Number(process.argv[2]))

process.on('message', (number: number) => {
  // What one run left behind is no memory of the next.
  globalThis.gc?.()
  play(number).then(
    (judged) => process.send?.(judged),
    (error: unknown) => {
      console.error(number, error)
      process.exitCode = 1
      process.disconnect()
    },
  )
})
