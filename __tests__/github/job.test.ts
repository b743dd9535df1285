/** Outputs, annotations and summary as GitHub's runner will read them, written by the real toolkit. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { type Telling, type Toolkit, tell } from '../../src/github/job.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { hostileWatch } from '../report/hostile.ts'
import { expectInert } from '../report/inert.ts'

const VARIABLES = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'] as const
const QUIET: Telling = { annotations: [], outputs: {}, summary: '' }

let folder = ''
let printed = ''
const before = VARIABLES.map((name) => [name, process.env[name]] as const)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-'))
  printed = ''
  for (const name of VARIABLES) {
    process.env[name] = join(folder, name)
    writeFileSync(join(folder, name), '')
  }
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  rmSync(folder, { recursive: true })
})

/** The runner's reading of the file: a name, a delimiter, lines up to it (actions/runner, FileCommandManager.cs). */
function outputsIn(file: string): Readonly<Record<string, string>> {
  const lines = file.split('\n')
  const outputs: Record<string, string> = {}
  for (let at = 0; at < lines.length - 1; at += 1) {
    const [, name = '', delimiter = ''] = /^([^=<]+)<<(.+)$/.exec(lines[at] ?? '') ?? []
    expect(name).not.toBe('')
    const end = lines.indexOf(delimiter, at + 1)
    outputs[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return outputs
}

describe('tell', () => {
  test('outputs come back as they were, whatever they hold', async () => {
    const value = fc.string({
      unit: fc.constantFrom('a', '\n', 'EOF', 'ghadelimiter_', '<<', '=', '::', '%0A', 'verdict<<x\npass\nx\n'),
    })
    await fc.assert(
      fc.asyncProperty(value, async (findings) => {
        writeFileSync(join(folder, 'GITHUB_OUTPUT'), '')
        await tell({ ...QUIET, outputs: { verdict: 'fail', findings } })
        const file = readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8')
        expect(outputsIn(file)).toEqual({ verdict: 'fail', findings })
      }),
      { numRuns: 50 },
    )
  })

  test('an annotation is one line, and its title cannot add properties', async () => {
    const note = { level: 'error', title: 'a,file=x::b', message: 'first\nsecond 100%\r::warning::x' } as const
    await tell({ ...QUIET, annotations: [note, { level: 'warning', title: 'w', message: 'm' }] })
    expect(printed).toBe(
      '::error title=a%2Cfile=x%3A%3Ab::first%0Asecond 100%25%0D::warning::x\n::warning title=w::m\n',
    )
  })

  test('hostile reports print their annotations and no other command', async () => {
    await fc.assert(
      fc.asyncProperty(hostileWatch, async (report) => {
        printed = ''
        const annotations = annotationsOf(report, 'en', () => ({ file: 'a.json', line: 1, column: 1, endColumn: 2 }))
        await tell({ ...QUIET, annotations })
        const lines = printed.split(/[\r\n\u0085\u2028\u2029]/).filter((line) => line !== '')
        expect(lines.map((line) => /^::(\w+) title=[^,:]*(?:,file=a\.json,line=1)?::/.exec(line)?.[1])).toEqual(
          annotations.map(({ level }) => level),
        )
        for (const line of lines) expectInert(line.slice('::'.length))
      }),
      { numRuns: 50 },
    )
  })

  test('an annotation of a file has its line', async () => {
    const note = { level: 'warning', title: 't', message: 'm', file: 'ecs/task, 1.json', line: 8 } as const
    await tell({ ...QUIET, annotations: [note] })
    expect(printed).toBe('::warning title=t,file=ecs/task%2C 1.json,line=8::m\n')
  })

  test('the summary is added to what the step has written already', async () => {
    writeFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'before\n')
    await tell({ ...QUIET, summary: '## ❌ 실패' })
    expect(readFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8')).toBe('before\n## ❌ 실패\n')
  })

  test('a runner that takes no summary still gets outputs and annotations', async () => {
    const said: string[] = []
    const say = (message: string) => void said.push(message)
    const toolkit: Toolkit = {
      error: say,
      warning: say,
      notice: say,
      setOutput: (name, value) => say(`${name}=${value}`),
      summary: { addRaw: () => ({ write: () => Promise.reject(new Error('no summaries here')) }) },
    }
    const annotations = [{ level: 'error', title: 't', message: 'broken' }] as const
    await tell({ annotations, outputs: { verdict: 'fail' }, summary: 'x' }, () => Promise.resolve(toolkit))
    expect(said).toEqual(['verdict=fail', 'broken', 'no summaries here'])
  })
})
