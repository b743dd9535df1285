import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { FileSystemRecord, MountTarget } from '../../../src/domain/configuration.ts'
import { A, C, configured, DENIED, findingOf, HEALTHY, told, unsure, withDefinition } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { PUBLIC_C, VOLUME } from '../world.ts'

const ID = 'efs-mount-target-missing-in-zone'
const SYSTEM = 'fs-0a1b2c3d4e5f60001'
const target = (subnetId: string, zoneId: string | null, state = 'available'): MountTarget => ({
  id: `fsmt-${subnetId.slice(-8)}`,
  subnetId,
  availabilityZoneId: zoneId,
  state,
})
const IN_A = target(A, 'apne2-az1')
const mounting = (mountTargets: FileSystemRecord['mountTargets']) =>
  configured(withDefinition(HEALTHY, { volumes: [{ ...VOLUME, efsFileSystemId: SYSTEM }] }), {
    fileSystems: [{ id: SYSTEM, mountTargets }],
  })

describe(ID, () => {
  test('finds the zone of a task subnet that has none', () => {
    const world = mounting(known([IN_A]))
    expect(told(world)).toEqual([`${ID} ${SYSTEM}`])
    const finding = findingOf(world, ID)
    expect(finding.affects).toEqual([{ subnetId: C, destination: SYSTEM }])
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `SECURITY_GROUPS=$(aws efs describe-mount-target-security-groups --mount-target-id ${IN_A.id} --region ap-northeast-2 --query 'to_string(SecurityGroups)' --output text)`,
      `aws efs create-mount-target --file-system-id ${SYSTEM} --subnet-id ${C} --security-groups "$SECURITY_GROUPS" --region ap-northeast-2`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('clear with one in each zone, in any subnet of it', () => {
    expect(told(mounting(known([IN_A, target(PUBLIC_C, 'apne2-az3')])))).toEqual([])
    expect(told(mounting(known([IN_A, target(C, null, 'updating')])))).toEqual([])
  })

  test.each(['creating', 'deleting', 'deleted', 'error', 'something-new'])('finds one that is %s', (state) => {
    expect(told(mounting(known([IN_A, target(C, 'apne2-az3', state)])))).toEqual([`${ID} ${SYSTEM}`])
  })

  test('finds every zone', () => {
    expect(findingOf(mounting(known([])), ID).remedy.changes).toMatchObject([{ subnetId: A }, { subnetId: C }])
  })

  test('is unknown, without deciding, where nobody looked', () => {
    expect(unsure(mounting(DENIED), ID)).toEqual([[DENIED.permission, false]])
    expect(unsure(mounting(unread('unsupported', 'elasticfilesystem:DescribeMountTargets')), ID)).toEqual([
      [null, false],
    ])
  })
})
