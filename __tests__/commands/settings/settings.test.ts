import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { changeSettings, keepSettings } from '../../../src/commands/settings/keep.ts'
import { restoreSettings } from '../../../src/commands/settings/restore.ts'
import { KEPT_KINDS, type KeptKind } from '../../../src/domain/kept-settings.ts'
import { BAD, CLUSTER, depsFor, GOOD, OWNER, PLANS, requestOf, run, SERVICE, UNTIL } from './one-run.ts'
import { stage } from './stage.ts'

const OTHER = 'github.com/acme/other deploy.yml'
const LATER = UNTIL + 1_000
const ALL_PASS = async (ids: readonly string[]) => new Set(ids)

const RESTORED = {
  percent: [
    { setting: 'minimumHealthyPercent', before: 0, after: 50 },
    { setting: 'maximumPercent', before: 200, after: 100 },
  ],
  'bad-subnets': [{ setting: 'subnets', before: [GOOD], after: [GOOD, BAD] }],
  'enable-exec': [{ setting: 'enableExecuteCommand', before: true, after: false }],
}

type Stage = Awaited<ReturnType<typeof stage>>

/** As a run leaves it that was killed while its settings were in force. */
async function abandoned({ url }: Stage, kind: KeptKind, owner = OWNER) {
  const request = requestOf(owner)
  const kept = await keepSettings({ ...request, kind, until: UNTIL, plan: PLANS[kind] }, depsFor(url))
  if (kept.outcome !== 'kept') throw new Error(kept.because.en)
  await changeSettings(request, kept, depsFor(url))
  return kept
}

function restore({ url }: Stage, { owner = OWNER, at = UNTIL - 60_000, passing = ALL_PASS } = {}) {
  return restoreSettings({ ...requestOf(owner), passing }, depsFor(url, at))
}

describe('a run', () => {
  test.each(KEPT_KINDS)('%s: tags, then the change, then the change back, then no tags; four writes', async (kind) => {
    const there = await stage()
    await there.tag({ key: 'team', value: 'shop' })
    const before = await there.settings()
    const wrote = there.writes().length
    const during: { now?: Awaited<ReturnType<Stage['settings']>> } = {}
    const midway = async () => {
      during.now = await there.settings()
    }
    const { restoration } = await run(kind, depsFor(there.url), { midway })
    expect(there.writes().slice(wrote)).toEqual(['TagResource', 'UpdateService', 'UpdateService', 'UntagResource'])
    expect(await there.settings()).toEqual(before)
    expect(restoration.remaining).toEqual({ kept: [], illegible: [] })
    expect(restoration.restored).toEqual(RESTORED[kind])
    expect(during.now?.tags).toHaveLength(2)
    expect(during.now).not.toMatchObject({ ...before, tags: expect.anything() })
  })

  test.each([
    ['percent', 0],
    ['bad-subnets', 2],
    ['enable-exec', 1],
  ] as const)('%s starts %i deployments', async (kind, count) => {
    const there = await stage()
    const before = there.deployments()
    const { restoration } = await run(kind, depsFor(there.url))
    expect(there.deployments() - before).toBe(count)
    expect(restoration.startsDeployment).toBe(kind === 'bad-subnets')
  })

  test('security groups and public addresses stay as they are where subnets change', async () => {
    const there = await stage()
    const before = (await there.settings()).networkConfiguration?.awsvpcConfiguration
    await abandoned(there, 'bad-subnets')
    const { networkConfiguration } = await there.settings()
    expect(networkConfiguration?.awsvpcConfiguration).toEqual({ ...before, subnets: [GOOD] })
  })

  test('what is so already is left, and so are its tags', async () => {
    const there = await stage({}, { configuration: { minimumHealthyPercent: 0, maximumPercent: 200 } })
    const { kept } = await run('percent', depsFor(there.url))
    expect([kept.outcome, there.writes()]).toEqual(['nothing', []])
  })
})

