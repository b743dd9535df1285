/** Where most of what decides could not be had for a reason that may pass, every output says that nobody could look, whatever `fail-on` is. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Fault, FaultKind } from '../../simulator/fault.ts'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import { watchRun } from '../../src/commands/watch/loop.ts'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment, speaksUp } from '../../src/report/comment/comment.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderJson } from '../../src/report/json/json.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { nowhere } from '../../src/report/source-lines/locate.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { simulate } from '../aws/simulated.ts'
import { BEGAN_AT, seoulScenario } from '../simulator/rollout/scene.ts'
import { clockFrom, WATCH } from './watch-request.ts'

const SERVICE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service', ignore: [] } as const
const SAID = { en: 'Could not look: ', ko: '확인하지 못함: ' } as const

const folders: string[] = []
let healthy = ''

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'look-'))
  folders.push(folder)
  await writeSeoul(folder, { healthy: true })
  return folder
}

beforeAll(async () => {
  healthy = await scratch()
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function report(reader: Reader, failOn: readonly ('blocker' | 'unknown')[] = ['blocker']): Promise<Report> {
  return preflight({ ...SERVICE, failOn }, { reader, tool: { name: 'ecs-pull-guard', version: '0.0.0' } })
}

async function live(faults: readonly Fault[], failOn?: readonly ('blocker' | 'unknown')[]): Promise<Report> {
  const { url, region } = await simulate({ folder: healthy, faults })
  return report(openLive({ region, endpoint: url, maxAttempts: 1 }), failOn)
}

describe('a live preflight of a healthy service', () => {
  test.each([
    ['throttled', 'throttled'],
    ['torn', 'unreachable'],
    ['garbage', 'garbled'],
  ] as const)('whose network is %s could not look', async (kind: FaultKind, because) => {
    const seen = await live([{ on: 'ec2:*', kind }])
    expect(seen.couldNotLook).toMatchObject({ because: [because] })
    expect([seen.verdict, seen.enforced]).toEqual(['unknown', false])
    const { missing = 0, of = 0 } = seen.couldNotLook ?? {}
    expect(missing * 2).toBeGreaterThan(of)
    expect(of).toBeGreaterThan(missing)
  })

  test.each(['ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups', 'ecs:DescribeTaskDefinition', 'logs:*'])(
    'with %s alone throttled is an ordinary unknown',
    async (on) => {
      const seen = await live([{ on, kind: 'throttled' }])
      expect([seen.verdict, seen.couldNotLook]).toEqual(['unknown', undefined])
    },
  )

  test('whose service is throttled could not look: all else rests on it', async () => {
    const seen = await live([{ on: 'ecs:DescribeServices', kind: 'throttled' }])
    expect(seen.couldNotLook).toMatchObject({ because: ['throttled'] })
  })

  test('that is denied is an ordinary unknown, with the policy to paste', async () => {
    const seen = await live([{ on: 'ec2:*', kind: 'denied' }])
    expect([seen.verdict, seen.couldNotLook]).toEqual(['unknown', undefined])
    const text = renderText(seen, { language: 'en' })
    expect(text).toContain('"ec2:DescribeSubnets"')
    expect(text).not.toContain(SAID.en)
  })

  test('that is denied for the most part is one though the rest is throttled', async () => {
    const seen = await live([
      { on: 'ec2:*', kind: 'denied' },
      { on: 'iam:*', kind: 'throttled' },
    ])
    expect(seen.couldNotLook).toBeUndefined()
  })
})

describe('a folder', () => {
  async function with_(content: string | null): Promise<Report> {
    const folder = await scratch()
    for (const name of await readdir(join(folder, 'ec2'))) {
      if (!name.endsWith('.json')) continue
      const path = join(folder, 'ec2', name)
      await (content === null ? rm(path) : writeFile(path, content))
    }
    return report(await openFolder(folder))
  }

  test('whose files hold something else could not be looked at, and running again is no use', async () => {
    const seen = await with_('{}')
    expect(seen.couldNotLook).toMatchObject({ because: ['garbled'] })
    expect(outputsOf(seen, 'en')['headline']).not.toContain('run it again')
  })

  test('that lacks the files is an ordinary unknown', async () => {
    const seen = await with_(null)
    expect([seen.verdict, seen.couldNotLook]).toEqual(['unknown', undefined])
  })
})

describe.each(LANGUAGES)('in %s', (language) => {
  test('the head of every writer says it, with how much of what, and the JSON has it as data', async () => {
    const seen = await live([{ on: 'ec2:*', kind: 'throttled' }])
    const { missing, of } = seen.couldNotLook ?? {}
    const headline = outputsOf(seen, language)['headline'] ?? ''
    expect(headline).toContain(SAID[language])
    expect(headline).toMatch(new RegExp(`(?=.*${missing}(?!\\d))(?=.*${of}(?!\\d))`))
    const heads = [
      renderText(seen, { language }),
      renderMarkdown(seen, { language }),
      renderHtml(seen, language).replace(/[\s\S]*<body/, ''),
      renderComment(seen, { language, earlier: null, commit: '', run: '' }).replace(/<!--.*?-->/gs, ''),
    ]
    for (const head of heads) expect(head.slice(0, 2_500).replaceAll(/<[^>]*>/g, '')).toContain(SAID[language])
    expect(JSON.parse(renderJson(seen, language))).toMatchObject({ couldNotLook: { missing, of }, headline })
    expect(speaksUp(seen)).toBe(true)
    const sarif = renderSarif(seen, { language, locate: nowhere })
    expect(JSON.parse(sarif).runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: expect.stringContaining(SAID[language]) } }],
    })
  })

  test.each([[['blocker']], [['unknown']], [[]]] as const)(
    'the action warns whatever fail-on is: %j',
    async (failOn) => {
      const seen = await live([{ on: 'ec2:*', kind: 'throttled' }], failOn)
      const warnings = annotationsOf(seen, language).filter(({ level }) => level === 'warning')
      expect(warnings.filter(({ title }) => title.includes(SAID[language]))).toHaveLength(1)
      expect(seen.enforced).toBe(failOn.some((name) => name === 'unknown'))
    },
  )
})

test('beside a blocker that was seen all the same, both are said', async () => {
  const { url, region } = await simulate({
    folder: await broken(),
    faults: [{ on: 'ec2:*', kind: 'throttled' }],
  })
  const seen = await report(openLive({ region, endpoint: url, maxAttempts: 1 }))
  expect(seen.verdict).toBe('fail')
  expect(seen.couldNotLook).toBeDefined()
  expect(renderText(seen, { language: 'en' }).slice(0, 1_500)).toContain(SAID.en)
  const titles = annotationsOf(seen, 'en').map(({ level, title }) => `${level} ${title}`)
  expect(titles).toEqual([expect.stringMatching(/^error (?!Could)/), expect.stringMatching(/^warning Could not look/)])
})

test('beside a rollout that went well, whose preflight could not look', async () => {
  const clock = clockFrom(BEGAN_AT)
  const scenario = seoulScenario()
  const { url, region } = await simulate({
    folder: healthy,
    scenario,
    clock,
    faults: [{ on: 'ec2:*', kind: 'garbage' }],
  })
  const { cluster, service } = SERVICE
  const seen = await watchRun(
    { ...WATCH, cluster, service },
    {
      reader: openLive({ region, endpoint: url, maxAttempts: 1 }),
      clock,
      random: () => 0.5,
      tool: { name: 'ecs-pull-guard', version: '0.0.0' },
      say: () => {},
    },
  )
  expect([seen.rollout?.phase, seen.verdict]).toEqual(['steady', 'pass'])
  expect(renderText(seen, { language: 'en' }).slice(0, 1_500)).toContain(`preflight: ${SAID.en}`)
  expect(annotationsOf(seen, 'ko').map(({ level, title }) => `${level} ${title}`)).toEqual([
    expect.stringContaining(`warning ${SAID.ko}`),
  ])
})

/** Its image is not in the repository any more. */
async function broken(): Promise<string> {
  const folder = await scratch()
  for (const call of ['describe-images', 'batch-get-image']) {
    const path = join(folder, 'ecr', call)
    for (const name of await readdir(path)) {
      await writeFile(join(path, name), JSON.stringify({ imageDetails: [], images: [], failures: [] }))
    }
  }
  return folder
}
