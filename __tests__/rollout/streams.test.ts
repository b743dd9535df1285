/** Recorded EventBridge streams, replayed as looks. */
import { describe, expect, test } from '@jest/globals'
import { rolloutReport } from '../../src/rollout/report.ts'
import { reasonText } from '../../src/rollout/status/reason-text.ts'
import { document } from './documents.ts'
import { looksOf, type StreamEvent } from './eventbridge.ts'
import { followed } from './world.ts'

const CLUSTER = 'arn:aws:ecs:us-west-2:123456789012:service/Defang-testproj-beta-cluster'
const API = `${CLUSTER}/testproj_api-f9b8e2b`
const WEB = `${CLUSTER}/testproj_web-1bb0086`

/** As a watch would: it ends at the first look that ends it, and looks once more. */
function watched(file: string, serviceArn: string) {
  const looks = looksOf(document<readonly StreamEvent[]>(file), serviceArn)
  const beganAt = looks[0]?.at ?? 0
  const plan = { beganAt, deadlineAt: beganAt + 1_800_000 }
  const end = looks.findIndex((_, index) => followed(looks.slice(0, index + 1), plan).over)
  return followed(end < 0 ? looks : looks.slice(0, end + 2), plan)
}

describe.each([
  ['06-stream-build-task-exit-1.json', API],
  ['10-stream-success.json', API],
  ['10-stream-success.json', WEB],
  ['07-stream-elb-healthcheck-circuit-breaker.json', API],
])('%s %s', (file, arn) => {
  const state = watched(file, arn)

  test('is steady', () => {
    expect(state).toMatchObject({ phase: 'steady', over: true })
  })

  test('and nothing failed: neither the drained old tasks nor the tasks of others are ours', () => {
    expect(state.failures).toEqual([])
    expect(rolloutReport(state).tasks).toEqual({ started: 1, failed: 0, successRate: 1 })
  })
})

describe('health checks that fail, and a circuit breaker', () => {
  const looks = looksOf(document<readonly StreamEvent[]>('07-stream-elb-healthcheck-circuit-breaker.json'), WEB)
  const beganAt = looks[0]?.at ?? 0
  const state = followed(looks, { beganAt, deadlineAt: beganAt + 1_800_000 })

  test('the deployment failed', () => {
    expect(state.phase).toBe('failed')
    expect(reasonText(state).en).toContain('circuit breaker: tasks failed to start')
  })

  test('every failure is one of health, and none of the pull', () => {
    expect(state.failures.length).toBeGreaterThanOrEqual(3)
    expect(new Set(state.failures.map(({ label, step }) => `${label} ${step}`))).toEqual(new Set(['health/elb health']))
  })

  test('the exit codes are named as consequences, and the pull as done', () => {
    const notes = state.failures[0]?.notes.map(({ en }) => en).join(' ') ?? ''
    expect(notes).toContain('no cause')
    expect(notes).toContain('The image was pulled')
  })
})
