/** fix.sh and unfix.sh of changes whose every name is an attack: none is run by the shell, and none ends a text of a JMESPath. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { literal } from '../../../src/changes/reversal.ts'
import { scriptSteps } from '../../../src/changes/script-steps.ts'
import type { Change } from '../../../src/domain/change.ts'
import type { Report } from '../../../src/domain/report.ts'
import { fixScripts } from '../../../src/report/fix-scripts.ts'
import { shellAttack } from '../../changes/prompt.ts'
import { draws } from '../../draws.ts'
import { worldOf } from '../../repairs/worlds.ts'
import { reworded } from '../../report/hostile.ts'
import { PYTHON, requireTools } from '../tools.ts'
import { type Broken, brokenCases } from './broken.ts'

requireTools()

/** What the program or AWS chooses: no name of anybody. */
const FIXED = new Set(['kind', 'makes', 'ref', 'file', 'holds', 'while', 'protocol', 'ipProtocol', 'like'])

let broken: readonly Broken[] = []
beforeAll(async () => {
  broken = await brokenCases()
}, 120_000)

/** Whether `pwned` was run by the script; `answer` is what AWS says to everything. */
function runsPlanted(script: string, answer: string): boolean {
  const place = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-hostile-'))
  try {
    const program = (name: string, text: string) => {
      writeFileSync(join(place, name), `#!/bin/sh\n${text}\n`)
      chmodSync(join(place, name), 0o755)
    }
    program('aws', `printf '%s\\n' '${answer}'`)
    program('pwned', `: > '${join(place, 'canary')}'`)
    program('sleep', 'exit 0')
    writeFileSync(join(place, 'script.sh'), script)
    // A record that has begun everything.
    const mark = /fix-(\w+)\.record/.exec(script)?.[1]
    const begun = Array.from({ length: 60 }, (_, at) => `begun ${at + 1}\nid ${at + 1} x-${at}\n`).join('')
    if (answer !== '') writeFileSync(join(place, `fix-${mark}.record`), begun)
    spawnSync('bash', [join(place, 'script.sh'), '--yes'], {
      env: { ...process.env, PATH: `${place}:${process.env['PATH']}` },
      timeout: 20_000,
    })
    return existsSync(join(place, 'canary'))
  } finally {
    rmSync(place, { recursive: true })
  }
}

test('the shell runs what is planted where nothing holds it', () => {
  expect(runsPlanted('aws x $(pwned)', '')).toBe(true)
  expect(runsPlanted("aws x '$(pwned)'", '')).toBe(false)
})

test('no name reaches the shell', async () => {
  const [some] = broken
  if (some === undefined) throw new Error('no case')
  const { facts } = await worldOf(some.one)
  const kinds = new Map<string, Change>()
  for (const { report } of broken)
    for (const change of report.repairs?.[0]?.changes ?? []) kinds.set(change.kind, change)
  expect(kinds.size).toBeGreaterThan(15)
  fc.assert(
    fc.property(fc.array(shellAttack, { minLength: 30, maxLength: 30 }), (attacks) => {
      const word = (at: number) => `${attacks[at % attacks.length]}${at}`
      const changes = reworded([...kinds.values()], word, FIXED).map((one) =>
        'like' in one ? ({ ...one, like: null } as Change) : one,
      )
      const [first] = some.report.repairs ?? []
      if (first === undefined) throw new Error('no repair')
      const script = { mark: 'abcd', steps: scriptSteps(changes, facts, { region: word(1), fix: 'abcd' }) }
      const target = { ...some.report.target, cluster: word(2), service: word(3), region: word(1), accountId: null }
      const report: Report = { ...some.report, target, repairs: [{ ...first, script }] }
      for (const language of ['en', 'ko'] as const) {
        const { fix, unfix } = fixScripts(report, language)
        expect([runsPlanted(fix, ''), runsPlanted(unfix, 'x-1'), fix]).toEqual([false, false, fix])
      }
    }),
    { numRuns: draws(3), endOnFailure: true },
  )
}, 120_000)

test('no name ends a text of a JMESPath', () => {
  const names = fc.sample(shellAttack, { numRuns: 300, seed: 7 })
  const expressions = names.map((name) => `[?@==${literal(name)}] | [0]`)
  const script = [
    'import json, sys, jmespath',
    'for name, expression in json.load(sys.stdin):',
    // Python's reader of JMESPath leaves a doubled backslash as it is: such a name is not found, and ends nothing.
    '    found = jmespath.search(expression, [name, "other"])',
    '    assert found == name or (found is None and chr(92) in name), (name, expression, found)',
  ].join('\n')
  const { status, stderr } = spawnSync(PYTHON, ['-c', script], {
    input: JSON.stringify(names.map((name, at) => [name, expressions[at]])),
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
})
