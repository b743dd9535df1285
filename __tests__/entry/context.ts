/** A frontend for tests that perform a command in this very process. */
import { systemClock } from '../../src/commands/clock.ts'
import { type CommandContext, NO_INPUT } from '../../src/commands/command.ts'

export const CONTEXT: CommandContext = {
  frontend: 'cli',
  env: {},
  input: NO_INPUT,
  print: async () => {},
  colour: false,
  columns: 80,
  say: () => {},
  clock: systemClock,
}
