/** What counts as the cause of one failure, condition by condition. */
import { describe, expect, test } from '@jest/globals'
import type { Finding } from '../../../src/domain/report.ts'
import { readMessage } from '../../../src/ecs-errors/read-message.ts'
import { causeOf } from '../../../src/rollout/diagnose/cause.ts'
import type { PreflightEvidence } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import { finding, seoul } from '../grounds.ts'
import { S3_TIMEOUT, SUBNET_A, SUBNET_C } from '../world.ts'

const DENIED =
  'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8: unexpected status code [manifests 8]: 403 Forbidden'
const VAGUE_TIMEOUT = 'CannotPullContainerError: Error response from daemon: i/o timeout'

function cause(text: string, preflight: Partial<PreflightEvidence>, subnetId: string | null = SUBNET_C) {
  const { notes, ...found } = causeOf({ message: readMessage(text), subnetId }, { ...seoul(), ...preflight }, [])
  return { ...found, said: notes.map(({ en }) => en).join(' ') }
}

describe('a refusal', () => {
  const role = (fields: Partial<Finding> = {}) =>
    finding('execution-role-without-ecr', [], { subject: 'role/app', ...fields })
  const policy = (fields: Partial<Finding> = {}) =>
    finding('endpoint-policy-denies', [{ subnetId: SUBNET_C, destination: 'ecr-dkr' }], fields)

  test.each<[string, readonly Finding[], string | null, string]>([
    ['a blocker of all subnets proves it', [role()], 'execution-role-without-ecr', 'proved'],
    ['a warning is only possible', [role({ severity: 'warning' })], 'execution-role-without-ecr', 'possible'],
    ['advice is none', [role({ severity: 'advice' })], null, 'possible'],
    ['a blocker comes before a warning', [role({ severity: 'warning' }), policy()], 'endpoint-policy-denies', 'proved'],
    ['a blocker of this very destination proves it', [policy()], 'endpoint-policy-denies', 'proved'],
    [
      'a blocker of another destination is likely',
      [policy({ affects: [{ subnetId: SUBNET_C, destination: 's3-layers' }] })],
      'endpoint-policy-denies',
      'likely',
    ],
    [
      'a blocker of another subnet is none',
      [policy({ affects: [{ subnetId: SUBNET_A, destination: 'ecr-dkr' }] })],
      null,
      'possible',
    ],
    ['a check that speaks of something else is none', [finding('log-group-missing', [])], null, 'possible'],
  ])('%s', (_, findings, check, confidence) => {
    expect(cause(DENIED, { findings })).toMatchObject({ cause: check, confidence })
  })

  test('where the subnet is not known, any will do', () => {
    const elsewhere = policy({ affects: [{ subnetId: SUBNET_A, destination: 'ecr-dkr' }] })
    expect(cause(DENIED, { findings: [elsewhere] }, null)).toMatchObject({ confidence: 'proved' })
  })
})

