import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { EfsVolume } from '../../../src/domain/service.ts'
import { CLIENT_MOUNT } from '../../../src/iam/file-system-policy.ts'
import { ACCOUNT, configured, DENIED, REGION } from '../configuration-world.ts'
import {
  EFS,
  judgeMounts,
  MOUNTER,
  mountFinding,
  mounting,
  SYSTEM,
  TASK_ROLE,
  toldOfMounts,
  unsureOfMounts,
} from '../mounting.ts'
import { expectPages } from '../page.ts'
import { simulated } from '../role-facts.ts'

const ID = 'file-system-policy-denies'
const FOUND = [`${ID} ${SYSTEM}`]
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
  return mounting(undefined, { policy }, { efs: { ...EFS, ...volume } })
}

describe(ID, () => {
  test('finds a volume without the encryption that the policy asks for', () => {
    expect(toldOfMounts(guarded([EVERYBODY, TLS_ONLY], PLAIN))).toEqual(FOUND)
    const finding = mountFinding(guarded([EVERYBODY, TLS_ONLY], PLAIN), ID)
    expect(JSON.stringify(finding.remedy)).toContain('transitEncryption ENABLED')
    expectPages(finding)
  })

  test.each([
    ['an anonymous mount', [{ ...EVERYBODY, Principal: { AWS: TASK_ROLE } }], {}, 'without IAM authorization'],
    ['a deny', [EVERYBODY, { ...EVERYBODY, Effect: 'Deny' }], { iam: true }, 'explicitly denies'],
  ])('finds %s', (_what, statements, volume, said) => {
    expect(toldOfMounts(guarded(statements, volume))).toEqual(FOUND)
    expect(mountFinding(guarded(statements, volume), ID).what.en).toContain(said)
  })

  test.each([
    ['no policy', null, PLAIN],
    ['one for everybody', [EVERYBODY], PLAIN],
    ['encryption', [EVERYBODY, TLS_ONLY], {}],
    ['the role', [{ ...EVERYBODY, Principal: { AWS: TASK_ROLE } }], { iam: true }],
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

  test('where the policy leaves it to the role, the role’s own policies decide', () => {
    const others = guarded([{ ...EVERYBODY, Principal: { AWS: `${TASK_ROLE}-2` } }], { iam: true })
    expect(judgeMounts(others)).toMatchObject({ findings: [], unknowns: [] })
    const denied = { ...MOUNTER, simulation: known([simulated(CLIENT_MOUNT, { decision: 'implicitDeny' })]) }
    const { findings } = judgeMounts(others, denied)
    expect(findings).toMatchObject([
      { check: ID, subject: TASK_ROLE, remedy: { changes: [{ kind: 'put-role-policy' }] } },
    ])
    const unread = { ...MOUNTER, simulation: DENIED, policies: DENIED }
    expect(judgeMounts(others, unread)).toMatchObject({ findings: [], unknowns: [{ check: ID, matters: true }] })
    const { taskRoleArn: _, ...definition } = others.taskDefinition
    const roleless = judgeMounts({ ...others, taskDefinition: { ...definition, taskRoleArn: null } }, null)
    expect(roleless.findings.map(({ subject }) => subject)).toEqual([SYSTEM])
  })

  test('is unknown where it depends on what nobody knows; a policy that was not read is rare', () => {
    const bySource = { ...EVERYBODY, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }
    expect(unsureOfMounts(guarded([bySource]))).toEqual([[null, true]])
    expect(unsureOfMounts(mounting(undefined, { policy: DENIED }))).toEqual([[DENIED.permission, false]])
  })
})
