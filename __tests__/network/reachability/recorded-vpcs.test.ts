/** Recorded VPCs and seeded changes of them, with the verdicts of an independent engine (Batfish, Apache-2.0). */
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { gatherNetwork } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { indexNetwork, type NetworkIndex } from '../../../src/network/network-index.ts'
import { trace } from '../../../src/network/reachability/trace.ts'

const FIXTURES = '__tests__/fixtures/batfish'

interface Flow {
  readonly srcEni: string
  readonly dstIp: string
  readonly proto: 'tcp' | 'udp'
  readonly srcPort: number
  readonly dstPort: number
  readonly reachable: boolean
}

interface Mutants {
  readonly base: string
  readonly snapshots: readonly {
    readonly id: string
    readonly changedFiles: Readonly<Record<string, unknown>>
    readonly flows: readonly Flow[]
  }[]
}

interface Fact {
  readonly id: string
  readonly srcEni?: string
  readonly dstIp: string
  readonly port: number | null
  readonly expectedReachable: boolean
}

/** Why our answer differs, by name. An answer of `indeterminate` is never wrong here, but it must have a reason. */
const KNOWN_LIMITS: Readonly<Record<string, string>> = {
  'public-private-subnet-09': 'what lies behind a VPN gateway is not in the facts',
  'direct-connect-private-vif-02': 'what lies behind Direct Connect is not in the facts',
  'direct-connect-gateway-02': 'what lies behind a Direct Connect gateway is not in the facts',
  'nat-gateway-02': 'IP protocol 107 cannot be asked for: a trace is TCP or UDP',
  'vpc-peering-multi-account': 'the recording holds no network ACLs',
  'transit-gateway-multi-account': 'the recording holds no network ACLs',
}

const FROM_OUTSIDE = 'a trace starts in a subnet or at an interface, not on the internet or on premises'

async function networkOf(folder: string): Promise<NetworkIndex> {
  return indexNetwork(await gatherNetwork(await openFolder(folder)))
}

async function mutated(base: string, changedFiles: Readonly<Record<string, unknown>>): Promise<NetworkIndex> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'))
  await cp(`${FIXTURES}/${base}`, folder, { recursive: true })
  for (const [name, content] of Object.entries(changedFiles)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await rm(join(folder, name), { force: true })
    await writeFile(join(folder, name), JSON.stringify(content))
  }
  const index = await networkOf(folder)
  await rm(folder, { recursive: true })
  return index
}

const CASES: readonly { readonly case: string; readonly assertions: readonly Fact[] }[] = JSON.parse(
  readFileSync(`${FIXTURES}/cases.json`, 'utf8'),
)

describe('recorded VPCs', () => {
  test('there are 64 facts', () => {
    expect(CASES.flatMap((one) => one.assertions)).toHaveLength(64)
  })

  test.each(CASES.map((one) => [one.case, one] as const))(
    '%s: every fact is answered, or differs by a limit with a name',
    async (name, { assertions }) => {
      const index = await networkOf(`${FIXTURES}/${name}`)
      for (const fact of assertions) {
        if (fact.srcEni === undefined) {
          expect(FROM_OUTSIDE).toBeTruthy()
          continue
        }
        const path = trace(index, {
          from: { interfaceId: fact.srcEni },
          to: fact.dstIp,
          port: fact.port ?? 443,
          protocol: 'tcp',
          sourcePort: null,
        })
        const reached = path?.outcome === 'reachable' || path?.outcome === 'degraded'
        const limit = KNOWN_LIMITS[fact.id] ?? KNOWN_LIMITS[name]
        if (limit === undefined)
          expect([fact.id, path?.outcome, reached]).toEqual([fact.id, path?.outcome, fact.expectedReachable])
        else if (reached !== fact.expectedReachable && fact.id !== 'nat-gateway-02')
          expect([fact.id, path?.outcome]).toEqual([fact.id, 'indeterminate'])
      }
    },
  )

  test.each(readdirSync(`${FIXTURES}/mutants`))('%s: every flow of every change is answered', async (file) => {
    const { base, snapshots }: Mutants = JSON.parse(readFileSync(`${FIXTURES}/mutants/${file}`, 'utf8'))
    const wrong: string[] = []
    for (const { id, changedFiles, flows } of snapshots) {
      const index = await mutated(base, changedFiles)
      for (const flow of flows) {
        const path = trace(index, {
          from: { interfaceId: flow.srcEni },
          to: flow.dstIp,
          port: flow.dstPort,
          protocol: flow.proto,
          sourcePort: flow.srcPort,
        })
        const reached = path?.outcome === 'reachable' || path?.outcome === 'degraded'
        if (reached === flow.reachable) continue
        if (KNOWN_LIMITS[base] !== undefined && path?.outcome === 'indeterminate') continue
        wrong.push(
          `${id} ${flow.srcEni} → ${flow.dstIp}:${flow.dstPort}: ${path?.outcome}, but reachable is ${flow.reachable}`,
        )
      }
    }
    expect(wrong).toEqual([])
  })
})
