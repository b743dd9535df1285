/** The tests' own measure has teeth: what GitHub's description forbids is a fault. */
import { describe, expect, test } from '@jest/globals'
import { faultsOfAnswer, faultsOfRequest, operationOf, pullRequest } from './description.ts'

const COMMENTS = '/repos/acme/shop/issues/7/comments'

function operation(method: string, path: string) {
  const found = operationOf(method, new URL(path, 'https://api.github.com'))
  if (found === null) throw new Error(`${method} ${path} is not described`)
  return found
}

describe('a request', () => {
  test.each([
    ['GET', `${COMMENTS}?per_page=100&page=2`, undefined, 0],
    ['GET', `${COMMENTS}?per_page=many`, undefined, 1],
    ['GET', `${COMMENTS}?sort=created`, undefined, 1],
    ['GET', '/repos/acme/shop/issues/seven/comments', undefined, 1],
    ['POST', COMMENTS, { body: 'x' }, 0],
    ['POST', COMMENTS, {}, 1],
    ['POST', COMMENTS, { body: 7 }, 1],
    ['POST', COMMENTS, { body: 'x', event: 'COMMENT' }, 1],
    ['DELETE', '/repos/acme/shop/issues/comments/1', { body: 'x' }, 2],
  ])('%s %s %j has %d', (method, path, body, count) => {
    expect(faultsOfRequest(operation(method, path), body)).toHaveLength(count)
  })

  test('to a path or by a method that is not described is none', () => {
    expect(operationOf('PUT', new URL(`https://api.github.com${COMMENTS}`))).toBeNull()
    expect(operationOf('GET', new URL('https://api.github.com/user'))).toBeNull()
  })
})

describe('an answer', () => {
  const pulls = operation('GET', '/repos/acme/shop/commits/abc/pulls')
  const listed = { number: 3, state: 'open', merged_at: null, merge_commit_sha: null, sha: 'abc' } as const

  test.each([
    [200, [pullRequest(listed)], 0],
    [200, [{ number: 3 }], 1],
    [201, [], 1],
    [404, { message: 'Not Found' }, 0],
    [404, { message: 404 }, 1],
  ])('%d %j', (status, body, count) => {
    expect(faultsOfAnswer(pulls, status, body)).toHaveLength(count)
  })

  test('without a body has none', () => {
    const remove = operation('DELETE', '/repos/acme/shop/issues/comments/1')
    expect(faultsOfAnswer(remove, 204, undefined)).toEqual([])
    expect(faultsOfAnswer(remove, 204, {})).toHaveLength(1)
  })
})
