/** What people paste: known texts in every wrapping keep their label, cut texts get no wrong one, and every failure of a text is told. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { LABELS } from '../../src/ecs-errors/labels.ts'
import { readPasted } from '../../src/ecs-errors/pasted.ts'
import { wordsFor } from '../../src/ecs-errors/words.ts'
import { growth } from '../growth.ts'
import { isRight, type Labelled, publishedMessages } from './corpus.ts'
import { WRAPPINGS } from './wrappings.ts'

interface Field extends Labelled {
  readonly id: string
  readonly part: 'ecs' | 'near'
  readonly transient?: boolean | null
}

const FIELD: readonly Field[] = readFileSync(new URL('../fixtures/corpus/field.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Field)

const KNOWN = publishedMessages().filter((row) => row.quality === 'full' && isRight(row, readPasted(row.text).message))

function missed(rows: readonly Labelled[]): readonly string[] {
  const wrong = rows.filter((row) => !isRight(row, readPasted(row.text).message))
  return wrong.map((row) => `${row.label} ≠ ${readPasted(row.text).message.label}: ${row.text.slice(0, 160)}`)
}

describe('texts in the shapes in which they were pasted', () => {
  test('failures get their label, nearly always', () => {
    const rows = FIELD.filter(({ part }) => part === 'ecs')
    expect(rows.length).toBeGreaterThan(40)
    expect(missed(rows).length / rows.length).toBeLessThanOrEqual(0.05)
  })

  test('what is none gets none', () => {
    const rows = FIELD.filter(({ part }) => part === 'near')
    expect(rows.length).toBeGreaterThan(20)
    expect(missed(rows)).toEqual([])
  })
})

describe('a known text', () => {
  test('is in hand a hundred and fifty times', () => {
    expect(KNOWN.length).toBeGreaterThan(150)
  })

  test.each(WRAPPINGS.map(({ name, wrap }) => [name, wrap] as const))('keeps its label %s', (_name, wrap) => {
    const wrapped = KNOWN.map((row) => ({ ...row, text: wrap(row.text) }))
    expect(missed(wrapped).length / wrapped.length).toBeLessThanOrEqual(0.02)
  })

  test('cut before the deciding words is of its family, and never of another', () => {
    const cuts = KNOWN.flatMap((row) => {
      const words = row.text.split(' ')
      return words.slice(2).map((_, at) => ({ ...row, text: `${words.slice(0, at + 2).join(' ')}…` }))
    })
    const wrong = cuts.filter(({ text, ...row }) => {
      const { message } = readPasted(text)
      const { clarity, family } = LABELS[message.label]
      const isVague = clarity !== undefined || family === 'deploy' || message.label === 'start/runtime-error'
      return !isVague && !isRight({ ...row, text }, message) && family !== LABELS[row.label].family
    })
    expect(cuts.length).toBeGreaterThan(2000)
    expect(wrong.map(({ text }) => text).slice(0, 5)).toEqual([])
  })
})

const SECRET_DENIED =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf from secrets manager: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue'
const SECRET_MISSING =
  "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:db from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
const LAYERS =
  'CannotPullContainerError: failed to copy: httpReadSeeker: failed open: failed to do request: Get 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1: dial tcp 52.219.148.62:443: i/o timeout'
const HEALTH =
  '(service api) (task 0c1d2e3f) failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/1)'

describe('every failure of a text', () => {
  function labels(text: string): readonly string[] {
    const { message, also } = readPasted(text)
    return [message.label, ...also.map((one) => one.message.label)]
  }

  test.each([
    ['of a list of events', `${HEALTH}\n(service api) was unable to place a task. Reason: ${LAYERS}\n`],
    [
      'of an answer of DescribeTasks',
      JSON.stringify({ tasks: [{ stoppedReason: LAYERS }, { stoppedReason: HEALTH }] }),
    ],
    [
      'of a document within a line of another',
      `  "message": ${JSON.stringify(JSON.stringify({ tasks: [{ stoppedReason: LAYERS }, { stoppedReason: HEALTH }] }))},`,
    ],
  ])('is told: %s', (_name, text) => {
    expect(new Set(labels(text))).toEqual(new Set(['pull/network-timeout', 'health/elb']))
  })

  test('is told for itself: two of them make no third one', () => {
    expect(labels(`task 1: ${SECRET_MISSING}\ntask 2: ${LAYERS}`)).toEqual([
      'init/secrets-missing',
      'pull/network-timeout',
    ])
  })

  test('is told where it stands far down in a log', () => {
    const noise = Array.from({ length: 4000 }, (_, at) => `2026-11-27T12:00:00Z #${at} CACHED [build 3/9] RUN npm ci`)
    const log = [...noise, `2026-11-27T12:10:00Z ##[error]${SECRET_DENIED}`, ...noise].join('\n')
    expect(labels(log)).toEqual(['init/secrets-denied'])
  })

  test('is told once', () => {
    expect(labels(`${LAYERS}\n${LAYERS}\n${SECRET_DENIED}`)).toHaveLength(2)
  })

  test('is no line of one message that says the same in other words', () => {
    expect(
      labels(
        'exec: "NODE_ENV=production": executable file not found in $PATH\nfailed to create shim task: OCI runtime create failed',
      ),
    ).toEqual(['start/command-not-found'])
  })

  test('costs time in proportion to the text', () => {
    const text = (size: number) => `${HEALTH}\n`.repeat(size)
    expect(growth((size) => void readPasted(text(size)), 200)).toBeLessThan(8)
  })
})

describe('an answer of DescribeTasks', () => {
  function repairFor(...exitCodes: readonly number[]): string | undefined {
    const containers = exitCodes.map((exitCode) => ({ exitCode }))
    const tasks = [{ stoppedReason: 'Essential container in task exited', containers }]
    return wordsFor(readPasted(JSON.stringify({ tasks })).message).remedy[0]?.en
  }

  test.each([
    [[137], 'Exit code 137'],
    [[0, 139], 'Exit code 139'],
    [[0, 0], 'Exit code 0'],
  ])('with the exit codes %j', (codes, said) => {
    expect(repairFor(...codes)).toMatch(new RegExp(`^${said}`))
  })

  test('names no exit code that may be the end of a bystander', () => {
    expect(repairFor(1, 137)).toMatch(/^Read the exit code/)
  })
})
