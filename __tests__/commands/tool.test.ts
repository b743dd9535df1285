/** Where the pages stand that a report leads to: beside the action that runs, else in the package's repository. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { toolIn } from '../../src/commands/tool.ts'
import { REPOSITORY } from '../../src/domain/version.ts'

const OWN = `https://github.com/${REPOSITORY}/blob/main`

test('the repository is the one of the package, which carries the schema', () => {
  const { repository, files } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(repository).toBe(`github:${REPOSITORY}`)
  expect(files).toEqual(expect.arrayContaining(['docs', 'report.schema.json']))
})

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['on a machine of one’s own', {}, OWN],
  [
    'in a job that runs the action by its name',
    { GITHUB_ACTION_REPOSITORY: 'acme/guard', GITHUB_ACTION_REF: 'v1' },
    'https://github.com/acme/guard/blob/v1',
  ],
  [
    'on a server of one’s own',
    { GITHUB_SERVER_URL: 'https://ghe.acme.com', GITHUB_ACTION_REPOSITORY: 'acme/guard', GITHUB_ACTION_REF: 'v1' },
    'https://ghe.acme.com/acme/guard/blob/v1',
  ],
  [
    'in a job that runs it from the checkout',
    { GITHUB_SERVER_URL: 'https://github.com', GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' },
    OWN,
  ],
  ['where the names are no names', { GITHUB_ACTION_REPOSITORY: '"><script>', GITHUB_ACTION_REF: '../..' }, OWN],
])('%s', (_, env, pages) => {
  expect(toolIn(env).pages).toBe(pages)
})
