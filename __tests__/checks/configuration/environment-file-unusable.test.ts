import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, told, unsure, withContainer } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'environment-file-unusable'
const naming = (...environmentFiles: readonly string[]) => withContainer(HEALTHY, { environmentFiles })
const GOOD = 'arn:aws:s3:::settings/web/prod.env'

describe(ID, () => {
  test('finds a file that does not end with .env', () => {
    const file = 'arn:aws:s3:::settings/web/prod.txt'
    expect(told(naming(file))).toEqual([`${ID} ${file}`])
    const finding = findingOf(naming(file), ID)
    expect(finding.remedy.cli).toEqual(['aws s3 cp s3://settings/web/prod.txt s3://settings/web/prod.env'])
    expectPages(finding)
  })

  test.each(['s3://settings/web/prod.env', 'arn:aws:s3:::settings', 'arn:aws:s3:::settings/web/env'])(
    'finds %s',
    (file) => {
      expect(told(naming(file))).toEqual([`${ID} ${file}`])
    },
  )

  test('finds the one of several', () => {
    expect(told(naming(GOOD, 'arn:aws:s3:::settings/b'))).toEqual([`${ID} arn:aws:s3:::settings/b`])
  })

  test('clear of a file that may be there, of which it says that nobody looked', () => {
    expect(told(naming(GOOD))).toEqual([])
    expect(unsure(naming(GOOD), ID)).toEqual([[null, false]])
    expect(unsure(HEALTHY, ID)).toEqual([])
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