describe('a time-out', () => {
  const blocked = (destination: string) => seoul({ [`${SUBNET_C} ${destination}`]: 'blocked' })
  const findings = (destination: string) => [finding('s3-route-missing', [{ subnetId: SUBNET_C, destination }])]

  test('on a blocked path without a finding is likely, and says where it is blocked', () => {
    const found = cause(S3_TIMEOUT, { ...blocked('s3-layers'), findings: [] })
    expect(found).toMatchObject({ cause: null, confidence: 'likely' })
    expect(found.said).toContain('is blocked. rtb-0c9e8d7f6a5b4c3d2 has no route to S3.')
  })

  test('on a path that is blocked at no hop says no more than that', () => {
    const preflight = blocked('s3-layers')
    const paths = preflight.paths.map((path) => ({ ...path, hops: [] }))
    expect(cause(S3_TIMEOUT, { ...preflight, paths }).said).toMatch(/is blocked\.$/)
  })

  test('in a subnet that nobody knows is likely', () => {
    expect(cause(S3_TIMEOUT, {}, null).confidence).toBe('likely')
  })

  test('that names nobody is explained by the one path that is blocked', () => {
    const found = cause(VAGUE_TIMEOUT, { ...blocked('ecr-api'), findings: findings('ecr-api') })
    expect(found).toMatchObject({ destination: null, cause: 's3-route-missing', confidence: 'likely' })
  })

  test('that names the registry may be of the layers, and of nothing else', () => {
    const named = S3_TIMEOUT.replace('52.219.148.62', '10.20.1.77')
    const of = (destination: string) => cause(named, { ...blocked(destination), findings: findings(destination) })
    expect(of('s3-layers')).toMatchObject({ destination: 'ecr-dkr', cause: 's3-route-missing', confidence: 'likely' })
    expect(of('ecr-api')).toMatchObject({ destination: 'ecr-dkr', cause: null, confidence: 'possible' })
  })

  test.each(['indeterminate', 'degraded'] as const)('on a path that is %s is possible', (outcome) => {
    const preflight = seoul({ [`${SUBNET_C} s3-layers`]: outcome })
    expect(cause(S3_TIMEOUT, preflight)).toMatchObject({ cause: 's3-route-missing', confidence: 'possible' })
  })

  test('to somebody that preflight does not know has no cause', () => {
    expect(cause(S3_TIMEOUT, { paths: [] })).toMatchObject({
      cause: null,
      confidence: 'possible',
      said: expect.anything(),
    })
  })

  test('on a path that is not required is not held against it', () => {
    const preflight = blocked('s3-layers')
    const paths = preflight.paths.map((path) => ({ ...path, required: false }))
    expect(cause(S3_TIMEOUT, { ...preflight, paths }).cause).toBeNull()
  })

  test("in a subnet where a warning and a blocker touch the path is the blocker's", () => {
    const affects = [{ subnetId: SUBNET_C, destination: 's3-layers' }]
    const both = [finding('endpoint-missing', affects, { severity: 'warning' }), finding('s3-route-missing', affects)]
    expect(cause(S3_TIMEOUT, { findings: both }).cause).toBe('s3-route-missing')
    const warning = both.slice(0, 1)
    expect(cause(S3_TIMEOUT, { findings: warning }).cause).toBe('endpoint-missing')
  })
})

describe('a subnet that fails alone', () => {
  const count = { availabilityZone: null, started: 1 }
  const alone = [
    { ...count, subnetId: SUBNET_A, failed: 0, succeeded: 1 },
    { ...count, subnetId: SUBNET_C, failed: 1, succeeded: 0 },
  ]
  test.each(['indeterminate', 'degraded', 'reachable'] as const)(
    'is likely at fault also on a path that is %s',
    (outcome) => {
      const preflight = seoul({ [`${SUBNET_C} s3-layers`]: outcome })
      const failing = { message: readMessage(S3_TIMEOUT), subnetId: SUBNET_C }
      expect(causeOf(failing, preflight, alone).confidence).toBe('likely')
      expect(causeOf(failing, preflight, []).confidence).toBe('possible')
    },
  )
  test('is likely at fault before preflight is there', () => {
    expect(causeOf({ message: readMessage(S3_TIMEOUT), subnetId: SUBNET_C }, null, alone).confidence).toBe('likely')
  })
})

test('where a path is blocked is said in both languages', () => {
  const { notes } = causeOf({ message: readMessage(S3_TIMEOUT), subnetId: SUBNET_C }, seoul(), [])
  expect(notes.at(-1)?.ko).toContain('S3 경로가 없는 라우팅 테이블: rtb-0c9e8d7f6a5b4c3d2')
})

describe('the endpoint that has the address', () => {
  const to = S3_TIMEOUT.replace('52.219.148.62', '10.20.1.77')
  const by = (service: string) =>
    cause(to, {
      endpoints: { '10.20.1.77': { endpointId: 'vpce-1', serviceName: `com.amazonaws.ap-northeast-2.${service}` } },
    })

  test.each([
    ['ecr.api', 'ecr-api'],
    ['ecr.dkr', 'ecr-dkr'],
    ['dkr.ecr-fips', 'ecr-dkr'],
    ['ecr-fips', 'ecr-api'],
    ['s3', 's3-layers'],
    ['logs', 'logs'],
    ['secretsmanager', 'secretsmanager'],
    ['ssm', 'ssm'],
    ['kms', 'kms'],
    ['execute-api', 'ecr-dkr'],
  ])('%s: %s', (service, destination) => {
    expect(by(service)).toMatchObject({ destination, endpointId: 'vpce-1' })
  })

  test('of S3 leaves environment files what they are', () => {
    const file =
      'ResourceInitializationError: failed to download env files: file download command: non empty error stream: RequestCanceled: request context canceled caused by: dial tcp 10.20.1.77:443: i/o timeout'
    const s3 = { '10.20.1.77': { endpointId: 'vpce-1', serviceName: 'com.amazonaws.ap-northeast-2.s3' } }
    expect(cause(file, { endpoints: s3 }).destination).toBe('s3-env-files')
  })
})
