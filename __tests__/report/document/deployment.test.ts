/** What a deploy changes, as every form of a report tells it. */
import { describe, expect, test } from '@jest/globals'
import type { Deployment, RevisionChange } from '../../../src/domain/deployment.ts'
import type { Report } from '../../../src/domain/report.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { renderComment } from '../../../src/report/comment/comment.ts'
import { BRIEF, FULL } from '../../../src/report/document/blocks.ts'
import { deploymentSections } from '../../../src/report/document/deployment.ts'
import { renderHtml } from '../../../src/report/html/html.ts'
import { reportJson } from '../../../src/report/json/json.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { DEPLOYMENT, DEPLOYS } from '../deploy-samples.ts'

const FAILED = DEPLOYS['deploy-failed'] as Report
const withDiff = (diff: readonly RevisionChange[] | null, more: Partial<Deployment> = {}): Report => ({
  ...FAILED,
  deployment: { ...DEPLOYMENT, ...more, diff },
})
const changed = (path: string): RevisionChange => ({ path, kind: 'changed', before: 'a', after: 'b' })

test.each(LANGUAGES)('every form tells what differs, and none a value of a variable or a token (%s)', (language) => {
  const job = { earlier: null, commit: '', run: '' }
  const forms = [
    renderText(FAILED, { language }),
    renderMarkdown(FAILED, { language }),
    renderHtml(FAILED, language),
    renderComment(FAILED, { language, ...job }),
    JSON.stringify(reportJson(FAILED, language)),
  ]
  for (const form of forms) {
    expect(form).toContain('containerDefinitions.web.environment.LOG_LEVEL')
    expect(form).toContain('web:1.5.0')
    expect(form).not.toMatch(/abc123|def456|debug/)
  }
})

test('the JSON says on which side something is that is not shown', () => {
  const sides = (kind: RevisionChange['kind']) =>
    reportJson(withDiff([{ path: 'x', kind, before: null, after: null }]), 'ko').deployment?.diff
  expect(sides('added')).toEqual([{ path: 'x', before: null, after: '(set)' }])
  expect(sides('removed')).toEqual([{ path: 'x', before: '(set)', after: null }])
  expect(sides('changed')).toEqual([{ path: 'x', before: '(set)', after: '(changed)' }])
  expect(reportJson(withDiff(null), 'en').deployment).toEqual({
    revision: DEPLOYMENT.revision,
    registered: true,
    reused: false,
    updated: true,
    diff: null,
    untriedSubnets: [],
    digests: [],
    restored: null,
  })
})

describe('the section', () => {
  const blocks = (report: Report, amount = BRIEF) => deploymentSections(report, 'en', amount)[0]?.blocks ?? []
  const rowsOf = (block: unknown) =>
    (block as { readonly rows: readonly { readonly cells: readonly unknown[] }[] }).rows

  test('stands before the rollout, images, roles and sizes first', () => {
    const paths = [
      'containerDefinitions.web.user',
      'service.subnets',
      'cpu',
      'taskRoleArn',
      'containerDefinitions.web.image',
    ]
    const [, table] = blocks(withDiff(paths.map(changed)))
    expect(rowsOf(table).map(({ cells }) => JSON.stringify(cells[0]))).toEqual(
      paths.toReversed().map((code) => JSON.stringify([{ code }])),
    )
    const text = renderText(FAILED, { language: 'en' })
    expect(text.indexOf('Changes to the running revision (')).toBeLessThan(text.indexOf('Rollout failed', 200))
  })

  test('folds what is too much, and loses none', () => {
    const many = withDiff(Array.from({ length: 40 }, (_, at) => changed(`tags.t${at}`)))
    const [, table, fold] = blocks(many)
    const folded = fold as { readonly kind: string; readonly blocks: readonly unknown[] }
    expect([rowsOf(table).length, folded.kind, rowsOf(folded.blocks[0]).length]).toEqual([12, 'fold', 28])
    expect(blocks(many, FULL)).toHaveLength(2)
  })

  test('is not there without a deploy', () => {
    const { deployment: _, ...watched } = FAILED
    expect(deploymentSections(watched, 'en', BRIEF)).toEqual([])
  })

  test.each<[string, Partial<Deployment>, string]>([
    ['registered', {}, 'Registered: web:42'],
    ['used again', { registered: false, reused: true }, 'web:42 is the same, member for member'],
    ['named', { registered: false }, 'Revision: web:42'],
    ['not there', { registered: false, revision: null }, 'No revision was registered.'],
  ])('begins with the revision: %s', (_, deployment, sentence) => {
    expect(JSON.stringify(blocks(withDiff([], deployment))[0])).toContain(sentence)
  })
})
