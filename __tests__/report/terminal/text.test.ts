/** What a reader at a terminal must find where they look for it. */
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import { renderHtml } from '../../../src/report/html/html.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { JUDGED } from '../judged-samples.ts'
import { ALL_CLEAR, ALL_UNKNOWN, SEOUL, SIXTY, SUBNETS } from '../samples.ts'

const text = (report: Report, columns = 100) => renderText(report, { language: 'en', columns })

describe('a report as text', () => {
  test('begins with verdict, failing step and fault', () => {
    expect(text(SEOUL).split('\n')[0]).toBe('✘ FAIL  Routes: A task subnet has no route to S3')
    expect(text(ALL_CLEAR).split('\n')[0]).toBe('✔ PASS  A task can start in every subnet.')
    expect(renderText(SEOUL, { language: 'ko' })).toMatch(/^✘ 실패 {2}라우팅: 태스크 서브넷에 S3로/)
  })

  test('says the verdict again when it has scrolled away, and only then', () => {
    expect(text(SEOUL).trimEnd().split('\n').at(-1)).toBe(text(SEOUL).split('\n')[0])
    expect(text(ALL_CLEAR).match(/PASS/g)).toHaveLength(1)
  })

  test('each command stands on one line, however narrow the terminal', () => {
    const [command = ''] = SEOUL.findings[0]?.remedy.cli ?? []
    const lines = text(SEOUL, 40).split('\n')
    expect(lines.filter((line) => line.trim() === command)).toHaveLength(2)
  })

  test('a here-document starts at the margin, where its end mark works', () => {
    const command = 'aws ec2 modify-vpc-endpoint --policy-document "$(cat <<JSON\n{}\nJSON\n)"'
    const findings = SEOUL.findings.map((finding) => ({ ...finding, remedy: { ...finding.remedy, cli: [command] } }))
    expect(text({ ...SEOUL, findings })).toContain(`\n${command}\n`)
  })

  test('columns that do not fit go into a further band with its own subnets', () => {
    const narrow = text(SEOUL, 60)
    const grid = narrow.slice(narrow.indexOf('From each subnet'), narrow.indexOf('Findings'))
    expect(grid.match(new RegExp(SUBNETS[2][0], 'g'))?.length).toBeGreaterThan(1)
    for (const { destination } of SEOUL.paths) expect(grid).toContain(destination)
  })

  test('the grid marks the broken cell and no other', () => {
    const rows = text(SEOUL)
      .split('\n')
      .filter((line) => /^ {2}subnet-.* {2}ap-/.test(line))
    expect(rows.map((row) => row.replace(/[^✔✘]/g, ''))).toEqual(['✔✔✔✔✔', '✔✔✔✔✔', '✔✔✘✔✔'])
  })

  test('the worst path decides where one subnet has several to a destination', () => {
    const [first] = ALL_CLEAR.paths
    if (first === undefined) throw new Error('a sample without paths')
    const paths = [first, { ...first, outcome: 'intermittent' as const }, { ...first, outcome: 'degraded' as const }]
    const rows = text({ ...ALL_CLEAR, paths })
      .split('\n')
      .filter((line) => line.includes('subnet-'))
    expect(rows).toEqual([expect.stringMatching(/ ~$/)])
  })

  test('one cause for several checks is one line with its permission, and the whole policy stands under the head', () => {
    const unknown = text(ALL_UNKNOWN)
    expect(unknown.match(/Needs permission: ec2:DescribeRouteTables/g)).toHaveLength(1)
    expect(unknown).toContain('Check: s3-route-missing, blackhole-route')
    const policy = unknown.slice(unknown.indexOf('{'), unknown.indexOf('\n    ] }\n') + 8)
    const actions = JSON.parse(policy).Statement.flatMap(({ Action }: { Action: readonly string[] }) => Action)
    expect(actions.toSorted()).toEqual(ALL_UNKNOWN.reads?.toSorted())
    expect(unknown.indexOf(policy)).toBeLessThan(unknown.indexOf('Steps'))
  })

  test('what decides nothing is counted, and asks for no policy', () => {
    expect(text(SEOUL)).toContain('Not read, and not decisive (1)')
    expect(text(SEOUL)).not.toContain('"Effect"')
  })

  test('steps that are in order are one line, and one missing fact is said once of all the steps that it hides', () => {
    const lines = text(JUDGED['healthy'] as Report).split('\n')
    expect(lines.filter((line) => line.includes('Endpoint policies') || line.includes('✔ ok'))).toHaveLength(1)
    expect(lines.length).toBeLessThan(25)
    const steps =
      text(JUDGED['nothing-read'] as Report)
        .split('\n\n')
        .find((part) => part.startsWith('Steps')) ?? ''
    expect(steps.match(/could not read the subnets/g)).toHaveLength(1)
    expect(steps).toMatch(/\? Task subnets, DNS, .*Endpoint policies\n/)
  })

  test('where to paste stands above what to paste', () => {
    const report = text(SEOUL)
    const about = report.indexOf('ap-northeast-2 ·\n  account 123456789012')
    expect(about).toBeGreaterThan(0)
    expect(about).toBeLessThan(report.indexOf('Paste this'))
  })

  test('an address of a page is never wrapped', () => {
    const address = `${SEOUL.tool.pages}/docs/en/checks/s3-route-missing.md`
    expect(
      text(SEOUL, 40)
        .split('\n')
        .map((line) => line.trim()),
    ).toContain(address)
  })

  test('what no permission would tell asks for none', () => {
    const unknowns = ALL_UNKNOWN.unknowns.filter(({ permission }) => permission === null)
    expect(text({ ...ALL_UNKNOWN, unknowns })).not.toMatch(/Effect|permission/)
  })

  test('a report of nothing has no empty sections', () => {
    const nothing = { ...ALL_CLEAR, steps: [], paths: [] }
    expect(text(nothing).split('\n')).toHaveLength(4)
    expect(renderMarkdown(nothing, { language: 'en' })).not.toContain('###')
    expect(renderHtml(nothing, 'en')).not.toContain('<section>')
  })

  test('blockers come before warnings and advice', () => {
    const order = text(SIXTY).match(/\d+\. . (Blocker|Warning)|Advice:/g) ?? []
    expect(order[0]).toMatch(/^1\. ✘ Blocker/)
    expect(order.findLastIndex((found) => found.includes('Blocker'))).toBe(19)
    expect(order.findIndex((found) => found.includes('Advice'))).toBe(40)
  })

  test('a long list of subnets ends in a count', () => {
    expect(text(SIXTY)).toContain('- and 7 more')
    expect(text(SIXTY)).not.toContain('- and 0 more')
    expect(renderMarkdown(SIXTY, { language: 'en' })).toContain('- and 7 more')
    expect(renderMarkdown(SIXTY, { language: 'en' })).not.toContain('- and 0 more')
  })
})

