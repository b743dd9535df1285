import { afterEach, describe, expect, test } from '@jest/globals'
import { type ImageReference, isInvalidImage, parseImageReference } from '../../src/domain/image-reference.ts'
import { tokenRequest } from '../../src/registry/challenge.ts'
import { askRegistry, manifestUrl } from '../../src/registry/v2.ts'
import { DIGEST, INDEX, type LoopbackRegistry, registry, withTokens } from './registry.ts'

let open: LoopbackRegistry | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

function referenceOf(image: string): ImageReference {
  const reference = parseImageReference(image)
  if (isInvalidImage(reference)) throw new Error(image)
  return reference
}

const senses = { fetch, timeoutMs: 2_000 }
const answering = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  registry((response) => response.writeHead(status, headers).end())

async function ask(image: string) {
  return askRegistry(referenceOf(`${open?.host}/${image}`), senses)
}

describe('askRegistry', () => {
  test('gets an anonymous token and asks again, by HEAD, for every form of a manifest', async () => {
    open = await registry(withTokens)
    expect(await ask('team/app:1')).toEqual({ is: 'there', digest: DIGEST, mediaType: INDEX })
    expect(open.asked.map(({ method, path, authorization }) => [method, path, authorization])).toEqual([
      ['HEAD', '/v2/team/app/manifests/1', null],
      ['GET', '/token?service=loopback&scope=repository%3Ateam%2Fapp%3Apull', null],
      ['HEAD', '/v2/team/app/manifests/1', 'Bearer anonymous.token'],
    ])
    expect(open.asked[0]?.accept.split(', ')).toEqual([
      INDEX,
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ])
  })

  test('says that a tag is missing', async () => {
    open = await registry(withTokens)
    expect(await ask('team/app:2')).toEqual({ is: 'missing' })
  })

  test('asks for the digest where there is one', async () => {
    open = await answering(200)
    expect(await ask(`team/app:1@${DIGEST}`)).toEqual({ is: 'there', digest: null, mediaType: '' })
    expect(open.asked[0]?.path).toBe(`/v2/team/app/manifests/${DIGEST}`)
  })

  test.each([
    [403, { is: 'closed' }],
    [404, { is: 'missing' }],
    [429, { is: 'rate-limited' }],
    [503, { is: 'unreachable', detail: 'HTTP 503' }],
    [418, { is: 'garbled', detail: 'HTTP 418' }],
  ])('%p is %p', async (status, answer) => {
    open = await answering(status)
    expect(await ask('team/app')).toEqual(answer)
  })

  test.each([
    ['a password', 'Basic realm="registry"'],
    ['nothing that is said', ''],
    ['a token from elsewhere without TLS', 'Bearer realm="http://registry.example/token"'],
    ['a token from no place', 'Bearer service="x"'],
  ])('a registry that wants %s is closed, and nothing is sent', async (_, challenge) => {
    open = await answering(401, challenge === '' ? {} : { 'www-authenticate': challenge })
    expect(await ask('team/app')).toEqual({ is: 'closed' })
    expect(open.asked).toHaveLength(1)
  })

  test.each<[string, number, string, string]>([
    ['none is given', 403, '', 'closed'],
    ['the answer has none', 200, '{"expires_in":300}', 'garbled'],
    ['the answer is no JSON', 200, '<html>', 'garbled'],
    ['the answer would break out of the header', 200, '{"token":"a\\nb: c"}', 'garbled'],
    ['the answer does not end', 200, `{"token":"abc"}${' '.repeat(100_000)}`, 'garbled'],
    ['too many are asked for', 429, '', 'rate-limited'],
  ])('of the token: %s', async (_, status, body, is) => {
    open = await registry((response, asked, host) => {
      if (asked.path.startsWith('/token')) response.writeHead(status).end(body)
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }).end()
    })
    expect(await ask('team/app')).toMatchObject({ is })
  })

  test('a token that is refused asks no third time', async () => {
    open = await registry((response, asked, host) => {
      if (asked.path.startsWith('/token')) response.writeHead(200).end('{"access_token":"abc"}')
      else response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }).end()
    })
    expect(await ask('team/app')).toEqual({ is: 'closed' })
    expect(open.asked).toHaveLength(3)
    expect(open.asked[2]?.authorization).toBe('Bearer abc')
  })

  test('nobody there, and nobody in time', async () => {
    const gone = await answering(200)
    await gone.close()
    const reference = referenceOf(`${gone.host}/team/app`)
    expect(await askRegistry(reference, senses)).toEqual({ is: 'unreachable', detail: 'ECONNREFUSED' })
    open = await registry(() => undefined)
    const slow = referenceOf(`${open.host}/team/app`)
    expect(await askRegistry(slow, { fetch, timeoutMs: 50 })).toEqual({ is: 'unreachable', detail: 'timed out' })
  })

  test('an abort of the caller is an abort', async () => {
    open = await registry(() => undefined)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(askRegistry(referenceOf(`${open.host}/a/b`), { ...senses, signal })).rejects.toThrow('enough')
  })
})

