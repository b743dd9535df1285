/** The action's executable: everything else is in main.ts. */
import { main } from './action.ts'

process.exitCode = await main(process)
