import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ImageReference, isInvalidImage, parseImageReference } from '../../src/domain/image-reference.ts'

const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`
const ECR = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com'

/** The full form. */
function imageReferenceText({ host, port, repository, tag, digest }: ImageReference): string {
  const rest = `${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`
  return `${host}${port === null ? '' : `:${port}`}/${repository}${rest}`
}

function parsed(text: string): ImageReference {
  const reference = parseImageReference(text)
  if (isInvalidImage(reference)) throw new Error(reference.invalid.en)
  return reference
}

describe('the parts of a reference', () => {
  test.each<[string, string, number | null, string, string | null, string | null]>([
    ['nginx', 'docker.io', null, 'library/nginx', 'latest', null],
    ['nginx:1.27', 'docker.io', null, 'library/nginx', '1.27', null],
    ['ubuntu:5000', 'docker.io', null, 'library/ubuntu', '5000', null],
    ['docker.io/nginx', 'docker.io', null, 'library/nginx', 'latest', null],
    ['index.docker.io/nginx', 'docker.io', null, 'library/nginx', 'latest', null],
    ['test-account/test-image:latest', 'docker.io', null, 'test-account/test-image', 'latest', null],
    ['team/app/web:1', 'docker.io', null, 'team/app/web', '1', null],
    ['localhost/web', 'localhost', null, 'web', 'latest', null],
    ['localhost:5000/web', 'localhost', 5000, 'web', 'latest', null],
    ['registry:5000/a/b:c', 'registry', 5000, 'a/b', 'c', null],
    ['registry.example.com:5000/a/b/c:v1', 'registry.example.com', 5000, 'a/b/c', 'v1', null],
    ['registry:1/web', 'registry', 1, 'web', 'latest', null],
    ['registry:65535/web', 'registry', 65535, 'web', 'latest', null],
    ['10.0.0.5:5000/web', '10.0.0.5', 5000, 'web', 'latest', null],
    ['[fd00::1]:5000/web', '[fd00::1]', 5000, 'web', 'latest', null],
    ['REGISTRY.Example.com/web:V1', 'registry.example.com', null, 'web', 'V1', null],
    [`web@${SHA}`, 'docker.io', null, 'library/web', null, SHA],
    [`${ECR}/web:v7@${SHA}`, ECR, null, 'web', 'v7', SHA],
    [`${ECR}/team/app/web@${SHA}`, ECR, null, 'team/app/web', null, SHA],
    ['a.b/x__y--z.w_v', 'a.b', null, 'x__y--z.w_v', 'latest', null],
  ])('%s', (text, host, port, repository, tag, digest) => {
    expect(parsed(text)).toMatchObject({ host, port, repository, tag, digest })
  })

  test('a repository of 255 characters is the longest, whatever the length of the host', () => {
    const longest = 'a'.repeat(255)
    expect(parsed(`registry.example.com/${longest}`).repository).toBe(longest)
    expect(parseImageReference(`registry.example.com/${longest}a`)).toHaveProperty('invalid')
    expect(parsed(`web:${'t'.repeat(128)}`).tag).toHaveLength(128)
    expect(parseImageReference(`web:${'t'.repeat(129)}`)).toHaveProperty('invalid')
  })
})

describe('text that Docker refuses', () => {
  test.each([
    ['', /empty/],
    [' web', /white space/],
    ['web:v1\n', /white space/],
    ['0123456789abcdef'.repeat(4), /image id/],
    ['Web', /lower case: Web/],
    ['MyOrg/web', /lower case/],
    [`${ECR}/Web:v1`, /lower case/],
    ['a.b/', /repository name/],
    ['/web', /repository name/],
    ['a//b', /repository name/],
    ['a.b/web..x', /repository name/],
    ['web___x', /repository name/],
    ['web-', /repository name/],
    ['web:', /tag/],
    ['web:-v1', /tag/],
    ['web:v1:v2', /tag/],
    ['web:v1+build', /tag/],
    ['web@', /digest/],
    ['web@sha256:abc', /digest/],
    [`web@${SHA.toUpperCase()}`, /digest/],
    [`web@md5:${'a'.repeat(32)}`, /digest/],
    ['web@constructor:abc', /digest/],
    [`web@${SHA}@${SHA}`, /digest/],
    ['https://registry.example.com/web', /host name/],
    ['-bad.example.com/web', /host name/],
    ['registry.example.com:0/web', /host name/],
    ['registry.example.com:65536/web', /host name/],
    ['registry.example.com:/web', /host name/],
    ['a..b/web', /host name/],
  ])('%j', (text, because) => {
    const reference = parseImageReference(text)
    if (!isInvalidImage(reference)) throw new Error(`taken for ${imageReferenceText(reference)}`)
    expect(reference.invalid.en).toMatch(because)
    expect(reference.invalid.ko).toMatch(/[가-힣]/)
  })
})

describe('ECR registries', () => {
  test.each([
    ['123456789012.dkr.ecr.ap-northeast-2.amazonaws.com', 'ap-northeast-2', 'aws', 'amazonaws.com', false, false],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'aws-cn', 'amazonaws.com.cn', false, false],
    ['123456789012.dkr.ecr.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'aws-us-gov', 'amazonaws.com', false, false],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', false, false],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', 'aws-iso', 'c2s.ic.gov', false, false],
    ['123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', false, false],
    [
      '123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk',
      'eu-isoe-west-1',
      'aws-iso-e',
      'cloud.adc-e.uk',
      false,
      false,
    ],
    [
      '123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov',
      'us-isof-south-1',
      'aws-iso-f',
      'csp.hci.ic.gov',
      false,
      false,
    ],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'eu-west-1', 'aws', 'amazonaws.com', true, false],
    [
      '123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn',
      'cn-northwest-1',
      'aws-cn',
      'amazonaws.com.cn',
      true,
      false,
    ],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'us-east-1', 'aws', 'amazonaws.com', false, true],
    ['123456789012.dkr-ecr-fips.us-east-1.on.aws', 'us-east-1', 'aws', 'amazonaws.com', true, true],
    // Regions and partitions of tomorrow.
    ['123456789012.dkr.ecr.nz-south-9.amazonaws.com', 'nz-south-9', 'aws', 'amazonaws.com', false, false],
    ['123456789012.dkr.ecr.mars-east-1.aws.mars', 'mars-east-1', 'unknown', 'aws.mars', false, false],
    ['123456789012.dkr-ecr.mars-east-1.on.mars', 'mars-east-1', 'unknown', 'amazonaws.com', true, false],
  ])('%s', (host, region, partition, dnsSuffix, dualStack, fips) => {
    expect(parsed(`${host.toUpperCase()}/team/web:v1`)).toMatchObject({
      host,
      ecr: { accountId: '123456789012', region, partition, dnsSuffix, dualStack, fips },
      ecrPublic: false,
    })
  })

  test.each([
    '12345678901.dkr.ecr.us-east-1.amazonaws.com/web',
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com/web',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com.example.com/web',
    '123456789012.dkr-ecr.us-east-1.amazonaws.com/web',
    'mirror.example.com/123456789012.dkr.ecr.us-east-1.amazonaws.com/web',
    'public.ecr.aws/nginx/nginx:stable',
    'nginx',
  ])('%s is not a private one', (text) => {
    expect(parsed(text).ecr).toBeNull()
  })

  test('public.ecr.aws is recognised', () => {
    expect(parsed('public.ecr.aws/docker/library/nginx:1').ecrPublic).toBe(true)
    expect(parsed('ecr.aws/nginx').ecrPublic).toBe(false)
  })
})

describe('printing', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    [`nginx@${SHA}`, `docker.io/library/nginx@${SHA}`],
    [`registry:5000/a/b:c@${SHA}`, `registry:5000/a/b:c@${SHA}`],
  ])('%s', (text, full) => {
    expect(imageReferenceText(parsed(text))).toBe(full)
  })

  const word = fc.stringMatching(/^[a-z0-9]{1,6}$/)
  const component = fc
    .array(fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '---')), { minLength: 1, maxLength: 3 })
    .chain((parts) => word.map((last) => parts.map(([text, mark]) => text + mark).join('') + last))
  const repository = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  const host = fc.oneof(
    fc.constantFrom('docker.io', 'localhost', ECR, '10.0.0.5', '[fd00::1]', 'public.ecr.aws'),
    fc.array(word, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.')),
  )
  const references = fc.record({
    host,
    port: fc.option(fc.integer({ min: 1, max: 65535 })),
    repository,
    tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/)),
    digest: fc.option(fc.constant(SHA)),
  })

  test('what is printed reads back as it was', () => {
    fc.assert(
      fc.property(references, ({ host, port, repository, tag, digest }) => {
        const text = imageReferenceText({ host, port, repository, tag, digest, ecr: null, ecrPublic: false })
        const reference = parsed(text)
        expect(reference).toMatchObject({ host, port, digest, tag: tag ?? (digest === null ? 'latest' : null) })
        const official = host === 'docker.io' && port === null && !repository.includes('/')
        expect(reference.repository).toBe(official ? `library/${repository}` : repository)
        expect(parsed(imageReferenceText(reference))).toEqual(reference)
      }),
    )
  })

  test('any text gets an answer, and a valid one has a stable full form', () => {
    const odd = fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9._:@/-]{0,40}$/))
    fc.assert(
      fc.property(odd, (text) => {
        const reference = parseImageReference(text)
        if (isInvalidImage(reference)) return
        expect(parseImageReference(imageReferenceText(reference))).toEqual(reference)
      }),
      { numRuns: 2000 },
    )
  })
})
