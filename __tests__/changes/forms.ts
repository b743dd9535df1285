/** Every form of a change, as a report has them. UPDATE_GOLDEN=1 writes them; else they must not differ. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'
import { wordRemedies } from '../../src/changes/words.ts'
import type { Change } from '../../src/domain/change.ts'

const GOLDEN = join(import.meta.dirname, '..', 'golden', 'changes')

/** Each name with the changes that are printed under it, in one remedy. */
export function expectForms(kind: Change['kind'], cases: Readonly<Record<string, readonly Change[]>>): void {
  const text = Object.entries(cases)
    .map(([name, changes]) => `== ${name}\n${formsOf(changes)}`)
    .join('\n')
  const file = join(GOLDEN, `${kind}.txt`)
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(readFileSync(file, 'utf8')).toBe(text)
}

function formsOf(changes: readonly Change[]): string {
  const [words] = wordRemedies([{ name: 'a finding', remedy: { changes } }], 'ap-northeast-2')
  if (words === undefined) throw new Error('a remedy has words')
  const { console: steps, cli, terraform } = words
  const told = steps.flatMap(({ en, ko }) => [`en  ${en}`, `ko  ${ko}`])
  return [...told, '', ...cli, '', terraform].join('\n')
}
