/** What a stopped task says about its own end, condition by condition. */
import { describe, expect, test } from '@jest/globals'
import { culpritOf, silentStopOf, stopReasonOf } from '../../../src/rollout/diagnose/stop-reason.ts'
import { at, container, exited, failedToStart, NO_SUCH_IMAGE, running, S3_TIMEOUT, task } from '../world.ts'

describe('the container whose end ended the task', () => {
  const named = (codes: readonly (number | null)[]) =>
    codes.map((exitCode, index) => container({ name: `c${index}`, exitCode }))
  test.each<[string, readonly (number | null)[], string | null]>([
    ['an error', [1], 'c0'],
    ['an error, after one that was killed', [137, 1], 'c1'],
    ['an error, after one that was asked to stop', [143, 1], 'c1'],
    ['an error, after one that ended well', [0, 1], 'c1'],
    ['one that was killed, after one that was asked to stop', [143, 137], 'c1'],
    ['one that was killed, before one that ended well', [0, 137], 'c1'],
    ['one that ended well, after one that was asked to stop', [143, 0], 'c1'],
    ['one that was asked to stop, where no other ended', [null, 143], 'c1'],
    ['the first of two errors', [2, 1], 'c0'],
    ['nobody, where none ended', [null, null], null],
  ])('is %s', (_, codes, expected) => {
    expect(culpritOf(named(codes))?.name ?? null).toBe(expected)
  })
})

describe('a task that stops', () => {
  const scaled = 'Scaling activity initiated by (deployment ecs-svc/2222222222222222222)'
  test.each([
    ['runs', running('t')],
    ['gives neither a code nor a reason', failedToStart('t', '', { stoppedReason: null, stopCode: null })],
    ['is scaled in', exited('t', 143, { stoppedReason: scaled, stopCode: 'ServiceSchedulerInitiated' })],
    ['was stopped by a user', exited('t', 1, { stopCode: 'UserInitiated' })],
    [
      'the scheduler stops for a reason of its own',
      exited('t', 1, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'x' }),
    ],
  ])('that %s, has not failed', (_, one) => {
    expect(stopReasonOf(one)).toBeNull()
  })

  test('only with a code has the code for a text', () => {
    expect(stopReasonOf(failedToStart('t', '', { stoppedReason: null }))).toMatchObject({
      text: 'TaskFailedToStart',
      message: { label: 'unknown' },
    })
  })

  test('vaguely is explained by its container', () => {
    const one = exited('t', 1, { containers: [container({ exitCode: 1, reason: NO_SUCH_IMAGE })] })
    expect(stopReasonOf(one)).toMatchObject({
      text: NO_SUCH_IMAGE,
      step: 'pull',
      message: { label: 'pull/image-not-found' },
    })
  })

  test('vaguely is not explained by a container that is vague as well', () => {
    const one = exited('t', 1, {
      containers: [container({ exitCode: 1, reason: 'Essential container in task exited' })],
    })
    expect(stopReasonOf(one)).toMatchObject({ text: 'Essential container in task exited', container: { exitCode: 1 } })
  })

  test('with a definite reason keeps it, whatever a container says', () => {
    const one = failedToStart('t', S3_TIMEOUT, { containers: [container({ reason: NO_SUCH_IMAGE })] })
    expect(stopReasonOf(one)).toMatchObject({ text: S3_TIMEOUT, container: null })
  })

  test.each([
    ['longer', `${S3_TIMEOUT}, and more`, `${S3_TIMEOUT}, and more`],
    ['as long', S3_TIMEOUT, S3_TIMEOUT],
  ])('takes the reason of its container where that is the same and %s', (_, reason, text) => {
    const one = failedToStart('t', S3_TIMEOUT, { containers: [container({ name: 'app', reason })] })
    expect(stopReasonOf(one)).toMatchObject({ text, container: { name: 'app' } })
  })

  test.each([
    ['start', { startedAt: at(40) }],
    ['start', { pullStoppedAt: at(40) }],
    ['pull', { pullStartedAt: at(40) }],
    ['init', {}],
  ])('without words is at the step %s by its times', (step, times) => {
    expect(stopReasonOf(failedToStart('t', 'something new', times))?.step).toBe(step)
  })

  test('knows the S3 addresses of its Region', () => {
    const elsewhere = S3_TIMEOUT.replace('52.219.148.62', '44.1.2.3')
    expect(stopReasonOf(failedToStart('t', elsewhere))?.message.address?.is).toBe('public')
    expect(stopReasonOf(failedToStart('t', elsewhere), ['44.1.2.0/24'])?.message.address?.is).toBe('s3')
  })
})

describe('a task at rest that never said why', () => {
  const silent = task('t', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
  test('is a failure', () => {
    expect(silentStopOf(silent)).toMatchObject({ text: '', step: 'init', container: null })
  })
  test.each([
    ['started', { startedAt: at(30) }],
    ['gives a code', { stopCode: 'TaskFailedToStart' }],
    ['gives a reason', { stoppedReason: 'x' }],
    ['is not at rest', { lastStatus: 'DEPROVISIONING' }],
  ])('is none where it %s', (_, fields) => {
    expect(silentStopOf({ ...silent, ...fields })).toBeNull()
  })
})
