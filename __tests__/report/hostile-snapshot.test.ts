/** From files to every output: a whole preflight of a snapshot whose free text is an attack, sick and healthy. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writeSeoul } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { LANGUAGES } from '../../src/domain/text.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment } from '../../src/report/comment/comment.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderJson } from '../../src/report/json/json.ts'
import { renderJunit } from '../../src/report/junit/junit.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { draws } from '../draws.ts'
import { hostileWord } from './hostile.ts'
import { htmlStructureOf } from './html-structure.ts'
import { expectInert } from './inert.ts'
import { structureOf } from './markdown-structure.ts'
import { elements } from './xml.ts'

/** What an account may call as it likes, or what others may say in it. Keys of AWS, in any letter case. */
const FREE = new Set([
  ...['value', 'description', 'groupname', 'name', 'family', 'awslogs-group', 'message', 'reason', 'stoppedreason'],
  ...['rolloutstatereason', 'valuefrom', 'image', 'loggroupname', 'rolename', 'policydocument', 'arn', 'createdby'],
])

const folders: string[] = []
const snapshots: string[] = []

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'))
  folders.push(folder)
  return folder
}

beforeAll(async () => {
  for (const healthy of [true, false]) {
    const folder = await scratch()
    await writeSeoul(folder, { healthy })
    snapshots.push(folder)
  }
})

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** Every third of the free texts, and not always the same: where all of them are spoilt nothing fits together any more. */
async function attacked(snapshot: string, word: (at: number) => string, turn: number): Promise<string> {
  const folder = await scratch()
  await cp(snapshot, folder, { recursive: true })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  let count = turn
  const spoil = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !FREE.has(key.toLowerCase())) return value
    count += 1
    return count % 3 === 0 ? value + word(count) : value
  }
  for (const entry of entries.filter((one) => one.isFile() && one.name !== 'meta.json')) {
    const file = join(entry.parentPath, entry.name)
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, 'utf8')), spoil))
  }
  return folder
}

async function reportOf(folder: string): Promise<Report | null> {
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  try {
    return await preflight({ failOn: ['blocker'], ignore: [] }, { reader: await openFolder(folder), tool })
  } catch (error) {
    // With its name spoilt, the service may not be found: said in a sentence, and no crash.
    if (error instanceof UsageError) return null
    throw error
  }
}

test('a whole preflight lets nothing act', async () => {
  let reports = 0
  await fc.assert(
    fc.asyncProperty(hostileWord, fc.nat(2), fc.nat(1), async (word, turn, which) => {
      const report = await reportOf(await attacked(snapshots[which] ?? '', word, turn))
      if (report === null) return
      reports += 1
      for (const language of LANGUAGES) {
        const markdown = renderMarkdown(report, { language })
        const comment = renderComment(report, { language, earlier: null, commit: '', run: '' })
        const html = renderHtml(report, language)
        const junit = renderJunit(report, { language, failOn: ['blocker'] })
        const annotations = annotationsOf(report, language).flatMap(({ title, message }) => [title, message])
        const texts = [renderText(report, { language }), renderJson(report, language), html, junit, markdown, comment]
        for (const text of [...texts, ...annotations, ...Object.values(outputsOf(report, language))]) expectInert(text)
        for (const text of [markdown, comment]) {
          const foreign = structureOf(text).filter((one) =>
            /^(?:link|image|html(?! <\/?details| <!-- ecs-pull-guard))/.test(one),
          )
          expect(foreign).toEqual([])
        }
        expect(
          htmlStructureOf(html).filter((element) => /^(?:IMG|IFRAME|OBJECT|EMBED|LINK|BASE)\b/.test(element)),
        ).toEqual([])
        expect(elements(junit).length).toBeGreaterThan(50)
      }
    }),
    { numRuns: draws(5), endOnFailure: true },
  )
  expect(reports).toBeGreaterThan(0)
})
