/** DescribeOrganization: asked where a policy that was read asks for it, beside the round after it, and nowhere else. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { sequentialRounds } from '../../../simulator/rounds.ts'
import type { SimulatorOptions } from '../../../simulator/start.ts'
import { gatherService, type ServiceGathering } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { recording } from '../../../src/aws/reader/recording.ts'
import { answerFiles } from '../../../src/aws/reader/snapshot.ts'
import { filesOf } from '../../checks/shapes/files.ts'
import { ACCOUNT, type Files, REGION } from '../../checks/shapes/shape.ts'
import { scratch } from '../scratch.ts'
import { simulate } from '../simulated.ts'

const PLAIN = filesOf({
  by: 'terraform',
  zones: 2,
  way: 'endpoints',
  compute: 'fargate',
  balancer: 'application',
  secrets: 'secretsmanager',
})
const ANSWER = 'organizations/describe-organization.json'
const IN_ONE = { Organization: { Id: 'o-exampleorgid', MasterAccountEmail: 'owner@example.com' } }
const KEY_ID = '8c7a2f10-6b3e-4d59-9f01-2c4e6a8b0d13'
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY_ID}`
const SECRET_FILE = 'secretsmanager/describe-secret/db.json'
const ROLE_FILE = Object.keys(PLAIN).find((path) => path.startsWith('iam/get-role/') && path.includes('xecution')) ?? ''

const document = (key: string, more: object = {}) => {
  const Condition = { StringEquals: { [key]: 'o-exampleorgid' } }
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: '*', Condition, ...more }]
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

/** Each with a policy that has a condition on this key. */
const ASKING: Readonly<Record<string, (key: string) => Files>> = {
  endpoint: (key) => {
    const { VpcEndpoints } = JSON.parse(JSON.stringify(PLAIN['ec2/describe-vpc-endpoints.json']))
    const [first, ...others] = VpcEndpoints
    const ruled = { ...first, PolicyDocument: document(key, { Resource: '*' }) }
    return { 'ec2/describe-vpc-endpoints.json': { VpcEndpoints: [ruled, ...others] } }
  },
  repository: (key) => {
    const path = 'ecr/get-repository-policy/checkout.json'
    return { [path]: { ...Object(PLAIN[path]), policyText: document(key) } }
  },
  trust: (key) => {
    const { Role } = JSON.parse(JSON.stringify(PLAIN[ROLE_FILE]))
    return { [ROLE_FILE]: { Role: { ...Role, AssumeRolePolicyDocument: JSON.parse(document(key)) } } }
  },
  key: (key) => ({
    [SECRET_FILE]: { ...Object(PLAIN[SECRET_FILE]), KmsKeyId: KEY },
    [`kms/describe-key/${KEY_ID}.json`]: { KeyMetadata: { KeyId: KEY_ID, Arn: KEY, KeyState: 'Enabled' } },
    [`kms/get-key-policy/${KEY_ID}.json`]: { Policy: document(key, { Resource: '*' }) },
  }),
}

async function live(options: SimulatorOptions) {
  const simulator = await simulate(options)
  const reader = recording(openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 }))
  const [{ clusterArn, serviceName }] = JSON.parse(JSON.stringify(PLAIN['ecs/describe-services.json'])).services
  const gathered = await gatherService(reader, { cluster: clusterArn, service: serviceName })
  const asked = simulator.requests().filter(({ operation }) => operation === 'DescribeOrganization').length
  const rounds = sequentialRounds(simulator.requests())
  return { gathered, asked, rounds, files: answerFiles(reader.recorded()) }
}

/** What the endpoints and what the execution role are judged by. */
function toldBy({ facts: { network, role } }: ServiceGathering) {
  if (!network.known || !role.known) throw new Error('nothing was read')
  return { endpoints: network.value.organization, role: role.value.execution?.organization }
}

// A client that is loaded while the others wait looks like a round.
beforeAll(
  async () => void (await live({ files: { ...PLAIN, ...ASKING['key']?.('aws:ResourceOrgID'), [ANSWER]: IN_ONE } })),
)

const id = { known: true, value: 'o-exampleorgid' }

describe.each([
  ['endpoint', 'aws:PrincipalOrgID', { endpoints: id, role: undefined }, 4],
  ['repository', 'aws:principalorgid', { endpoints: undefined, role: id }, 4],
  ['trust', 'aws:ResourceOrgID', { endpoints: undefined, role: id }, 4],
  // A round later: which key it is stands in the secret.
  ['key', 'aws:ResourceOrgID', { endpoints: undefined, role: id }, 5],
] as const)('a condition in the policy of the %s on %s', (kind, key, expected, rounds) => {
  const files = { ...PLAIN, ...ASKING[kind]?.(key), [ANSWER]: IN_ONE }

  test('is told by one request, and by the folder', async () => {
    const { gathered, ...seen } = await live({ files, latencyMs: 500 })
    expect(seen).toMatchObject({ asked: 1, rounds })
    expect(toldBy(gathered)).toEqual(expected)
    expect(toldBy(await gatherService(await openFolder(scratch(files)), {}))).toEqual(expected)
  })

  test('of an account in no organization is told as well, and recorded', async () => {
    const { gathered, files: recorded } = await live({ files: { ...files, [ANSWER]: {} } })
    const told = toldBy(gathered)
    expect(told.endpoints ?? told.role).toEqual({ known: true, value: null })
    const again = await openFolder(scratch(Object.fromEntries(recorded)))
    expect(toldBy(await gatherService(again, {}))).toEqual(told)
  })

  test('is not told where that is denied, nor by a folder without the answer', async () => {
    const { gathered } = await live({ files, faults: [{ on: 'organizations:*', kind: 'denied' }] })
    const without = Object.fromEntries(Object.entries(files).filter(([path]) => path !== ANSWER))
    const folder = await gatherService(await openFolder(scratch(without)), {})
    for (const [told, because] of [[toldBy(gathered), 'denied'] as const, [toldBy(folder), 'absent'] as const]) {
      const organization = told.endpoints ?? told.role
      expect(organization).toMatchObject({ because, permission: 'organizations:DescribeOrganization' })
    }
  })
})

test.each([
  ['no policy with a condition', {}],
  ['an endpoint policy about paths', ASKING['endpoint']?.('aws:PrincipalOrgPaths')],
  ['a trust policy about a principal, which a service is not', ASKING['trust']?.('aws:PrincipalOrgID')],
])('with %s nobody is asked', async (_, edited) => {
  const { gathered, ...seen } = await live({ files: { ...PLAIN, ...edited, [ANSWER]: IN_ONE }, latencyMs: 500 })
  expect(seen).toMatchObject({ asked: 0, rounds: 3 })
  expect(toldBy(gathered)).toEqual({ endpoints: undefined, role: undefined })
})

test('who pays for the organization is not recorded', async () => {
  const { files } = await live({ files: { ...PLAIN, ...ASKING['endpoint']?.('aws:PrincipalOrgID'), [ANSWER]: IN_ONE } })
  expect(files.get(ANSWER)).toEqual({ Organization: { Id: 'o-exampleorgid' } })
})

test('an organization without an id is no answer', async () => {
  const files = { ...PLAIN, ...ASKING['endpoint']?.('aws:PrincipalOrgID'), [ANSWER]: { Organization: {} } }
  const { endpoints } = toldBy(await gatherService(await openFolder(scratch(files)), {}))
  expect(endpoints).toMatchObject({ known: false, because: 'garbled' })
})