describe('the request for a token', () => {
  const hub = new URL('https://registry-1.docker.io/v2/library/nginx/manifests/latest')

  test('goes where the registry says, with what it says', () => {
    const challenge =
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"'
    expect(tokenRequest(challenge, hub)?.href).toBe(
      'https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull',
    )
  })

  test.each(['http://127.0.0.1:8080/token', 'https://localhost/token', 'https://[::1]/token', 'file:///etc/passwd'])(
    'does not follow a registry on the internet to %s',
    (realm) => {
      expect(tokenRequest(`Bearer realm="${realm}"`, hub)).toBeNull()
    },
  )
})

describe('where an image is asked for', () => {
  test.each([
    ['nginx', 'https://registry-1.docker.io/v2/library/nginx/manifests/latest'],
    ['team/app:2', 'https://registry-1.docker.io/v2/team/app/manifests/2'],
    ['ghcr.io/team/app/web:1', 'https://ghcr.io/v2/team/app/web/manifests/1'],
    ['registry.example:5000/app:1', 'https://registry.example:5000/v2/app/manifests/1'],
    [`quay.io/team/app@${DIGEST}`, `https://quay.io/v2/team/app/manifests/${DIGEST}`],
    ['localhost:5000/app', 'http://localhost:5000/v2/app/manifests/latest'],
    ['[::1]:5000/app', 'http://[::1]:5000/v2/app/manifests/latest'],
    ['127.example/app', 'https://127.example/v2/app/manifests/latest'],
  ])('%s', (image, url) => {
    expect(manifestUrl(referenceOf(image)).href).toBe(url)
  })
})

describe('the index of an image', () => {
  const body = JSON.stringify({ manifests: [{ platform: { os: 'linux', architecture: 'arm64' } }] })
  const askWith = (wanted: boolean) =>
    askRegistry(referenceOf(`${open?.host}/team/app:1`), { ...senses, index: wanted })
  const sending = (type: string, text = body, status = 200) =>
    registry((response, { method }) => {
      response.writeHead(method === 'GET' ? status : 200, { 'content-type': type })
      response.end(method === 'GET' ? text : undefined)
    })

  test('is fetched where it is wanted, with the same token', async () => {
    open = await registry((response, asked, host) => {
      if (asked.method !== 'GET' || asked.path.startsWith('/token')) return withTokens(response, asked, host)
      response.writeHead(asked.authorization === 'Bearer anonymous.token' ? 200 : 401).end(body)
    })
    expect(await askWith(true)).toEqual({ is: 'there', digest: DIGEST, mediaType: INDEX, index: body })
    expect(open.asked.map(({ method }) => method)).toEqual(['HEAD', 'GET', 'HEAD', 'GET'])
  })

  test('of Docker is called a manifest list', async () => {
    open = await sending('application/vnd.docker.distribution.manifest.list.v2+json')
    expect(await askWith(true)).toMatchObject({ index: body })
  })

  test.each([
    ['is not fetched unless wanted', false, INDEX],
    ['is not there for one platform', true, 'application/vnd.oci.image.manifest.v1+json'],
  ])('%s', async (_, wanted, type) => {
    open = await sending(type)
    expect(await askWith(wanted)).toEqual({ is: 'there', digest: null, mediaType: type })
    expect(open.asked).toHaveLength(1)
  })

  test.each([
    ['is refused', body, 429],
    ['does not end', ' '.repeat(2_000_000), 200],
  ])('that %s leaves the image there', async (_, text, status) => {
    open = await sending(INDEX, text, status)
    expect(await askWith(true)).toEqual({ is: 'there', digest: null, mediaType: INDEX })
  })
})
