import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { STEPS } from '../../src/domain/step.ts'
import { LABELS } from '../../src/ecs-errors/labels.ts'
import { normalize } from '../../src/ecs-errors/normalize.ts'
import { readMessage } from '../../src/ecs-errors/read-message.ts'
import { growth } from '../growth.ts'
import { publishedMessages } from './corpus.ts'

const PUBLISHED = publishedMessages()

describe('what is said and what is called, in published texts', () => {
  // The label, the destination, and whether a later try may work.
  test.each([
    [
      "ref pull has been retried 1 time(s): number of layers and diffIDs don't  match: 3 != 15",
      'pull/unpack-failed',
      null,
      false,
    ],
    ['CannotPullContainerError: Could not reach any registry endpoint', 'pull/registry-unavailable', null, true],
    ['CannotPullECRContainerError: engine ecr credentials: not found', 'pull/auth-denied', 'ecr-api', true],
    [
      'CannotPullContainerError: Error response from daemon: Head "https://ghcr.io/v2/acme/api/manifests/latest": denied: denied',
      'pull/access-denied-or-missing',
      'registry:ghcr.io',
      false,
    ],
    [
      'CannotPullContainerError: inspect image has been retried 5 time(s): repository <ACCOUNT_ID>.dkr.ecr.ap-southeast-1.amazonaws.com/sales-assistant not found or image tag latest does not exist',
      'pull/image-not-found',
      'ecr-dkr',
      false,
    ],
    [
      'ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code 123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1: 403 Forbidden',
      'pull/auth-denied',
      's3-layers',
      false,
    ],
    [
      'failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://production.cloudflare.do',
      'pull/unspecified',
      'registry:registry-1.docker.io',
      null,
    ],
    ['write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device', 'pull/disk-full', null, false],
    [
      'CannotPullContainerError: Error response from daemon: devmapper: Thin Pool has 2862 free data blocks which is less than minimum required 4449 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior',
      'pull/disk-full',
      null,
      false,
    ],
    [
      'Fetching secret data from SSM Parameter Store in us-east-1: AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      'init/secrets-denied',
      'kms',
      false,
    ],
    [
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log',
      'init/unspecified',
      'logs',
      null,
    ],
    [
      "service my-service was unable to place a task because no container instance met all of its requirements. The closest matching container instance doesn't have enough CPU units available.",
      'placement/resources',
      null,
      null,
    ],
    ['Task stopped during instance draining', 'host/terminated', null, null],
  ] as const)('%s', (text, label, destination, transient) => {
    expect(readMessage(text)).toMatchObject({ label, destination, transient })
  })
})

