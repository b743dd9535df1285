/** Failures that differ in nothing but their ids are one entry; what differs in a word is another. */
import { describe, expect, test } from '@jest/globals'
import type { RolloutFailure } from '../../../src/domain/rollout.ts'
import { groupFailures } from '../../../src/report/document/failure-groups.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { SEOUL } from '../samples.ts'

const [first] = ROLLOUTS['rollout-failed']?.rollout?.failures ?? []
if (first === undefined) throw new Error('a sample without failures')
const FAILURE: RolloutFailure = first

function another(fields: Partial<RolloutFailure>): RolloutFailure {
  return { ...FAILURE, taskId: '0123456789abcdef0123456789abcdef', ...fields }
}

test('the tasks of one failure are counted and listed, with their first and last time', () => {
  const later = another({ at: (FAILURE.at ?? 0) + 60_000, privateIp: '10.20.3.99' })
  const [group, ...others] = groupFailures([FAILURE, later], SEOUL.findings)
  expect(others).toEqual([])
  expect(group).toMatchObject({
    failure: FAILURE,
    count: 2,
    taskIds: [FAILURE.taskId, later.taskId],
    firstAt: FAILURE.at,
    lastAt: later.at,
    places: ['subnet-0c63e9f40bd57b82a (ap-northeast-2c)'],
  })
})

test.each<[string, Partial<RolloutFailure>]>([
  ['the dialled address', { text: FAILURE.text.replace('52.219.148.62', '3.5.188.35') }],
  ['the task in the text', { text: `${FAILURE.text} (task 0f1e2d3c4b5a69788796a5b4c3d2e1f0)` }],
])('%s makes no difference', (_, fields) => {
  const same = FAILURE.text.includes('(task')
    ? FAILURE
    : another({ text: `${FAILURE.text} (task 3c2d1e0f9a8b47766554433221100fff)` })
  const one = fields.text?.includes('(task') === true ? same : FAILURE
  expect(groupFailures([one, another(fields)], [])).toHaveLength(1)
})

test.each<[string, Partial<RolloutFailure>]>([
  ['label', { label: 'pull/dns-failure' }],
  ['destination', { destination: 'ecr-api' }],
  ['cause', { cause: 'blackhole-route' }],
  ['subject of the cause', { causeSubject: 'rtb-0a1b2c3d4e5f60718' }],
  ['certainty', { confidence: 'likely' }],
  ['container', { container: 'sidecar' }],
  ['exit code', { exitCode: 137 }],
  ['text', { text: 'CannotPullContainerError: something else' }],
])('another %s is another failure', (_, fields) => {
  expect(groupFailures([FAILURE, another(fields)], [])).toHaveLength(2)
})

test('a fault of the network that several subnets have is one failure with its count, and each is named', () => {
  const subnets = ['subnet-0a41c7d2e9b35f608', 'subnet-0b52d8e3fac46a719']
  const [group, ...others] = groupFailures([FAILURE, ...subnets.map((subnetId) => another({ subnetId }))], [])
  expect(others).toEqual([])
  expect(group?.count).toBe(3)
  expect(group?.places.map((place) => place.split(' ')[0])).toEqual([FAILURE.subnetId, ...subnets])
})

test('a subnet that nothing speaks of is no difference, and both are named', () => {
  const crash = { notes: [], label: 'run/essential-exited', text: 'Essential container in task exited' } as const
  const groups = groupFailures(
    [another(crash), another({ ...crash, subnetId: 'subnet-1', availabilityZone: null })],
    [],
  )
  expect(groups.map(({ places }) => places)).toEqual([['subnet-0c63e9f40bd57b82a (ap-northeast-2c)', 'subnet-1']])
})

test('the largest group comes first', () => {
  const rare = another({ label: 'pull/dns-failure' })
  expect(groupFailures([rare, FAILURE, another({})], []).map(({ count }) => count)).toEqual([2, 1])
})

describe('the finding behind it', () => {
  const finding = SEOUL.findings.find(({ check }) => check === 's3-route-missing')

  test('is known by its check and its subject', () => {
    expect(groupFailures([FAILURE], SEOUL.findings)[0]?.finding).toBe(finding)
    expect(groupFailures([another({ causeSubject: 'rtb-other' })], SEOUL.findings)[0]?.finding).toBeNull()
  })

  test('is only a suspect where nothing but its kind speaks for it', () => {
    expect(groupFailures([another({ confidence: 'possible' })], SEOUL.findings)[0]).toMatchObject({
      finding: null,
      suspect: finding,
    })
  })
})
