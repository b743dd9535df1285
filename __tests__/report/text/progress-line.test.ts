/** What a watch says while it goes on cannot act, whatever ECS, the load balancer and the account put into it. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Poll } from '../../../src/domain/rollout.ts'
import { LANGUAGES, type Text } from '../../../src/domain/text.ts'
import { progressLine } from '../../../src/report/text/progress-line.ts'
import { heartbeat, newsOf } from '../../../src/rollout/news.ts'
import { beginRollout, type Rollout } from '../../../src/rollout/state.ts'
import { step } from '../../../src/rollout/step.ts'
import { draws } from '../../draws.ts'
import {
  at,
  container,
  deployment,
  failedToStart,
  NO_SUCH_IMAGE,
  plan,
  poll,
  running,
  S3_TIMEOUT,
  service,
  serviceDeployment,
  task,
} from '../../rollout/world.ts'
import { hostileWord, reworded } from '../hostile.ts'
import { expectInert } from '../inert.ts'

/** Enums of ECS, and what decides whether something is ours: all else is free text. */
const FIXED = new Set([
  ...['lastStatus', 'desiredStatus', 'status', 'rolloutState', 'stopCode', 'controller', 'scheduling', 'strategy'],
  ...['startedBy', 'group', 'targetRevisionArn', 'taskDefinitionArn', 'currentServiceDeploymentArn'],
])

const REASONS = 'the reasons of the account: '

/** A rollout that begins, fails twice, hangs and ends badly; the wording of ECS stays where it tells what it is. */
const STORY: readonly Poll[] = [
  poll(0),
  poll(30, { tasks: [running('good'), task('slow', { createdAt: at(5), pullStartedAt: at(20) })] }),
  poll(230, {
    tasks: [
      running('good'),
      failedToStart('one', S3_TIMEOUT),
      failedToStart('two', NO_SUCH_IMAGE, { containers: [container({ reason: `${REASONS}no such image` })] }),
      failedToStart('three', 'a reason that nobody has seen before'),
    ],
    service: service({ events: [{ id: 'e1', at: at(220), message: '(service web) was unable to place a task.' }] }),
  }),
  poll(400, {
    tasks: [failedToStart('one', S3_TIMEOUT), failedToStart('four', NO_SUCH_IMAGE)],
    service: service({
      deployments: [
        deployment({ rolloutState: 'FAILED', rolloutStateReason: 'tasks failed to start', failedTasks: 4 }),
      ],
    }),
    serviceDeployments: [serviceDeployment({ status: 'ROLLBACK_SUCCESSFUL', statusReason: 'breaker', alarms: ['a1'] })],
  }),
]

function said(looks: readonly Poll[]): readonly Text[] {
  const lines: Text[] = []
  let state: Rollout = beginRollout(plan())
  for (const one of looks) {
    const after = step(state, one, one.at)
    lines.push(...newsOf(state, after), heartbeat(after))
    state = after
  }
  return lines
}

/** The attack stands alone, before ECS's words and behind them. */
function attacked(word: (at: number) => string): readonly (readonly Poll[])[] {
  const told = new Set([...FIXED, 'stoppedReason'])
  const behind = (text: string | null, number: number) => (text === null ? null : `${text} ${word(number)}`)
  return [
    reworded(STORY, word, FIXED),
    reworded(STORY, word, told).map((one) => {
      const { stopped } = one
      if (!stopped.known) return one
      const value = stopped.value.map((each, number) => ({
        ...each,
        stoppedReason: behind(each.stoppedReason, number),
      }))
      return { ...one, stopped: { ...stopped, value } }
    }),
  ]
}

test('the story has news of every kind that failures make', () => {
  const lines = said(STORY).map(({ en }) => en)
  for (const part of ['Following deployment', 'Task failed:', 'ECS said:', 'Still under way: ']) {
    expect(lines.some((line) => line.includes(part))).toBe(true)
  }
})

describe.each(LANGUAGES)('in %s', (language) => {
  test('a hostile account says nothing but words, a line each', () => {
    fc.assert(
      fc.property(hostileWord, (word) => {
        for (const text of attacked(word).flatMap(said)) {
          const line = progressLine(text, language)
          expectInert(line)
          expect(line).not.toMatch(/[\r\n]/)
          expect(line).not.toBe('')
        }
      }),
      { numRuns: draws(100) },
    )
  })

  test.each([
    ['::error::x', ': :error::x'],
    ['  ::add-mask::x', ': :add-mask::x'],
    ['\u0085\u00a0\ufe0f::stop-commands::x', ': :stop-commands::x'],
    ['ECS said: a\r\n::error::x', 'ECS said: a ::error::x'],
    ['ECS said: ##[error]x', 'ECS said: ## [error]x'],
    ['a %0A::error::x', 'a %0A::error::x'],
    ['\u001b[2J\u202eb', '\ufffd[2J\ufffdb'],
  ])('%j is said as %j', (hostile, line) => {
    expect(progressLine({ en: hostile, ko: hostile }, language)).toBe(line)
  })
})

test('what is too long for a reason is cut', () => {
  const line = progressLine({ en: 'a'.repeat(10_000), ko: '' }, 'en')
  expect(line).toMatch(/^a{1999}…$/)
})
