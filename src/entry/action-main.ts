/** The action's executable: everything else is in main.ts. */
import { main } from './action.ts'

void main(process).then((code) => {
  process.exitCode = code
})
