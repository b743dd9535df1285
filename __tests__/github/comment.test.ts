/** The comment on a pull request, written with GitHub's own toolkit to a GitHub on loopback that is held to its description. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Clock } from '../../src/domain/clock.ts'
import type { Report } from '../../src/domain/report.ts'
import { type CommentRequest, writeComment } from '../../src/github/comment.ts'
import type { GitHubJob } from '../../src/github/github-job.ts'
import { renderComment, speaksUp } from '../../src/report/comment/comment.ts'
import { markerOf } from '../../src/report/comment/memory.ts'
import { ALL_CLEAR, SEOUL } from '../report/samples.ts'
import { pullRequest } from './description.ts'
import { type Answer, error, type FakeGitHub, startGitHub } from './fake-github.ts'

const LIST = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const UPDATE = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
const DELETE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}'
const PULLS = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
const VIEWER = 'POST /graphql'
const OURS = 'github-actions[bot]'
const SHA = '8c1f0d2b7a6e5f4c3b2a19088f7e6d5c4b3a2910'
const CLEAR: Report = { ...ALL_CLEAR, target: SEOUL.target }
const MARKER = markerOf(SEOUL.target)

let github: FakeGitHub
let waits: number[] = []
const clock: Clock = {
  now: () => 0,
  sleep: async (ms) => {
    waits.push(ms)
  },
}

beforeEach(async () => {
  waits = []
  github = await startGitHub()
})

afterEach(async () => {
  await github.stop()
  expect(github.faults).toEqual([])
})

function job(change: Partial<GitHubJob> = {}): GitHubJob {
  const place = { apiUrl: github.url, owner: 'acme', repo: 'shop', event: 'pull_request', commit: SHA }
  return { ...place, pullRequest: 7, readOnly: false, run: '', ...change }
}

function tell(report: Report, change: Partial<CommentRequest> = {}) {
  return writeComment(
    {
      when: 'auto',
      token: 'ghs_token',
      job: job(),
      marker: markerOf(report.target),
      hasFindings: speaksUp(report),
      draw: (earlier) => renderComment(report, { language: 'en', earlier, commit: SHA, run: '' }),
      userAgent: 'ecs-pull-guard/test',
      ...change,
    },
    clock,
  )
}

function told(id: number, body: string, login = OURS, issue = 7) {
  github.comments.push({ id, issue, login, body })
}

/** Every call of this kind gets this answer; `once`: only the first. */
function refuse(call: string, answer: Answer, once = false) {
  let left = once ? 1 : Number.POSITIVE_INFINITY
  github.before = (asked) => {
    if (asked !== call || left === 0) return null
    left -= 1
    return answer
  }
}

describe('a finding', () => {
  test('makes one comment, which the next run updates and the one that passes resolves and folds', async () => {
    expect(await tell(SEOUL)).toEqual({ did: 'created', notice: null })
    const [first] = github.comments
    expect(first?.body).toMatch(/^<!-- ecs-pull-guard service [0-9a-f]{32} -->\n/)
    expect(first?.body).toContain('## ❌ FAIL: Routes')
    expect(await tell(SEOUL)).toEqual({ did: 'nothing', notice: null })
    expect(await tell(CLEAR)).toEqual({ did: 'updated', notice: null })
    expect(github.comments).toHaveLength(1)
    const [head = '', inside = ''] = (github.comments[0]?.body ?? '').split('<details>')
    expect(head).toContain('## ✅ PASS')
    expect(inside).toContain('✅ ~~A route table has no route to S3')
    expect(inside.match(/~~.*~~: fixed since/g)).toHaveLength(SEOUL.findings.length)
  })

  test('of two services makes two comments', async () => {
    const other = { ...SEOUL, target: { ...SEOUL.target, service: 'other' } }
    await tell(SEOUL)
    await tell(other)
    await tell(SEOUL)
    expect(github.comments).toHaveLength(2)
  })
})

describe('nothing to say', () => {
  test('makes no comment, and asks once only', async () => {
    expect(await tell(CLEAR)).toEqual({ did: 'nothing', notice: null })
    expect(github.calls).toEqual([LIST])
  })

  test('is said with `always`', async () => {
    expect((await tell(CLEAR, { when: 'always' })).did).toBe('created')
  })

  test('needs no notice that it could not be said', async () => {
    expect((await tell(CLEAR, { token: '' })).notice).toBeNull()
    expect((await tell(CLEAR, { job: job({ pullRequest: null, event: 'schedule' }) })).notice).toBeNull()
    refuse(LIST, error(403, 'Resource not accessible by integration'))
    expect((await tell(CLEAR)).notice).toBeNull()
  })
})