describe('a state that is there', () => {
  test.each(KEPT_KINDS)('%s: is put back by its own owner at once', async (kind) => {
    const there = await stage()
    const before = await there.settings()
    await abandoned(there, kind)
    expect(await restore(there)).toMatchObject({ remaining: { kept: [], illegible: [] } })
    expect(await there.settings()).toEqual(before)
  })

  test.each(KEPT_KINDS)('%s: is left to its owner until the lease ends, and put back by anybody then', async (kind) => {
    const there = await stage()
    const before = await there.settings()
    await abandoned(there, kind, OTHER)
    const during = await there.settings()
    const wrote = there.writes().length
    expect(await restore(there)).toMatchObject({ restored: null, remaining: { kept: [{ kind }] } })
    expect([await there.settings(), there.writes().length]).toEqual([during, wrote])
    await restore(there, { at: LATER })
    expect(await there.settings()).toEqual(before)
  })

  test.each(KEPT_KINDS)('%s: is never written over, whoever comes', async (kind) => {
    const there = await stage()
    await abandoned(there, kind, OTHER)
    const during = await there.settings()
    const wrote = there.writes().length
    const again = await keepSettings(
      { ...requestOf(), kind, until: LATER, plan: () => ({ outcome: 'change', changes: [] }) },
      depsFor(there.url),
    )
    expect(again.outcome).toBe('refused')
    const asBefore = await keepSettings({ ...requestOf(), kind, until: LATER, plan: PLANS[kind] }, depsFor(there.url))
    // A subnet that is left out already cannot be left out again.
    expect(asBefore.outcome).toBe('nothing')
    expect([await there.settings(), there.writes().length]).toEqual([during, wrote])
  })

  test('of tags before the change, nothing but the tags goes', async () => {
    const there = await stage()
    const before = await there.settings()
    await keepSettings({ ...requestOf(), kind: 'percent', until: UNTIL, plan: PLANS.percent }, depsFor(there.url))
    const wrote = there.writes().length
    expect((await restore(there)).restored).toBeNull()
    expect([await there.settings(), there.writes().slice(wrote)]).toEqual([before, ['UntagResource']])
  })

  test('subnets come back once preflight passes in those that were left out', async () => {
    const there = await stage()
    const before = await there.settings()
    await abandoned(there, 'bad-subnets')
    const during = await there.settings()
    const { restored, notes } = await restore(there, { passing: async () => new Set() })
    expect([restored, await there.settings()]).toEqual([null, during])
    expect(notes[0]?.en).toContain(BAD)
    await restoreSettings(requestOf(), depsFor(there.url))
    expect(await there.settings()).toEqual(during)
    expect((await restore(there)).restored).toEqual([{ setting: 'subnets', before: [GOOD], after: [GOOD, BAD] }])
    expect(await there.settings()).toEqual(before)
  })

  test('what somebody has set since stays as they set it; the rest is put back', async () => {
    const there = await stage()
    await abandoned(there, 'percent')
    const deploymentConfiguration = { minimumHealthyPercent: 25 }
    await there.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, deploymentConfiguration }))
    const { restored, notes } = await restore(there)
    expect(restored).toEqual([{ setting: 'maximumPercent', before: 200, after: 100 }])
    expect(notes.map(({ en }) => en).join()).toContain('25')
    expect(await there.settings()).toMatchObject({
      deploymentConfiguration: { minimumHealthyPercent: 25, maximumPercent: 100 },
      tags: [],
    })
  })

  test.each([
    [
      'altered',
      ([tag]: readonly { key: string; value: string }[]) => [
        { ...tag, value: tag?.value.replace('100/200', '150/200') ?? '' },
      ],
    ],
    [
      'unknown-form',
      ([tag]: readonly { key: string; value: string }[]) => [{ ...tag, value: tag?.value.replace('v1', 'v2') ?? '' }],
    ],
    [
      'incomplete',
      ([tag]: readonly { key: string; value: string }[]) => [{ ...tag, value: tag?.value.replace('1/1', '1/2') ?? '' }],
    ],
    ['unknown-form', ([tag]: readonly { key: string; value: string }[]) => [{ ...tag, value: 'mine' }]],
  ])('%s by somebody: named, and neither put back nor written over', async (because, tamper) => {
    const there = await stage()
    await abandoned(there, 'percent')
    const { tags } = await there.settings()
    await there.tag(...tamper(tags as readonly { key: string; value: string }[]))
    const during = await there.settings()
    const wrote = there.writes().length
    const { restored, remaining, notes } = await restore(there, { at: LATER })
    expect([restored, remaining?.illegible[0]?.because]).toEqual([null, because])
    expect(notes[0]?.en).toContain(tags[0]?.key)
    const kept = await keepSettings(
      { ...requestOf(OTHER), kind: 'percent', until: LATER, plan: PLANS.percent },
      depsFor(there.url),
    )
    expect([kept.outcome, await there.settings(), there.writes().length]).toEqual(['refused', during, wrote])
  })
})

