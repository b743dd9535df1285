/**
 * The measured VPCs in an AWS that this project did not write: made in moto by AWS's API, judged live, the printed lines run by bash and the
 * real AWS CLI against it, judged live again: no finding about the network is left.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Finding, Report } from '../../src/domain/report.ts'
import { type Case, measuredVpcs } from './cases.ts'
import { isOfNetwork, judge, nameOf } from './judge.ts'
import { type Moto, startMoto } from './moto/moto.ts'
import { fixAll, linesOf } from './printed.ts'
import { type RealCli, startRealCli } from './real-cli/real-cli.ts'
import { requireTools } from './tools.ts'

/** Blocked VPCs that moto cannot hold: the operation that cannot make what is in them, and why. */
const NOT_HELD: Readonly<Record<string, string>> = {
  'vpc/13': 'CreateNatGateway: a NAT gateway is always available, never failed',
  'vpc/15': 'CreateNatGateway: a NAT gateway is always available, never failed',
  'vpc/17': 'CreateNatGateway: a NAT gateway is of one subnet, never regional',
  'vpc/19': 'CreateVpcEndpoint: an endpoint is always available, never rejected',
  'vpc/21': 'CreateVpcEndpoint: an endpoint is always available, never pending',
  'vpc/37': 'CreateVpcEndpoint: an endpoint is always available, never pending',
  'vpc/39': 'CreateNatGateway: a NAT gateway is always available, never pending',
}

/** A printed line that AWS takes and moto does not know. */
const UNKNOWN_TO_MOTO = /^ec2 create-nat-gateway --availability-mode regional .*InvalidSubnetID/

/** A round is the lines of all findings, blockers' first. An endpoint that it made in one zone is told of in the next. */
const MOST_ROUNDS = 2

interface Outcome {
  readonly name: string
  /** The operation that moto lacks and why, or null. */
  readonly missing: string | null
  /** Findings by check and subject, in the folder's ids: of the folder, of moto before the lines, and after them. */
  readonly ofFolder: readonly string[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Lines that the CLI or moto refused. */
  readonly trouble: readonly string[]
  readonly lines: number
}

requireTools()

let moto: Moto
let cli: RealCli
const outcomes: Outcome[] = []

beforeAll(async () => {
  moto = await startMoto()
  cli = startRealCli(moto.url)
  for (const vpc of measuredVpcs) {
    const report = await judge(vpc, vpc.folder)
    if (ofNetwork(report).some(({ severity }) => severity === 'blocker')) outcomes.push(await proved(vpc, report))
  }
}, 600_000)

afterAll(async () => {
  process.stderr.write(`${held().length} of ${outcomes.length} blocked VPCs held by moto\n`)
  await cli.stop()
  await moto.stop()
})

async function proved(vpc: Case, report: Report): Promise<Outcome> {
  const made = await moto.make(vpc)
  const ofFolder = namesIn(report)
  const nothing = { before: [], after: [], trouble: [], lines: 0 }
  if ('missing' in made) {
    return { name: vpc.name, missing: `${made.missing}: ${made.because}`, ofFolder, ...nothing }
  }
  const first = await moto.judge(vpc)
  const before = namesIn(first, made.ids)
  const { last, trouble, lines } = await fixed(vpc, first)
  const missing = trouble.some((one) => UNKNOWN_TO_MOTO.test(one))
    ? 'CreateNatGateway: a NAT gateway is of one subnet, never regional'
    : null
  return { name: vpc.name, missing, ofFolder, before, after: namesIn(last, made.ids), trouble, lines }
}

async function fixed(vpc: Case, first: Report) {
  let last = first
  const trouble: string[] = []
  let count = 0
  for (let round = 0; round < MOST_ROUNDS && ofNetwork(last).length > 0; round++) {
    const findings = ofNetwork(last)
    const lines = [...new Set([...fixAll({ findings }), ...findings.flatMap(linesOf)])]
    const run = await cli.script(`${lines.join('\n')}\n`, { reads: {}, files: {} })
    trouble.push(...run.calls.flatMap((call) => ('error' in call ? [`${call.argv.join(' ')}: ${call.error}`] : [])))
    if (run.code !== 0) trouble.push(`exit code ${run.code}: ${run.stderr.trim()}`)
    count += lines.length
    last = await moto.judge(vpc)
  }
  return { last, trouble, lines: count }
}

function ofNetwork({ findings }: Report): readonly Finding[] {
  return findings.filter(isOfNetwork)
}

/** Sorted, with the ids that the folder has for what moto named itself. */
function namesIn(report: Report, ids: Readonly<Record<string, string>> = {}): readonly string[] {
  const folders = new Map(Object.entries(ids).map(([ofFolder, ofMoto]) => [ofMoto, ofFolder]))
  return ofNetwork(report)
    .map((finding) => nameOf(finding).replace(/\b[a-z]+-[0-9a-f]{17}\b/g, (id) => folders.get(id) ?? id))
    .sort()
}

function held(): readonly Outcome[] {
  return outcomes.filter(({ missing }) => missing === null)
}

describe('the measured VPCs in moto', () => {
  test('moto holds all that are blocked but those listed, each for its reason', () => {
    const missing = outcomes.flatMap((one) => (one.missing === null ? [] : [[one.name, one.missing]]))
    expect(Object.fromEntries(missing)).toEqual(NOT_HELD)
    expect(held().length).toBeGreaterThanOrEqual(10)
  })

  test('the network findings there are those of the folder, up to the ids', () => {
    expect(held().map(({ name, before }) => [name, before])).toEqual(
      held().map(({ name, ofFolder }) => [name, ofFolder]),
    )
  })

  test('no printed line is refused', () => {
    expect(held().flatMap(({ name, trouble }) => trouble.map((one) => `${name}: ${one}`))).toEqual([])
    expect(held().filter(({ lines }) => lines === 0)).toEqual([])
  })

  test('no network finding is left', () => {
    expect(held().flatMap(({ name, after }) => after.map((one) => `${name}: ${one}`))).toEqual([])
  })
})
