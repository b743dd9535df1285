/** A door for tests that perform a command in this very process. */
import { systemClock } from '../../src/commands/clock.ts'
import type { Setting } from '../../src/commands/command.ts'

export const SETTING: Setting = {
  door: 'cli',
  env: {},
  readInput: async () => '',
  colour: false,
  columns: 80,
  say: () => {},
  clock: systemClock,
}