describe('our comment', () => {
  test('is found behind 300 others', async () => {
    for (let at = 0; at < 300; at += 1) told(at + 1, `LGTM ${at}`, at % 7 === 0 ? 'ghost' : 'octocat')
    told(900, `${MARKER}\n`)
    expect((await tell(SEOUL)).did).toBe('updated')
    expect(github.calls.filter((call) => call === LIST)).toHaveLength(4)
    expect(github.comments.at(-1)?.body).toContain('## ❌ FAIL')
  })

  test.each([[100], [200]])('of exactly %d comments, none is looked for twice', async (count) => {
    for (let at = 0; at < count; at += 1) told(at + 1, 'LGTM', 'octocat')
    await tell(CLEAR)
    expect(github.calls).toHaveLength(count / 100 + 1)
  })

  test('is not one that somebody else began with our marker', async () => {
    const forged = `${MARKER}\n${Buffer.from('{"open":[["s3-route-missing","x"]]}').toString('base64')}`
    told(1, forged, 'octocat')
    told(2, forged, 'github-actions')
    expect((await tell(CLEAR)).did).toBe('nothing')
    expect((await tell(SEOUL)).did).toBe('created')
    expect(github.comments.map(({ body }) => body).slice(0, 2)).toEqual([forged, forged])
  })

  test('is not one of ours that quotes the marker, nor the one of another service', async () => {
    told(1, `> ${MARKER}`)
    told(2, markerOf({ ...SEOUL.target, accountId: '210987654321' }))
    expect((await tell(SEOUL)).did).toBe('created')
  })

  test('belongs to the user whose token it is', async () => {
    github.viewer = 'octocat'
    told(1, MARKER, OURS)
    told(2, MARKER, 'octocat')
    await tell(SEOUL)
    expect(github.comments.map(({ body }) => body === MARKER)).toEqual([true, false])
  })

  test("is the job token's where GitHub does not say whose token it is", async () => {
    github.viewer = null
    told(1, MARKER, 'octocat')
    told(2, MARKER, OURS)
    expect((await tell(SEOUL)).did).toBe('updated')
    expect(github.comments.map(({ body }) => body === MARKER)).toEqual([true, false])
  })

  test('that somebody deletes in between is written anew', async () => {
    told(1, MARKER)
    refuse(UPDATE, error(404, 'Not Found'))
    expect((await tell(SEOUL)).did).toBe('created')
  })

  test('left twice is one again', async () => {
    told(5, MARKER)
    told(3, MARKER)
    await tell(SEOUL)
    expect(github.comments.map(({ id }) => id)).toEqual([3])
  })
})

describe('two runs at once', () => {
  test('leave one comment, the oldest', async () => {
    let waiting = 0
    let open: () => void = () => {}
    const both = new Promise<void>((resolve) => {
      open = resolve
    })
    github.before = async (call) => {
      if (call !== CREATE) return null
      waiting += 1
      if (waiting === 2) open()
      await both
      return null
    }
    const done = await Promise.all([tell(SEOUL), tell(SEOUL)])
    expect(github.calls.filter((call) => call === CREATE)).toHaveLength(2)
    expect(github.comments.map(({ id }) => id)).toEqual([1_000])
    expect(done.map(({ notice }) => notice)).toEqual([null, null])
  })

  test('of which one cannot look again leave what is there', async () => {
    let lists = 0
    github.before = (call) => {
      lists += call === LIST ? 1 : 0
      return call === LIST && lists === 2 ? error(500, 'Server Error') : null
    }
    expect(await tell(SEOUL)).toEqual({ did: 'created', notice: null })
  })
})

describe('what GitHub refuses is one notice', () => {
  test.each([
    [
      'listing, without the permission',
      LIST,
      error(403, 'Resource not accessible by integration'),
      'pull-requests: write',
    ],
    [
      'writing, without the permission',
      CREATE,
      error(403, 'Resource not accessible by integration'),
      'pull-requests: write',
    ],
    ['a token that is no good', LIST, error(401, 'Bad credentials'), 'pull-requests: write'],
    ['a repository that the token cannot see', LIST, error(404, 'Not Found'), 'cannot see'],
    ['a pull request that is gone', CREATE, error(410, 'This issue was deleted'), 'cannot see'],
    ['a comment that GitHub does not take', CREATE, error(422, 'Validation Failed'), 'may be locked'],
    ['a fault of GitHub', CREATE, error(502, 'Bad Gateway'), 'tries again'],
  ])('%s', async (_, call, answer, advice) => {
    refuse(call, answer)
    const { did, notice } = await tell(SEOUL)
    expect(did).toBe('nothing')
    expect(notice?.en).toContain(advice)
    expect(notice?.en).toContain(String(answer.status))
    expect(notice?.ko).toMatch(/쓰지 못했습니다.*작업 요약에 있습니다\.$/)
    expect(waits).toEqual([])
  })

  test('updating, without the permission', async () => {
    told(1, MARKER)
    refuse(UPDATE, error(403, 'Resource not accessible by integration'))
    expect((await tell(CLEAR)).notice?.en).toContain('pull-requests: write')
  })

  test("a fork's token, which only reads", async () => {
    refuse(CREATE, error(403, 'Resource not accessible by integration'))
    const { notice } = await tell(SEOUL, { job: job({ readOnly: true }) })
    expect(notice?.en).toContain('runs from forks')
    expect(notice?.en).not.toContain('pull-requests: write')
  })

  test('a GitHub that is not there', async () => {
    const gone = await startGitHub()
    await gone.stop()
    const { notice } = await tell(SEOUL, { job: job({ apiUrl: gone.url }) })
    expect(notice?.en).toContain('tries again')
  })

  test('no token, no call', async () => {
    expect((await tell(SEOUL, { token: '' })).notice?.en).toContain('`github-token` is empty')
    expect(github.calls).toEqual([])
  })
})

