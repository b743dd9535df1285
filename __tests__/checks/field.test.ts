/** Services rebuilt from public reports: what broke each is said, at its step and of its subject; fixed, nobody is accused. */
import { expect, test } from '@jest/globals'
import { complaints, FIELD, fromFolder, STATES } from './field.ts'

const rows = FIELD.flatMap((one) => STATES.map((state) => [one.id, state, one] as const))

test.each(rows)('%s, %s', async (_id, state, one) => {
  const report = await fromFolder(one, state)
  expect(complaints(one, state, report)).toEqual([])
})
