import { describe, expect, test } from '@jest/globals'
import { type Answer, unread as denied, known } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  ACCOUNT,
  findingOf,
  HEALTHY,
  REGION,
  ROLE,
  reading,
  simulated,
  simulating,
  told,
  UNREADABLE,
  unsure,
  withContainer,
  withExecution,
} from '../role-world.ts'

const ID = 'execution-role-without-logs'
const FOUND = [`${ID} ${ROLE}`]
const GROUP = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/web`
const TOKEN_AND_PULL = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' }
const logs = (resource: string, action: unknown = 'logs:*') =>
  withExecution(HEALTHY, reading(TOKEN_AND_PULL, { Effect: 'Allow', Action: action, Resource: resource }))
const creating = { 'awslogs-group': '/ecs/web', 'awslogs-region': REGION, 'awslogs-create-group': 'true' }

describe(ID, () => {
  test('finds a role that may not make a log stream', () => {
    const world = simulating(
      HEALTHY,
      simulated('logs:CreateLogStream', { decision: 'implicitDeny', resource: `${GROUP}:*` }),
    )
    expect(told(world)).toEqual(FOUND)
    expectPages(findingOf(world, ID))
  })

  test.each(['logs:CreateLogStream', 'logs:PutLogEvents'])('needs %s', (action) => {
    expect(told(simulating(HEALTHY, simulated(action, { decision: 'implicitDeny' })))).toEqual(FOUND)
    expect(told(simulating(HEALTHY, simulated(action)))).toEqual([])
  })

  test.each([GROUP, `${GROUP}:*`, `${GROUP}:log-stream:*`])(
    'takes a simulation of %s for one of its streams',
    (resource) => {
      const allowed = simulated('logs:PutLogEvents', { resource })
      const everything = simulated('logs:PutLogEvents', { decision: 'implicitDeny' })
      expect(told(simulating(HEALTHY, allowed, everything))).toEqual([])
    },
  )

  test('needs logs:CreateLogGroup where the group is to be made, and only there', () => {
    const world = simulating(HEALTHY, simulated('logs:CreateLogGroup', { decision: 'implicitDeny' }))
    expect(told(world)).toEqual([])
    expect(told(withContainer(world, { logOptions: creating }))).toEqual(FOUND)
  })

  test('needs no logs:CreateLogGroup for a group that is there, and cannot tell of one that nobody saw', () => {
    const world = withContainer(simulating(HEALTHY, simulated('logs:CreateLogGroup', { decision: 'implicitDeny' })), {
      logOptions: creating,
    })
    const seen = (exists: Answer<boolean>) => ({
      ...world,
      configuration: { ...world.configuration, logGroups: [{ name: '/ecs/web', region: REGION, exists }] },
    })
    expect(told(seen(known(false)))).toEqual(FOUND)
    expect([told(seen(known(true))), unsure(seen(known(true)))]).toEqual([[], []])
    const unread = seen(denied('denied', 'logs:DescribeLogGroups'))
    expect(told(unread)).toEqual([])
    expect(unsure(unread)).toEqual([`${ID}*: could not read log group /ecs/web: access was denied`])
  })

  test('needs rights on the group of the proxy that Service Connect adds', () => {
    const log = { logDriver: 'awslogs', logOptions: { 'awslogs-group': '/ecs/proxy' }, logSecretOptions: [] }
    const serviceConnect = { namespace: 'shop', services: [], logConfiguration: log }
    const world = logs(`${GROUP}:*`)
    expect(told({ ...world, service: { ...world.service, serviceConnect } })).toEqual(FOUND)
    expect(told(world)).toEqual([])
  })

  test.each([
    ['its group and what is in it', `${GROUP}:*`, []],
    ['streams with its prefix', `${GROUP}:log-stream:web/*`, []],
    ['streams with another prefix', `${GROUP}:log-stream:api/*`, FOUND],
    ['the group without its streams', GROUP, FOUND],
    ['another group', `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/api:*`, FOUND],
    ['another Region', `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/ecs/web:*`, FOUND],
  ])('reads a policy for %s', (_, resource, expected) => {
    expect(told(logs(resource))).toEqual(expected)
  })

  test('gives the statement for the whole group', () => {
    const [command = ''] = findingOf(logs(GROUP), ID).remedy.cli
    expect(JSON.parse(/--policy-document '(.*)'$/.exec(command)?.[1] ?? '').Statement).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${GROUP}:*`] },
    ])
  })

  test('asks in the Region of the log group', () => {
    const elsewhere = { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1' }
    expect(
      told(withContainer(logs(`arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/ecs/web:*`), { logOptions: elsewhere })),
    ).toEqual([])
  })

  test('asks nothing of another log driver', () => {
    const world = simulating(HEALTHY, simulated('logs:CreateLogStream', { decision: 'implicitDeny' }))
    expect(told(withContainer(world, { logDriver: 'awsfirelens' }))).toEqual([])
  })

  test('cannot tell where neither simulator nor policies may be read', () => {
    expect(unsure(withExecution(HEALTHY, UNREADABLE))).toContain(
      `${ID}*: could not read the permissions of the role ${ROLE}: access was denied`,
    )
  })
})
