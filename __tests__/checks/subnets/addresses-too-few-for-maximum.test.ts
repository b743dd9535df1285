import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  A,
  C,
  type ConfiguredWorld,
  configured,
  DENIED,
  deploying,
  findingOf,
  HEALTHY,
  judge,
  told,
  withService,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'
import { change } from '../world.ts'

const ID = 'addresses-too-few-for-maximum'
const FOUND = [`${ID} web (advice)`]

/** Two tasks run, and four may while they are replaced; each of the two subnets has room for nine more. */
function scaled(maximum: number | null, freeAddresses: number | null = 9): ConfiguredWorld {
  const full = change(HEALTHY, 'subnets', C, { freeAddresses: 9 })
  const { network } = change(full, 'subnets', A, { freeAddresses })
  return configured({ ...HEALTHY, network }, { maximumTasks: known(maximum) })
}

describe(ID, () => {
  test('found where a deployment at the maximum takes more addresses than are left', () => {
    expect(told(scaled(11))).toEqual(FOUND)
    const finding = findingOf(scaled(11), ID)
    expect(finding.what.en).toBe(
      'Scaled to its maximum of 11 tasks, a deployment of web may run 20 more than run now; its subnets have 18 free addresses.',
    )
    expectPages(finding)
  })

  test.each<[string, ConfiguredWorld]>([
    ['the addresses are just enough', scaled(10)],
    ['more tasks run already', withService(scaled(11), { desiredCount: 4, runningCount: 4 })],
    ['more tasks are about to', withService(scaled(11), { pendingCount: 2 })],
    ['a deployment starts fewer', deploying(scaled(11), { maximumPercent: 150 })],
    ['a subnet has IPv6 alone', scaled(11, null)],
    ['nothing scales the service', scaled(null)],
    ['nobody could say what scales it', configured(scaled(11), { maximumTasks: DENIED })],
  ])('clear where %s', (_, world) => {
    expect(told(world)).toEqual([])
  })

  test.each([
    [1, []],
    [2, FOUND],
  ])('with %i left, too few for a deployment today are left to another check: %j', (left, expected) => {
    const full = scaled(11, 0)
    const { network } = change(full, 'subnets', C, { freeAddresses: left })
    expect(told({ ...full, network })).toEqual(expected)
  })

  test('unknown where the network could not be read', () => {
    expect(judge(scaled(11), 'network').unknowns.map(({ check }) => check)).toContain(ID)
  })
})
