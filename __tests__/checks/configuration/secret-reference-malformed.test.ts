import { describe, expect, test } from '@jest/globals'
import {
  type ConfiguredWorld,
  configured,
  findingOf,
  HEALTHY,
  PARAMETER,
  SECRET,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'secret-reference-malformed'
const naming = (...values: readonly string[]): ConfiguredWorld =>
  configured(withContainer(HEALTHY, { secrets: values.map((valueFrom, at) => ({ name: `DB${at}`, valueFrom })) }), {
    secretKeys: [],
  })

describe(ID, () => {
  test('finds a JSON key without its two colons', () => {
    const world = naming(`${SECRET}:password`)
    expect(told(world)).toEqual([`${ID} ${SECRET}:password`])
    expect(findingOf(world, ID).remedy.cli.join()).toContain(`${SECRET}:password::|g`)
    expectPages(findingOf(world, ID))
  })

  test.each([
    ['the secret alone', SECRET, []],
    ['a key', `${SECRET}:password::`, []],
    ['a stage', `${SECRET}::AWSCURRENT:`, []],
    ['a key and one colon', `${SECRET}:password:`, [`${ID} ${SECRET}:password:`]],
    ['a key and three colons', `${SECRET}:password:::`, [`${ID} ${SECRET}:password:::`]],
    ['a parameter', PARAMETER, []],
  ])('judges %s', (_, valueFrom, expected) => {
    expect(told(naming(valueFrom))).toEqual(expected)
  })

  test('looks at log options as well', () => {
    const world = withContainer(HEALTHY, { logSecretOptions: [{ name: 'splunk-token', valueFrom: `${SECRET}:token` }] })
    expect(told(world)).toEqual([`${ID} ${SECRET}:token`])
  })

  test('gives no command where another reference begins with the same text', () => {
    expect(findingOf(naming(`${SECRET}:pass`, `${SECRET}:password::`), ID).remedy.changes).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
