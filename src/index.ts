/** The action's executable: everything else is in main.ts. */
import { main } from './main.ts'

process.exitCode = await main(process)
