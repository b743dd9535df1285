/** Broken answers as a plain HTTP client sees them, and faults that a seed draws. */
import { describe, expect, test } from '@jest/globals'
import { drawnFaults } from '../../simulator/chaos.ts'
import { FAULT_KINDS, type Fault, type FaultKind } from '../../simulator/fault.ts'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import type { Simulator, SimulatorOptions } from '../../simulator/start.ts'
import { simulate } from './simulate.ts'

const FILES = seoulFiles({ healthy: true })
const QUICK_MS = 300

async function broken(kind: FaultKind, more: Partial<Fault> = {}): Promise<Simulator> {
  return simulate({ files: FILES, faults: [{ on: '*', kind, ...more }] })
}

interface Told {
  readonly status: number
  readonly body: string
  readonly date: string | null
}

/** Rejects where the connection breaks off, or no end comes in time. */
async function ask({ url }: Simulator, params: Readonly<Record<string, string>> = {}): Promise<Told> {
  const body = new URLSearchParams({ Version: '2016-11-15', Action: 'DescribeSubnets', ...params })
  const signal = AbortSignal.timeout(QUICK_MS)
  const response = await fetch(url, { method: 'POST', body, signal })
  return { status: response.status, body: await response.text(), date: response.headers.get('date') }
}

async function whole(): Promise<string> {
  return (await ask(await simulate({ files: FILES }))).body
}

/** Every answer has a request id of its own. */
function withoutId(body: string): string {
  return body.replace(/<requestId>[^<]*<\/requestId>/, '')
}

function tokenIn(body: string): string | undefined {
  return /<nextToken>([^<]*)</.exec(body)?.[1]
}

function subnetsIn(body: string): number {
  return body.split('<subnetId>').length - 1
}

describe('an answer that does not come', () => {
  test.each<FaultKind>(['silent', 'stalled'])('%s: the connection stays open', async (kind) => {
    await expect(ask(await broken(kind))).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test.each<FaultKind>(['torn', 'lost', 'cut'])('%s: the connection ends', async (kind) => {
    await expect(ask(await broken(kind))).rejects.toMatchObject({ message: /fetch failed|terminated/ })
  })

  test.each<[FaultKind, number]>([
    ['torn', 0],
    ['silent', 0],
    ['internal', 0],
    ['cut', 1],
    ['stalled', 1],
    ['lost', 1],
    ['truncated', 1],
    ['doubled', 2],
  ])('%s: what was asked is done so many times: %i', async (kind, times) => {
    let done = 0
    const operations: SimulatorOptions['operations'] = {
      ec2: {
        DescribeSubnets: () => {
          done += 1
          return { Subnets: [{ SubnetId: `subnet-${done}` }] }
        },
      },
    }
    const simulator = await simulate({ files: FILES, operations, faults: [{ on: '*', kind, calls: [1] }] })
    const body = await ask(simulator).then(
      (told) => told.body,
      () => '',
    )
    expect(done).toBe(times)
    if (kind === 'doubled') expect(body).toContain('<subnetId>subnet-2<')
  })
})

describe('an answer that comes broken', () => {
  test('truncated: half of it, as if it were all', async () => {
    const { status, body } = await ask(await broken('truncated'))
    expect(status).toBe(200)
    expect((await whole()).startsWith(body.slice(0, 60))).toBe(true)
    expect(body).not.toContain('</DescribeSubnetsResponse>')
    expect(body.length).toBeGreaterThan(200)
  })

  test('internal: 500 in the words of the protocol', async () => {
    const { status, body } = await ask(await broken('internal'))
    expect([status, body]).toEqual([500, expect.stringContaining('<Code>InternalError</Code>')])
  })

  test('foreign: the page of something on the way', async () => {
    expect(await ask(await broken('foreign'))).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^<!DOCTYPE html>/),
    })
  })

  test('huge: the same answer, padded', async () => {
    const { body } = await ask(await broken('huge', { bytes: 100_000 }))
    expect(withoutId(body.replace(/<padding>x{100000}<\/padding>/, ''))).toBe(withoutId(await whole()))
  })

  test('skewed: refused, at the time that it is there', async () => {
    const { body, date } = await ask(await broken('skewed', { ms: 3_600_000 }))
    expect(body).toContain('<Code>RequestExpired</Code>')
    expect(Date.parse(date ?? '') - Date.now()).toBeGreaterThan(3_500_000)
  })

  test('retyped: one text is an element', async () => {
    const { body } = await ask(await broken('retyped'))
    expect(body.match(/<unexpected>/g)).toHaveLength(1)
  })

  test('odd: one state, block or count is none that anybody knows', async () => {
    const { body } = await ask(await broken('odd'))
    expect(body.match(/_from_2031|\/1e1<|>-1</g)).toHaveLength(1)
  })
})

