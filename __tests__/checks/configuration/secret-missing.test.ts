import { describe, expect, test } from '@jest/globals'
import { type Answer, known } from '../../../src/domain/answer.ts'
import type { Secret } from '../../../src/domain/configuration.ts'
import {
  configured,
  DENIED,
  findingOf,
  GONE,
  HEALTHY,
  REGION,
  SECRET,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'secret-missing'
const FOUND = [`${ID} ${SECRET}`]
const secret = (answer: Answer<Secret>, id = SECRET, region = REGION) =>
  configured(HEALTHY, { secrets: [{ id, region, secret: answer }] })
const staged = (stages: readonly string[] | null) => secret(known({ arn: SECRET, deletedAt: null, stages }))

describe(ID, () => {
  test('finds a secret that is not there, and says which variable wants it', () => {
    expect(told(secret(GONE))).toEqual(FOUND)
    const finding = findingOf(secret(GONE), ID)
    expect(finding.what.en).toContain('container web: DB_PASSWORD')
    const lines = onOneLine(finding.remedy.cli)
    expect(lines[0]).toBe('# secret.txt: the value of the secret, made by you')
    expect(lines[1]).toMatch(
      /^SECRET_ARN=.*create-secret --name prod.db --secret-string file:..secret.txt .*--query ARN/,
    )
    expect(lines[2]).toContain(`| sed "s|${SECRET}|\${SECRET_ARN}|g" > task-definition.json`)
    expect(lines[4]).toContain('update-service --cluster shop --service web --task-definition "$REVISION"')
    expectPages(finding)
  })

  test('clear where it is there, whatever AWS says of its versions', () => {
    for (const stages of [['AWSCURRENT', 'AWSPREVIOUS'], [], null]) expect(told(staged(stages))).toEqual([])
  })

  test('finds a staging label that no version has', () => {
    expect(told(staged(['AWSPENDING']))).toEqual(FOUND)
    const wanting = (world: typeof HEALTHY, stage: string) =>
      withContainer(world, { secrets: [{ name: 'DB_PASSWORD', valueFrom: `${SECRET}::${stage}:` }] })
    expect(findingOf(wanting(staged(['AWSCURRENT']), 'AWSPREVIOUS'), ID).what.en).toContain('AWSPREVIOUS')
    expect(told(wanting(staged(['AWSCURRENT', 'AWSPREVIOUS']), 'AWSPREVIOUS'))).toEqual([])
  })

  test('knows registry credentials by name as well', () => {
    const world = withContainer(secret(GONE, 'hub'), { repositoryCredentials: 'hub' })
    const { what, remedy } = findingOf(world, ID)
    expect(what.en).toContain('registry credentials')
    // A name leads to the new secret as well.
    expect(remedy.changes).toMatchObject([{ kind: 'create-secret', name: 'hub' }])
    expect(remedy.verified).toBe(true)
  })

  test('asks another Region where the secret is there', () => {
    const there = SECRET.replace(REGION, 'us-east-1')
    const world = withContainer(secret(GONE, there, 'us-east-1'), { secrets: [{ name: 'KEY', valueFrom: there }] })
    expect(findingOf(world, ID).remedy.cli[1]).toContain('--region us-east-1')
  })

  test('is unknown where the secret could not be read, and that decides', () => {
    expect(unsure(secret(DENIED), ID)).toEqual([[DENIED.permission, true]])
  })
})
