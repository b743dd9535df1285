/** The policies that EFS's console, CDK and people write, against volumes that are mounted in every way. */
import { describe, expect, test } from '@jest/globals'
import type { EfsVolume } from '../../src/domain/service.ts'
import { judgeMount, type Mount } from '../../src/iam/file-system-policy.ts'

const ARN = 'arn:aws:elasticfilesystem:ap-northeast-2:123456789012:file-system/fs-0a1b2c3d4e5f60001'
const ROLE = 'arn:aws:iam::123456789012:role/web-task'
const POINT = 'arn:aws:elasticfilesystem:ap-northeast-2:123456789012:access-point/fsap-1'
const EFS: EfsVolume = {
  fileSystemId: 'fs-0a1b2c3d4e5f60001',
  accessPointId: null,
  iam: false,
  transitEncryption: true,
}

const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
  Resource: ARN,
  ...more,
})
const BY_TARGET = { Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } }
const TLS_ONLY = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: '*',
  Resource: ARN,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}
/** What the console writes for "Prevent anonymous access". */
const NO_ANONYMOUS = {
  ...allow({ AWS: '*' }, BY_TARGET),
  Action: ['elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'],
}

function verdict(document: string, volume: Partial<EfsVolume> = {}, mount: Partial<Mount> = {}) {
  const asked = { fileSystemArn: ARN, taskRoleArn: ROLE, accessPointArn: null, ...mount }
  const judged = judgeMount(document, { volume: { ...EFS, ...volume }, ...asked })
  return judged.verdict === 'closed' ? judged.because : judged.verdict
}

const IAM = { iam: true }
const PLAIN = { transitEncryption: false }

describe('the policy of a file system', () => {
  test.each([
    ['everybody by a mount target', policy(allow({ AWS: '*' }, BY_TARGET)), {}, 'open'],
    ['everybody, as a role', policy(allow('*')), IAM, 'open'],
    ['everybody, without encryption', policy(allow({ AWS: '*' }, BY_TARGET)), PLAIN, 'open'],
    ['encryption, and it is', policy(allow({ AWS: '*' }, BY_TARGET), TLS_ONLY), {}, 'open'],
    ['encryption, and it is not', policy(allow({ AWS: '*' }, BY_TARGET), TLS_ONLY), PLAIN, 'plain-text'],
    ['the role, and it is', policy(allow({ AWS: ROLE })), IAM, 'open'],
    ['the role, and it is nobody', policy(allow({ AWS: ROLE })), {}, 'anonymous'],
    ['another role', policy(allow({ AWS: `${ROLE}-2` })), IAM, 'role'],
    ['the account', policy(allow({ AWS: 'arn:aws:iam::123456789012:root' })), IAM, 'role'],
    ['the account, and it is nobody', policy(allow({ AWS: 'arn:aws:iam::123456789012:root' })), {}, 'anonymous'],
    ['nobody unnamed', policy(NO_ANONYMOUS), {}, 'anonymous'],
    ['nobody unnamed, and a role', policy(NO_ANONYMOUS), IAM, 'role'],
    ['no one', policy({ ...allow('*'), Effect: 'Deny' }), IAM, 'denied'],
    [
      'an organization, and it is nobody',
      policy(allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } })),
      {},
      'anonymous',
    ],
    ['addresses', policy(allow('*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })), {}, 'unknown'],
    ['nothing that can be read', '{', {}, 'unknown'],
  ])('that lets in %s', (_whom, document, volume, expected) => {
    expect(verdict(document, volume)).toBe(expected)
  })

  test('may ask for an access point', () => {
    const through = policy(allow('*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': POINT } } }))
    expect(verdict(through)).toBe('anonymous')
    expect(verdict(through, { accessPointId: 'fsap-1' }, { accessPointArn: POINT })).toBe('open')
    expect(verdict(through, { accessPointId: 'fsap-2' }, { accessPointArn: POINT.replace('-1', '-2') })).toBe(
      'anonymous',
    )
    expect(verdict(through, { accessPointId: 'fsap-1' })).toBe('unknown')
  })

  test('a role that the task definition does not name is nobody', () => {
    expect(verdict(policy(allow({ AWS: ROLE })), IAM, { taskRoleArn: null })).toBe('role')
  })
})
