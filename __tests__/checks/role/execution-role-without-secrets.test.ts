import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  MANAGED,
  OTHER,
  REGION,
  ROLE,
  reading,
  SECRET,
  simulated,
  simulating,
  told,
  UNREADABLE,
  unsure,
  withContainer,
  withExecution,
  withRole,
} from '../role-world.ts'

const ID = 'execution-role-without-secrets'
const FOUND = [`${ID} ${ROLE}`]
const PARAMETER = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/prod/db`
const secrets = (...from: readonly string[]) => ({
  secrets: from.map((valueFrom, at) => ({ name: `S${at}`, valueFrom })),
})
const WITH_SECRET = withContainer(HEALTHY, secrets(SECRET))
const get = (decision: string, resource = SECRET) => simulated('secretsmanager:GetSecretValue', { decision, resource })
const allowing = (action: string, resource: string) =>
  reading(
    { Effect: 'Allow', Action: [...MANAGED], Resource: '*' },
    { Effect: 'Allow', Action: action, Resource: resource },
  )

describe(ID, () => {
  test('finds a role that may not read the secret', () => {
    const world = simulating(WITH_SECRET, get('implicitDeny'))
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test('is clear where it may', () => expect(told(simulating(WITH_SECRET, get('allowed')))).toEqual([]))

  test.each([
    ['the very secret', SECRET, []],
    ['the secret with any end', `${SECRET.slice(0, -6)}??????`, []],
    ['another one', SECRET.replace('db', 'mail'), FOUND],
  ])('reads a policy for %s', (_, resource, expected) => {
    const world = withContainer(
      withExecution(HEALTHY, allowing('secretsmanager:GetSecretValue', resource)),
      secrets(`${SECRET}:password::`),
    )
    expect(told(world)).toEqual(expected)
  })

  test.each([
    ['ssm:GetParameters', '/prod/db', PARAMETER, []],
    ['ssm:GetParameters', PARAMETER, PARAMETER, []],
    ['ssm:GetParameter', '/prod/db', PARAMETER, FOUND],
    ['ssm:GetParameters', '/prod/db', `${PARAMETER}2`, FOUND],
    ['ssm:GetParameters', 'db', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/db`, []],
  ])('with %s a parameter given as %s', (action, valueFrom, resource, expected) => {
    expect(told(withContainer(withExecution(HEALTHY, allowing(action, resource)), secrets(valueFrom)))).toEqual(
      expected,
    )
  })

  test('asks for registry credentials and for secrets of the log driver as well', () => {
    const world = simulating(HEALTHY, get('implicitDeny'))
    expect(told(withContainer(world, { repositoryCredentials: SECRET }))).toEqual(FOUND)
    expect(told(withContainer(world, { logSecretOptions: [{ name: 'token', valueFrom: SECRET }] }))).toEqual(FOUND)
  })

  test('takes a secret by name for one whose end is not known', () => {
    const world = withContainer(withExecution(HEALTHY, allowing('secretsmanager:GetSecretValue', SECRET)), {
      repositoryCredentials: 'prod/db',
    })
    expect(told(world)).toEqual([])
    expect(unsure(world).some((one) => one.startsWith(`${ID}*`))).toBe(true)
    const wide = withExecution(world, allowing('secretsmanager:GetSecretValue', '*'))
    expect(unsure(wide).some((one) => one.startsWith(`${ID}*`))).toBe(false)
  })

  test('asks on EC2, too: secrets are the execution role’s everywhere', () => {
    const world = simulating(WITH_SECRET, get('implicitDeny'))
    expect(told({ ...world, service: { ...world.service, launchType: 'EC2' } })).toEqual(FOUND)
  })

  test('of another account, an allowing role is half of the answer', () => {
    const theirs = SECRET.replace(ACCOUNT, OTHER)
    const world = simulating(withContainer(HEALTHY, secrets(theirs)), get('allowed', theirs))
    expect(told(world)).toEqual([])
    expect(unsure(world)).toEqual([expect.stringMatching(`^${ID}\\*: .* belongs to the account ${OTHER}`)])
    expect(told(simulating(withContainer(HEALTHY, secrets(theirs)), get('implicitDeny', theirs)))).toEqual(FOUND)
  })

  test('cannot tell where nobody simulated it', () => {
    expect(told(WITH_SECRET)).toEqual([])
    expect(unsure(WITH_SECRET)).toEqual([
      `${ID}*: could not read the permissions of the role ${ROLE}: something it depends on is not known`,
    ])
    expect(unsure(withExecution(WITH_SECRET, UNREADABLE)).some((one) => one.startsWith(`${ID}*`))).toBe(true)
  })

  test.each([
    ['the tag that the secret has', { env: 'prod' }, { 'aws:ResourceTag/env': 'prod' }, []],
    ['another value of the tag', { env: 'test' }, { 'aws:ResourceTag/env': 'prod' }, FOUND],
    ['a tag that the secret has not', {}, { 'secretsmanager:ResourceTag/env': 'prod' }, FOUND],
    ['a tag of the role', {}, { 'aws:PrincipalTag/team': 'shop' }, []],
    ['another tag of the role', {}, { 'aws:PrincipalTag/team': 'bank' }, FOUND],
  ])('reads a condition on %s', (_, tags, condition, expected) => {
    const allowed = { Effect: 'Allow', Action: ['ecr:*', 'logs:*'], Resource: '*' }
    const secrets = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' }
    const world = withContainer(HEALTHY, { secrets: [{ name: 'DB', valueFrom: SECRET }] })
    const { execution } = world.role
    if (!execution?.role.known) throw new Error('no role')
    const role = known({ ...execution.role.value, tags: { team: 'shop' } })
    const read = withRole(
      withExecution(world, { role, ...reading(allowed, { ...secrets, Condition: { StringEquals: condition } }) }),
      { keys: [{ id: SECRET, service: 'secretsmanager', region: REGION, keyId: known(null), arn: SECRET, tags }] },
    )
    expect(told(read)).toEqual(expected)
    expect(unsure(read).filter((one) => one.startsWith(`${ID}*`))).toEqual([])
  })

  test('half an ARN that the role is refused is the matter of another check, and so are credentials of another account', () => {
    const half = SECRET.slice(0, -7)
    const denied = simulated('secretsmanager:GetSecretValue', { decision: 'implicitDeny', resource: half })
    const world = simulating(withContainer(HEALTHY, { secrets: [{ name: 'DB', valueFrom: half }] }), denied)
    const key = { id: half, service: 'secretsmanager' as const, region: REGION, keyId: known(null), arn: SECRET }
    expect(told(withRole(world, { keys: [key] }))).toEqual([])
    expect(told(world)).toEqual(FOUND)
    const foreign = SECRET.replace(ACCOUNT, OTHER)
    expect(unsure(withContainer(HEALTHY, { repositoryCredentials: foreign }))).toEqual([])
  })
})
