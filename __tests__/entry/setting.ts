/** A door for tests that perform a command in this very process. */
import { systemClock } from '../../src/clock.ts'
import type { Setting } from '../../src/performed.ts'

export const SETTING: Setting = {
  door: 'cli',
  env: {},
  readInput: async () => '',
  colour: false,
  columns: 80,
  say: () => {},
  clock: systemClock,
}
