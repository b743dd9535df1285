import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, told, unsure, withContainer, withService } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'firelens-file-not-supported'
const routed = (configFileType: string | null) =>
  withContainer(HEALTHY, { firelens: { configFileType, configFileValue: 'arn:aws:s3:::settings/fluent.conf' } })

describe(ID, () => {
  test('finds a log router on Fargate whose configuration lies in S3', () => {
    expect(told(routed('s3'))).toEqual([`${ID} web`])
    expectPages(findingOf(routed('s3'), ID))
  })

  test('is clear with a file of the image, without one, and on instances', () => {
    expect([told(routed('file')), told(routed(null))]).toEqual([[], []])
    expect(told(withService(routed('s3'), { launchType: 'EC2' }))).not.toContain(`${ID} web`)
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
