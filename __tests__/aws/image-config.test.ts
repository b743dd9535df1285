/** The one place that reads the configuration of an image: what it tells, and that nothing else of it gets past it. */
import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { gatherService } from '../../src/aws/gather/index.ts'
import { readImageConfigs } from '../../src/aws/image-config.ts'
import { connect } from '../../src/aws/reader/connection.ts'
import { openLive } from '../../src/aws/reader/live.ts'
import { recording } from '../../src/aws/reader/recording.ts'
import { answerFiles } from '../../src/aws/reader/snapshot.ts'
import { type Loopback, loopback } from './loopback.ts'
import { simulate } from './simulated.ts'

let server: Loopback | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const REGION = 'ap-northeast-2'
const REPOSITORY = { accountId: '406178923551', region: REGION, name: 'nestjs-second' }
const CONFIG = `sha256:${'c'.repeat(64)}`
const HIDDEN = 'hunter2-c0rrect-h0rse'
const DENIAL = JSON.stringify({ __type: 'AccessDeniedException', message: HIDDEN })
const config = (more: object) =>
  JSON.stringify({ architecture: 'arm64', os: 'linux', variant: 'v8', config: { Env: [`TOKEN=${HIDDEN}`] }, ...more })

/** ECR says where the blob lies, and there it lies. */
async function reading(blob: string | ((response: ServerResponse) => void), denied = false) {
  server = await loopback((response, { operation }) => {
    if (operation !== 'GetDownloadUrlForLayer') {
      if (typeof blob === 'string') response.end(blob)
      else blob(response)
    } else if (denied) response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(DENIAL)
    else response.end(JSON.stringify({ downloadUrl: `${server?.url}/blob`, layerDigest: CONFIG }))
  })
  return readImageConfigs(connect({ region: REGION, endpoint: server.url, maxAttempts: 1 }), {
    fetch,
    timeoutMs: 2_000,
  })
}

describe('what it tells', () => {
  test('the platform, and asks for the blob of the repository', async () => {
    const answer = await (await reading(config({})))(REPOSITORY, CONFIG)
    expect(answer).toEqual({ known: true, value: { os: 'linux', architecture: 'arm64', osVersion: null } })
    expect(JSON.parse(server?.asked[0]?.body ?? '')).toEqual({
      registryId: REPOSITORY.accountId,
      repositoryName: REPOSITORY.name,
      layerDigest: CONFIG,
    })
  })

  test('of Windows the version, too', async () => {
    const windows = config({ os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2402' })
    expect(await (await reading(windows))(REPOSITORY, CONFIG)).toEqual({
      known: true,
      value: { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2402' },
    })
  })

  test.each<[string, string | ((response: ServerResponse) => void), string]>([
    ['a blob that is no JSON', HIDDEN, 'garbled'],
    ['one that names no platform', config({ os: undefined }), 'garbled'],
    ['one that is not there', (response) => response.writeHead(404).end(HIDDEN), 'unreachable'],
    ['one that is far too large', config({ history: 'x'.repeat(4_000_001) }), 'unreachable'],
    ['one that is cut off', (response) => response.destroy(), 'unreachable'],
  ])('%s is unread', async (_, blob, because) => {
    const answer = await (await reading(blob))(REPOSITORY, CONFIG)
    expect(answer).toEqual({ known: false, because, permission: 'ecr:GetDownloadUrlForLayer', detail: '' })
  })

  test('a denial is one, without its words', async () => {
    const answer = await (await reading(config({}), true))(REPOSITORY, CONFIG)
    expect(answer).toMatchObject({
      known: false,
      because: 'denied',
      permission: 'ecr:GetDownloadUrlForLayer',
      detail: '',
    })
  })
})

describe('in a whole gathering', () => {
  async function gathered(reads: boolean) {
    const files = structuredClone(seoulFiles({ healthy: true })) as Record<string, Record<string, object[]>>
    const [image] = files['ecr/batch-get-image/nestjs-second.json']?.['images'] ?? []
    Object.assign(image ?? {}, { imageManifest: JSON.stringify({ schemaVersion: 2, config: { digest: CONFIG } }) })
    const simulator = await simulate({ files })
    const readImageConfig = await reading(config({}))
    const reader = recording(openLive({ region: REGION, endpoint: simulator.url, maxAttempts: 1 }))
    const request = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }
    const all = await gatherService(reader, { ...request, ...(reads ? { readImageConfig } : {}) })
    const ecr = all.facts.images.known ? all.facts.images.value.images[0]?.ecr : null
    return { all, ecr, recorded: reader.recorded() }
  }

  test('it is read once, and only the platform is kept', async () => {
    const { all, ecr, recorded } = await gathered(true)
    expect(ecr?.onePlatform).toEqual({ known: true, value: { os: 'linux', architecture: 'arm64', osVersion: null } })
    expect(server?.asked.map(({ operation }) => operation)).toEqual(['GetDownloadUrlForLayer', ''])
    for (const held of [all, recorded, [...answerFiles(recorded)]]) expect(JSON.stringify(held)).not.toContain(HIDDEN)
  })

  test('without the function nothing is asked', async () => {
    const { ecr } = await gathered(false)
    expect(ecr?.platforms).toEqual({ known: true, value: null })
    expect(ecr?.onePlatform).toBeUndefined()
    expect(server?.asked).toEqual([])
  })
})