describe('the sentence under the verdict', () => {
  const sentence = (report: Report) => text(report).split('\n')[1]
  const inEvery = SEOUL.paths.map((path) =>
    path.destination === 's3-layers' ? { ...path, outcome: 'blocked' as const } : path,
  )

  test('counts the subnets that cannot pull', () => {
    expect(sentence(SEOUL)).toMatch(/^ {2}Tasks cannot start in 1 of 3 subnets\./)
    expect(sentence({ ...SEOUL, paths: inEvery })).toMatch(/^ {2}Tasks cannot start in any subnet\./)
  })

  test('does not say cannot where it only may fail', () => {
    const paths = SEOUL.paths.map((path) =>
      path.outcome === 'blocked' ? { ...path, outcome: 'intermittent' as const } : path,
    )
    expect(sentence({ ...SEOUL, paths })).toMatch(/^ {2}Tasks may fail to start in 1 of 3 subnets\./)
  })

  test('does not count subnets for what a start can do without', () => {
    const paths = SEOUL.paths.map((path) => ({ ...path, required: path.destination !== 's3-layers' }))
    expect(sentence({ ...SEOUL, paths })).toMatch(/^ {2}Tasks cannot start\./)
  })

  test('a blocker that fail-on spares is said plainly', () => {
    expect(renderText({ ...SEOUL, enforced: false }, { language: 'en' })).toMatch(/fail-on does not name blockers/)
  })
})

describe('the forecast', () => {
  const forecast = (expectedMinutes: readonly [number, number]) =>
    SEOUL.forecast && { ...SEOUL.forecast, expectedFailedTasks: 1, expectedMinutes }

  test('stands beside the clean range', () => {
    expect(text(SEOUL)).toContain(
      'about 2.3 failed task starts, 9–17 min until it is steady (a clean rollout: 2–3 min)',
    )
  })

  test('a rollout that never ends is not a number', () => {
    expect(text({ ...SEOUL, forecast: forecast([Infinity, Infinity]) })).toContain('1 failed task start, never until')
  })

  test('equal ends are one number', () => {
    expect(text({ ...SEOUL, forecast: forecast([4, 4.04]) })).toContain('start, 4 min until')
  })
})