describe('a rate limit', () => {
  const secondary = 'You have exceeded a secondary rate limit.'

  test.each([[429], [403]])('with Retry-After is waited for, once (%d)', async (status) => {
    refuse(CREATE, error(status, secondary, { 'retry-after': '7' }), true)
    expect((await tell(SEOUL)).did).toBe('created')
    expect(waits).toEqual([7_000])
  })

  test('that stays ends after one more try, however many calls there are', async () => {
    github.before = () => error(429, secondary, { 'retry-after': '7' })
    told(1, MARKER)
    const { notice } = await tell(SEOUL)
    expect(waits).toEqual([7_000])
    expect(notice?.en).toContain('rate limit')
  })

  test.each([
    ['that would take too long', 'Slow down', { 'retry-after': '3600' }],
    ['of the hour', 'Forbidden', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795400000' }],
    ['of which GitHub says no more', 'API rate limit exceeded for installation.', {}],
  ])('%s is not waited for', async (_, message, headers) => {
    refuse(LIST, error(403, message, headers))
    expect((await tell(SEOUL)).notice?.en).toContain('rate limit is reached')
    expect(waits).toEqual([])
  })
})

describe('the pull request', () => {
  const pushed = () => ({ job: job({ event: 'push', pullRequest: null }) })
  const pull = { merged_at: null, merge_commit_sha: null, state: 'open' as const, sha: 'f'.repeat(40) }
  const merged = { ...pull, state: 'closed' as const, merged_at: '2026-11-23T05:00:00Z' }

  test.each([
    [
      'the one that the commit heads',
      [
        { ...pull, number: 3 },
        { ...pull, number: 4, sha: SHA },
      ],
      4,
    ],
    [
      'one that is open',
      [
        { ...merged, number: 3 },
        { ...pull, number: 4 },
      ],
      4,
    ],
    [
      'the one that was merged with the commit',
      [
        { ...merged, number: 3 },
        { ...merged, number: 4, merge_commit_sha: SHA },
      ],
      4,
    ],
    ['one that was merged', [{ ...merged, number: 3 }], 3],
  ])('of a push is %s', async (_, pulls, number) => {
    github.pulls.set(SHA, pulls.map(pullRequest))
    expect((await tell(SEOUL, pushed())).did).toBe('created')
    expect(github.comments.map(({ issue }) => issue)).toEqual([number])
  })

  test('of a push to a branch without one is none, which is said', async () => {
    github.pulls.set(SHA, [pullRequest({ ...pull, state: 'closed', number: 3 })])
    expect((await tell(SEOUL, pushed())).notice?.en).toContain('belongs to no pull request')
    refuse(PULLS, error(409, 'Conflict'))
    expect((await tell(SEOUL, pushed())).notice?.en).toContain('409')
    expect(github.comments).toEqual([])
  })

  test('of a run by hand is none: nothing is asked', async () => {
    const { notice } = await tell(SEOUL, { job: job({ event: 'workflow_dispatch', pullRequest: null }) })
    expect(notice?.en).toMatch(/event: workflow_dispatch.*no pull request.*summary/)
    expect(github.calls).toEqual([])
  })
})

test('a GitHub Enterprise Server has GraphQL beside REST', async () => {
  told(1, MARKER)
  const { did } = await tell(SEOUL, { job: job({ apiUrl: `${github.url}/api/v3` }) })
  expect(did).toBe('updated')
  expect(github.calls).toEqual([LIST, 'POST /api/graphql', UPDATE])
  expect([VIEWER, DELETE].some((call) => github.calls.includes(call))).toBe(false)
})
