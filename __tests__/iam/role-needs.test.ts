import { describe, expect, test } from '@jest/globals'
import { known } from '../../src/domain/answer.ts'
import { namedResources, type Place } from '../../src/domain/named-resources.ts'
import type { Container, TaskDefinition } from '../../src/domain/service.ts'
import { roleNeeds } from '../../src/iam/role-needs.ts'
import { container, REGION, taskDefinition } from '../task-start/sample.ts'

const HERE: Place = { region: REGION, accountId: '123456789012' }
const NOTHING = { keys: [], customerKeys: [], pullThroughRules: known([]), repositories: [] }
const of = (definition: TaskDefinition) => ({ taskDefinition: definition, service: null })
const image = (host: string) => `${host}/team/app:v7`
const ECR = (account: string, region: string, suffix = 'amazonaws.com') => `${account}.dkr.ecr.${region}.${suffix}`

function needsOf(changes: Partial<Container>, place = HERE): readonly string[] {
  const definition = taskDefinition([container({ image: 'nginx', ...changes })])
  return roleNeeds(of(definition), place, NOTHING).map(({ action, resource, region }) =>
    region === place.region ? `${action} ${resource}` : `${action} ${resource} in ${region}`,
  )
}

describe('what the role of a start must be allowed', () => {
  test.each<[string, Partial<Container>, readonly string[]]>([
    ['a public image', { image: 'public.ecr.aws/nginx/nginx:1.29' }, []],
    [
      'a FireLens configuration in S3',
      { firelens: { configFileType: 's3', configFileValue: 'arn:aws:s3:::settings/fluent.conf' } },
      ['s3:GetObject arn:aws:s3:::settings/fluent.conf', 's3:GetBucketLocation arn:aws:s3:::settings'],
    ],
    ['an image without a registry', { image: 'team/app' }, []],
    ['no image at all', { image: '' }, []],
    [
      'an image of its own',
      { image: image(ECR('123456789012', REGION)) },
      [
        'ecr:GetAuthorizationToken *',
        `ecr:BatchGetImage arn:aws:ecr:${REGION}:123456789012:repository/team/app`,
        `ecr:GetDownloadUrlForLayer arn:aws:ecr:${REGION}:123456789012:repository/team/app`,
      ],
    ],
    [
      'an image of another account and Region',
      { image: image(ECR('210987654321', 'us-east-1')) },
      [
        'ecr:GetAuthorizationToken * in us-east-1',
        'ecr:BatchGetImage arn:aws:ecr:us-east-1:210987654321:repository/team/app in us-east-1',
        'ecr:GetDownloadUrlForLayer arn:aws:ecr:us-east-1:210987654321:repository/team/app in us-east-1',
      ],
    ],
    [
      'an environment file',
      { environmentFiles: ['arn:aws:s3:::config/prod/web.env'] },
      ['s3:GetObject arn:aws:s3:::config/prod/web.env', 's3:GetBucketLocation arn:aws:s3:::config'],
    ],
    [
      'a key of a secret, and the secret again',
      {
        secrets: ['password', 'user'].map((key) => ({
          name: key,
          valueFrom: `arn:aws:secretsmanager:${REGION}:123456789012:secret:db-a1B2c3:${key}::`,
        })),
      },
      [`secretsmanager:GetSecretValue arn:aws:secretsmanager:${REGION}:123456789012:secret:db-a1B2c3`],
    ],
    [
      'a parameter of another account',
      { secrets: [{ name: 'DB', valueFrom: `arn:aws:ssm:${REGION}:210987654321:parameter/db` }] },
      [`ssm:GetParameters arn:aws:ssm:${REGION}:210987654321:parameter/db`],
    ],
    ['a value from nowhere', { secrets: [{ name: 'DB', valueFrom: 'arn:aws:s3:::bucket/key' }] }, []],
    ['awslogs without a group', { logDriver: 'awslogs', logOptions: {} }, []],
    [
      'a log group to be made',
      { logDriver: 'awslogs', logOptions: { 'awslogs-group': '/ecs/web', 'awslogs-create-group': 'true' } },
      [
        `logs:CreateLogGroup arn:aws:logs:${REGION}:123456789012:log-group:/ecs/web:log-stream:`,
        `logs:CreateLogStream arn:aws:logs:${REGION}:123456789012:log-group:/ecs/web:log-stream:${'0'.repeat(32)}`,
        `logs:PutLogEvents arn:aws:logs:${REGION}:123456789012:log-group:/ecs/web:log-stream:${'0'.repeat(32)}`,
      ],
    ],
  ])('for %s', (_, changes, expected) => {
    expect(needsOf(changes)).toEqual(expected)
  })

  test('in the partition of the Region', () => {
    const china: Place = { region: 'cn-north-1', accountId: '123456789012' }
    const [, pull] = needsOf({ image: image(ECR('123456789012', 'cn-north-1', 'amazonaws.com.cn')) }, china)
    expect(pull).toBe('ecr:BatchGetImage arn:aws-cn:ecr:cn-north-1:123456789012:repository/team/app')
  })

  test('once, with every container that needs it', () => {
    const both = ['web', 'sidecar'].map((name) => container({ name, image: image(ECR('123456789012', REGION)) }))
    const [token] = roleNeeds(of(taskDefinition(both)), HERE, NOTHING)
    expect(token?.neededBy.map(({ why }) => why.en.split(':')[0])).toEqual(['container web', 'container sidecar'])
  })
})

test('what there is to read about the resources, each once', () => {
  const secret = `arn:aws:secretsmanager:${REGION}:123456789012:secret:db-a1B2c3`
  const one = container({
    repositoryCredentials: secret,
    secrets: [
      { name: 'A', valueFrom: `${secret}:a::` },
      { name: 'B', valueFrom: '/db' },
    ],
  })
  expect(namedResources(of(taskDefinition([one, { ...one, name: 'again' }])), HERE)).toEqual({
    secrets: [
      { id: secret, service: 'secretsmanager', region: REGION, accountId: '123456789012' },
      { id: '/db', service: 'ssm', region: REGION, accountId: null },
    ],
    repositories: [{ name: 'web', accountId: '123456789012', region: REGION }],
  })
})
