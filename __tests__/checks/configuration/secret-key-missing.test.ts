import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import type { KeyInSecret, Secret } from '../../../src/domain/configuration.ts'
import {
  configured,
  DENIED,
  findingOf,
  GONE,
  HEALTHY,
  judge,
  REGION,
  SECRET,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'secret-key-missing'
const VERSION = { id: SECRET, region: REGION, stage: null, versionId: null }
const FOUND = [`${ID} ${SECRET}:password::`]
const holding = (holds: Answer<KeyInSecret>, world = HEALTHY) =>
  configured(world, { secretKeys: [{ ...VERSION, key: 'password', holds }] })
const secret = (answer: Answer<Secret>) =>
  configured(holding(GONE), { secrets: [{ id: SECRET, region: REGION, secret: answer }] })
const { secretKeys: _, ...unasked } = HEALTHY.configuration
const NOT_ASKED = { ...HEALTHY, configuration: unasked }
const because = (world: typeof HEALTHY) =>
  judge(world)
    .unknowns.filter(({ check }) => check === ID)
    .map((one) => one.because.en)

describe(ID, () => {
  test('finds a key that the secret does not have, and says which variable wants it', () => {
    const world = holding(known('no-key'))
    expect(told(world)).toEqual(FOUND)
    const finding = findingOf(world, ID)
    expect(finding.what.en).toBe(`Secret ${SECRET} has no key password (container web: DB_PASSWORD).`)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      '# value.txt: the value of the key, made by you',
      `aws secretsmanager get-secret-value --secret-id ${SECRET} --query SecretString --output text --region ap-northeast-2 | jq --rawfile value value.txt '.["password"] = ($value | rtrimstr("\\n"))' > secret.txt`,
      `aws secretsmanager put-secret-value --secret-id ${SECRET} --secret-string file://secret.txt --region ap-northeast-2`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('clear where the key is there', () => {
    expect(told(holding(known('key')))).toEqual([])
    expect(unsure(holding(known('key')), ID)).toEqual([])
  })

  test('finds a value that is no JSON object', () => {
    expect(told(holding(known('no-json')))).toEqual(FOUND)
    const { what, remedy } = findingOf(holding(known('no-json')), ID)
    expect(what.en).toContain('is no JSON object')
    expect(remedy.cli[0]).toBe('# secret.txt: the value of the secret, made by you')
    expect(remedy.verified).toBe(false)
  })

  test('names the version in every command', () => {
    const world = configured(
      withContainer(HEALTHY, { secrets: [{ name: 'KEY', valueFrom: `${SECRET}:token:AWSPENDING:` }] }),
      {
        secrets: [
          { id: SECRET, region: REGION, secret: known({ arn: SECRET, deletedAt: null, stages: ['AWSPENDING'] }) },
        ],
        secretKeys: [{ ...VERSION, stage: 'AWSPENDING', key: 'token', holds: known('no-key') }],
      },
    )
    const { subject, what, remedy } = findingOf(world, ID)
    expect(subject).toBe(`${SECRET}:token:AWSPENDING:`)
    expect(what.en).toContain('container web: KEY')
    expect(remedy.cli[1]).toContain('--version-stage AWSPENDING')
    expect(remedy.cli[2]).toContain('--version-stages AWSPENDING')
    expect(remedy.terraform).toContain('version_stages = ["AWSPENDING"]')
  })

  test('without the input it decides nothing, and names the input', () => {
    expect(unsure(NOT_ASKED, ID)).toEqual([[null, false]])
    expect(because(NOT_ASKED)).toEqual([
      'not looked at, because no value of a secret is read without the input read-secrets: whether prod/db has the JSON keys password',
    ])
  })

  test('without a JSON key there is nothing to say', () => {
    const world = withContainer(NOT_ASKED, { secrets: [{ name: 'DB_PASSWORD', valueFrom: SECRET }] })
    expect(unsure(world, ID)).toEqual([])
  })

  test('is unknown where the value could not be read, and that decides: the user wanted to know', () => {
    expect(unsure(holding(DENIED), ID)).toEqual([[DENIED.permission, true]])
    expect(unsure(holding(GONE), ID)).toEqual([[GONE.permission, true]])
  })

  test('a secret that is gone, that will be, or that lacks the version is told by others', () => {
    expect(unsure(secret(GONE), ID)).toEqual([])
    expect(unsure(secret(known({ arn: SECRET, deletedAt: 1, stages: ['AWSCURRENT'] })), ID)).toEqual([])
    expect(unsure(secret(known({ arn: SECRET, deletedAt: null, stages: ['AWSPENDING'] })), ID)).toEqual([])
    expect(unsure(secret(known({ arn: SECRET, deletedAt: null, stages: [] })), ID)).toEqual([[GONE.permission, true]])
    expect(unsure(secret(unread('denied', 'x')), ID)).toEqual([[GONE.permission, true]])
  })
})
