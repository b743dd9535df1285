import { describe, expect, test } from '@jest/globals'
import type { TaskDefinition } from '../../../src/domain/service.ts'
import { expectPages } from '../page.ts'
import { findingOf, HEALTHY, judge, told, withTask } from '../role-world.ts'
import { VOLUME } from '../world.ts'

const ID = 'task-role-missing'
const FILES = 'arn:aws:s3files:ap-northeast-2:123456789012:file-system/fs-0123456789abcdef0'
const mounting = (volumes: TaskDefinition['volumes'], world = HEALTHY) => ({
  ...world,
  taskDefinition: { ...world.taskDefinition, volumes },
})
const EFS = { fileSystemId: 'fs-0a', accessPointId: null, iam: false, transitEncryption: true }
const S3_FILES = [{ ...VOLUME, s3FilesFileSystemArn: FILES }]

describe(ID, () => {
  test('finds a volume of S3 Files without one', () => {
    expect(told(mounting(S3_FILES))).toEqual([`${ID} ${HEALTHY.taskDefinition.arn}`])
    expectPages(findingOf(mounting(S3_FILES), ID))
  })

  test('is clear with one, and for volumes of another kind', () => {
    expect(told(mounting(S3_FILES, withTask(HEALTHY)))).toEqual([])
    expect(told(mounting([{ ...VOLUME, efs: EFS }]))).toEqual([])
  })

  test('cannot tell without the task definition', () => {
    expect(judge(mounting(S3_FILES), 'taskDefinition').unknowns).toContainEqual(
      expect.objectContaining({ check: ID, matters: true }),
    )
  })
})
