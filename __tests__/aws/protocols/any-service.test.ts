/** Services without a bundled client, asked over the wire: three protocols, their errors, and where requests go. */
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../../simulator/fault.ts'
import { OPERATIONS } from '../../../simulator/operations.ts'
import type { Simulator } from '../../../simulator/start.ts'
import { type AwsService, call, type Loose } from '../../../src/aws/calls/call.ts'
import { CALLS } from '../../../src/aws/calls/table.ts'
import { clientOf } from '../../../src/aws/protocols/any-service.ts'
import { SERVICE_PROTOCOLS, type UnbundledService } from '../../../src/aws/protocols/services.ts'
import { connect } from '../../../src/aws/reader/connection.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { simulate } from '../simulated.ts'

let simulator: Simulator | undefined

const REGION = 'eu-central-1'
const ARN = `arn:aws:kms:${REGION}:123456789012:key/k-1`

const FILES = {
  'meta.json': { schemaVersion: 1, region: REGION, accountId: '123456789012' },
  'kms/describe-key/any.json': {
    KeyMetadata: { KeyId: 'k-1', Arn: ARN, Enabled: true, CreationDate: '2026-11-20T01:02:03+00:00' },
  },
  'kms/get-key-policy/k-1.json': { Policy: '{}', PolicyName: 'default' },
  'autoscaling/describe-auto-scaling-groups.json': {
    AutoScalingGroups: [
      { AutoScalingGroupName: 'other', MinSize: 0, AvailabilityZones: [], Instances: [] },
      {
        AutoScalingGroupName: 'nodes & more',
        MinSize: 1,
        MaxSize: 30,
        NewInstancesProtectedFromScaleIn: true,
        VPCZoneIdentifier: 'subnet-1,subnet-2',
        AvailabilityZones: [`${REGION}a`],
        SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'by hand' }],
        Instances: [],
      },
    ],
  },
  'efs/describe-mount-targets/any.json': { MountTargets: [{ FileSystemId: 'fs-1', MountTargetId: 'fsmt-1' }] },
  'efs/describe-mount-target-security-groups/fsmt-1.json': { SecurityGroups: ['sg-1'] },
  'route53profiles/list-profile-associations.json': {
    ProfileAssociations: [
      { Id: 'rpassoc-1', ProfileId: 'rp-1', ResourceId: 'vpc-1', CreationTime: '2026-11-20T00:00:00.000Z' },
      { Id: 'rpassoc-2', ProfileId: 'rp-2', ResourceId: 'vpc-2' },
    ],
  },
  'route53profiles/list-profile-resource-associations/any.json': {
    ProfileResourceAssociations: [{ ProfileId: 'rp-1', ResourceType: 'PRIVATE_HOSTED_ZONE' }],
  },
  'route53resolver/list-firewall-rules/any.json': { FirewallRules: [{ FirewallRuleGroupId: 'rslvr-frg-1' }] },
  'lambda/get-function-configuration/check.json': { FunctionName: 'check', State: 'Active' },
  's3files/list-mount-targets/any.json': { mountTargets: [{ fileSystemId: 'fs-2', mountTargetId: 'fsmt-2' }] },
  'vpc-lattice/get-target-group/tg-1.json': { id: 'tg-1', status: 'ACTIVE' },
  'organizations/describe-organization.json': { Organization: { Id: 'o-1' } },
}

async function connected(more: { readonly faults?: readonly Fault[]; readonly maxAttempts?: number } = {}) {
  simulator = await simulate({ files: FILES, faults: more.faults ?? [] })
  return connect({ region: REGION, endpoint: simulator.url, maxAttempts: more.maxAttempts ?? 1 })
}

const [key, , policy] = [FILES['kms/describe-key/any.json'].KeyMetadata, 0, FILES['kms/get-key-policy/k-1.json']]

