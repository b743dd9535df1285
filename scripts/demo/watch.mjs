/** The action's main, on a clock that runs SPEED times as fast as the wall's: beside a scenario of the same speed it sees real time. */
import { systemClock } from '../../src/commands/clock.ts'
import { main } from '../../src/entry/action.ts'

const speed = Number(process.argv[2])
const beganAt = systemClock.now()
const clock = {
  now: () => Math.round(beganAt + (systemClock.now() - beganAt) * speed),
  sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
}

process.exitCode = await main(process, clock)