describe('room for tags', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `team-${at}`, value: 'shop' }))

  test('a service with 49 tags has room for one more', async () => {
    const there = await stage()
    await there.tag(...tags(49))
    const before = await there.settings()
    const { kept } = await run('percent', depsFor(there.url))
    expect([kept.outcome, await there.settings()]).toEqual(['kept', before])
  })

  test('one with 50 is refused before anything is written', async () => {
    const there = await stage()
    await there.tag(...tags(50))
    const wrote = there.writes().length
    const { kept } = await run('percent', depsFor(there.url))
    expect([kept.outcome, there.writes().length]).toEqual(['refused', wrote])
  })
})

describe('a write that may have been done', () => {
  test.each(['cut', 'truncated', 'torn', 'internal', 'throttled'] as const)(
    '%s: is looked up before it is sent again, and everything ends as it was',
    async (fault) => {
      const there = await stage({
        faults: ['ecs:TagResource', 'ecs:UpdateService', 'ecs:UntagResource'].map((on) => ({
          on,
          kind: fault,
          times: 1,
        })),
      })
      const before = await there.settings()
      const deployments = there.deployments()
      await run('enable-exec', depsFor(there.url))
      expect(await there.settings()).toEqual(before)
      expect(there.deployments() - deployments).toBe(1)
      const isDone = fault === 'cut' || fault === 'truncated'
      // UpdateService goes out twice in a run; the second time nothing happens to it.
      expect(there.writes()).toHaveLength(isDone ? 4 : 7)
    },
  )

  test.each(KEPT_KINDS)('%s, with 40 %% of all calls throttled, torn or cut: everything as it was', async (kind) => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const kinds = ['throttled', 'torn', 'cut', 'internal', 'truncated'] as const
      const there = await stage({ chaos: { seed, share: 0.4, kinds } })
      const before = await there.settings()
      await run(kind, depsFor(there.url))
      expect((await restore(there)).remaining).toEqual({ kept: [], illegible: [] })
      expect(await there.settings()).toEqual(before)
    }
  })

  test('one that AWS refuses leaves nothing behind', async () => {
    const there = await stage({ faults: [{ on: 'ecs:UpdateService', kind: 'denied' }] })
    const before = await there.settings()
    await run('percent', depsFor(there.url))
    expect(await there.settings()).toEqual(before)
    const denied = await stage({ faults: [{ on: 'ecs:TagResource', kind: 'denied' }] })
    const { kept } = await run('percent', depsFor(denied.url))
    expect(kept).toMatchObject({ outcome: 'refused', because: { en: expect.stringContaining('ecs:TagResource') } })
    expect(denied.writes()).toEqual(['TagResource'])
  })

  test('a restore that is refused leaves the tags for the next run', async () => {
    const there = await stage({ faults: [{ on: 'ecs:UpdateService', kind: 'denied', calls: [2] }] })
    const before = await there.settings()
    const { restoration } = await run('percent', depsFor(there.url))
    expect(restoration).toMatchObject({ restored: null, remaining: { kept: [{ kind: 'percent' }] } })
    await restore(there)
    expect(await there.settings()).toEqual(before)
  })
})

describe('two at once', () => {
  test.each(KEPT_KINDS)('%s: whatever each of them does, everything is as it was in the end', async (kind) => {
    for (const latencyMs of [0, 5]) {
      const there = await stage({ latencyMs })
      const before = await there.settings()
      await Promise.all([run(kind, depsFor(there.url)), run(kind, depsFor(there.url), { owner: OTHER })])
      expect(await there.settings()).toEqual(before)
    }
  })

  test('the tags of another that came a moment earlier: this one takes its own away again', async () => {
    const there = await stage()
    const deps = depsFor(there.url)
    const { writer } = deps
    let isFirst = true
    const write: typeof writer.write = async (...args) => {
      if (isFirst) {
        isFirst = false
        await abandoned(there, 'percent', OTHER)
      }
      return writer.write(...args)
    }
    const request = { ...requestOf(), kind: 'percent' as const, until: UNTIL, plan: PLANS.percent }
    const kept = await keepSettings(request, { ...deps, writer: { ...writer, write } })
    expect(kept.outcome).toBe('refused')
    expect(await restore(there)).toMatchObject({ remaining: { kept: [{ lease: { owner: OTHER } }] } })
    expect((await there.settings()).tags).toHaveLength(1)
  })
})
