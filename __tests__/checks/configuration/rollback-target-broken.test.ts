import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { RollbackTarget } from '../../../src/domain/configuration.ts'
import type { EcrImage } from '../../../src/domain/image.ts'
import type { Service } from '../../../src/domain/service.ts'
import {
  ACCOUNT,
  type ConfiguredWorld,
  configured,
  DENIED,
  findingOf,
  GONE,
  HEALTHY,
  LOG_GROUP,
  PARAMETER,
  REGION,
  SECRET,
  told,
  unsure,
  withService,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'rollback-target-broken'
const OLD_SECRET = `${SECRET}-old`
const OLD_ROLE = `arn:aws:iam::${ACCOUNT}:role/web-old`
const OLD = '/ecs/web-old'
const { taskDefinition } = HEALTHY
const [CONTAINER] = taskDefinition.containers
if (CONTAINER === undefined) throw new Error('no container')

const image = (status: string | null): EcrImage => ({
  digest: 'sha256:1',
  tags: [],
  bytes: 1,
  pushedAt: null,
  pulledAt: null,
  status,
})

/** The revision before needs another log group, secret, parameter, role and image, and all of them are there. */
const TARGET: RollbackTarget = {
  taskDefinitionArn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/web:6`,
  taskDefinition: known({
    ...taskDefinition,
    revision: 6,
    executionRoleArn: OLD_ROLE,
    containers: [
      { ...CONTAINER, image: `${CONTAINER.image}-old`, logOptions: { ...CONTAINER.logOptions, 'awslogs-group': OLD } },
    ],
  }),
  logGroups: [{ name: OLD, region: REGION, exists: known(true) }],
  secrets: [{ id: OLD_SECRET, region: REGION, secret: known({ arn: OLD_SECRET, deletedAt: null, stages: null }) }],
  parameters: [{ name: '/prod/web/old', region: REGION, exists: known(true) }],
  roles: [{ arn: OLD_ROLE, role: known({ arn: OLD_ROLE, id: null, trust: '{}', boundaryArn: null }) }],
  images: [
    {
      image: `${CONTAINER.image}-old`,
      containers: ['web'],
      found: known(image(null)),
    },
  ],
}
const world = (changes: Partial<RollbackTarget>): ConfiguredWorld =>
  configured(HEALTHY, { rollback: { ...TARGET, ...changes } })
const inState = (status: string) => {
  if (!TARGET.taskDefinition.known) throw new Error('no revision')
  return { taskDefinition: known({ ...TARGET.taskDefinition.value, status }) }
}

describe(ID, () => {
  test('finds a log group that the revision before needs and that is gone', () => {
    const broken = world({ logGroups: [{ name: OLD, region: REGION, exists: known(false) }] })
    expect(told(broken)).toEqual([`${ID} web:6 (advice)`])
    const finding = findingOf(broken, ID)
    expect(finding.what.en).toBe(
      `If the deployment fails, ECS returns web to web:6, whose tasks would not start: log group ${OLD} is not there.`,
    )
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `aws logs create-log-group --log-group-name ${OLD} --region ${REGION}`,
    ])
    expectPages(finding)
  })

  test.each<[string, Partial<RollbackTarget>, says: string]>([
    ['a deleted revision', { taskDefinition: GONE }, 'web:6 was deleted'],
    ['a deregistered one', inState('INACTIVE'), 'web:6 is INACTIVE'],
    ['one that is being deleted', inState('DELETE_IN_PROGRESS'), 'web:6 is DELETE_IN_PROGRESS'],
    ['a secret that is gone', { secrets: [{ id: OLD_SECRET, region: REGION, secret: GONE }] }, 'is not there'],
    [
      'a secret that is being deleted',
      {
        secrets: [{ id: OLD_SECRET, region: REGION, secret: known({ arn: OLD_SECRET, deletedAt: 1, stages: null }) }],
      },
      'is being deleted',
    ],
    [
      'a parameter that is gone',
      { parameters: [{ name: '/prod/web/old', region: REGION, exists: known(false) }] },
      'parameter /prod/web/old is not there',
    ],
    ['a role that is gone', { roles: [{ arn: OLD_ROLE, role: GONE }] }, `role ${OLD_ROLE} is not there`],
    [
      'an image that is gone',
      { images: [{ image: `${CONTAINER.image}-old`, containers: ['web'], found: known(null) }] },
      'cannot be pulled from its repository',
    ],
    [
      'an image that is archived',
      { images: [{ image: `${CONTAINER.image}-old`, containers: ['web'], found: known(image('ARCHIVED')) }] },
      'cannot be pulled from its repository',
    ],
  ])('finds %s', (_, changes, says) => {
    expect(told(world(changes))).toEqual([`${ID} web:6 (advice)`])
    expect(findingOf(world(changes), ID).what.en).toContain(says)
  })

  test('clear where all of it is there, and where there is nothing else to return to', () => {
    expect(told(world({}))).toEqual([])
    expect(told(HEALTHY)).toEqual([])
  })

  test('leaves to other checks what the revision that is judged needs as well', () => {
    const shared = world({
      logGroups: [{ name: LOG_GROUP, region: REGION, exists: known(false) }],
      secrets: [{ id: SECRET, region: REGION, secret: GONE }],
      parameters: [{ name: PARAMETER, region: REGION, exists: known(false) }],
      images: [{ image: CONTAINER.image, containers: ['web'], found: known(null) }],
    })
    expect(told(shared)).toEqual([])
    const ofRole = {
      ...world({ roles: [{ arn: OLD_ROLE, role: GONE }] }),
      taskDefinition: { ...taskDefinition, executionRoleArn: OLD_ROLE },
    }
    expect(told(ofRole)).toEqual([])
    const ofTask = { ...ofRole, taskDefinition: { ...taskDefinition, taskRoleArn: OLD_ROLE } }
    expect(told(ofTask)).toEqual([])
  })

  test.each<[string, Partial<Service['deploymentConfiguration']>, says: string]>([
    ['the circuit breaker', {}, 'ECS returns web'],
    ['an alarm', { circuitBreaker: null, raw: { alarms: { rollback: true } } }, 'ECS returns web'],
    ['a second set of tasks', { circuitBreaker: null, strategy: 'BLUE_GREEN' }, 'ECS returns web'],
    ['nobody but people', { circuitBreaker: { enable: true, rollback: false } }, 'Whoever returns web'],
  ])('says who returns: %s', (_, changes, says) => {
    const broken = world({ taskDefinition: GONE })
    const deploymentConfiguration = { ...HEALTHY.service.deploymentConfiguration, ...changes }
    expect(findingOf(withService(broken, { deploymentConfiguration }), ID).what.en).toContain(says)
  })

  test('is unknown where it could not be read, which leaves the verdict alone', () => {
    expect(unsure(world({ taskDefinition: DENIED }), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(world({ roles: [{ arn: OLD_ROLE, role: DENIED }] }), ID)).toEqual([[DENIED.permission, false]])
    const logGroups = [{ name: OLD, region: REGION, exists: DENIED }]
    expect(unsure(world({ logGroups }), ID)).toEqual([[DENIED.permission, false]])
  })
})
