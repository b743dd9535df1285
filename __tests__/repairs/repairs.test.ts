import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Change } from '../../src/domain/change.ts'
import type { Repair } from '../../src/domain/repair.ts'
import { attempt, startFrom } from '../../src/repairs/attempt.ts'
import { repairsOf } from '../../src/repairs/index.ts'
import { isWait } from '../../src/repairs/weight.ts'
import { CASES, type World, worldOf } from './worlds.ts'

interface Broken {
  readonly world: World
  readonly repairs: readonly Repair[]
}

const broken: Broken[] = []
beforeAll(async () => {
  for (const one of CASES) {
    const world = await worldOf(one)
    const now = attempt(startFrom(world.facts, world.target), [])
    if (now === null || now.broken.length === 0) continue
    broken.push({ world, repairs: repairsOf(world.facts, world.target) })
  }
}, 120_000)

describe('every network that is broken', () => {
  test('has a repair that makes all of its needed paths reachable, and none worse', () => {
    const without = broken.filter(({ repairs }) => repairs.length === 0).map(({ world }) => world.name)
    expect(without).toEqual([])
    expect(broken.length).toBeGreaterThan(50)
    const bad = broken.flatMap(({ world, repairs }) =>
      repairs.filter(({ changes }) => left(world, changes) !== 0).map(() => world.name),
    )
    expect(bad).toEqual([])
  })

  test('is broken again without any one change of any of its repairs', () => {
    const needless = broken.flatMap(({ world, repairs }) =>
      repairs.flatMap(({ changes }) =>
        changes.flatMap((change) => {
          const fewer = changes.filter((one) => one !== change)
          return isWait(change) || isNamed(change, fewer) || left(world, fewer) !== 0
            ? []
            : [`${world.name}: ${JSON.stringify(change)}`]
        }),
      ),
    )
    expect(needless).toEqual([])
  })

  test('gets one that names nothing which is not there and is not made before', () => {
    for (const { world, repairs } of broken) {
      const there = JSON.stringify(world.facts)
      for (const { changes } of repairs) {
        const ids = JSON.stringify(changes).match(/\b(?:[a-z]{2,6})-0[0-9a-f]{2,}\b/g) ?? []
        expect(ids.filter((id) => !there.includes(id))).toEqual([])
        const made = new Set<string>()
        for (const change of changes) {
          const named = [...JSON.stringify(change).matchAll(/\{"ref":"(\w+)"\}/g)].map(([, ref = '']) => ref)
          expect(named.filter((ref) => !made.has(ref))).toEqual([])
          if ('makes' in change) made.add(change.makes)
        }
      }
    }
  })

  test('opens no more than its paths need: a narrower peer in place of everybody leaves something broken', () => {
    const wide = broken.flatMap(({ world, repairs }) =>
      repairs.flatMap(({ changes }) =>
        changes.flatMap((change) =>
          narrowed(change, world).flatMap((other) =>
            left(
              world,
              changes.map((one) => (one === change ? other : one)),
            ) === 0
              ? [`${world.name}: ${JSON.stringify(change)} for ${JSON.stringify(other)}`]
              : [],
          ),
        ),
      ),
    )
    expect(wide).toEqual([])
  })

  test('gets the same repairs from the same facts, the smallest first', () => {
    for (const { world, repairs } of broken) {
      expect(repairsOf(world.facts, world.target)).toEqual(repairs)
      const counts = repairs.map(({ changes }) => changes.filter((one) => !isWait(one)).length)
      expect(Math.min(...counts.slice(0, 1), Number.POSITIVE_INFINITY)).toBe(counts[0] ?? Number.POSITIVE_INFINITY)
    }
  })
})

/** Paths that are broken or worse after these changes; -1 where AWS would refuse one. */
function left({ facts, target }: World, changes: readonly Change[]): number {
  return attempt(startFrom(facts, target), changes)?.broken.length ?? -1
}

function isNamed(change: Change, others: readonly Change[]): boolean {
  return 'makes' in change && JSON.stringify(others).includes(`{"ref":"${change.makes}"}`)
}

/** The same rule for a group, or for the S3 prefix list, in place of a block of addresses. */
function narrowed(change: Change, { facts }: World): readonly Change[] {
  if (change.kind !== 'authorize-security-group-egress' && change.kind !== 'authorize-security-group-ingress') return []
  const { cidrIpv4, cidrIpv6, ...rule } = change
  if ((cidrIpv4 !== '0.0.0.0/0' && cidrIpv6 !== '::/0') || !facts.network.known) return []
  const { securityGroups, prefixLists } = facts.network.value
  const groups = securityGroups.known ? securityGroups.value.map(({ id }) => ({ ...rule, referencedGroupId: id })) : []
  const lists = prefixLists.known ? prefixLists.value.map(({ id }) => ({ ...rule, prefixListId: id })) : []
  return [...groups, ...lists]
}
