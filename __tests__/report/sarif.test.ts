/** SARIF that the format's own schema takes, with results only where there is a file to show. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { CHECKS } from '../../src/checks/index.ts'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { type Locate, nowhere } from '../../src/report/source-lines/locate.ts'
import { draws } from '../draws.ts'
import { hostileReport } from './hostile.ts'
import { ALL_CLEAR, SEOUL, SIXTY } from './samples.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const isSarif = ajv.compile(JSON.parse(readFileSync('__tests__/fixtures/sarif-2.1.0.json', 'utf8')))

const everywhere: Locate = () => ({ file: 'ecs/작업 정의#1.json', line: 8, column: 16, endColumn: 23 })

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly unknown[]
    }[]
  }[]
}

function sarif(report: Report, locate: Locate, language: 'en' | 'ko' = 'en') {
  const log = JSON.parse(renderSarif(report, { language, locate })) as Log
  isSarif(log)
  expect(isSarif.errors ?? []).toEqual([])
  const [run] = log.runs
  if (run === undefined) throw new Error('no run')
  return run
}

test('the schema refuses what is no SARIF', () => {
  expect(isSarif({ version: '2.1.0' })).toBe(false)
  expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'bad' }] }] })).toBe(
    false,
  )
})

test('services are told apart, and a finding keeps its fingerprint on another line and in another language', () => {
  const log = (language: 'en' | 'ko', locate: Locate) =>
    JSON.parse(renderSarif(SEOUL, { language, locate })) as {
      readonly runs: readonly {
        readonly automationDetails: { readonly id: string }
        readonly results: readonly { readonly partialFingerprints: unknown }[]
      }[]
    }
  const { service } = SEOUL.target
  expect(log('en', everywhere).runs[0]?.automationDetails.id).toBe(`ecs-pull-guard/cluster-nestjs-second/${service}/`)
  const prints = (of: ReturnType<typeof log>) =>
    of.runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints)
  const elsewhere: Locate = () => ({ file: 'ecs/task.json', line: 90, column: 1, endColumn: 2 })
  expect(prints(log('ko', elsewhere))).toEqual(prints(log('en', everywhere)))
  expect(new Set(prints(log('en', everywhere))?.map((print) => JSON.stringify(print))).size).toBe(SEOUL.findings.length)
})

describe.each(LANGUAGES)('in %s', (language) => {
  test('every check is a rule with words', () => {
    const { tool } = sarif(ALL_CLEAR, nowhere, language)
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id))
    for (const rule of tool.driver.rules) expect(rule).toMatchObject({ help: { text: expect.stringMatching(/\S{3}/) } })
  })

  test('a finding with a place is a result of its rule, one without is none', () => {
    expect(sarif(SEOUL, nowhere, language).results).toEqual([])
    const only: Locate = (about) => ('severity' in about && about.severity === 'blocker' ? everywhere(about) : null)
    const { tool, results } = sarif(SEOUL, only, language)
    expect(results).toHaveLength(SEOUL.findings.filter(({ severity }) => severity === 'blocker').length)
    for (const { ruleId, ruleIndex, level } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
      expect(level).toBe('error')
    }
  })
})

test('a place is a region of a file whose name is a URI', () => {
  const [result] = sarif(SEOUL, everywhere).results
  expect(result?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'ecs/%EC%9E%91%EC%97%85%20%EC%A0%95%EC%9D%98%231.json', uriBaseId: '%SRCROOT%' },
        region: { startLine: 8, startColumn: 16, endLine: 8, endColumn: 23 },
      },
    },
  ])
})

test('severities have levels of their own', () => {
  const levels = sarif(SIXTY, everywhere).results.map(({ level }) => level)
  expect(new Set(levels)).toEqual(new Set(['error', 'warning', 'note']))
})

test('what is in braces is no place for an argument', () => {
  const [finding] = SEOUL.findings
  if (finding === undefined) throw new Error('a sample without findings')
  const what = { en: 'tag {0} and {"a":1}', ko: '' }
  const [result] = sarif({ ...SEOUL, findings: [{ ...finding, what }] }, everywhere).results
  expect(result?.message.text).toMatch(/^tag \{ 0\} and \{"a":1\}\n/)
})

test('names and reasons of others stay text: no link, no place for an argument, no command, nothing hidden', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { results } = sarif(report, everywhere)
      expect(results).toHaveLength(report.findings.length)
      for (const { message } of results) {
        expect(message.text).not.toMatch(/\]\(|\{\d+\}|:\/\/|<|^\s*::|##\[/m)
        expect(message.text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u)
      }
      expect(renderSarif(report, { language: 'en', locate: everywhere })).not.toMatch(/^\s*::|##\[/m)
    }),
    { numRuns: draws(25) },
  )
})