describe('wordings that lead astray', () => {
  test('a layer time-out names the registry but dials S3', () => {
    const text =
      'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/nest:1: dial tcp 52.219.148.62:443: i/o timeout'
    expect(readMessage(text)).toEqual({
      label: 'pull/network-timeout',
      step: 'pull',
      destination: 's3-layers',
      transient: false,
      address: { ip: '52.219.148.62', port: 443, is: 's3' },
      repair: null,
    })
    const atEndpoint = text.replace('52.219.148.62', '10.0.1.20')
    expect(readMessage(atEndpoint)).toMatchObject({
      destination: 'ecr-dkr',
      address: { ip: '10.0.1.20', is: 'private' },
    })
  })

  test('prefixes of the Region that are handed in decide what S3 is', () => {
    const text = 'CannotPullContainerError: dial tcp 3.36.167.70:443: i/o timeout'
    expect(readMessage(text)).toMatchObject({ destination: null, address: { is: 'public' } })
    expect(readMessage(text, { s3Prefixes: ['3.36.167.64/28'] })).toMatchObject({
      destination: 's3-layers',
      address: { is: 's3' },
    })
  })

  test('the names of services, secrets and images are not words', () => {
    const event = '(service CannotPullContainerError-no-space-left) has reached a steady state.'
    expect(readMessage(event).label).toBe('steady')
    const image =
      'CannotPullContainerError: failed to resolve ref "docker.io/acme/not-found-429:unauthorized": failed to do request: Head "https://registry-1.docker.io/v2/acme/not-found-429/manifests/unauthorized": dial tcp 44.205.64.79:443: i/o timeout'
    expect(readMessage(image).label).toBe('pull/network-timeout')
  })

  test("docker's own status is no answer of the registry, except 404", () => {
    expect(readMessage('CannotPullContainerError: API error (500)').label).toBe('pull/unspecified')
    expect(readMessage('CannotPullContainerError: API error (404): repository x/y not found').label).toBe(
      'pull/image-not-found',
    )
  })

  test('the resolver of a look-up is not the address that was dialled', () => {
    const text =
      'CannotPullContainerError: Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: read udp 10.0.1.5:38312->10.0.0.2:53: i/o timeout'
    expect(readMessage(text)).toMatchObject({ label: 'pull/dns-failure', address: null })
  })

  test('an IPv6 address is read with its port', () => {
    const text =
      'CannotPullContainerError: failed to do request: Head "https://registry-1.docker.io/v2/a/b/manifests/1": dial tcp [2600:1f18:2148:bc02::1]:443: i/o timeout'
    expect(readMessage(text).address).toEqual({ ip: '2600:1f18:2148:bc02::1', port: 443, is: 'public' })
  })

  test('docker 1.9 leaves out the host of an image, so that a short name is no sign of Docker Hub', () => {
    const text = 'CannotPullContainerError: Error: image deathstar:9ce7d67bf402b337a75c8acf49c11881be2f16bd not found'
    expect(readMessage(text)).toMatchObject({ label: 'pull/access-denied-or-missing', destination: null })
  })

  test('a call that is cut before its answer was not silent', () => {
    const text =
      'CannotPullContainerError: Error response from daemon: Get https://registry.example/v2/: dial tcp 203.0.113.9'
    expect(readMessage(text).label).toBe('pull/unspecified')
  })

  test('digits of a request id are no status', () => {
    const text =
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log group: operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, RequestID: b8ee5906-7f22-428c-965d-429'
    expect(readMessage(text).label).toBe('init/unspecified')
  })

  test('an address that its author masked is none', () => {
    const text = 'CannotPullContainerError: Get https://registry.example/v2/: dial tcp xx.xx.xx.xxx:443: i/o timeout'
    expect(readMessage(text)).toMatchObject({ label: 'pull/network-timeout', address: null })
  })

  test('a definite answer outweighs the advice to check the network', () => {
    const text =
      'ResourceInitializationError: unable to pull secrets or registry auth: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret x from secrets manager: AccessDeniedException: User: u is not authorized to perform: secretsmanager:GetSecretValue'
    expect(readMessage(text).label).toBe('init/secrets-denied')
  })

  test('nothing is said of a text that is no message', () => {
    expect(readMessage('dial tcp 52.219.148.62:5432: connect: connection refused')).toEqual({
      label: 'unknown',
      step: null,
      destination: null,
      transient: null,
      address: null,
      repair: null,
    })
  })
})

describe('untrusted text', () => {
  test('any string gets one of the labels, with its step, and no exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { label, step } = readMessage(text)
        return Object.hasOwn(LABELS, label) && (step === null || STEPS.includes(step))
      }),
    )
  })

  test('pieces of real messages in any order throw nothing', () => {
    const pieces = PUBLISHED.flatMap(({ text }) => text.split(/(?<=[:.,]) /))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (some) => {
        const { label, step } = readMessage(some.join(' '))
        return Object.hasOwn(LABELS, label) && step === LABELS[label].step
      }),
    )
  })

  // biome-ignore format: one seed a word
  const seeds = [
    'manifest for ', 'exec: "', '(service ', 'service x ', 'get https://', 'image ', 'dial tcp ', 'a/', '"\\', 'arn:aws:',
    '\\n', 'instance place task ', 'repository ', 'deployment ', 'lookup ', '::', '1.1.1.1:443 ', '.', '-', ' ', 'fs-a',
    'not authorized to perform: ecr:', 'container command ', 'service deployment ', 'unhealthy in (', '\u2019', '\n',
    'cannotpullcontainererror: failed to resolve ref ', 'target group ', 'oci runtime exec: a:', '((((', 'error: image ',
    'taskfailedtostart: ', 'unable to place a task. reason: ', 'clientexception ', 'task stopped ', '\\n\\r',
  ]
  test.each(seeds)('the time that %j repeated takes grows with its length, not with the square of it', (seed) => {
    const read = (length: number) => {
      const text = seed.repeat(Math.ceil(length / seed.length))
      for (let times = 0; times < 10; times += 1) readMessage(text)
    }
    expect(growth(read, 2_000)).toBeLessThan(12)
  })

  test('of a text of 100 kB no more than 8,001 characters are read', () => {
    expect(normalize('a'.repeat(100_000)).plain.length).toBeLessThan(8_010)
  })

  test('the end of a long text is read as well', () => {
    const text = `${'x '.repeat(50_000)} CannotPullContainerError: no space left on device`
    expect(readMessage(text).label).toBe('pull/disk-full')
  })
})