test.each<[UnbundledService, string, Loose, Loose]>([
  ['kms', 'DescribeKey', { KeyId: ARN }, { KeyMetadata: { ...key, CreationDate: new Date('2026-11-20T01:02:03Z') } }],
  ['kms', 'GetKeyPolicy', { KeyId: ARN, PolicyName: 'default' }, policy],
  [
    'autoscaling',
    'DescribeAutoScalingGroups',
    { AutoScalingGroupNames: ['nodes & more', 'gone'] },
    { AutoScalingGroups: [FILES['autoscaling/describe-auto-scaling-groups.json'].AutoScalingGroups[1]] },
  ],
  ['autoscaling', 'DescribeAutoScalingGroups', { AutoScalingGroupNames: ['gone'] }, { AutoScalingGroups: [] }],
  ['efs', 'DescribeMountTargets', { FileSystemId: 'fs-1' }, FILES['efs/describe-mount-targets/any.json']],
  ['efs', 'DescribeMountTargetSecurityGroups', { MountTargetId: 'fsmt-1' }, { SecurityGroups: ['sg-1'] }],
  [
    'route53profiles',
    'ListProfileAssociations',
    { ResourceId: 'vpc-1' },
    { ProfileAssociations: [{ Id: 'rpassoc-1', CreationTime: new Date('2026-11-20T00:00:00Z') }] },
  ],
  [
    'route53profiles',
    'ListProfileResourceAssociations',
    { ProfileId: 'rp-1' },
    FILES['route53profiles/list-profile-resource-associations/any.json'],
  ],
  [
    'route53resolver',
    'ListFirewallRules',
    { FirewallRuleGroupId: 'rslvr-frg-1' },
    FILES['route53resolver/list-firewall-rules/any.json'],
  ],
  [
    'lambda',
    'GetFunctionConfiguration',
    { FunctionName: 'check' },
    FILES['lambda/get-function-configuration/check.json'],
  ],
  ['s3files', 'ListMountTargets', { fileSystemId: 'fs-2' }, FILES['s3files/list-mount-targets/any.json']],
  ['vpc-lattice', 'GetTargetGroup', { targetGroupIdentifier: 'tg-1' }, FILES['vpc-lattice/get-target-group/tg-1.json']],
  ['organizations', 'DescribeOrganization', {}, { Organization: { Id: 'o-1' } }],
])('%s %s is asked and answered as AWS writes it', async (service, operation, input, answer) => {
  const connection = await connected()
  expect(await connection.send(service, operation, input)).toMatchObject(answer)
  expect(simulator?.requests()).toMatchObject([{ service, operation, params: input }])
})

test('every page is read', async () => {
  simulator = await simulate({ files: FILES, pageSize: 1 })
  const listProfiles = call({
    service: 'route53profiles',
    operation: 'ListProfileAssociations',
    list: 'ProfileAssociations',
  })
  const reader = openLive({ region: REGION, endpoint: simulator.url })
  expect(await reader.read(listProfiles)).toMatchObject({ value: [{ ProfileId: 'rp-1' }, { ProfileId: 'rp-2' }] })
})

/** One of each protocol. */
const ONE_OF_EACH = [
  call({ service: 'kms', operation: 'DescribeKey', list: null, always: { KeyId: 'k-1' } }),
  call({ service: 'efs', operation: 'DescribeMountTargets', list: 'MountTargets', always: { FileSystemId: 'fs-1' } }),
  call({ service: 'autoscaling', operation: 'DescribeAutoScalingGroups', list: 'AutoScalingGroups' }),
]

describe.each(ONE_OF_EACH)('an error of $service', (asked) => {
  test.each([
    ['denied', 'denied', /not authorized to perform: [a-z]+:Describe/],
    ['throttled', 'throttled', /^Throttling/],
    ['expired', 'denied', /^ExpiredToken/],
    ['torn', 'unreachable', /./],
    ['garbage', 'garbled', /./],
  ] as const)('%s is understood', async (kind, because, said) => {
    simulator = await simulate({ files: FILES, faults: [{ on: '*', kind }] })
    const reader = openLive({ region: REGION, endpoint: simulator.url, maxAttempts: 1 })
    const answer = await reader.read(asked)
    expect(answer).toMatchObject({ known: false, because, permission: asked.permission })
    expect(answer.known ? '' : answer.detail).toMatch(said)
  })

  test('of throttling is tried again', async () => {
    const connection = await connected({ faults: [{ on: '*', kind: 'throttled', times: 1 }], maxAttempts: 2 })
    await connection.send(asked.service, asked.operation, asked.always)
    expect(simulator?.requests()).toHaveLength(2)
  })

  test('ends with the signal', async () => {
    simulator = await simulate({ files: FILES, latencyMs: 60_000 })
    const abort = new AbortController()
    const connection = connect({ region: REGION, endpoint: simulator.url, signal: abort.signal })
    const answer = connection.send(asked.service, asked.operation, asked.always)
    abort.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  })
})

