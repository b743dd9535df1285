/** One name, four places: id = file = test = page. */
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CHECKS } from '../../src/checks/index.ts'
import { CHECK_IDS } from '../../src/domain/check-id.ts'
import { STEPS } from '../../src/domain/step.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { FAULTS } from '../../src/network/faults.ts'
import { DOCS } from './page.ts'

const SOURCES = join(import.meta.dirname, '..', '..', 'src', 'checks')
const IDS: readonly string[] = CHECKS.map(({ id }) => id)

/** Files beside the checks that are no check. */
const OTHERS = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => !IDS.includes(basename(name)))

describe('the list of checks', () => {
  test('each id is given once, in kebab case, without a "no-"', () => {
    expect(new Set(IDS).size).toBe(IDS.length)
    for (const id of IDS) expect(id).toMatch(/^(?!no-)[a-z0-9]+(-[a-z0-9]+)+$/)
  })

  test('the ids are those that the rest of the house may name, in their order', () => {
    expect(IDS).toEqual(CHECK_IDS)
  })

  test('the order is that of the steps', () => {
    const steps = CHECKS.map(({ step }) => STEPS.indexOf(step))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })

  test.each(CHECKS.map(({ id, step }) => [id, step]))('%s has its file, its test and its pages', async (id, step) => {
    const module = (await import(join(SOURCES, step, `${id}.ts`))) as { default: unknown }
    expect(module.default).toBe(CHECKS.find((check) => check.id === id))
    expect(existsSync(join(import.meta.dirname, step, `${id}.test.ts`))).toBe(true)
    for (const language of LANGUAGES) expect(existsSync(join(DOCS, language, 'checks', `${id}.md`))).toBe(true)
  })

  test('no check is written and left out', async () => {
    for (const name of OTHERS) {
      const module = (await import(join(SOURCES, `${name}.ts`))) as { default?: unknown }
      expect([name, module.default]).toEqual([name, undefined])
    }
  })

  test.each(LANGUAGES)('no page in %s is left of a check that is gone', (language) => {
    const pages = readdirSync(join(DOCS, language, 'checks')).map((name) => name.replace(/\.md$/, ''))
    // README is the index of them.
    expect(pages.filter((name) => name !== 'README' && !IDS.includes(name))).toEqual([])
  })

  test.each(Object.entries(FAULTS))(
    'the fault %s is told by one check, in the step of its repair',
    (kind, { step }) => {
      const speakers = CHECKS.filter(({ speaksFor = [] }) => speaksFor.some((one) => one === kind))
      expect(speakers.map((check) => check.step)).toEqual([step])
    },
  )

  test('titles have fewer than ten words, and both languages say something', () => {
    for (const { title, why } of CHECKS) {
      expect(title.en.split(' ').length).toBeLessThan(10)
      expect(title.ko).toMatch(/니다$/)
      expect(why.ko).toMatch(/니다\.$/)
    }
  })
})
