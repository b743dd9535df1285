/** fix.sh and unfix.sh of the measured VPCs in an AWS that this project did not write: moto, read by AWS's API before and after. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { measuredVpcs } from '../cases.ts'
import { isOfNetwork, nameOf } from '../judge.ts'
import { type Moto, startMoto } from '../moto/moto.ts'
import { type RealCli, startRealCli } from '../real-cli/real-cli.ts'
import { requireTools } from '../tools.ts'
import { STAYS } from './broken.ts'
import { upToIds } from './recording.ts'
import { type Stage, stageInMoto } from './stage.ts'

requireTools()

/** Not made in moto (moto.test.ts says why): the interpreter has them. */
const NOT_HELD = ['vpc/13', 'vpc/15', 'vpc/19', 'vpc/21', 'vpc/37', 'vpc/39']

let moto: Moto
let cli: RealCli
const held: string[] = []
const notHeld: string[] = []
const wrong: string[] = []

beforeAll(async () => {
  moto = await startMoto()
  cli = startRealCli(moto.url)
  for (const vpc of measuredVpcs) {
    if ('missing' in (await moto.make(vpc))) {
      notHeld.push(vpc.name)
      continue
    }
    const report = await moto.judge(vpc)
    if (report.repairs?.[0]?.verified !== true) continue
    const stage = stageInMoto(cli, moto, vpc, report)
    held.push(vpc.name)
    await played(stage)
    stage.close()
  }
}, 1_800_000)

afterAll(async () => {
  process.stderr.write(`scripts of ${held.length} VPCs in moto\n`)
  await cli.stop()
  await moto.stop()
})

async function played(stage: Stage): Promise<void> {
  const claim = (holds: boolean, what: string) => {
    if (!holds) wrong.push(`${stage.name}: ${what}`)
  }
  const before = await stage.recording()
  const recorded = async () => upToIds(await stage.recording(), before)
  const isAsBefore = async () => (await recorded()) === upToIds(before, before)

  const { code, writes, stderr } = await stage.run('fix')
  claim(code === 0 && writes > 0, `fix.sh ended with ${code} after ${writes} writes: ${stderr}`)
  const { findings } = await stage.judged()
  for (const one of findings) claim(one.severity !== 'blocker' || !isOfNetwork(one), `fix.sh leaves ${nameOf(one)}`)
  const whole = await recorded()
  const again = await stage.run('fix')
  claim(again.code === 0 && again.writes === 0 && (await recorded()) === whole, 'fix.sh run again changes something')
  const back = await stage.run('unfix')
  if (stage.name in STAYS) {
    claim(back.code === 0 && back.stdout.includes('but for what is named above'), 'unfix.sh does not say what stays')
    return
  }
  claim(back.code === 0 && (await isAsBefore()), 'unfix.sh leaves something')
  const nothing = await stage.run('unfix')
  claim(nothing.writes === 0 && nothing.stdout.includes('Nothing to take back'), 'unfix.sh run again does something')

  const half = Math.ceil(writes / 2)
  claim((await stage.run('fix', { kill: { write: half, when: 'after' } })).code === -9, 'fix.sh was not killed')
  claim(
    (await stage.run('fix')).code === 0 && (await recorded()) === whole,
    'fix.sh after half a run leaves another VPC',
  )
  claim((await stage.run('unfix')).code === 0 && (await isAsBefore()), 'unfix.sh leaves something of two runs')
}

test('moto holds all but those listed', () => {
  expect(notHeld).toEqual(NOT_HELD)
  expect(held.length).toBeGreaterThanOrEqual(25)
})

test('they are whole after fix.sh, stay so, and are as before after unfix.sh, also where fix.sh was killed', () => {
  expect(wrong).toEqual([])
})
