import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { EfsVolume } from '../../../src/domain/service.ts'
import { ACCOUNT, configured, DENIED, REGION, withDefinition } from '../configuration-world.ts'
import { EFS, mountFinding, mounting, SYSTEM, toldOfMounts, unsureOfMounts } from '../mounting.ts'
import { expectPages } from '../page.ts'

const ID = 'file-system-policy-denies'
const FOUND = [`${ID} ${SYSTEM}`]
const ROLE = `arn:aws:iam::${ACCOUNT}:role/web-task`
const EVERYBODY = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'elasticfilesystem:Client*' }
const TLS_ONLY = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}
const PLAIN = { transitEncryption: false }

function guarded(statements: readonly object[] | null, volume: Partial<EfsVolume> = {}) {
  const policy = known(statements === null ? null : JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  return withDefinition(mounting(undefined, { policy }, { efs: { ...EFS, ...volume } }), { taskRoleArn: ROLE })
}

describe(ID, () => {
  test('finds a volume without the encryption that the policy asks for', () => {
    expect(toldOfMounts(guarded([EVERYBODY, TLS_ONLY], PLAIN))).toEqual(FOUND)
    const finding = mountFinding(guarded([EVERYBODY, TLS_ONLY], PLAIN), ID)
    expect(JSON.stringify(finding.remedy)).toContain('transitEncryption ENABLED')
    expectPages(finding)
  })

  test.each([
    ['an anonymous mount', [{ ...EVERYBODY, Principal: { AWS: ROLE } }], {}, 'without IAM authorization'],
    ['a deny', [EVERYBODY, { ...EVERYBODY, Effect: 'Deny' }], { iam: true }, 'explicitly denies'],
  ])('finds %s', (_what, statements, volume, said) => {
    expect(toldOfMounts(guarded(statements, volume))).toEqual(FOUND)
    expect(mountFinding(guarded(statements, volume), ID).what.en).toContain(said)
  })

  test.each([
    ['no policy', null, PLAIN],
    ['one for everybody', [EVERYBODY], PLAIN],
    ['encryption', [EVERYBODY, TLS_ONLY], {}],
    ['the role', [{ ...EVERYBODY, Principal: { AWS: ROLE } }], { iam: true }],
  ])('clear with %s', (_what, statements, volume) => {
    expect(toldOfMounts(guarded(statements, volume))).toEqual([])
    expect(unsureOfMounts(guarded(statements, volume))).toEqual([])
  })

  test('an access point may be what the policy asks for', () => {
    const arn = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:access-point/fsap-1`
    const only = [{ ...EVERYBODY, Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arn } } }]
    const through = (own: string) =>
      configured(guarded(only, { accessPointId: 'fsap-1' }), {
        accessPoints: [{ id: 'fsap-1', accessPoint: known({ arn: own, fileSystemId: SYSTEM, state: 'available' }) }],
      })
    expect(toldOfMounts(guarded(only))).toEqual(FOUND)
    expect(toldOfMounts(through(arn))).toEqual([])
    expect(toldOfMounts(through(`${arn}2`))).toEqual(FOUND)
  })

  test('is unknown where it depends on what nobody knows; a policy that was not read is rare', () => {
    const bySource = { ...EVERYBODY, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }
    expect(unsureOfMounts(guarded([bySource]))).toEqual([[null, true]])
    expect(unsureOfMounts(mounting(undefined, { policy: DENIED }))).toEqual([[DENIED.permission, false]])
  })
})