describe('pages', () => {
  test('empty-page: nothing, and where all of it is', async () => {
    const simulator = await simulate({ files: FILES, faults: [{ on: '*', kind: 'empty-page', times: 1 }] })
    const first = await ask(simulator)
    expect(subnetsIn(first.body)).toBe(0)
    const second = await ask(simulator, { NextToken: tokenIn(first.body) ?? '' })
    expect(subnetsIn(second.body)).toBe(subnetsIn(await whole()))
    expect(tokenIn(second.body)).toBeUndefined()
  })

  test('repeated-page: all of it, and where it is once more', async () => {
    const simulator = await simulate({ files: FILES, faults: [{ on: '*', kind: 'repeated-page', times: 1 }] })
    const first = await ask(simulator)
    const second = await ask(simulator, { NextToken: tokenIn(first.body) ?? '' })
    expect([subnetsIn(first.body), subnetsIn(second.body)]).toEqual(Array(2).fill(subnetsIn(await whole())))
    expect(tokenIn(second.body)).toBeUndefined()
  })

  test('endless-pages: every page leads to one that was not there before', async () => {
    const simulator = await simulate({ files: FILES, faults: [{ on: '*', kind: 'endless-pages', times: 1 }] })
    const tokens = new Set<string>()
    let token: string | undefined = ''
    for (let page = 0; page < 5; page += 1) {
      token = tokenIn((await ask(simulator, token === '' ? {} : { NextToken: token ?? '' })).body)
      tokens.add(token ?? 'none')
    }
    expect(tokens.size).toBe(5)
    expect(tokens).not.toContain('none')
  })
})

test('credentials that expire stay expired', async () => {
  const simulator = await broken('expired', { from: 3 })
  const statuses: number[] = []
  for (let nth = 0; nth < 5; nth += 1) statuses.push((await ask(simulator)).status)
  expect(statuses).toEqual([200, 200, 400, 400, 400])
})

describe('chaos', () => {
  const calls = Array.from({ length: 400 }, (_, at) => ['ec2', `Describe${at % 7}`, { Page: at % 3 }] as const)

  function kindsOf(seed: number, share: number, kinds?: readonly FaultKind[], order = calls): readonly string[] {
    const draw = drawnFaults({ seed, share, kinds })
    return order.map((call) => draw(...call).fault?.kind ?? 'well')
  }

  test('a seed draws the same faults, another one others', () => {
    expect(kindsOf(1, 0.5)).toEqual(kindsOf(1, 0.5))
    expect(kindsOf(1, 0.5)).not.toEqual(kindsOf(2, 0.5))
  })

  test('calls that run side by side meet the same faults in any order', () => {
    const sorted = (kinds: readonly string[]) => [...kinds].sort()
    expect(sorted(kindsOf(1, 0.5, undefined, [...calls].reverse()))).toEqual(sorted(kindsOf(1, 0.5)))
  })

  test('as many as the share, of every kind, or of those that are named', () => {
    const drawn = kindsOf(3, 0.5).filter((kind) => kind !== 'well')
    expect(drawn.length).toBeGreaterThan(150)
    expect(drawn.length).toBeLessThan(250)
    expect(new Set(drawn)).toEqual(new Set(FAULT_KINDS))
    expect(new Set(kindsOf(3, 0.5, ['cut']))).toEqual(new Set(['well', 'cut']))
    expect(new Set(kindsOf(3, 0))).toEqual(new Set(['well']))
  })

  test('the simulator meets them', async () => {
    const simulator = await simulate({ files: FILES, chaos: { seed: 5, share: 1, kinds: ['internal'] } })
    expect((await ask(simulator)).status).toBe(500)
    expect(simulator.requests().map(({ fault }) => fault)).toEqual(['internal'])
  })
})
