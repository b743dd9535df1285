/**
 * fix.sh killed before and after each of its writes, with all that it started: run again it makes the network whole, and unfix.sh takes back
 * exactly what came of it. unfix.sh killed after writes of its own is finished by the next.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type RealCli, startRealCli } from '../real-cli/real-cli.ts'
import { requireTools } from '../tools.ts'
import { brokenCases, isBrokenNetwork, isEnough, STAYS } from './broken.ts'
import { upToIds } from './recording.ts'
import { type Stage, stageInFolder } from './stage.ts'

requireTools()

let cli: RealCli
let kills = 0
const wrong: string[] = []
/** Each case takes ten seconds: an ordinary run plays some of them, spread over all, and the nightly one all. */
const EVERY = process.env['NIGHTLY'] === 'true' ? 1 : 5

beforeAll(async () => {
  cli = startRealCli()
  const all = (await brokenCases()).filter((one) => isEnough(one) && isBrokenNetwork(one))
  const played = all.filter(({ one }) => !(one.name in STAYS)).filter((_, at) => at % EVERY === 0)
  for (const { one, report } of played) {
    const stage = stageInFolder(cli, one, report)
    await killedAtEach(stage)
    stage.close()
  }
}, 1_800_000)

afterAll(async () => {
  process.stderr.write(`${kills} kills\n`)
  await cli.stop()
})

async function killedAtEach(stage: Stage): Promise<void> {
  const former = await stage.recording()
  const before = upToIds(former, former)
  const recorded = async () => upToIds(await stage.recording(), former)
  const { writes } = await stage.run('fix')
  const whole = await recorded()
  await stage.run('unfix')

  const dies = async (script: 'fix' | 'unfix', write: number, when: 'before' | 'after') => {
    kills += 1
    const { code } = await stage.run(script, { kill: { write, when } })
    if (code !== -9) wrong.push(`${stage.name}: ${script}.sh ended with ${code}, not killed ${when} write ${write}`)
  }
  const ends = async (script: 'fix' | 'unfix', expected: string, where: string) => {
    const { code, stderr } = await stage.run(script)
    if (code !== 0) wrong.push(`${stage.name}: ${script}.sh ${where}: ${stderr.trim()}`)
    else if ((await recorded()) !== expected) wrong.push(`${stage.name}: ${script}.sh ${where}: another network`)
  }

  for (let write = 1; write <= writes; write++) {
    await dies('fix', write, 'after')
    await ends('unfix', before, `after a kill after write ${write}`)
    // Twice: what was begun and not made is made, and its answer never heard.
    await dies('fix', write, 'before')
    await dies('fix', 1, 'after')
    await ends('fix', whole, `after kills before and after write ${write}`)
    if (write % 2 === 0) await dies('unfix', write, 'after')
    await ends('unfix', before, 'after two runs, and a kill of its own')
    if (write < writes) continue
    await dies('fix', write, 'before')
    await ends('unfix', before, `after a kill before write ${write}`)
  }
}

test('whatever was killed, the next run ends it', () => {
  expect(wrong).toEqual([])
  expect(kills).toBeGreaterThan(350 / EVERY / 2)
})
