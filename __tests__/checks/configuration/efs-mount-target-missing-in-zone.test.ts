import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { A, C } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import {
  EFS,
  IN_A,
  IN_C,
  judgeMounts,
  mountFinding,
  mounting,
  S3_FILES,
  SYSTEM,
  toldOfMounts,
  unsureOfMounts,
} from '../mounting.ts'
import { expectPages } from '../page.ts'
import { PUBLIC_C } from '../world.ts'

const ID = 'efs-mount-target-missing-in-zone'

describe(ID, () => {
  test('finds the zone of a task subnet that has none', () => {
    const world = mounting(known([IN_A]))
    expect(toldOfMounts(world)).toEqual([`${ID} ${SYSTEM}`])
    const finding = mountFinding(world, ID)
    expect(finding.affects).toEqual([{ subnetId: C, destination: `efs:${SYSTEM}` }])
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `SECURITY_GROUPS=$(aws efs describe-mount-target-security-groups --mount-target-id ${IN_A.id} --region ap-northeast-2 --query 'to_string(SecurityGroups)' --output text)`,
      `aws efs create-mount-target --file-system-id ${SYSTEM} --subnet-id ${C} --security-groups "$SECURITY_GROUPS" --region ap-northeast-2`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('clear with one in each zone, in any subnet of it', () => {
    expect(judgeMounts(mounting())).toMatchObject({ unknowns: [] })
    expect(toldOfMounts(mounting())).toEqual([])
    expect(toldOfMounts(mounting(known([IN_A, { ...IN_C, subnetId: PUBLIC_C }])))).toEqual([])
    expect(toldOfMounts(mounting(known([IN_A, { ...IN_C, availabilityZoneId: null, state: 'updating' }])))).toEqual([])
  })

  test.each(['deleting', 'deleted', 'error', 'misconfigured'])('finds one that is %s', (state) => {
    expect(toldOfMounts(mounting(known([IN_A, { ...IN_C, state }])))).toEqual([`${ID} ${SYSTEM}`])
  })

  test.each(['creating', 'something-new'])('cannot tell of one that is %s', (state) => {
    const world = mounting(known([IN_A, { ...IN_C, state }]))
    expect(toldOfMounts(world)).toEqual([])
    expect(unsureOfMounts(world)).toEqual([[null, true]])
  })

  test('finds every zone, and does not know the groups that nobody has chosen', () => {
    const { remedy } = mountFinding(mounting(known([])), ID)
    expect(remedy).toMatchObject({ changes: [{ subnetId: A }, { subnetId: C }], verified: false })
  })

  test.each([
    ['a file system of one zone', { oneZone: true }, { efs: EFS }],
    ['S3 Files, which has commands of its own', { kind: 's3files' }, { s3FilesFileSystemArn: S3_FILES }],
  ] as const)('%s gets no command that EFS would refuse', (_what, system, volume) => {
    const { remedy } = mountFinding(mounting(known([IN_A]), system, volume), ID)
    expect(remedy).toMatchObject({ changes: [], cli: [], verified: false })
    expect(JSON.stringify(remedy.console)).toContain('ap-northeast-2c')
  })

  test('is unknown, and decides, where nobody looked', () => {
    const denied = unread('denied', 'elasticfilesystem:DescribeMountTargets')
    const world = mounting(denied)
    expect(toldOfMounts(world)).toEqual([])
    expect(judgeMounts(world).unknowns).toMatchObject([{ check: ID, permission: denied.permission, matters: true }])
  })
})
