/** What a runner's environment and its event file say, of every kind of event, and of files that say nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readJob } from '../../src/github/github-job.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function job(event: string, payload: unknown, more: NodeJS.ProcessEnv = {}) {
  const file = join(folder, 'event.json')
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload))
  const place = { GITHUB_REPOSITORY: 'acme/shop', GITHUB_SHA: 'merge', GITHUB_EVENT_NAME: event }
  return readJob({ ...place, GITHUB_EVENT_PATH: file, ...more })
}

function pull(repository: string | null) {
  const repo = repository === null ? null : { full_name: repository }
  return { pull_request: { number: 7, head: { sha: 'head', repo } } }
}

describe('an event', () => {
  test('of a pull request has its number and its head, not the trial merge', async () => {
    expect(await job('pull_request', pull('acme/shop'))).toMatchObject({
      pullRequest: 7,
      commit: 'head',
      readOnly: false,
    })
  })

  test.each([
    ['from a fork', pull('octocat/shop'), {}],
    ['from a fork that is deleted', pull(null), {}],
    ['from Dependabot', pull('acme/shop'), { GITHUB_ACTOR: 'dependabot[bot]' }],
  ])('%s has a token that only reads', async (_, payload, more) => {
    expect((await job('pull_request', payload, more))?.readOnly).toBe(true)
  })

  test('pull_request_target may write, fork or not', async () => {
    expect(await job('pull_request_target', pull('octocat/shop'))).toMatchObject({ pullRequest: 7, readOnly: false })
  })

  test('of a comment on a pull request has its number, one on an issue has none', async () => {
    expect((await job('issue_comment', { issue: { number: 9, pull_request: {} } }))?.pullRequest).toBe(9)
    expect((await job('issue_comment', { issue: { number: 9 } }))?.pullRequest).toBeNull()
  })

  test.each([
    ['push', { after: 'x' }],
    ['workflow_dispatch', { inputs: {} }],
    ['pull_request', 'no JSON'],
    ['pull_request', { pull_request: { number: '7; rm' } }],
    ['pull_request', { pull_request: { number: -1 } }],
    ['pull_request', []],
    ['pull_request', null],
  ])('%s %j has no number', async (event, payload) => {
    expect((await job(event, payload))?.pullRequest).toBeNull()
  })

  test('whose file is gone leaves what the environment says', async () => {
    const more = { GITHUB_EVENT_PATH: join(folder, 'none.json') }
    expect(await job('push', {}, more)).toMatchObject({ owner: 'acme', repo: 'shop', commit: 'merge', event: 'push' })
  })
})

describe('addresses', () => {
  test('are those of an Enterprise Server where the runner says so', async () => {
    const more = {
      GITHUB_API_URL: 'https://git.example/api/v3',
      GITHUB_SERVER_URL: 'https://git.example',
      GITHUB_RUN_ID: '12',
    }
    expect(await job('push', {}, more)).toMatchObject({
      apiUrl: 'https://git.example/api/v3',
      run: 'https://git.example/acme/shop/actions/runs/12',
    })
  })

  test('are github.com without', async () => {
    expect(await job('push', {})).toMatchObject({ apiUrl: 'https://api.github.com', run: '' })
  })
})

test.each([[undefined], [''], ['shop'], ['/shop'], ['a/b/c']])(
  'outside of a job there is none: %j',
  async (repository) => {
    expect(await readJob({ GITHUB_REPOSITORY: repository })).toBeNull()
  },
)
