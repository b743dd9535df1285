/**
 * Cuts the paths that src/github uses out of GitHub's published description, for the tests:
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *   node scripts/github-openapi.mjs package/generated/api.github.com.deref.json
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FIXTURE = '__tests__/fixtures/github-openapi.json'
const USED = {
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
}
/** Says nothing that a validator reads. */
const PROSE = new Set(['description', 'example', 'examples', 'title', 'externalDocs', 'x-github', 'summary', 'tags'])

/** Names under `properties` are data, whatever they are called. */
function lean(value, isNames = false) {
  if (Array.isArray(value)) return value.map((item) => lean(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => isNames || !PROSE.has(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, lean(item, key === 'properties' && !isNames)]))
}

const { openapi, info, paths } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const cut = Object.entries(USED).map(([path, methods]) => [
  path,
  Object.fromEntries(methods.map((method) => [method, lean(paths[path][method])])),
])
const { title, version, license } = info
writeFileSync(
  FIXTURE,
  `${JSON.stringify({ openapi, info: { title, version, license, source: '@octokit/openapi' }, paths: Object.fromEntries(cut) })}\n`,
)
