/** Records of rejected packets prove a filter, and nothing else. */
import { describe, expect, test } from '@jest/globals'
import { flowNotes, withRecords } from '../../../src/rollout/diagnose/flow-logs.ts'
import type { PreflightEvidence } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import type { FlowProof } from '../../../src/rollout/state.ts'
import { beginRollout } from '../../../src/rollout/state.ts'
import { learn, step } from '../../../src/rollout/step.ts'
import { finding, seoul } from '../grounds.ts'
import { at, failedToStart, plan, poll, S3_TIMEOUT, SUBNET_C } from '../world.ts'

const RECORD = 'srcAddr=10.20.3.57 dstAddr=52.219.148.62 action=REJECT'

function proof(fields: Partial<FlowProof> = {}): FlowProof {
  const addresses = { taskIp: '10.20.3.57', dialledIp: '52.219.148.62' }
  return { taskId: 't1', ...addresses, rejected: [RECORD], missing: null, ...fields }
}

/** One subnet of one: nothing but the text and the findings tells. */
function watched(preflight: PreflightEvidence, flows: readonly FlowProof[]) {
  const start = learn(beginRollout(plan()), { preflight }, at(0))
  const observed = poll(300, { tasks: [failedToStart('t1', S3_TIMEOUT, { subnetId: SUBNET_C })] })
  return learn(step(start, observed, observed.at), { flows }, at(400))
}

const affects = [{ subnetId: SUBNET_C, destination: 's3-layers' }]
const BY_ROUTE = seoul()
const BY_FILTER: PreflightEvidence = {
  ...seoul(),
  paths: seoul().paths.map((path) => (path.outcome === 'blocked' ? { ...path, outcome: 'intermittent' } : path)),
  findings: [finding('network-acl-closed', affects, { step: 'network-acls', subject: 'acl-1' })],
}

describe('a rejected packet', () => {
  test('makes a likely filter a proved one, and stands at the failure', () => {
    const [before] = watched(BY_FILTER, []).failures
    const [after] = watched(BY_FILTER, [proof()]).failures
    expect([before?.cause, before?.confidence]).toEqual(['network-acl-closed', 'likely'])
    expect([after?.cause, after?.confidence]).toEqual(['network-acl-closed', 'proved'])
    expect(after?.notes.map(({ en }) => en)).toContain(`VPC Flow Logs: ${RECORD}`)
    expect(after?.notes.map(({ ko }) => ko)).toContain(`VPC 흐름 로그: ${RECORD}`)
  })

  test('that is in no record proves nothing', () => {
    expect(watched(BY_FILTER, [proof({ rejected: [] })]).failures).toEqual(watched(BY_FILTER, []).failures)
  })

  test('of another task proves nothing here', () => {
    expect(watched(BY_FILTER, [proof({ taskId: 't2' })]).failures).toEqual(watched(BY_FILTER, []).failures)
  })

  test('leaves a cause that is no filter as sure as it was', () => {
    const [before] = watched(BY_ROUTE, []).failures
    const [after] = watched(BY_ROUTE, [proof()]).failures
    expect([after?.cause, after?.confidence]).toEqual([before?.cause, before?.confidence])
  })

  test('stands in the evidence of the finding that is the cause, and of no other', () => {
    const { failures, flows } = watched(BY_FILTER, [proof()])
    const other = finding('network-acl-closed', affects, { subject: 'acl-2' })
    const [own, stranger] = withRecords([...BY_FILTER.findings, other], failures, flows)
    expect(own?.evidence.map(({ en }) => en)).toEqual([`VPC Flow Logs: ${RECORD}`])
    expect(stranger?.evidence).toEqual([])
  })
})

test('what proves nothing is said: no record, or no answer', () => {
  const notes = flowNotes([
    proof(),
    proof({ rejected: [] }),
    proof({ rejected: [], missing: 'logs:StartQuery: denied' }),
  ])
  expect(notes.map(({ en }) => en)).toEqual([
    expect.stringContaining('no rejected packet between 10.20.3.57 and 52.219.148.62'),
    'VPC Flow Logs could not be asked: logs:StartQuery: denied',
  ])
})
