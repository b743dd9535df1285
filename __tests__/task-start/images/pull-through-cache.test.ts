import { expect, test } from '@jest/globals'
import { cacheRuleOf } from '../../../src/task-start/images/pull-through-cache.ts'

const rule = (prefix: string) => ({ prefix, upstream: `${prefix}.example` })
const rules = [rule('hub'), rule('hub/team'), rule('quay/')]

test.each<[string, string | null]>([
  ['hub/library/nginx', 'hub'],
  ['hub/team/app', 'hub/team'],
  ['quay/app', 'quay/'],
  ['hub', null],
  ['hubs/app', null],
  ['app', null],
])('%s is filled by %p', (repository, prefix) => {
  expect(cacheRuleOf(rules, repository)?.prefix ?? null).toBe(prefix)
})

test('ROOT stands for every repository that no other rule covers', () => {
  const withRoot = [rule('ROOT'), ...rules]
  expect(cacheRuleOf(withRoot, 'app')?.prefix).toBe('ROOT')
  expect(cacheRuleOf(withRoot, 'hub/app')?.prefix).toBe('hub')
  expect(cacheRuleOf(rules, 'app')).toBeNull()
})
