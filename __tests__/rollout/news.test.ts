/** What whoever stands by hears, and what they hear once only. */
import { expect, test } from '@jest/globals'
import { unread } from '../../src/domain/answer.ts'
import { newsOf } from '../../src/rollout/news.ts'
import { exited, followed, poll } from './world.ts'

const crashes = (count: number) =>
  Array.from({ length: count }, (_, number) => exited(`c${String(number).padStart(3, '0')}`, 1))

test('the first failures of a kind are told one by one, and the others are counted', () => {
  const [none, some, many] = [0, 3, 60].map((count) => followed([poll(100, { tasks: crashes(count) })]))
  if (none === undefined || some === undefined || many === undefined) throw new TypeError('three states')
  const lines = (before: typeof some, after: typeof some) =>
    newsOf(before, after)
      .map(({ en }) => en)
      .filter((line) => line.includes('An essential container ended'))
  expect(lines(none, some)).toHaveLength(3)
  const told = lines(some, many)
  expect(told).toHaveLength(3)
  expect(told.at(-1)).toMatch(/^55 more tasks failed alike \(60 by now, subnet-0a41c7d2e9b35f608\)/)
  expect(lines(many, many)).toEqual([])
})

test('the first of a kind is told with all that speaks for its cause, a fact a line; the next one only by its name', () => {
  const texts = [1, 2].map((count) => followed([poll(100, { tasks: crashes(count) })]))
  const [one, two] = texts
  const none = followed([poll(100, { tasks: [] })])
  if (one === undefined || two === undefined) throw new TypeError('two states')
  const first = newsOf(none, one).map(({ en }) => en)
  expect(first.filter((line) => line.startsWith('Task failed: c000 (subnet-'))).toHaveLength(1)
  expect(first.some((line) => line.startsWith('· ECS said: '))).toBe(true)
  const second = newsOf(one, two).map(({ en }) => en)
  expect(second.filter((line) => line.startsWith('· '))).toEqual([])
  expect(second.filter((line) => line.startsWith('Task failed alike: c001 '))).toHaveLength(1)
})

test('an answer that does not come is told when it happens again, and nothing is said of what nobody has seen', () => {
  const dark = (seconds: number) => ({
    ...poll(seconds),
    service: unread('throttled', 'ecs:DescribeServices', 'ThrottlingException: Rate exceeded'),
  })
  const [none, one, two] = [[], [dark(1)], [dark(1), dark(5)]].map((looks) => followed(looks))
  if (none === undefined || one === undefined || two === undefined) throw new TypeError('three states')
  expect(newsOf(none, one)).toEqual([])
  expect(newsOf(one, two).map(({ en }) => en)).toEqual([expect.stringContaining('AWS gave no answer')])
})
