/**
 * fix.sh and unfix.sh of every case, run by bash and the real AWS CLI on an AWS that lasts (cloud/lasting.ts): once, twice, taken back, and
 * where they must not start at all. What a kill leaves of them: fix-scripts/killed.test.ts; in moto: fix-scripts/moto.test.ts.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { fixScripts } from '../../src/report/fix-scripts.ts'
import { type Broken, brokenCases, isBrokenNetwork, isEnough, RESTS_ON_UNKNOWN, STAYS } from './fix-scripts/broken.ts'
import { upToIds } from './fix-scripts/recording.ts'
import { stageInFolder } from './fix-scripts/stage.ts'
import { isOfNetwork, nameOf } from './judge.ts'
import { type FileEnd, type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

requireTools()

/** Of one case, in this order, on one AWS. */
interface Outcome {
  readonly name: string
  readonly unasked: readonly FileEnd[]
  readonly fixed: FileEnd
  readonly left: readonly string[]
  readonly fixedAgain: FileEnd
  readonly isWholeStill: boolean
  readonly unfixed: FileEnd
  readonly isAsBefore: boolean
  readonly unfixedAgain: FileEnd
}

let cli: RealCli
let broken: readonly Broken[] = []
const outcomes: Outcome[] = []

beforeAll(async () => {
  cli = startRealCli()
  broken = await brokenCases()
  for (const one of broken.filter(isEnough)) outcomes.push(await played(one))
}, 600_000)

afterAll(async () => {
  const count = (prefix: string) => outcomes.filter(({ name }) => name.startsWith(prefix)).length
  process.stderr.write(
    `scripts of ${count('vpc/')} VPCs and ${count('field/')} services; of ${back().length} all is taken back\n`,
  )
  await cli.stop()
})

async function played({ one, report }: Broken): Promise<Outcome> {
  const stage = stageInFolder(cli, one, report)
  const before = await stage.recording()
  const recorded = async () => upToIds(await stage.recording(), before)
  // Nobody answers; somebody says no.
  const unasked = [await stage.run('fix', { arguments: [] }), await stage.run('fix', { arguments: [], stdin: 'n\n' })]
  const fixed = await stage.run('fix')
  const { findings } = await stage.judged()
  const whole = await recorded()
  const fixedAgain = await stage.run('fix')
  const isWholeStill = (await recorded()) === whole
  unasked.push(await stage.run('unfix', { arguments: [] }))
  const unfixed = await stage.run('unfix')
  const isAsBefore = (await recorded()) === upToIds(before, before)
  const unfixedAgain = await stage.run('unfix')
  stage.close()
  const left = findings.filter(({ severity }) => severity === 'blocker').map(nameOf)
  return { name: one.name, unasked, fixed, left, fixedAgain, isWholeStill, unfixed, isAsBefore, unfixedAgain }
}

const back = () => outcomes.filter(({ name }) => !(name in STAYS))
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

describe('fix.sh', () => {
  test('is there for every network that is broken, but where its repair rests on what nobody could see', () => {
    const without = broken.filter((one) => !isEnough(one)).map(({ one }) => one.name)
    expect(without).toEqual(RESTS_ON_UNKNOWN)
    expect(broken.filter((one) => isEnough(one) && isBrokenNetwork(one)).length).toBeGreaterThanOrEqual(45)
  })

  test('writes nothing unless somebody says yes', () => {
    const wrong = outcomes.filter(({ unasked }) => unasked.some(({ code, writes }) => code !== 1 || writes > 0))
    expect(names(wrong)).toEqual([])
  })

  test('ends with 0, and leaves no finding that blocks', () => {
    const refused = outcomes.flatMap(({ name, fixed }) => (fixed.code === 0 ? [] : [`${name}: ${fixed.stderr}`]))
    expect(refused).toEqual([])
    expect(outcomes.flatMap(({ name, left }) => left.map((one) => `${name}: ${one}`))).toEqual([])
    expect(names(outcomes.filter(({ fixed }) => fixed.writes === 0))).toEqual([])
  })

  test('run again makes no call that changes anything', () => {
    const wrong = outcomes.filter(
      ({ fixedAgain, isWholeStill }) => fixedAgain.code !== 0 || fixedAgain.writes > 0 || !isWholeStill,
    )
    expect(names(wrong)).toEqual([])
  })

  test('and unfix.sh stop at once where the credentials are of another account', async () => {
    for (const { one, report } of broken.filter(isEnough).slice(0, 5)) {
      const stage = stageInFolder(cli, one, report, '999999999999')
      for (const script of ['fix', 'unfix'] as const) {
        const { code, writes, stderr } = await stage.run(script)
        expect([code, writes, stderr.includes('999999999999')]).toEqual([2, 0, true])
      }
      stage.close()
    }
  }, 60_000)

  test('and unfix.sh of a repair that rests on something unknown make nothing, and say so', async () => {
    for (const { one, report } of broken.filter((each) => !isEnough(each))) {
      const stage = stageInFolder(cli, one, report)
      for (const script of ['fix', 'unfix'] as const) {
        const { code, calls, stdout } = await stage.run(script)
        expect([code, calls.length, stdout]).toEqual([0, 0, expect.stringContaining('no repair that is known')])
      }
      stage.close()
    }
  }, 60_000)
})

describe('unfix.sh', () => {
  test('ends with 0, and AWS holds what it held before', () => {
    expect(names(outcomes.filter(({ unfixed }) => unfixed.code !== 0))).toEqual([])
    expect(names(back().filter(({ isAsBefore }) => !isAsBefore))).toEqual([])
  })

  test('run again has nothing to take back', () => {
    const wrong = back().filter(
      ({ unfixedAgain: { code, writes, stdout } }) =>
        code !== 0 || writes > 0 || !stdout.includes('Nothing to take back'),
    )
    expect(names(wrong)).toEqual([])
  })

  test('says what it cannot take back, and that it is not all taken back', () => {
    const saying = outcomes.filter(({ unfixed }) => unfixed.stdout.includes('Taken back, but for what is named above'))
    expect(names(saying).toSorted()).toEqual(Object.keys(STAYS).toSorted())
    expect(names(saying.filter(({ isAsBefore }) => isAsBefore))).toEqual([])
  })
})

test('shellcheck has nothing to object to, in both languages, and macOS has the bash for it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-shellcheck-'))
  const paths: string[] = []
  for (const { one, report } of broken)
    for (const language of ['en', 'ko'] as const)
      for (const [script, text] of Object.entries(fixScripts(report, language))) {
        const path = join(folder, `${one.name.replaceAll('/', '-')}.${language}.${script}.sh`)
        writeFileSync(path, text)
        paths.push(path)
        // What bash 3.2 lacks: letter case, associative arrays, |&, &>>, namerefs, mapfile, negative indexes.
        expect(text).not.toMatch(
          /\$\{\w+(?:\^|,|@)|\b(?:declare|local|typeset) -[An]|\|&|&>>|\b(?:mapfile|readarray)\b/,
        )
      }
  const { error, stdout, status } = spawnSync(resolve('.venv/bin/shellcheck'), ['--severity=style', ...paths], {
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  expect([error, stdout, status]).toEqual([undefined, '', 0])
}, 120_000)

test('every finding of the network that a report leads with is of a case here', () => {
  const checks = new Set(broken.flatMap(({ report }) => report.findings.filter(isOfNetwork).map(({ check }) => check)))
  expect(checks.size).toBeGreaterThanOrEqual(12)
})
