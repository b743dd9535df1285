/** The services of `fixtures/field`, broken and fixed, and what their reports must and must not say (its README). */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolder } from '../../src/aws/reader/folder.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { fixture } from '../aws/scratch.ts'

export type State = 'broken' | 'fixed'
export const STATES: readonly State[] = ['broken', 'fixed']

export interface FieldCase {
  readonly id: string
  readonly removed: Readonly<Record<State, readonly string[]>>
  readonly expect: Expectation
}

interface Expectation {
  readonly verdict: readonly string[]
  readonly failingStep?: readonly string[]
  readonly checks?: readonly string[]
  readonly says?: string
  readonly mustNotReport?: readonly string[]
  readonly mustNotSay?: string
  readonly remedyMustNotSay?: string
  readonly unknownsMustSay?: readonly string[]
  readonly saysAnywhere?: string
  readonly arguments?: readonly string[]
  readonly fixedVerdict: readonly string[]
  readonly fixedMustNotReport?: readonly string[]
  readonly fixedPaths?: readonly { readonly destination: string; readonly outcome: readonly string[] }[]
}

export const FIELD: readonly FieldCase[] = JSON.parse(readFileSync(fixture('field/index.json'), 'utf8'))

/** On disk for as long as `use` runs: the healthy service with the files of the case in place of its own. */
export async function onDisk<T>(one: FieldCase, state: State, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-field-'))
  try {
    cpSync(fixture('field/healthy'), folder, { recursive: true })
    const own = fixture(`field/${one.id}/${state}`)
    if (existsSync(own)) cpSync(own, folder, { recursive: true })
    for (const path of one.removed[state]) rmSync(join(folder, path))
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function fromFolder(one: FieldCase, state: State): Promise<Report> {
  return onDisk(one, state, async (folder) => judged(one, await openFolder(folder)))
}

/** The command line of the case; live, cluster and service have to be named. */
export function judged({ expect }: FieldCase, reader: Reader, named: { cluster?: string; service?: string } = {}) {
  const [option, value] = expect.arguments ?? []
  const taskDefinition = option === '--task-definition' ? (value ?? null) : null
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  return preflight({ ...named, taskDefinition, failOn: ['blocker'], ignore: [] }, { reader, tool })
}

/** What the report of a state says and should not, or does not and should; empty where all is as it should be. */
export function complaints({ expect }: FieldCase, state: State, report: Report): readonly string[] {
  const { findings, unknowns } = report
  const loud = [
    ...findings.filter(({ severity }) => severity !== 'advice'),
    ...unknowns.filter(({ matters }) => matters),
  ]
  const texts = loud.map((one) => JSON.stringify(one))
  const commands = findings.flatMap(({ remedy }) => [...remedy.cli, remedy.terraform ?? ''])
  const accused = [...(expect.checks ?? []), ...(expect.fixedMustNotReport ?? [])]
  const never = [...(expect.mustNotReport ?? []), ...(state === 'fixed' ? accused : [])]
  return [
    ...never.filter((id) => reports(report, id)).map((id) => `reports ${id}`),
    ...(says(texts, expect.mustNotSay) ? [`says ${expect.mustNotSay}`] : []),
    ...(says(commands, expect.remedyMustNotSay) ? [`a command says ${expect.remedyMustNotSay}`] : []),
    ...(state === 'fixed' ? ofFixed(expect, report) : ofBroken(expect, report, texts)),
  ]
}

function ofFixed({ fixedVerdict, fixedPaths = [] }: Expectation, { verdict, paths }: Report): readonly string[] {
  const wrong = fixedPaths.flatMap(({ destination, outcome }) =>
    paths.filter((path) => path.destination === destination && !outcome.includes(path.outcome)),
  )
  return [
    ...other(fixedVerdict, verdict, 'verdict'),
    ...wrong.map(({ destination, outcome }) => `${destination} is ${outcome}`),
  ]
}

function ofBroken(expect: Expectation, report: Report, texts: readonly string[]): readonly string[] {
  const { findings, unknowns, paths } = report
  const grave = findings.find(({ severity }) => severity !== 'advice')
  const { checks, unknownsMustSay = [] } = expect
  const anywhere = [...findings, ...unknowns, ...paths.map(({ destination }) => destination)]
  return [
    ...other(expect.verdict, report.verdict, 'verdict'),
    ...other(expect.failingStep, report.failingStep?.id ?? grave?.step ?? 'none', 'step'),
    ...(checks === undefined || checks.some((id) => reports(report, id)) ? [] : [`does not report ${checks}`]),
    ...unsaid(texts, expect.says),
    ...unknownsMustSay.flatMap((wanted) =>
      unsaid(
        unknowns.map((one) => JSON.stringify(one)),
        wanted,
      ),
    ),
    ...unsaid(
      anywhere.map((one) => JSON.stringify(one)),
      expect.saysAnywhere,
    ),
  ]
}

function reports({ findings }: Report, id: string): boolean {
  return findings.some(({ check, severity }) => check === id && severity !== 'advice')
}

function other(wanted: readonly string[] | undefined, is: string, what: string): readonly string[] {
  return wanted === undefined || wanted.includes(is) ? [] : [`${what} ${is} instead of ${wanted.join(' or ')}`]
}

function unsaid(texts: readonly string[], wanted: string | undefined): readonly string[] {
  return wanted === undefined || says(texts, wanted) ? [] : [`nobody says ${wanted}`]
}

/** Patterns are written with `(?i)`, which JavaScript has as a flag. */
function says(texts: readonly string[], source: string | undefined): boolean {
  if (source === undefined) return false
  const matcher = new RegExp(
    source.replaceAll('(?i:', '(?:').replaceAll('(?i)', ''),
    source.includes('(?i') ? 'iu' : 'u',
  )
  return texts.some((text) => matcher.test(text))
}
