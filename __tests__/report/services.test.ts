/** Several services in one report: overview first, each report below, within GitHub's sizes, in every form. UPDATE_GOLDEN=1 writes the files anew. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import type { Report } from '../../src/domain/report.ts'
import type { ServicesReport } from '../../src/domain/services-report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment, speaksUp } from '../../src/report/comment/comment.ts'
import { markerOf, markerOfReport } from '../../src/report/comment/memory.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderJson, reportJson } from '../../src/report/json/json.ts'
import { renderJunit } from '../../src/report/junit/junit.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { nowhere } from '../../src/report/source-lines/locate.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { draws } from '../draws.ts'
import { expectGolden } from './golden.ts'
import { hostileWord, reworded } from './hostile.ts'
import { htmlStructureOf } from './html-structure.ts'
import { LARGE } from './large.ts'
import { structureOf } from './markdown-structure.ts'
import { ended, HEALTHY, many, NOT_THERE, ONE_NOT_THERE, TWO } from './services-samples.ts'
import { elements } from './xml.ts'

const COMMENT = { language: 'en', earlier: null, commit: '', run: '' } as const

describe.each(LANGUAGES)('in %s', (language) => {
  test('three services and one that is not there: text, and the overview of the job summary', () => {
    expectGolden(`services.${language}.txt`, renderText(ONE_NOT_THERE, { language }))
    const folded = renderMarkdown(ONE_NOT_THERE, { language }).replace(
      /(<summary>(?:❌|❔|✅) [\s\S]*?<\/summary>)[\s\S]*?(?=<details><summary>(?:❌|❔|✅) |$(?![\s\S]))/g,
      '$1 …\n',
    )
    expectGolden(`services.${language}.md`, folded)
  })
})

describe('the job summary', () => {
  const markdown = renderMarkdown(ONE_NOT_THERE, { language: 'en' })

  test('has the worst first, in the table and below it', () => {
    const services = (lines: readonly string[]) =>
      lines.flatMap((line) => /`?<?(?:code>)?\b(api|nope|worker|web)\b/.exec(line)?.[1] ?? [])
    const rows = markdown
      .split('\n')
      .filter((line) => /^\| (❌|❔|✅|⚠️) /.test(line))
      .slice(0, 4)
    expect(services(rows)).toEqual(['api', 'nope', 'worker', 'web'])
    const folds = markdown.split('\n').filter((line) => /^<details><summary>(❌|❔|✅|⚠️) /.test(line))
    expect(services(folds)).toEqual(['api', 'worker', 'web'])
  })

  test('holds each report as it is alone', () => {
    for (const report of ONE_NOT_THERE.services)
      expect(markdown).toContain(renderMarkdown(report, { language: 'en' }).trim())
  })

  test.each([2, 12])('%i services as large as ECS permits stay within 1 MiB', (count) => {
    const whole = renderMarkdown(many(count, LARGE), { language: 'ko' })
    expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(1_000_000)
    expect(whole).toContain('service-0')
    expect(whole.match(/<details>/g)?.length).toBe(whole.match(/<\/details>/g)?.length)
  })

  test('one large report takes no room from the others', () => {
    const report = { ...TWO, services: [LARGE, ended('failed', 'api')] } as ServicesReport
    const whole = renderMarkdown(report, { language: 'en', atMost: 120_000 })
    expect(whole).toContain(renderMarkdown(ended('failed', 'api'), { language: 'en' }).trim())
  })
})

describe('the comment', () => {
  test('is one for the services together, in whatever order they are named', () => {
    const [web, api] = TWO.services as readonly [Report, Report]
    const turned: ServicesReport = { ...TWO, services: [api, web] }
    expect(markerOfReport(turned)).toBe(markerOfReport(TWO))
    expect(new Set([TWO, HEALTHY].map(markerOfReport)).size).toBe(1)
    expect(markerOfReport(ONE_NOT_THERE)).not.toBe(markerOfReport(TWO))
    expect(markerOfReport(TWO)).not.toBe(markerOf(web.target))
    expect(markerOfReport(web)).toBe(markerOf(web.target))
  })

  test('speaks up for one that failed, and for one that is not there', () => {
    const there = { ...HEALTHY, missing: [NOT_THERE] }
    expect([TWO, HEALTHY, there].map(speaksUp)).toEqual([true, false, true])
  })

  test('lists a finding of two services once, and strikes it through when neither has it any more', () => {
    const both: ServicesReport = { ...TWO, services: [ended('failed', 'web'), ended('failed', 'api')] }
    const [finding] = ended('failed', 'web').findings
    const first = renderComment(both, COMMENT)
    const lines = (body: string) =>
      body
        .split('\n')
        .filter((line) => line.startsWith('- ') && line.includes(`\`${finding?.subject}\``) && !line.includes('→'))
    expect(lines(first.slice(0, first.indexOf('<details>')))).toHaveLength(1)
    const half = renderComment(
      { ...both, services: [ended('steady', 'web'), ended('failed', 'api')] },
      { ...COMMENT, earlier: first },
    )
    expect(half).not.toContain('fixed since')
    const none = renderComment(
      { ...both, services: [ended('steady', 'web'), ended('steady', 'api')] },
      { ...COMMENT, earlier: first },
    )
    expect(none).toContain('fixed since')
    const partial = renderComment(
      { ...both, services: [ended('steady', 'web')], missing: [NOT_THERE] },
      { ...COMMENT, earlier: first },
    )
    expect(partial).not.toContain('fixed since')
    expect(partial).toContain('could not be judged this time')
  })

  const long = ended('failed', 'x')
  const findings = long.findings.map((one) => ({ ...one, remedy: { ...one.remedy, cli: ['x'.repeat(7_000)] } }))
  test.each<[string, ServicesReport]>([
    ['two large services', many(2, LARGE)],
    ['sixty services', many(60, long)],
    ['sixty that are mended at length', many(60, { ...long, findings })],
  ])('of %s stays within 65,536 characters, and names what it leaves out', (_, report) => {
    for (const language of LANGUAGES) {
      const body = renderComment(report, { ...COMMENT, language })
      expect(body.length).toBeLessThanOrEqual(65_536)
      expect(body).toContain('<code>service-0</code>')
      if (report.services.length > 2) expect(body).toMatch(/GitHub.*service-59|GitHub.*service-\d+, service-\d+/)
    }
  })
})

describe('JSON', () => {
  test('is the document of the contract, each member a whole report', () => {
    const whole = JSON.parse(renderJson(ONE_NOT_THERE, 'en'))
    expect(Object.keys(whole)).toEqual([
      ...['schemaVersion', 'tool', 'mode', 'verdict', 'enforced', 'headline', 'failingStep', 'services', 'missing'],
    ])
    expect(whole).toMatchObject({ schemaVersion: 1, mode: 'watch', verdict: 'fail', enforced: true })
    expect(whole.services).toEqual(
      ONE_NOT_THERE.services.map((one) => JSON.parse(JSON.stringify(reportJson(one, 'en')))),
    )
    expect(whole.missing).toEqual([{ service: 'nope', because: NOT_THERE.because.en }])
    expect(whole.failingStep.id).toBe(ended('failed', 'api').failingStep?.id)
    expect(whole.headline).toMatch(/^4 services: 1 FAIL, 1 UNKNOWN, 1 PASS, 1 without a report\. api: /)
  })

  test('where all went well, says nothing of a single one', () => {
    expect(JSON.parse(renderJson(HEALTHY, 'en'))).toMatchObject({
      verdict: 'pass',
      enforced: false,
      headline: '2 services: 2 PASS.',
      failingStep: null,
      missing: [],
    })
  })
})

describe('outputs', () => {
  const outputs = outputsOf(ONE_NOT_THERE, 'en')

  test('have the worst first, each finding with its service, each command once', () => {
    expect(outputs['verdict']).toBe('fail')
    expect(outputs['failing-step']).toBe(ended('failed', 'api').failingStep?.id)
    const findings = JSON.parse(outputs['findings'] ?? '') as readonly {
      readonly service: string
      readonly severity: string
    }[]
    expect(findings[0]).toMatchObject({ service: 'api', severity: 'blocker' })
    const both = outputsOf({ ...TWO, services: [ended('failed', 'web'), ended('failed', 'api')] }, 'en')
    expect(both['fix']).toBe(outputsOf(ended('failed', 'web'), 'en')['fix'])
    expect(both['fix']).not.toBe('')
  })

  test('measure them together', () => {
    const [steady, failed] = [ended('steady', 'web'), ended('failed', 'api')].map(({ rollout }) => rollout)
    const started = (steady?.tasks.started ?? 0) + (failed?.tasks.started ?? 0)
    const own = outputsOf(TWO, 'en')
    expect(own['rollout-seconds']).toBe(String(Math.max(steady?.seconds ?? 0, failed?.seconds ?? 0)))
    expect(Number(own['task-success-rate'])).toBeCloseTo(1 - (failed?.tasks.failed ?? 0) / started, 3)
    expect(own['service-deployment-arn']).toBe(
      [failed, steady].flatMap((one) => one?.serviceDeploymentArn ?? []).join('\n'),
    )
  })
})

describe('annotations', () => {
  test('name the service, tell what is common once, and are ten of a level at most', () => {
    const both: ServicesReport = { ...TWO, services: [ended('failed', 'web'), ended('failed', 'api')] }
    const alone = annotationsOf(ended('failed', 'web'), 'en')
    const told = annotationsOf(both, 'en')
    expect(told.map(({ title }) => title)).toEqual(expect.arrayContaining(alone.map(({ title }) => `web: ${title}`)))
    // Of the second, how it ended, and no finding again.
    expect(told.filter(({ title }) => title.startsWith('api: '))).toHaveLength(1)
    for (const level of ['error', 'warning'])
      expect(
        annotationsOf(many(30, ended('failed', 'x')), 'en').filter((one) => one.level === level).length,
      ).toBeLessThanOrEqual(10)
  })

  test('a service that is not there is an error', () => {
    expect(annotationsOf({ ...HEALTHY, missing: [NOT_THERE] }, 'en')).toEqual([
      { level: 'error', title: `nope: ${NOT_THERE.because.en}`, message: NOT_THERE.because.en },
    ])
  })
})

describe('files for other tools', () => {
  test('SARIF has a run a service, which the schema takes', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const isSarif = ajv.compile(JSON.parse(readFileSync('__tests__/fixtures/sarif-2.1.0.json', 'utf8')))
    const log = JSON.parse(renderSarif(TWO, { language: 'en', locate: nowhere }))
    isSarif(log)
    expect(isSarif.errors ?? []).toEqual([])
    const ids = log.runs.map((run: { automationDetails: { id: string } }) => run.automationDetails.id)
    expect(ids).toEqual(TWO.services.map(({ target }) => `ecs-pull-guard/${target.cluster}/${target.service}/`))
  })

  test('JUnit has the suites of each, and a failure for one that is not there', () => {
    const junit = elements(renderJunit(ONE_NOT_THERE, { language: 'en', failOn: ['blocker'] }))
    const suites = junit.filter(({ name }) => name === 'testsuite').map(({ attributes }) => attributes['name'])
    expect(suites).toHaveLength(7)
    expect(suites.at(-1)).toBe('watch nope')
    const counted = (name: string) => junit.filter((one) => one.name === name).length
    expect(junit[0]?.attributes).toMatchObject({
      tests: String(counted('testcase')),
      failures: String(counted('failure')),
    })
  })
})

describe('the page', () => {
  test('has no name twice, and its links lead to their own report', () => {
    const html = renderHtml(TWO, 'en')
    const names = [...html.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name ?? '')
    expect(new Set(names).size).toBe(names.length)
    const links = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, name]) => name ?? '')
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((name) => !names.includes(name))).toEqual([])
  })

  test('opens what did not go well, the worst first', () => {
    const folds = [
      ...renderHtml(ONE_NOT_THERE, 'en').matchAll(/<details class="report"( open)?>\n<summary>.*<code>(.*)<\/code>/g),
    ]
    expect(folds.map(([, open, service]) => `${service}${open ?? ''}`)).toEqual(['api open', 'worker open', 'web'])
  })
})

test('what others wrote stays text, in the names of services, too', () => {
  const plain = reworded(ONE_NOT_THERE, (at) => `word${at}`)
  const page = htmlStructureOf(renderHtml(plain, 'en'))
  // The name of a service stands in a line of HTML, where it can only be text.
  const written = (report: ServicesReport) =>
    structureOf(renderMarkdown(report, { language: 'en' })).map((one) => one.replace(/<code>[^<]*<\/code>/, ''))
  const summary = written(plain)
  fc.assert(
    fc.property(hostileWord, (word) => {
      const report = reworded(ONE_NOT_THERE, word)
      expect(htmlStructureOf(renderHtml(report, 'en'))).toEqual(page)
      expect(written(report)).toEqual(summary)
    }),
    { numRuns: draws(10), endOnFailure: true },
  )
})
