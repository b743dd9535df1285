import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { DENIED, DIGEST, ecrImage, findingOf, HEALTHY, IMAGE, told, unsure, withEcr } from '../image-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'image-archived'
const withStatus = (status: string | null) => withEcr(HEALTHY, { found: known(ecrImage({ status })) })

describe(ID, () => {
  test('finds an image that has to be restored before anyone can pull it', () => {
    expect(told(withStatus('ARCHIVED'))).toEqual([`${ID} ${IMAGE}`])
    const finding = findingOf(withStatus('ARCHIVED'), ID)
    expect(onOneLine(finding.remedy.cli)[0]).toContain(
      `--image-id imageDigest=${DIGEST} --target-storage-class STANDARD`,
    )
    expectPages(finding)
  })

  test('lets one that is being restored be waited for', () => {
    const { what, remedy } = findingOf(withStatus('ACTIVATING'), ID)
    expect(what.en).toContain('is being restored')
    expect(remedy.changes).toEqual([])
    expect(onOneLine(remedy.cli)).toEqual([
      `aws ecr describe-images --registry-id 123456789012 --repository-name web --filter imageStatus=ANY --image-ids imageDigest=${DIGEST} --query 'imageDetails[].imageStatus' --region ap-northeast-2`,
    ])
  })

  test.each<[string | null, boolean]>([
    ['ACTIVATING', true],
    ['ACTIVE', false],
    [null, false],
    ['SOMETHING_NEW', false],
  ])('of an image that is %s: %p', (status, found) => {
    expect(told(withStatus(status))).toEqual(found ? [`${ID} ${IMAGE}`] : [])
  })

  test('is unknown where the image could not be read', () => {
    expect(unsure(withEcr(HEALTHY, { found: DENIED }), ID)).toHaveLength(1)
  })
})
