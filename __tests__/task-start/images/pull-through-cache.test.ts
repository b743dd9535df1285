import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import { cacheRuleOf, pulledThrough } from '../../../src/task-start/images/pull-through-cache.ts'

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

describe('a pull needs more than a plain one', () => {
  const here = { region: 'us-east-1', accountId: '123456789012' }
  const FILL = 'ecr:BatchImportUpstreamImage'
  const needs = (name: string, prefix: string, policy: Answer<string | null>, place = here) => {
    const pullThroughRules = known([rule(prefix)])
    return pulledThrough({ name, ...place }, here, { pullThroughRules, repositories: [{ name, ...place, policy }] })
  }
  const there = known(null)
  const gone = unread('not-found', 'ecr:GetRepositoryPolicy')
  const denied = unread('denied', 'ecr:GetRepositoryPolicy')

  test.each<[string, readonly string[], readonly string[]]>([
    ['where a rule fills the repository', needs('hub/app', 'hub', there), [FILL]],
    ['where the prefix is written with its slash', needs('hub/app', 'hub/', there), [FILL]],
    [
      'and the repository is made where there is none yet',
      needs('hub/app', 'hub', gone),
      [FILL, 'ecr:CreateRepository'],
    ],
    ['but none is made where nobody knows', needs('hub/app', 'hub', denied), [FILL]],
    ['not where no rule covers it', needs('app', 'hub', gone), []],
    ['a rule for all fills what is not there', needs('app', 'ROOT', gone), [FILL, 'ecr:CreateRepository']],
    ['and leaves alone what is', needs('app', 'ROOT', there), []],
    ['not in another account', needs('hub/app', 'hub', there, { ...here, accountId: '210987654321' }), []],
    ['not in another Region', needs('hub/app', 'hub', there, { ...here, region: 'eu-west-1' }), []],
  ])('%s', (_, actions, expected) => {
    expect(actions).toEqual(expected)
  })
})
