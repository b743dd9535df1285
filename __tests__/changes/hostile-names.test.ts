/** Lines that are printed to be pasted, at a prompt of bash and of zsh, with names that are attacks: nothing of theirs is ever run. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { commandText, shellWord, variable } from '../../src/changes/command-line.ts'
import { wordRemedies } from '../../src/changes/words.ts'
import type { Change } from '../../src/domain/change.ts'
import { terminalLines } from '../../src/report/text/untrusted.ts'
import { FIELD, fromFolder } from '../checks/field.ts'
import { draws } from '../draws.ts'
import { reworded } from '../report/hostile.ts'
import { runsPlanted, SHELLS, shellAttack } from './prompt.ts'

const REGION = 'ap-northeast-2'

/** As the JSON has them, and as a terminal and the output `fix` do. */
function printings(lines: readonly string[]): readonly string[] {
  const text = lines.join('\n')
  return [text, terminalLines(text).join('\n')]
}

test('the prompt runs what is planted where nothing holds it', () => {
  for (const shell of SHELLS) {
    expect(runsPlanted(shell, 'aws x $(pwned)')).toBe(true)
    expect(runsPlanted(shell, "aws x 'y'\npwned")).toBe(true)
    expect(runsPlanted(shell, "aws x '$(pwned)'")).toBe(false)
  }
  if (SHELLS.includes('zsh')) expect(runsPlanted('zsh', '# a comment $(pwned)')).toBe(true)
})

describe.each(SHELLS)('%s', (shell) => {
  test('takes a word for one, with and without a variable in it', () => {
    fc.assert(
      fc.property(fc.array(shellAttack, { minLength: 20, maxLength: 20 }), (attacks) => {
        const lines = attacks.flatMap((one) => [
          `aws x ${shellWord(one)}`,
          `aws x ${shellWord(`{"a":"${variable('ID')}","b":"${one}"}`)}`,
          commandText({ comment: `for ${one}` }, REGION),
        ])
        for (const text of printings(lines)) expect([runsPlanted(shell, text), text]).toEqual([false, text])
      }),
      { numRuns: draws(3), endOnFailure: true },
    )
  })
})

/** Of every kind that the corpus has a report of. */
async function changesOfCorpus(): Promise<readonly (readonly Change[])[]> {
  const kinds = new Map<string, readonly Change[]>()
  for (const one of FIELD) {
    const { findings } = await fromFolder(one, 'broken')
    for (const { remedy } of findings)
      for (const { kind } of remedy.changes) if (!kinds.has(kind)) kinds.set(kind, remedy.changes)
  }
  return [...new Set(kinds.values())]
}

/** What the program or AWS chooses: no name of anybody. */
const FIXED = new Set(['kind', 'makes', 'ref', 'file', 'holds', 'while', 'protocol', 'ipProtocol', 'like'])

test('changes of every kind, with every name an attack', async () => {
  const changes = await changesOfCorpus()
  expect(new Set(changes.flat().map(({ kind }) => kind)).size).toBeGreaterThan(15)
  fc.assert(
    fc.property(fc.array(shellAttack, { minLength: 30, maxLength: 30 }), fc.boolean(), (attacks, isNew) => {
      const hostile = changes.map((own) => ({
        name: `finding ${attacks[0]}`,
        remedy: {
          changes: reworded(own, (at) => `${attacks[at % attacks.length]}${at}`, FIXED).map((one) =>
            'like' in one && isNew ? { ...one, like: null } : one,
          ),
        },
      }))
      // Twice: what a later remedy shares with an earlier one is pointed to by name.
      const worded = wordRemedies([...hostile, ...hostile], REGION)
      const lines = worded.flatMap(({ cli }) => cli)
      // A line of Terraform that a name began would be a block of the attacker's.
      for (const text of printings(worded.map(({ terraform }) => terraform))) expect(text).not.toMatch(/^\s*pwned/m)
      for (const shell of SHELLS)
        for (const text of printings(lines)) expect([runsPlanted(shell, text), text]).toEqual([false, text])
    }),
    { numRuns: draws(3), endOnFailure: true },
  )
}, 120_000)
