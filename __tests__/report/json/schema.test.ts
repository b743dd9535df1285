/** Every JSON that this version writes is what report.schema.json says, with no member that it does not name. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { reportSchema } from '../../../scripts/schema.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { explain, explanationJson } from '../../../src/commands/explain.ts'
import { preflight } from '../../../src/commands/preflight/preflight.ts'
import { CHECK_IDS } from '../../../src/domain/check-id.ts'
import { LANGUAGES } from '../../../src/domain/text.ts'
import { LABELS } from '../../../src/ecs-errors/labels.ts'
import { pathJson, reportJson, servicesJson } from '../../../src/report/json/json.ts'
import { fixture } from '../../aws/scratch.ts'
import { FIELD, fromFolder, STATES } from '../../checks/field.ts'
import { DEPLOYS } from '../deploy-samples.ts'
import { JUDGED } from '../judged-samples.ts'
import { LARGE } from '../large.ts'
import { PROBED } from '../probe-samples.ts'
import { REHEARSALS } from '../rehearsal-samples.ts'
import { WATCHED } from '../rollout-full.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SAMPLES, SEOUL, SIXTY } from '../samples.ts'
import { TWO } from '../services-samples.ts'
import { complaintsOf } from './schema.ts'

const GOLDEN = join(import.meta.dirname, '..', '..', 'golden', 'report')

test.each(
  Object.entries({ ...SAMPLES, SIXTY, ...JUDGED, ...ROLLOUTS, ...DEPLOYS, ...REHEARSALS, LARGE, PROBED, WATCHED }),
)('%s', (_, report) => {
  for (const language of LANGUAGES) expect(complaintsOf('Report', reportJson(report, language))).toEqual([])
  for (const path of report.paths) expect(complaintsOf('Path', pathJson(path, 'en'))).toEqual([])
})

test.each(readdirSync(fixture('vpc')).filter((name) => /^\d+$/.test(name)))('measured VPC %s', async (name) => {
  const request = { cluster: 'demo', service: 'web', failOn: [], ignore: [] }
  const reader = await openFolder(fixture(`vpc/${name}`))
  const report = await preflight(request, { reader, tool: { name: 'ecs-pull-guard', version: '0.0.0' } })
  expect(complaintsOf('Report', reportJson(report, 'en'))).toEqual([])
})

test('several services', () => {
  for (const language of LANGUAGES) expect(complaintsOf('ServicesReport', servicesJson(TWO, language))).toEqual([])
})

test.each(readdirSync(GOLDEN).filter((name) => /\.(?:en|ko)\.json$/.test(name)))('%s', (name) => {
  expect(complaintsOf('Report', JSON.parse(readFileSync(join(GOLDEN, name), 'utf8')))).toEqual([])
})

test.each(FIELD.map((one) => [one.id, one] as const))('preflight of %s', async (_, one) => {
  for (const state of STATES) expect(complaintsOf('Report', reportJson(await fromFolder(one, state), 'en'))).toEqual([])
})

test('what explain says of every text that people have pasted', () => {
  const texts = readFileSync(fixture('corpus/field.jsonl'), 'utf8').trim().split('\n')
  expect(texts.length).toBeGreaterThan(50)
  for (const line of texts) {
    const { text } = JSON.parse(line) as { readonly text: string }
    const json = explanationJson({ line: 1, ...explain(text) }, 'ko')
    expect({ text, complaints: complaintsOf('Explanation', json) }).toEqual({ text, complaints: [] })
  }
})

describe('the schema', () => {
  const schema = JSON.parse(reportSchema())

  test('knows every check and every label', () => {
    expect(schema.$defs.CheckId.enum).toEqual(CHECK_IDS)
    expect(schema.$defs.Label.enum.toSorted()).toEqual(Object.keys(LABELS).toSorted())
  })

  test.each([
    ['a member that it does not name', { surprise: 1 }],
    ['a verdict that is none', { verdict: 'maybe' }],
    ['a path without hops', { paths: [{ ...reportJson(SEOUL, 'en').paths[0], hops: undefined }] }],
    ['a change of no kind', withChange({ kind: 'create-universe' })],
    ['a change that lacks a member', withChange({ kind: 'create-route', natGatewayId: 'nat-1' })],
    ['a rollout without its phase', { rollout: { seconds: 1 } }],
  ])('refuses %s', (_, change) => {
    expect(complaintsOf('Report', { ...reportJson(SEOUL, 'en'), ...change })).not.toEqual([])
  })
})

function withChange(change: Readonly<Record<string, string>>) {
  const [first] = reportJson(SEOUL, 'en').findings
  return { findings: [{ ...first, remedy: { ...first?.remedy, changes: [change] } }] }
}
