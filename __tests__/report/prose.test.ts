/** Prose is no key: with every sentence replaced by one and the same token, no id, order, verdict, step, group or exit code changes. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { scratch } from '../aws/scratch.ts'

const [HOOK, RUN] = ['tokens', 'decisions'].map((name) => fileURLToPath(new URL(`prose/${name}.ts`, import.meta.url)))

interface Decided {
  readonly decisions: Readonly<Record<string, unknown>>
  readonly headlines: readonly string[]
}

function decided(options: readonly string[]): Decided {
  const { stdout, stderr } = spawnSync(process.execPath, [...options, RUN ?? '', scratch({})], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

test('what is decided does not depend on what is said', () => {
  const said = decided([])
  const tokens = decided(['--import', HOOK ?? ''])
  expect(Object.keys(said.decisions).length).toBeGreaterThan(20)
  expect(said.headlines).toContainEqual(expect.stringMatching(/^Tasks cannot start in 1 of \d subnets: /))
  for (const headline of tokens.headlines) expect(headline).toMatch(/§/)
  expect(tokens.decisions).toEqual(said.decisions)
}, 120_000)
