/** Secrets planted wherever AWS or a container puts words: none gets into an output, the tape or a snapshot, and the words around them do. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Item, itemsOf } from '../../simulator/item.ts'
import type { Operation } from '../../simulator/operation.ts'
import { OPERATIONS, type OperationsByService } from '../../simulator/operations.ts'
import { Refusal } from '../../simulator/refusal.ts'
import type { ScenarioText } from '../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { runCommand } from '../../src/commands/index.ts'
import type { AnyReport } from '../../src/domain/services-report.ts'
import { readArguments, readValues } from '../../src/inputs/parse-arguments.ts'
import { annotationsOf } from '../../src/report/annotations/annotations.ts'
import { renderComment } from '../../src/report/comment/comment.ts'
import { renderMarkdown } from '../../src/report/markdown/markdown.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { renderText } from '../../src/report/terminal/text.ts'
import { CONTEXT } from '../entry/context.ts'
import { BEGAN_AT, seoulScenario } from '../simulator/rollout/scene.ts'
import { simulate } from '../simulator/support.ts'
import { clockFrom } from './watch-request.ts'

beforeAll(() => {
  const credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }
  Object.assign(process.env, { ...credentials, AWS_EC2_METADATA_DISABLED: 'true' })
})

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

/** A place that may quote a secret: the word `at-PLACE` stays, the password beside it must not. */
function planted(place: string): string {
  return `at-${place}: postgres://shop:planted-${place}@db.internal:5432/shop password="planted-${place} too"`
}

const SECRET = /planted-[a-z-]+/g

function leaksIn(text: string): readonly string[] {
  return [...new Set(text.match(SECRET))]
}

/** Every file that was written, everything that was said, and what the action makes of the report. */
async function ran(argv: readonly string[], scenario: Partial<ScenarioText> | null, operations: OperationsByService) {
  const clock = clockFrom(BEGAN_AT)
  const output = await mkdtemp(join(folder, 'output-'))
  const simulator = await simulate({
    files: seoulFiles(),
    ...(scenario === null ? {} : { scenario: seoulScenario(scenario) }),
    clock,
    operations,
  })
  const words = [...argv, '--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service']
  const asked = readArguments([...words, '--region', simulator.region, '--output', output])
  if (asked.kind !== 'run' || asked.command === 'demo' || asked.command === 'simulate') throw new Error(asked.kind)
  const said: string[] = []
  const result = await runCommand(asked.command, readValues(asked.command, asked.given, 'cli'), {
    ...CONTEXT,
    clock,
    say: ({ en, ko }) => said.push(en, ko),
    aws: { endpoint: simulator.url },
  })
  const { report } = result
  return {
    files: await contentOf(output),
    said: [...said, ...result.notes.flatMap(({ en, ko }) => [en, ko])].join('\n'),
    told: [result.output, ...(report === null ? [] : toldByAction(report))].join('\n'),
    output,
  }
}

function toldByAction(report: AnyReport): readonly string[] {
  return (['en', 'ko'] as const).flatMap((language) => [
    renderText(report, { language }),
    renderMarkdown(report, { language }),
    renderComment(report, { language, earlier: null, commit: '', run: '' }),
    ...annotationsOf(report, language).flatMap(({ title, message }) => [title, message]),
    ...Object.values(outputsOf(report, language)),
  ])
}

async function contentOf(place: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => [file.slice(place.length + 1), await readFile(file, 'utf8')] as const)),
  )
}

/** As the simulator answers it. */
function original(service: string, operation: string): Operation {
  const found = OPERATIONS[service]?.[operation]
  if (found === undefined) throw new Error(`no ${service} ${operation}`)
  return found
}

/** The simulated service, with an event and a state that quote secrets. */
const eventful: Operation = async (request, world) => {
  const answer = await original('ecs', 'DescribeServices')(request, world)
  const event = { id: 'e-planted', createdAt: new Date(BEGAN_AT + 20_000).toISOString(), message: planted('event') }
  return {
    ...answer,
    services: itemsOf(answer['services']).map((service) => ({
      ...service,
      events: [event, ...itemsOf(service['events'])],
      deployments: itemsOf(service['deployments']).map((one) => ({ ...one, rolloutStateReason: planted('state') })),
    })),
  }
}

