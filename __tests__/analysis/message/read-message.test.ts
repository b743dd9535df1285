import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LABELS, type Label, stepOf } from '../../../src/analysis/message/labels.ts'
import { readMessage } from '../../../src/analysis/message/read-message.ts'
import { STEPS } from '../../../src/domain/step.ts'
import { isRight, isRightDestination, neighbours, publishedMessages, share } from './corpus.ts'

const PUBLISHED = publishedMessages()
const NEIGHBOURS = neighbours()

function misses(rows: readonly { text: string; label: Label; alt?: readonly Label[] }[]): string[] {
  return rows
    .filter((row) => !isRight(row, readMessage(row.text)))
    .map((row) => `${row.label} ≠ ${readMessage(row.text).label}: ${row.text.slice(0, 120)}`)
}

describe('accuracy on messages as people published them', () => {
  test('labels at least 97 % of the full texts', () => {
    const full = PUBLISHED.filter(({ quality }) => quality === 'full')
    expect(full.length).toBeGreaterThan(150)
    expect(misses(full).length / full.length).toBeLessThanOrEqual(0.03)
  })

  test.each(['cut', 'shortened', 'template'])('labels at least 90 %% of the %s texts', (quality) => {
    const rows = PUBLISHED.filter((row) => row.quality === quality)
    expect(rows.length).toBeGreaterThan(5)
    expect(misses(rows).length / rows.length).toBeLessThanOrEqual(0.1)
  })

  test.each(['stoppedReason', 'containerReason', 'serviceEvent', 'deploymentStateReason'])(
    'labels at least 95 %% of every %s',
    (field) => {
      const rows = PUBLISHED.filter((row) => row.field === field)
      expect(rows.length).toBeGreaterThan(5)
      expect(misses(rows).length / rows.length).toBeLessThanOrEqual(0.05)
    },
  )

  test('names the endpoint concerned in at least 95 %', () => {
    expect(share(PUBLISHED, (row) => isRightDestination(row, readMessage(row.text)))).toBeGreaterThanOrEqual(0.95)
  })

  test('says in at least 95 % whether a later try may work', () => {
    expect(share(PUBLISHED, (row) => readMessage(row.text).transient === row.transient)).toBeGreaterThanOrEqual(0.95)
  })
})

describe('accuracy on neighbouring wordings', () => {
  const failures = NEIGHBOURS.filter(({ label }) => label !== 'unknown')
  const others = NEIGHBOURS.filter(({ label }) => label === 'unknown')

  test('labels at least 97 % of them', () => {
    expect(failures.length).toBeGreaterThan(250)
    expect(misses(failures).length / failures.length).toBeLessThanOrEqual(0.03)
  })

  test('names the endpoint concerned in at least 95 % of those that have one', () => {
    const rows = failures.filter((row) => row.dest !== undefined)
    expect(rows.length).toBeGreaterThan(80)
    expect(share(rows, (row) => isRightDestination(row, readMessage(row.text)))).toBeGreaterThanOrEqual(0.95)
  })

  test('answers unknown to application logs, other products and plain sentences', () => {
    expect(others.length).toBeGreaterThan(100)
    expect(misses(others)).toEqual([])
  })

  test('covers every label', () => {
    const covered = new Set([...PUBLISHED, ...NEIGHBOURS].map(({ label }) => label))
    expect(LABELS.filter((label) => !covered.has(label))).toEqual([])
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
    })
  })
})

describe('other forms of one message', () => {
  const forms: readonly (readonly [string, (text: string) => string])[] = [
    ['lower case', (text) => text.toLowerCase()],
    [
      'title-case error names',
      (text) => text.replace(/\b[A-Z]\w+Error:/g, (name) => name[0] + name.slice(1).toLowerCase()),
    ],
    ['upper case', (text) => text.toUpperCase()],
    ['line breaks inside', (text) => text.replaceAll(' ', '\n  ')],
    ['blanks around and Windows line ends', (text) => `\t ${text.replaceAll('\n', '\r\n')}  \r\n`],
    ['typographic quotes', (text) => text.replaceAll("'", '’').replaceAll('"', '”')],
    ['escaped quotes', (text) => text.replaceAll('"', '\\"')],
    ['other account ids', (text) => text.replace(/\b\d{12}\b/g, '998877665544')],
    ['task prefix', (text) => `STOPPED (${text})`],
  ]
  test.each(forms)('%s keep the label', (_name, form) => {
    const rows = [...PUBLISHED, ...NEIGHBOURS].filter(({ text }) => text.trim() !== '')
    const changed = rows.filter(({ text }) => readMessage(form(text)).label !== readMessage(text).label)
    expect(changed.map(({ text }) => text.slice(0, 100)).slice(0, 5)).toEqual([])
  })

  test('cut at 255 characters, a message stays in its family or says less', () => {
    const rows = PUBLISHED.filter(({ text, label }) => text.length > 255 && label !== 'unknown')
    expect(rows.length).toBeGreaterThan(40)
    const same = rows.filter(({ text }) => readMessage(text.slice(0, 255)).label === readMessage(text).label)
    expect(same.length / rows.length).toBeGreaterThanOrEqual(0.7)
    const strayed = rows.filter(({ text }) => {
      const [whole, cut] = [readMessage(text).label, readMessage(text.slice(0, 255)).label]
      return cut !== whole && !cut.endsWith('/unspecified') && cut !== 'unknown'
    })
    expect(strayed.length / rows.length).toBeLessThanOrEqual(0.12)
  })
})

describe('untrusted text', () => {
  test('any string gets one of the labels, with its step, and no exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { label, step } = readMessage(text)
        return LABELS.includes(label) && (step === null || STEPS.includes(step))
      }),
    )
  })

  test('pieces of real messages in any order throw nothing', () => {
    const pieces = PUBLISHED.flatMap(({ text }) => text.split(/(?<=[:.,]) /))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (some) => {
        const { label, step } = readMessage(some.join(' '))
        return LABELS.includes(label) && step === stepOf(label)
      }),
    )
  })

  // biome-ignore format: one seed a word
  const seeds = [
    'manifest for ', 'exec: "', '(service ', 'service x ', 'get https://', 'image ', 'dial tcp ', 'a/', '"\\', 'arn:aws:',
    '\\n', 'instance place task ', 'repository ', 'deployment ', 'lookup ', '::', '1.1.1.1:443 ', '.', '-', ' ', 'fs-a',
    'not authorized to perform: ecr:', 'container command ', 'service deployment ', 'unhealthy in (', '\u2019', '\n',
    'cannotpullcontainererror: failed to resolve ref ', 'target group ', 'oci runtime exec: a:', '((((', 'error: image ',
  ]
  test.each(seeds)('100 kB of %j take less than 50 ms', (seed) => {
    const text = seed.repeat(Math.ceil(100_000 / seed.length))
    const took = [1, 2, 3, 4, 5].map(() => {
      const from = performance.now()
      readMessage(text)
      return performance.now() - from
    })
    // The best of five: a busy machine is no property of the code.
    expect(Math.min(...took)).toBeLessThan(50)
  })

  test('the end of a long text is read as well', () => {
    const text = `${'x '.repeat(50_000)} CannotPullContainerError: no space left on device`
    expect(readMessage(text).label).toBe('pull/disk-full')
  })
})
