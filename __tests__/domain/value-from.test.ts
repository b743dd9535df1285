import { describe, expect, test } from '@jest/globals'
import { regionOfArn, s3Object, secretSource } from '../../src/domain/value-from.ts'

const SECRET = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:app/db-AbCdEf'

describe('valueFrom', () => {
  test.each([
    [SECRET, { jsonKey: null, versionStage: null, versionId: null }],
    [`${SECRET}:password::`, { jsonKey: 'password', versionStage: null, versionId: null }],
    [`${SECRET}::AWSPREVIOUS:`, { jsonKey: null, versionStage: 'AWSPREVIOUS', versionId: null }],
    [
      `${SECRET}:password:AWSCURRENT:9d4cb84b`,
      { jsonKey: 'password', versionStage: 'AWSCURRENT', versionId: '9d4cb84b' },
    ],
  ])('%s', (valueFrom, parts) => {
    expect(secretSource(valueFrom, 'ap-northeast-2')).toEqual({
      kind: 'secretsmanager',
      arn: SECRET,
      region: 'us-west-2',
      accountId: '123456789012',
      ...parts,
    })
  })

  test.each([
    ['DB_PASSWORD', 'DB_PASSWORD', 'ap-northeast-2', null],
    ['/app/db/password', '/app/db/password', 'ap-northeast-2', null],
    ['arn:aws:ssm:us-west-2:123456789012:parameter/DB_PASSWORD', 'DB_PASSWORD', 'us-west-2', '123456789012'],
    ['arn:aws:ssm:us-west-2:123456789012:parameter/app/db/password', '/app/db/password', 'us-west-2', '123456789012'],
    ['arn:aws-cn:ssm:cn-north-1:123456789012:parameter/a/b:3', '/a/b:3', 'cn-north-1', '123456789012'],
  ])('%s', (valueFrom, name, region, accountId) => {
    expect(secretSource(valueFrom, 'ap-northeast-2')).toEqual({ kind: 'ssm', name, region, accountId })
  })

  test.each([
    '',
    'arn:',
    'arn:aws:secretsmanager:us-west-2:123456789012:secret:',
    'arn:aws:secretsmanager:us-west-2:123456789012:password:x',
    'arn:aws:secretsmanager::123456789012:secret:x-AbCdEf',
    'arn:aws:ssm:us-west-2:123456789012:document/x',
    'arn:aws:s3:::bucket/key',
    'arn:aws:appconfig:us-west-2:123456789012:application/x',
  ])('%j names neither', (valueFrom) => {
    expect(secretSource(valueFrom, 'ap-northeast-2')).toEqual({ kind: 'unknown', valueFrom })
  })
})

test('the Region of an ARN, or else the given one', () => {
  expect(regionOfArn(SECRET, 'ap-northeast-2')).toBe('us-west-2')
  expect(regionOfArn('app/db', 'ap-northeast-2')).toBe('ap-northeast-2')
  expect(regionOfArn('arn:aws:s3:::bucket', 'ap-northeast-2')).toBe('ap-northeast-2')
})

test('bucket and key of an environment file', () => {
  expect(s3Object('arn:aws:s3:::env.example.com/web/prod.env')).toEqual({
    bucket: 'env.example.com',
    key: 'web/prod.env',
  })
  expect(s3Object('arn:aws-us-gov:s3:::env/a')).toEqual({ bucket: 'env', key: 'a' })
  for (const other of ['s3://env/a', 'arn:aws:s3:::env', 'arn:aws:s3:us-east-1:123456789012:accesspoint/x', '']) {
    expect(s3Object(other)).toBeNull()
  }
})