const REFUSED: Operation = (): Item => {
  throw new Refusal('AccessDeniedException', planted('refusal'))
}

describe('a live watch', () => {
  test.each([
    [
      'of starts that fail',
      {
        behaviour: { kind: 'text', text: `CannotPullContainerError: ${planted('reason')}`, seconds: 5 },
        showsContainerReason: true,
        actionLogs: {
          writes: [
            { at: 20, message: planted('line') },
            { at: 21, message: { logLevel: 'ERROR', detail: { statusReason: planted('record') } } },
          ],
        },
      },
      ['reason', 'line', 'record', 'event', 'state', 'refusal'],
    ],
    [
      'of a program that ends',
      { behaviour: { kind: 'exits', exitCode: 1, seconds: 3, logs: [planted('log'), planted('last')] } },
      ['log', 'last', 'event', 'state', 'refusal'],
    ],
    [
      'of targets that are not healthy',
      { loadBalancer: { deregistration: 30 }, behaviour: { kind: 'unhealthy', text: planted('target') } },
      ['target', 'event', 'state', 'refusal'],
    ],
  ] as const)('%s keeps the words and no secret', async (_, scenario, places) => {
    const operations = { ecs: { DescribeServices: eventful }, iam: { GetRole: REFUSED } }
    const breaker = { deploymentCircuitBreaker: { enable: true, rollback: false } }
    const seen = await ran(
      ['watch', '--logs', '20', '--format', 'json'],
      { ...scenario, configuration: breaker } as Partial<ScenarioText>,
      operations,
    )
    const all = [...seen.files.values(), seen.said, seen.told].join('\n')
    expect([...seen.files.keys()]).toEqual(expect.arrayContaining(['tape.ndjson', 'report.html', 'report.junit.xml']))
    expect(leaksIn(all)).toEqual([])
    // What is not told anywhere proves nothing.
    const tape = seen.files.get('tape.ndjson') ?? ''
    const untold = places.filter((place) => place !== 'refusal' && !tape.includes(`at-${place}`))
    expect(untold).toEqual([])
    expect(tape).toContain('shop:***@db.internal')
  })
})

describe('a snapshot', () => {
  test('keeps the words of events, reasons and descriptions, and no secret in them', async () => {
    const seen = await ran(['snapshot'], null, {
      ecs: {
        DescribeServices: eventful,
        DescribeTasks: async (request, world) => {
          const answer = await original('ecs', 'DescribeTasks')(request, world)
          const tasks = itemsOf(answer['tasks']).map((task) => ({
            ...task,
            stoppedReason: planted('stopped'),
            containers: itemsOf(task['containers']).map((one) => ({ ...one, reason: planted('container') })),
          }))
          return { ...answer, tasks }
        },
      },
      ec2: {
        DescribeSecurityGroups: async (request, world) => {
          const answer = await original('ec2', 'DescribeSecurityGroups')(request, world)
          const groups = itemsOf(answer['SecurityGroups']).map((one) => ({ ...one, Description: planted('group') }))
          return { ...answer, SecurityGroups: groups }
        },
      },
    })
    const all = [...seen.files.values()].join('\n')
    expect(leaksIn(all)).toEqual([])
    for (const place of ['event', 'state', 'stopped', 'container', 'group']) expect(all).toContain(`at-${place}`)
  })
})

test('what AWS says where nothing could be read is told without its secrets', async () => {
  const operations = Object.fromEntries(
    Object.entries(OPERATIONS).map(([service, own]) => [
      service,
      Object.fromEntries(Object.keys(own).map((name) => [name, REFUSED])),
    ]),
  )
  const error = await ran(['preflight'], null, operations).then(
    () => null,
    (thrown: unknown) => thrown as { readonly text: { readonly en: string; readonly ko: string } },
  )
  expect(error?.text.en).toContain('at-refusal')
  expect(leaksIn(`${error?.text.en} ${error?.text.ko}`)).toEqual([])
})
