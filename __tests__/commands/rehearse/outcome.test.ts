import { describe, expect, test } from '@jest/globals'
import { NO_PROGRAM } from '../../../src/commands/rehearse/definition.ts'
import { endOf } from '../../../src/commands/rehearse/outcome.ts'
import { agreement } from '../../../src/commands/rehearse/prediction.ts'
import { suspectsOf } from '../../../src/commands/rehearse/suspicion.ts'
import type { EcsContainer, EcsTask } from '../../../src/domain/rollout.ts'

const MISSING = `CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${NO_PROGRAM}": stat ${NO_PROGRAM}: no such file or directory: unknown`

const CONTAINER: EcsContainer = {
  name: 'web',
  image: 'example.com/web:1',
  digest: null,
  lastStatus: 'STOPPED',
  exitCode: null,
  reason: null,
  healthStatus: null,
  memory: null,
}

function task(more: Partial<EcsTask>): EcsTask {
  return {
    id: 't',
    arn: 'arn',
    group: null,
    startedBy: null,
    taskDefinitionArn: '',
    version: 1,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'TaskFailedToStart',
    stoppedReason: MISSING,
    healthStatus: null,
    availabilityZone: null,
    subnetId: null,
    privateIp: null,
    containerInstanceArn: null,
    createdAt: 0,
    pullStartedAt: 10_000,
    pullStoppedAt: 22_440,
    startedAt: null,
    stoppingAt: 30_000,
    stoppedAt: 40_000,
    containers: [{ ...CONTAINER, reason: MISSING }],
    ...more,
  }
}

describe('the end of a task', () => {
  test('whose program is not there has pulled, also where ECS cuts the reason', () => {
    expect(endOf(task({}))).toEqual({ outcome: 'pulled', pullSeconds: 12.4, label: null, text: MISSING })
    const cut = `${MISSING.slice(0, 252)}...`
    expect(endOf(task({ stoppedReason: cut, containers: [CONTAINER] }))).toMatchObject({ outcome: 'pulled', text: cut })
  })

  test('is told by its container where the task itself does not say it, or by the code 127 alone', () => {
    const vague = { stoppedReason: 'Task failed to start' }
    expect(endOf(task(vague))).toMatchObject({ outcome: 'pulled', text: MISSING })
    const silent = { stoppedReason: 'Essential container in task exited', stopCode: 'EssentialContainerExited' }
    const containers = [{ ...CONTAINER, exitCode: 127 }]
    expect(endOf(task({ ...silent, containers }))).toMatchObject({ outcome: 'pulled' })
    expect(endOf(task({ ...silent, containers, pullStoppedAt: null }))).toMatchObject({ outcome: 'failed' })
  })

  test('before that is the truth about the subnet', () => {
    const stoppedReason = 'CannotPullContainerError: dial tcp 52.219.148.62:443: i/o timeout'
    const failed = task({ stoppedReason, containers: [CONTAINER], pullStoppedAt: null })
    expect(endOf(failed)).toEqual({
      outcome: 'failed',
      pullSeconds: null,
      label: 'pull/network-timeout',
      text: stoppedReason,
    })
  })

  test('for want of a place is no word on the pull', () => {
    const stoppedReason = 'Timeout waiting for network interface provisioning to complete.'
    const end = endOf(task({ stoppedReason, containers: [CONTAINER], pullStartedAt: null, pullStoppedAt: null }))
    expect(end?.outcome).toBe('not-placed')
  })

  test('that somebody else made is not seen to its end', () => {
    const by = { stopCode: 'UserInitiated', stoppedReason: 'enough', containers: [CONTAINER] }
    expect(endOf(task(by))).toMatchObject({ outcome: 'timed-out', text: 'enough' })
  })

  test('is not there while the task is under way, or its reason is not', () => {
    const under = { desiredStatus: 'RUNNING', stopCode: null, stoppedReason: null, containers: [CONTAINER] }
    expect(endOf(task({ ...under, lastStatus: 'PENDING' }))).toBeNull()
    const vague = { stoppedReason: 'Task failed to start', containers: [CONTAINER] }
    expect(endOf(task({ ...vague, lastStatus: 'DEPROVISIONING' }))).toBeNull()
    expect(endOf(task(vague))).toMatchObject({ outcome: 'failed' })
  })

  test('does not vouch for an image of another registry that nobody saw come', () => {
    const digest = 'sha256:1'
    const first = { ...CONTAINER, reason: MISSING }
    const other = { ...CONTAINER, name: 'proxy', image: 'public.ecr.aws/envoy:1' }
    expect(endOf(task({ containers: [first, other], lastStatus: 'DEPROVISIONING' }))).toBeNull()
    expect(endOf(task({ containers: [first, other] }))).toMatchObject({ outcome: 'timed-out' })
    expect(endOf(task({ containers: [first, { ...other, digest }] }))).toMatchObject({ outcome: 'pulled' })
    const same = { ...other, image: 'example.com/other:1' }
    expect(endOf(task({ containers: [first, same] }))).toMatchObject({ outcome: 'pulled' })
  })
})

describe('a subnet is suspected', () => {
  const seen = (subnetId: string, more: object) => ({ subnetId, startedAt: 0, task: null, end: null, ...more })
  const pulled = { task: task({ pullStoppedAt: 41_000 }), end: endOf(task({})) }

  test('once it takes longer than the others took, and not before one of them is done', () => {
    const slow = seen('b', {})
    expect(suspectsOf([seen('a', {}), slow], 600_000)).toEqual([])
    expect(suspectsOf([seen('a', pulled), slow], 50_000)).toEqual([])
    expect(suspectsOf([seen('a', pulled), slow], 60_000)).toEqual([{ subnetId: 'b', seconds: 60, othersSeconds: 41 }])
  })

  test('not where its pull is over, or its end is known', () => {
    const over = seen('b', { task: task({ desiredStatus: 'RUNNING' }) })
    const ended = seen('c', { end: { outcome: 'failed', pullSeconds: null, label: null, text: '' } })
    expect(suspectsOf([seen('a', pulled), over, ended], 600_000)).toEqual([])
  })
})

test.each([
  ['pulled', 'reachable', true],
  ['pulled', 'degraded', true],
  ['pulled', 'blocked', false],
  ['failed', 'blocked', true],
  ['failed', 'reachable', false],
  ['failed', 'intermittent', true],
  ['pulled', 'intermittent', true],
  ['pulled', 'indeterminate', null],
  ['not-placed', 'reachable', null],
  ['timed-out', 'blocked', null],
] as const)('%s where preflight said %s: %s', (outcome, predicted, agrees) => {
  expect(agreement(outcome, predicted)).toBe(agrees)
})
