/** The head of a preflight: what to paste, what pasting leaves, and what is accepted. */
import { expect, test } from '@jest/globals'
import type { CheckId } from '../../../src/domain/check-id.ts'
import type { Report } from '../../../src/domain/report.ts'
import { BRIEF, plain } from '../../../src/report/document/blocks.ts'
import { documentOf } from '../../../src/report/document/document.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { JUDGED } from '../judged-samples.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SEOUL } from '../samples.ts'

const SIX = JUDGED['six-faults'] as Report

function only(check: CheckId): Report {
  return { ...SIX, findings: SIX.findings.filter((finding) => finding.check === check) }
}

test('what only looks is not called a fix', () => {
  const head = headOf(only('image-not-found'))
  expect(head.paste.en).toMatch(/^Start with this/)
  expect(head.commands.join('\n')).toContain('aws ecr describe-images')
  expect(head.left).toBeNull()
})

test('beside commands that fix, it is left out of them and named', () => {
  const head = headOf(SIX)
  expect(head.paste.en).toMatch(/^Fix what commands can fix/)
  expect(head.commands.join('\n')).not.toContain('describe-images')
  expect(head.left?.en).toMatch(/: The image is not in the repository$/)
})

test('where commands fix all there is nothing left, and one fault is one paste', () => {
  const findings = SIX.findings.filter(({ check }) => check !== 'image-not-found')
  expect(headOf({ ...SIX, findings })).toMatchObject({ paste: { en: expect.stringMatching(/^Fix all/) }, left: null })
  expect(headOf(only('log-group-missing')).paste.en).toMatch(/^Paste this to fix it/)
})

test('an accepted blocker has no tick', () => {
  const sign = (report: Report) => documentOf(report, 'en', BRIEF).head.sign
  expect(sign(JUDGED['ignored-blocker'] as Report)).toBe('ignored')
  expect(sign(JUDGED['healthy'] as Report)).toBe('good')
})

test.each<[string, Report, string]>([
  ['of what was read, when it was read', SEOUL, '2025-11-02T23:59Z'],
  ['of a rollout, when it ended', ROLLOUTS['rollout-steady'] as Report, '2025-11-03T00:02Z'],
])('the date is %s', (_, report, date) => {
  const about = documentOf(report, 'en', BRIEF).head.blocks.flatMap((block) =>
    block.kind === 'text' ? [plain(block.text)] : [],
  )
  expect(about.find((line) => line.includes('account 123456789012'))).toContain(date)
})
