import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  findingOf,
  HEALTHY,
  judge,
  REGION,
  type RoleWorld,
  SECRET,
  told,
  withContainer,
  withRole,
} from '../role-world.ts'

const NAME = `execution-role-missing ${HEALTHY.taskDefinition.arn}`
const NONE = withRole(HEALTHY, { execution: null })
const onEc2 = (world: RoleWorld): RoleWorld => ({ ...world, service: { ...world.service, launchType: 'EC2' } })
const PLAIN = { image: 'nginx:1.29', logDriver: null, logOptions: {} }

describe('execution-role-missing', () => {
  test('finds a Fargate task definition that pulls from ECR and has no execution role', () => {
    expect(told(NONE)).toEqual([NAME])
    expect(findingOf(NONE, 'execution-role-missing').evidence.map(({ en }) => en)).toEqual([
      'executionRoleArn is not set.',
      `Needed by container web: image 123456789012.dkr.ecr.${REGION}.amazonaws.com/web:v7.`,
      'Needed by container web: log group /ecs/web.',
    ])
    expectPages(findingOf(NONE, 'execution-role-missing'))
  })

  test('is clear with the role', () => expect(told(HEALTHY)).toEqual([]))

  test('is clear where nothing needs one: a public image, no logs', () => {
    expect(told(withContainer(NONE, PLAIN))).toEqual([])
    expect(told(withContainer(NONE, { ...PLAIN, image: 'public.ecr.aws/nginx/nginx:1.29' }))).toEqual([])
  })

  test.each([
    ['awslogs', { ...PLAIN, logDriver: 'awslogs', logOptions: { 'awslogs-group': '/ecs/web' } }],
    ['a secret', { ...PLAIN, secrets: [{ name: 'DB', valueFrom: SECRET }] }],
    ['a parameter of a log driver', { ...PLAIN, logSecretOptions: [{ name: 'splunk-token', valueFrom: '/splunk' }] }],
    ['registry credentials', { ...PLAIN, repositoryCredentials: SECRET }],
    ['an environment file', { ...PLAIN, environmentFiles: ['arn:aws:s3:::config/web.env'] }],
  ])('finds it for the sake of %s alone', (_, container) => {
    expect(told(withContainer(NONE, container))).toEqual([NAME])
  })

  test('asks none of EC2 for a pull and logs, and one for a secret', () => {
    expect(told(onEc2(NONE))).toEqual([])
    expect(told(onEc2(withContainer(NONE, { secrets: [{ name: 'DB', valueFrom: SECRET }] })))).toEqual([NAME])
  })

  test('asks ECS Anywhere for one', () => {
    const service = { ...NONE.service, launchType: 'EXTERNAL' }
    expect(told({ ...NONE, service })).toEqual([NAME])
  })

  test('cannot tell where it is not known what the tasks run on', () => {
    const service = { ...NONE.service, launchType: null, capacityProviders: ['spot'] }
    const compute = { ...NONE.compute, capacityProviders: unread('denied', 'ecs:DescribeCapacityProviders') }
    const { findings, unknowns } = judge({ ...NONE, service, compute })
    expect(findings).toEqual([])
    expect(unknowns).toEqual([
      expect.objectContaining({
        check: 'execution-role-missing',
        permission: 'ecs:DescribeCapacityProviders',
        matters: true,
      }),
    ])
  })

  test('cannot tell without the task definition', () => {
    const { unknowns } = judge(NONE, 'taskDefinition')
    expect(unknowns).toContainEqual(expect.objectContaining({ check: 'execution-role-missing', matters: true }))
  })
})