test.each<[UnbundledService, string, string, string]>([
  ['kms', 'eu-central-1', 'https://kms.eu-central-1.amazonaws.com/', 'kms eu-central-1'],
  ['efs', 'cn-north-1', 'https://elasticfilesystem.cn-north-1.amazonaws.com.cn/', 'elasticfilesystem cn-north-1'],
  [
    'service-quotas',
    'us-gov-east-1',
    'https://servicequotas.us-gov-east-1.amazonaws.com/',
    'servicequotas us-gov-east-1',
  ],
  ['organizations', 'eu-central-1', 'https://organizations.us-east-1.amazonaws.com/', 'organizations us-east-1'],
  [
    'organizations',
    'cn-north-1',
    'https://organizations.cn-northwest-1.amazonaws.com.cn/',
    'organizations cn-northwest-1',
  ],
  [
    'organizations',
    'us-gov-east-1',
    'https://organizations.us-gov-west-1.amazonaws.com/',
    'organizations us-gov-west-1',
  ],
])('%s of %s lives at %s', (service, region, url, signed) => {
  expect(endpointOf(service, { Region: region })).toEqual([url, signed])
})

test('FIPS and dual-stack endpoints have names of their own', () => {
  const host = (place: object) => endpointOf('kms', { Region: REGION, ...place })[0]
  expect([host({ UseFIPS: true }), host({ UseDualStack: true }), host({ Endpoint: 'http://127.0.0.1:1/x' })]).toEqual([
    'https://kms-fips.eu-central-1.amazonaws.com/',
    'https://kms.eu-central-1.api.aws/',
    'http://127.0.0.1:1/x',
  ])
})

function endpointOf(service: UnbundledService, place: object): readonly string[] {
  const { endpointProvider } = clientOf(service).config as { endpointProvider: (place: object) => Endpoint }
  const { url, properties } = endpointProvider(place)
  return [
    url.href,
    ...properties.authSchemes.map(({ signingName, signingRegion }) => `${signingName} ${signingRegion}`),
  ]
}

interface Endpoint {
  readonly url: URL
  readonly properties: { readonly authSchemes: readonly { signingName: string; signingRegion: string }[] }
}

test.each<[string, UnbundledService]>([
  ['AWS_ENDPOINT_URL', 'kms'],
  ['AWS_ENDPOINT_URL_SERVICE_QUOTAS', 'service-quotas'],
  ['AWS_ENDPOINT_URL_VPC_LATTICE', 'vpc-lattice'],
  ['AWS_ENDPOINT_URL_EFS', 'efs'],
])('%s leads elsewhere', async (variable, service) => {
  simulator = await simulate({ files: FILES })
  process.env[variable] = simulator.url
  try {
    const input = { KeyId: 'k-1', FileSystemId: 'fs-1', targetGroupIdentifier: 'tg-1' }
    const operation = { kms: 'DescribeKey', efs: 'DescribeMountTargets', 'vpc-lattice': 'GetTargetGroup' }
    const name = operation[service as keyof typeof operation] ?? 'GetServiceQuota'
    await connect({ region: REGION, maxAttempts: 1 })
      .send(service, name, input)
      .catch(() => {})
    expect(simulator.requests()).toMatchObject([{ service, operation: name, region: REGION }])
  } finally {
    delete process.env[variable]
  }
})

const OWN = CALLS.filter(({ service }) => isUnbundled(service)).map((one) => [one.permission, one] as const)

function isUnbundled(service: AwsService): service is UnbundledService {
  return Object.hasOwn(SERVICE_PROTOCOLS, service)
}

test.each(OWN)(
  '%s has a row here and in the simulator, for every parameter',
  (_permission, { service, operation, by, always }) => {
    if (!isUnbundled(service)) throw new TypeError(service)
    expect(() => clientOf(service).command(operation)).not.toThrow()
    expect(Object.keys(OPERATIONS[service] ?? {})).toContain(operation)
    const row = SERVICE_PROTOCOLS[service]
    if (row.protocol === 'json') return
    const asked = Object.values(by).flatMap((one) => Object.keys(one.input(['x'])))
    const written = JSON.stringify(row.operations[operation])
    expect([...asked, ...Object.keys(always)].filter((name) => !new RegExp(`\\b${name}\\b`).test(written))).toEqual([])
  },
)
