import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { configured, DENIED, findingOf, GONE, HEALTHY, REGION, SECRET, told, unsure } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'secret-being-deleted'
const deleted = (deletedAt: number | null) =>
  configured(HEALTHY, {
    secrets: [{ id: SECRET, region: REGION, secret: known({ arn: SECRET, deletedAt, stages: ['AWSCURRENT'] }) }],
  })
const DELETED = deleted(Date.UTC(2026, 10, 19, 1, 2, 3))

describe(ID, () => {
  test('finds a secret whose deletion was asked for', () => {
    expect(told(DELETED)).toEqual([`${ID} ${SECRET}`])
    const finding = findingOf(DELETED, ID)
    expect(finding.what.en).toContain('2026-11-19T01:02:03.000Z')
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `aws secretsmanager restore-secret --secret-id ${SECRET} --region ap-northeast-2`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('clear where it stays', () => {
    expect(told(deleted(null))).toEqual([])
  })

  test('leaves one that is gone to the check for that', () => {
    const gone = configured(HEALTHY, { secrets: [{ id: SECRET, region: REGION, secret: GONE }] })
    expect(told(gone)).toEqual([`secret-missing ${SECRET}`])
    expect(unsure(gone, ID)).toEqual([])
  })

  test('is unknown where the secret could not be read, and that decides', () => {
    const unreadable = configured(HEALTHY, { secrets: [{ id: SECRET, region: REGION, secret: DENIED }] })
    expect(unsure(unreadable, ID)).toEqual([[DENIED.permission, true]])
  })
})
