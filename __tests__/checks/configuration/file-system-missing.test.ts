import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import { mountFinding, mounting, S3_FILES, SYSTEM, toldOfMounts, unsureOfMounts } from '../mounting.ts'
import { expectPages } from '../page.ts'
import { REGION, VPC } from '../world.ts'

const ID = 'file-system-missing'
const GONE = unread('not-found', 'elasticfilesystem:DescribeMountTargets')
const FSX = { fileSystemId: SYSTEM, credentialsParameter: null, domain: null }

describe(ID, () => {
  test.each([
    ['EFS', 'efs', undefined],
    ['S3 Files', 's3files', { s3FilesFileSystemArn: S3_FILES }],
    ['FSx', 'fsx', { fsx: FSX }],
  ] as const)('finds one that %s does not know', (_service, kind, volume) => {
    expect(toldOfMounts(mounting(GONE, { kind }, volume))).toEqual([`${ID} ${SYSTEM}`])
  })

  test('one of another account may be named by a hosted zone', () => {
    const finding = mountFinding(mounting(GONE), ID)
    expect(finding.remedy).toMatchObject({ changes: [], verified: false })
    expectPages(finding)
    const name = `${SYSTEM}.efs.${REGION}.amazonaws.com`
    const zone = {
      id: 'Z0EFS',
      name,
      owner: '123456789012',
      records: known([{ name, type: 'A', values: ['10.0.1.70'] }]),
    }
    const world = mounting(GONE)
    const named = { ...world, network: { ...world.network, hostedZones: { [VPC]: known([zone]) } } }
    expect(toldOfMounts(named)).toEqual([])
  })

  test('clear where it is; unknown where nobody looked', () => {
    expect(toldOfMounts(mounting())).toEqual([])
    expect(unsureOfMounts(mounting(unread('absent', GONE.permission)))).toEqual([[GONE.permission, true]])
  })
})
