import { describe, expect, test } from '@jest/globals'
import { callsOfPull, type PullFacts } from '../../../src/iam/policy/pull-calls.ts'

const FACTS: PullFacts = {
  partition: 'aws-cn',
  region: 'cn-north-1',
  account: '111122223333',
  roleArn: 'arn:aws-cn:iam::111122223333:role/execution',
  taskRoleArn: 'arn:aws-cn:iam::111122223333:role/task',
  repositories: [
    { name: 'team/web', account: null },
    { name: 'base', account: '444455556666', pullThrough: true },
  ],
  logGroups: [{ name: '/ecs/web', create: true }],
  secrets: ['arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCdEf:password:AWSCURRENT:'],
  parameters: ['/web/key', 'arn:aws-cn:ssm:cn-northwest-1:111122223333:parameter/far'],
  keys: ['arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd'],
  environmentFiles: ['arn:aws-cn:s3:::config/env/web.env'],
}
const LOGS = 'arn:aws-cn:logs:cn-north-1:111122223333:log-group:/ecs/web:log-stream:'
const OWN = 'arn:aws-cn:ecr:cn-north-1:111122223333:repository/team/web'
const FOREIGN = 'arn:aws-cn:ecr:cn-north-1:444455556666:repository/base'

describe('the calls of a pull', () => {
  const rows: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['ecr-api', [['ecr:GetAuthorizationToken', '*']]],
    [
      'ecr-dkr',
      [
        ['ecr:BatchGetImage', OWN],
        ['ecr:GetDownloadUrlForLayer', OWN],
        ['ecr:BatchGetImage', FOREIGN],
        ['ecr:GetDownloadUrlForLayer', FOREIGN],
        ['ecr:BatchImportUpstreamImage', FOREIGN],
      ],
    ],
    ['s3-layers', [['s3:GetObject', 'arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*']]],
    [
      'logs',
      [
        ['logs:CreateLogGroup', LOGS],
        ['logs:CreateLogStream', `${LOGS}*`],
        ['logs:PutLogEvents', `${LOGS}*`],
      ],
    ],
    [
      'secretsmanager',
      [['secretsmanager:GetSecretValue', 'arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCdEf']],
    ],
    [
      'ssm',
      [
        ['ssm:GetParameters', 'arn:aws-cn:ssm:cn-north-1:111122223333:parameter/web/key'],
        ['ssm:GetParameters', 'arn:aws-cn:ssm:cn-northwest-1:111122223333:parameter/far'],
      ],
    ],
    ['kms', [['kms:Decrypt', 'arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd']]],
    [
      's3-env-files',
      [
        ['s3:GetObject', 'arn:aws-cn:s3:::config/env/web.env'],
        ['s3:GetBucketLocation', 'arn:aws-cn:s3:::config'],
      ],
    ],
    [
      'ssmmessages',
      [
        ['ssmmessages:CreateControlChannel', '*'],
        ['ssmmessages:CreateDataChannel', '*'],
        ['ssmmessages:OpenControlChannel', '*'],
        ['ssmmessages:OpenDataChannel', '*'],
      ],
    ],
    ['registry:ghcr.io', []],
  ]
  test.each(rows)('at %s', (destination, expected) => {
    expect(callsOfPull(destination, FACTS).map(({ action, resource }) => [action, resource])).toEqual(expected)
  })

  test('are made by the execution role', () => {
    expect(callsOfPull('ecr-api', FACTS)[0]?.principalArn).toBe(FACTS.roleArn)
  })

  test('are made by the task role for ECS Exec', () => {
    expect(callsOfPull('ssmmessages', FACTS)[0]?.principalArn).toBe(FACTS.taskRoleArn)
  })

  test('are made by nobody of ours for layers', () => {
    expect(callsOfPull('s3-layers', FACTS)[0]?.principalArn).toBeNull()
  })

  test('name every resource of an account that is not known', () => {
    const bare = { partition: 'aws', region: 'us-east-1', account: null, roleArn: null }
    expect(callsOfPull('ecr-dkr', bare)[0]?.resource).toBe('arn:aws:ecr:us-east-1:*:repository/*')
    expect(callsOfPull('ssm', bare)[0]?.resource).toBe('arn:aws:ssm:us-east-1:*:parameter/*')
  })
})
