/** A failure is held against the network: never more certain than the evidence. */
import { describe, expect, test } from '@jest/globals'
import type { EcsTask } from '../../../src/domain/rollout.ts'
import type { PreflightEvidence } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import { learn } from '../../../src/rollout/step.ts'
import { finding, seoul } from '../grounds.ts'
import {
  at,
  exited,
  failedToStart,
  followed,
  NO_SUCH_IMAGE,
  poll,
  running,
  S3_TIMEOUT,
  SUBNET_A,
  SUBNET_C,
  service,
  task,
} from '../world.ts'

function judged(tasks: readonly EcsTask[], preflight: PreflightEvidence | null) {
  const state = followed([poll(220, { tasks })])
  return preflight === null ? state : learn(state, { preflight }, at(221))
}

const inC = { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c' }
const HIDDEN_HOST = S3_TIMEOUT.replace(': dial tcp 52.219.148.62:443: i/o timeout', ': i/o timeout')
const TO_ENDPOINT = S3_TIMEOUT.replace('52.219.148.62', '10.20.1.77')

test('the incident of Seoul: the layers come from S3, and this subnet has no route to it', () => {
  const [failure] = judged([failedToStart('t1', S3_TIMEOUT, inC)], seoul()).failures
  expect(failure).toMatchObject({
    label: 'pull/network-timeout',
    destination: 's3-layers',
    address: { ip: '52.219.148.62', port: 443, is: 's3', endpointId: null },
    cause: 's3-route-missing',
    causeSubject: 'rtb-0c9e8d7f6a5b4c3d2',
    confidence: 'proved',
  })
  const notes = failure?.notes.map(({ en }) => en).join(' ') ?? ''
  expect(notes).toContain('52.219.148.62 is an address of Amazon S3, not of ECR')
  expect(notes).toContain(`The path from ${SUBNET_C} to s3-layers is blocked`)
})

test('before preflight is there the words are all that is known', () => {
  const [failure] = judged([failedToStart('t1', S3_TIMEOUT, inC)], null).failures
  expect(failure).toMatchObject({ cause: null, confidence: 'possible', destination: 's3-layers' })
})

test('a path that is open as read proves nothing, and is said to be', () => {
  const [failure] = judged([failedToStart('t1', S3_TIMEOUT)], seoul()).failures
  expect(failure).toMatchObject({ subnetId: SUBNET_A, cause: null, confidence: 'possible' })
  expect(failure?.notes.map(({ en }) => en).join(' ')).toContain('is open')
})

test('the agent hides the host of the layers: the one blocked path of the subnet is likely', () => {
  const [failure] = judged([failedToStart('t1', HIDDEN_HOST, inC), running('t2')], seoul()).failures
  expect(failure).toMatchObject({ cause: 's3-route-missing' })
})

test('the address of an endpoint tells more than the host in the text', () => {
  const [failure] = judged([failedToStart('t1', TO_ENDPOINT, inC)], seoul()).failures
  expect(failure).toMatchObject({
    destination: 'ecr-dkr',
    address: { ip: '10.20.1.77', is: 'private', endpointId: 'vpce-0b8c7d6e5f4031224' },
  })
  expect(failure?.confidence).not.toBe('proved')
})

test('an indeterminate path is possible at most', () => {
  const preflight = seoul({ [`${SUBNET_C} s3-layers`]: 'indeterminate' })
  expect(judged([failedToStart('t1', S3_TIMEOUT, inC)], preflight).failures[0]?.confidence).toBe('possible')
})

test('an intermittent path is likely', () => {
  const preflight = seoul({ [`${SUBNET_C} s3-layers`]: 'intermittent' })
  expect(judged([failedToStart('t1', S3_TIMEOUT, inC)], preflight).failures[0]).toMatchObject({
    cause: 's3-route-missing',
    confidence: 'likely',
  })
})

describe('only in one subnet', () => {
  const strange = 'Something that nobody has ever read before'

  test('whatever the text says, the subnet is the suspect', () => {
    const tasks = [failedToStart('t1', strange, inC), running('t2')]
    expect(judged(tasks, seoul()).failures[0]).toMatchObject({
      label: 'unknown',
      cause: 's3-route-missing',
      confidence: 'likely',
    })
    const notes = judged(tasks, seoul())
      .failures[0]?.notes.map(({ en }) => en)
      .join(' ')
    expect(notes).toContain(`only in ${SUBNET_C}`)
  })

  test('not while no other subnet has started anything', () => {
    expect(judged([failedToStart('t1', strange, inC)], seoul()).failures[0]).toMatchObject({
      cause: null,
      confidence: 'possible',
    })
  })

  test('nor when another one fails as well', () => {
    const tasks = [failedToStart('t1', strange, inC), running('t2'), failedToStart('t3', strange)]
    expect(judged(tasks, seoul()).failures[0]?.cause).toBeNull()
  })
})

test('a denied pull is explained by the role, not by a route', () => {
  const denied =
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8: unexpected status code [manifests 8]: 403 Forbidden'
  const role = finding('execution-role-without-ecr', [], { step: 'role', subject: 'role/app' })
  const preflight = { ...seoul(), findings: [...seoul().findings, role] }
  const [failure] = judged([failedToStart('t1', denied, inC)], preflight).failures
  expect(failure).toMatchObject({ cause: 'execution-role-without-ecr', confidence: 'proved' })
})

test('on EC2 the subnet is that of the instance', () => {
  const onInstance = {
    subnetId: null,
    availabilityZone: 'ap-northeast-2c',
    containerInstanceArn: 'arn:aws:ecs:ap-northeast-2:123456789012:container-instance/demo/abc',
  }
  const [failure] = judged([failedToStart('t1', S3_TIMEOUT, onInstance)], seoul()).failures
  expect(failure).toMatchObject({ subnetId: SUBNET_C, confidence: 'proved' })
})

describe('what is no failure of ours', () => {
  const drained = exited('t1', 137, {
    stopCode: 'ServiceSchedulerInitiated',
    stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2222222222222222222)',
  })

  test.each([
    ['scaled in, killed with 137', drained],
    [
      'stopped by the scheduler for a reason of its own',
      exited('t1', 0, { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'A reason of next year' }),
    ],
    ['stopped by a person', exited('t1', 0, { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' })],
    ['of another deployment', failedToStart('t1', NO_SUCH_IMAGE, { startedBy: 'ecs-svc/1' })],
    ['of no service', failedToStart('t1', NO_SUCH_IMAGE, { startedBy: null, group: 'family:web' })],
  ])('%s', (_, one) => {
    expect(judged([one], seoul()).failures).toEqual([])
  })

  test('137 without a reason is not out of memory', () => {
    expect(judged([exited('t1', 137)], null).failures[0]).toMatchObject({
      label: 'run/essential-exited',
      exitCode: 137,
    })
  })
})

test('a stop code of next year without words is an unknown failure at the step the times tell', () => {
  const odd = { stopCode: 'LunarEclipse', stoppedReason: null, pullStartedAt: at(20) }
  expect(judged([failedToStart('t1', '', odd)], null).failures[0]).toMatchObject({ label: 'unknown', step: 'pull' })
})

describe('events', () => {
  const message =
    '(service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.'
  const judgedEvent = (seconds: number) =>
    followed([poll(60, { service: service({ events: [{ id: 'e1', at: at(seconds), message }] }) })]).failures

  test('of this rollout tell why no task came into being', () => {
    expect(judgedEvent(10)).toMatchObject([{ taskId: null, label: 'placement/no-instances', step: 'placement' }])
  })

  test('of the rollout before are not ours', () => {
    expect(judgedEvent(-600)).toEqual([])
  })
})

test('of two sights the one with the higher version is kept, in whatever order they come', () => {
  const sights = [
    running('t1', { version: 5, healthStatus: 'HEALTHY' }),
    running('t1', { version: 4, healthStatus: 'UNKNOWN' }),
  ]
  for (const order of [sights, [...sights].reverse()]) {
    const state = followed(order.map((one, index) => poll(50 + index, { tasks: [one] })))
    expect(state.observed.tasks['t1']?.task.healthStatus).toBe('HEALTHY')
  }
})

test('a task on its way is no failure', () => {
  expect(judged([task('t1')], seoul()).failures).toEqual([])
})
