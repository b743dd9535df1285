import { describe, expect, test } from '@jest/globals'
import { findingOf, HEALTHY, told, unsure, withContainer } from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'environment-file-unusable'
const naming = (...environmentFiles: readonly string[]) => withContainer(HEALTHY, { environmentFiles })
const GOOD = 'arn:aws:s3:::settings/web/prod.env'

describe(ID, () => {
  test('finds a file that does not end with .env', () => {
    const file = 'arn:aws:s3:::settings/web/prod.txt'
    expect(told(naming(file))).toEqual([`${ID} ${file}`])
    const finding = findingOf(naming(file), ID)
    const lines = onOneLine(finding.remedy.cli)
    expect(lines[0]).toBe(
      'aws s3api copy-object --copy-source settings/web/prod.txt --bucket settings --key web/prod.env --region ap-northeast-2',
    )
    expect(lines[1]).toContain(`| sed 's|${file}|arn:aws:s3:::settings/web/prod.env|g' > task-definition.json`)
    expect(lines[3]).toContain('update-service --cluster shop --service web --task-definition "$REVISION"')
    expectPages(finding)
  })

  test.each(['s3://settings/web/prod.env', 'arn:aws:s3:::settings', 'arn:aws:s3:::settings/web/env'])(
    'finds %s',
    (file) => {
      expect(told(naming(file))).toEqual([`${ID} ${file}`])
    },
  )

  test('where the file is no object in S3 the reader names one: no command guesses it', () => {
    const { cli, console: steps } = findingOf(naming('s3://settings/web/prod.env'), ID).remedy
    expect(cli).toEqual([])
    expect(steps[0]?.en).toContain('arn:aws:s3:::BUCKET/NAME.env')
  })

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
