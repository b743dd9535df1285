/** The one place that reads a value of a secret: what it tells, and that nothing of the value gets past it. */
import { afterEach, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { gatherService, type LookIntoSecret } from '../../src/aws/gather/index.ts'
import { connect } from '../../src/aws/reader/connection.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { recording } from '../../src/aws/reader/recording.ts'
import { answerFiles } from '../../src/aws/reader/snapshot.ts'
import { lookIntoSecrets } from '../../src/aws/secret-keys.ts'
import { type Loopback, loopback } from './loopback.ts'
import { simulate } from './simulated.ts'

let server: Loopback | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const REGION = 'ap-northeast-2'
const SECRET = `arn:aws:secretsmanager:${REGION}:406178923551:secret:prod/db-a1B2c3`
const VERSION = { id: SECRET, region: REGION, stage: null, versionId: null }
const DEFINITION = 'ecs/describe-task-definition/role-nestjs-second-41.json'
const HIDDEN = 'hunter2-c0rrect-h0rse'

const value = (text: string | null, more: Readonly<Record<string, unknown>> = {}) => ({
  ARN: SECRET,
  Name: 'prod/db',
  VersionId: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
  VersionStages: ['AWSCURRENT'],
  ...(text === null ? { SecretBinary: Buffer.from(HIDDEN).toString('base64') } : { SecretString: text }),
  ...more,
})

async function look(...values: readonly object[]): Promise<LookIntoSecret> {
  const files = Object.fromEntries(
    values.map((one, index) => [`secretsmanager/get-secret-value/${index}.json`, one] as const),
  )
  const simulator = await simulate({
    files: { 'meta.json': { region: REGION, accountId: '406178923551' }, ...files },
  })
  return lookIntoSecrets(connect({ region: REGION, endpoint: simulator.url, maxAttempts: 1 }))
}

describe('what it tells', () => {
  test.each<[string, string | null, readonly string[]]>([
    ['an object', JSON.stringify({ password: HIDDEN, user: 'web' }), ['key', 'no-key', 'no-key']],
    ['an object with a key that every object has', '{"toString":"x"}', ['no-key', 'key', 'no-key']],
    ['a key below another', `{"db":{"password":"${HIDDEN}"}}`, ['no-key', 'no-key', 'no-key']],
    ['a key in other letters', `{"Password":"${HIDDEN}"}`, ['no-key', 'no-key', 'no-key']],
    ['a key without a value', '{"password":null}', ['key', 'no-key', 'no-key']],
    ['a plain text', HIDDEN, ['no-json', 'no-json', 'no-json']],
    ['a list', '["password"]', ['no-json', 'no-json', 'no-json']],
    ['null', 'null', ['no-json', 'no-json', 'no-json']],
    ['bytes', null, ['no-json', 'no-json', 'no-json']],
  ])('%s', async (_, text, expected) => {
    const answer = await (await look(value(text)))(VERSION, ['password', 'toString', '__proto__'])
    expect(answer).toEqual({ known: true, value: expected })
  })

  test('of the version that is asked for', async () => {
    const pending = value('{"next":1}', { VersionId: 'b'.repeat(32), VersionStages: ['AWSPENDING'] })
    const ask = await look(value('{"now":1}'), pending)
    const told = async (more: object) => {
      const answer = await ask({ ...VERSION, ...more }, ['now', 'next'])
      return answer.known ? answer.value : answer.because
    }
    expect(await told({})).toEqual(['key', 'no-key'])
    expect(await told({ stage: 'AWSPENDING' })).toEqual(['no-key', 'key'])
    expect(await told({ versionId: 'b'.repeat(32) })).toEqual(['no-key', 'key'])
    expect(await told({ stage: 'AWSPREVIOUS' })).toBe('not-found')
    expect(await told({ id: SECRET.replace('db', 'other') })).toBe('not-found')
  })

  test('that it may not be read', async () => {
    const answer = await (await look())(VERSION, ['password'])
    expect(answer).toMatchObject({ known: false, because: 'denied', permission: 'secretsmanager:GetSecretValue' })
  })
})

test('an answer that cannot be read is quoted by no error', async () => {
  server = await loopback((response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(`{"SecretString": ${HIDDEN}}`)
  })
  const ask = lookIntoSecrets(connect({ region: REGION, endpoint: server.url, maxAttempts: 1 }))
  const answer = await ask(VERSION, ['password'])
  expect(answer).toMatchObject({ known: false, detail: '' })
})

describe('in a whole gathering', () => {
  function files() {
    const all = structuredClone(seoulFiles({ healthy: true })) as Record<string, Record<string, never>>
    const definition = all[DEFINITION]?.['taskDefinition'] as unknown as { containerDefinitions: object[] }
    const [container] = definition.containerDefinitions
    definition.containerDefinitions = [
      {
        ...container,
        secrets: [
          { name: 'DB', valueFrom: `${SECRET}:password::` },
          { name: 'DB_USER', valueFrom: `${SECRET}:user::` },
          { name: 'DB_AGAIN', valueFrom: `${SECRET}:password::` },
          { name: 'WHOLE', valueFrom: SECRET },
        ],
      },
    ]
    return {
      ...all,
      'secretsmanager/describe-secret/db.json': { ARN: SECRET, Name: 'prod/db' },
      'secretsmanager/get-secret-value/db.json': value(JSON.stringify({ password: HIDDEN })),
    }
  }

  async function gathered(reads: boolean) {
    const simulator = await simulate({ files: files() })
    const at = { region: REGION, endpoint: simulator.url, maxAttempts: 1 }
    const reader = recording(openLive(at))
    const request = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
    const lookIntoSecret = lookIntoSecrets(connect(at))
    const all = await gatherService(reader, { ...request, ...(reads ? { lookIntoSecret } : {}) })
    const asked = simulator.requests().filter(({ operation }) => operation === 'GetSecretValue')
    return { all, asked, recorded: reader.recorded() }
  }

  test('each version is read once, and only whether it has the keys is kept', async () => {
    const { all, asked, recorded } = await gathered(true)
    const { configuration } = all.facts
    expect(configuration.known && configuration.value.secretKeys).toEqual([
      { ...VERSION, key: 'password', holds: { known: true, value: 'key' } },
      { ...VERSION, key: 'user', holds: { known: true, value: 'no-key' } },
    ])
    expect(asked.map(({ params }) => params)).toEqual([{ SecretId: SECRET }])
    expect(recorded.length).toBeGreaterThan(10)
    expect(recorded.filter(({ call }) => call.operation === 'GetSecretValue')).toEqual([])
    for (const held of [all, recorded, [...answerFiles(recorded)]]) expect(JSON.stringify(held)).not.toContain(HIDDEN)
  })

  test('without the function nothing is asked', async () => {
    const { all, asked } = await gathered(false)
    expect(asked).toEqual([])
    expect(all.facts.configuration.known && 'secretKeys' in all.facts.configuration.value).toBe(false)
  })
})
