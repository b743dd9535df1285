/** Several watches over one reader: none waits for ever, and together they keep the pace. */
import { describe, expect, test } from '@jest/globals'
import { describeServices } from '../../../src/aws/calls/ecs.ts'
import { paced } from '../../../src/aws/reader/paced.ts'
import type { Reader } from '../../../src/aws/reader/reader.ts'
import { known } from '../../../src/domain/answer.ts'

const MINUTE_MS = 60_000

/** A clock that moves to the next one who wakes when nobody has anything left to do, and a reader that notes when it was asked. */
function stage(requestsOf: (query: string) => number = () => 1) {
  let now = 0
  let calls = 0
  const asked: { readonly at: number; readonly who: string }[] = []
  const sleepers: { readonly at: number; readonly wake: () => void }[] = []
  const clock = {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
  }
  const reader: Reader = {
    source: 'aws',
    region: 'ap-northeast-2',
    read: async (_call, query = {}) => {
      const who = query.service?.[0] ?? ''
      calls += requestsOf(who)
      asked.push({ at: now, who })
      return known([])
    },
    meter: () => ({ calls, answered: calls, rounds: 0 }),
    trouble: () => ({ en: '', ko: '' }),
  }
  const idle = () => new Promise((resolve) => setImmediate(resolve))
  async function until(end: number): Promise<void> {
    for (;;) {
      await idle()
      const [next] = sleepers.toSorted((one, other) => one.at - other.at)
      if (next === undefined || next.at > end) return
      sleepers.splice(sleepers.indexOf(next), 1)
      now = next.at
      next.wake()
    }
  }
  return { clock, reader, asked, until }
}

/** Asks four things at once, waits two seconds, and asks again: what a watch does while things move. */
async function watching(who: string, reader: Reader, clock: ReturnType<typeof stage>['clock']): Promise<void> {
  for (;;) {
    await Promise.all(Array.from({ length: 4 }, () => reader.read(describeServices, { service: [who] })))
    await clock.sleep(2_000)
  }
}

async function watched(names: readonly string[], requestsOf?: (who: string) => number) {
  const { clock, reader, asked, until } = stage(requestsOf)
  const shared = paced(reader, { requestsPerSecond: 2, clock })
  for (const name of names) void watching(name, shared, clock)
  await until(5 * MINUTE_MS)
  return asked
}

describe('services that are watched at the same time', () => {
  test.each([[['web']], [['web', 'api']], [['web', 'api', 'worker', 'mail', 'search']]])(
    '%j: two requests a second and no more',
    async (names) => {
      const asked = await watched(names)
      const perSecond = asked.length / (5 * 60)
      expect(perSecond).toBeLessThanOrEqual(2.05)
      expect(perSecond).toBeGreaterThan(names.length === 1 ? 1.9 : 1.95)
    },
  )

  test('each gets its turn', async () => {
    const asked = await watched(['web', 'api', 'worker'])
    const shares = ['web', 'api', 'worker'].map((name) => asked.filter(({ who }) => who === name).length)
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(4)
  })

  test('an answer in many pages is paid for', async () => {
    const asked = await watched(['web', 'api'], (who) => (who === 'web' ? 5 : 1))
    const requests = asked.reduce((sum, { who }) => sum + (who === 'web' ? 5 : 1), 0)
    expect(requests / (5 * 60)).toBeLessThanOrEqual(2.1)
  })

  test('the requests of one poll are not drawn apart', async () => {
    const asked = await watched(['web'])
    expect(new Set(asked.slice(0, 4).map(({ at }) => at))).toEqual(new Set([0]))
  })
})

test('an answer that does not come keeps nobody else waiting', async () => {
  const { clock, reader, asked, until } = stage()
  const read: Reader['read'] = (call, query) => {
    const answer = reader.read(call, query)
    return query?.service?.[0] === 'hangs' ? new Promise(() => {}) : answer
  }
  const shared = paced({ ...reader, read }, { requestsPerSecond: 2, clock })
  void shared.read(describeServices, { service: ['hangs'] })
  void shared.read(describeServices, { service: ['web'] })
  await until(1_000)
  expect(asked.map(({ who }) => who)).toEqual(['hangs', 'web'])
})

test('what fails fails for the one who asked', async () => {
  const { clock, reader } = stage()
  const read: Reader['read'] = async (call, query) => {
    if (query?.service?.[0] === 'bad') throw new Error('aborted')
    return reader.read(call, query)
  }
  const shared = paced({ ...reader, read }, { requestsPerSecond: 2, clock })
  const [bad, good] = await Promise.allSettled([
    shared.read(describeServices, { service: ['bad'] }),
    shared.read(describeServices, { service: ['web'] }),
  ])
  expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
})
