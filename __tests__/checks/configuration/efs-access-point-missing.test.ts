import { describe, expect, test } from '@jest/globals'
import { type Answer, known } from '../../../src/domain/answer.ts'
import type { AccessPoint } from '../../../src/domain/configuration.ts'
import { configured, DENIED } from '../configuration-world.ts'
import { EFS, judgeMounts, mountFinding, mounting, SYSTEM, toldOfMounts, unsureOfMounts } from '../mounting.ts'
import { expectPages } from '../page.ts'

const ID = 'efs-access-point-missing'
const POINT = 'fsap-0a1b2c3d4e5f60001'
const OWN: AccessPoint = { arn: null, fileSystemId: SYSTEM, state: 'available' }
const through = (accessPoint: Answer<AccessPoint | null>) =>
  configured(mounting(undefined, {}, { efs: { ...EFS, accessPointId: POINT } }), {
    accessPoints: [{ id: POINT, accessPoint }],
  })

describe(ID, () => {
  test.each([
    ['that is gone', null, `EFS knows no access point ${POINT}`],
    ['of another file system', { ...OWN, fileSystemId: 'fs-other' }, `${POINT} belongs to fs-other`],
    ['that is being deleted', { ...OWN, state: 'deleting' }, `${POINT} is deleting`],
  ])('finds one %s', (_what, accessPoint, said) => {
    expect(toldOfMounts(through(known(accessPoint)))).toEqual([`${ID} ${POINT}`])
    const finding = mountFinding(through(known(accessPoint)), ID)
    expect(finding.evidence[0]?.en).toBe(said)
    expect(finding.remedy).toMatchObject({ changes: [], verified: false })
  })

  test('clear with one of the file system, or without any', () => {
    expect(judgeMounts(through(known(OWN))).unknowns).toEqual([])
    expect(toldOfMounts(through(known(OWN)))).toEqual([])
    expect(toldOfMounts(through(known({ ...OWN, state: 'creating' })))).toEqual([])
    expectPages(mountFinding(through(known({ ...OWN, fileSystemId: 'fs-0a1b2c3d4e5f60002' })), ID))
  })

  test('is unknown, and decides, where it could not be read', () => {
    expect(unsureOfMounts(through(DENIED))).toEqual([[DENIED.permission, true]])
  })
})
