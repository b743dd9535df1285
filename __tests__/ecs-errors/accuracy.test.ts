import { describe, expect, test } from '@jest/globals'
import type { Label } from '../../src/domain/label.ts'
import { LABELS } from '../../src/ecs-errors/labels.ts'
import { readMessage } from '../../src/ecs-errors/read-message.ts'
import { found, isRight, isRightDestination, neighbours, publishedMessages, share } from './corpus.ts'

const PUBLISHED = publishedMessages()
const NEIGHBOURS = neighbours()

function misses(rows: readonly { text: string; label: Label; alt?: readonly Label[] }[]): string[] {
  return rows
    .filter((row) => !isRight(row, readMessage(row.text)))
    .map((row) => `${row.label} ≠ ${readMessage(row.text).label}: ${row.text.slice(0, 120)}`)
}

describe('accuracy on messages as people published them', () => {
  test('labels at least 97 % of the full texts', () => {
    const full = PUBLISHED.filter(({ quality }) => quality === 'full')
    expect(full.length).toBeGreaterThan(150)
    expect(misses(full).length / full.length).toBeLessThanOrEqual(0.03)
  })

  test.each(['cut', 'shortened', 'template'])('labels at least 90 %% of the %s texts', (quality) => {
    const rows = PUBLISHED.filter((row) => row.quality === quality)
    expect(rows.length).toBeGreaterThan(5)
    expect(misses(rows).length / rows.length).toBeLessThanOrEqual(0.1)
  })

  test.each(['stoppedReason', 'containerReason', 'serviceEvent', 'deploymentStateReason'])(
    'labels at least 95 %% of every %s',
    (field) => {
      const rows = PUBLISHED.filter((row) => row.field === field)
      expect(rows.length).toBeGreaterThan(5)
      expect(misses(rows).length / rows.length).toBeLessThanOrEqual(0.05)
    },
  )

  test('names the endpoint concerned in at least 95 %', () => {
    expect(share(PUBLISHED, (row) => isRightDestination(row, readMessage(row.text)))).toBeGreaterThanOrEqual(0.95)
  })

  test('says in at least 95 % whether a later try may work', () => {
    expect(share(PUBLISHED, (row) => readMessage(row.text).transient === row.transient)).toBeGreaterThanOrEqual(0.95)
  })
})

describe('accuracy on neighbouring wordings', () => {
  const failures = NEIGHBOURS.filter(({ label }) => label !== 'unknown')
  const others = NEIGHBOURS.filter(({ label }) => label === 'unknown')

  test('labels at least 97 % of them', () => {
    expect(failures.length).toBeGreaterThan(250)
    expect(misses(failures).length / failures.length).toBeLessThanOrEqual(0.03)
  })

  test('names the endpoint concerned in at least 95 % of those that have one', () => {
    const rows = failures.filter((row) => row.dest !== undefined)
    expect(rows.length).toBeGreaterThan(80)
    expect(share(rows, (row) => isRightDestination(row, readMessage(row.text)))).toBeGreaterThanOrEqual(0.95)
  })

  test('answers unknown to application logs, other products and plain sentences', () => {
    expect(others.length).toBeGreaterThan(100)
    expect(misses(others)).toEqual([])
  })

  test('covers every label', () => {
    const covered = new Set<string>([...PUBLISHED, ...NEIGHBOURS].map(({ label }) => label))
    expect(Object.keys(LABELS).filter((label) => !covered.has(label))).toEqual([])
  })
})

describe('accuracy on messages that were labelled before a rule had read them', () => {
  const failures = found().filter(({ label }) => label !== 'unknown')
  const others = found().filter(({ label }) => label === 'unknown')

  test('labels at least 97 % of them', () => {
    expect(failures.length).toBeGreaterThan(200)
    expect(misses(failures).length / failures.length).toBeLessThanOrEqual(0.03)
  })

  test('names the endpoint concerned in at least 95 %', () => {
    expect(share(failures, (row) => isRightDestination(row, readMessage(row.text)))).toBeGreaterThanOrEqual(0.95)
  })

  test('answers unknown to what other programs and services print', () => {
    expect(others.length).toBeGreaterThan(100)
    expect(misses(others)).toEqual([])
  })
})
