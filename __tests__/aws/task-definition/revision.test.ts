/** The same revision or another one, and what differs. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Loose } from '../../../src/aws/calls/call.ts'
import { revisionDiff } from '../../../src/aws/task-definition/revision/diff.ts'
import { isSameRevision } from '../../../src/aws/task-definition/revision/same-revision.ts'
import { draws } from '../../draws.ts'
import { FULL } from './full-definition.ts'

const READ_ONLY = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
  revision: 7,
  status: 'ACTIVE',
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.docker-remote-api.1.18' }],
  compatibilities: ['EC2'],
  registeredAt: '2026-01-01T00:00:00Z',
  registeredBy: 'arn:aws:iam::123456789012:user/x',
}

/** As DescribeTaskDefinition answers, its tags beside it. */
function described({ tags = [], ...definition }: Loose, more: object = {}): Loose {
  return { taskDefinition: { ...definition, ...READ_ONLY, ...more }, tags }
}

const LEAST = { family: 'web', containerDefinitions: [{ name: 'web', image: 'nginx:1', memory: 128 }] }
const container = (fields: object) => ({
  ...LEAST,
  containerDefinitions: [{ ...LEAST.containerDefinitions[0], ...fields }],
})

describe('the same', () => {
  test('what was registered with every member', () => {
    expect(isSameRevision(FULL, described(FULL))).toBe(true)
  })

  test.each<[string, Loose, Loose]>([
    [
      'what ECS fills in',
      LEAST,
      {
        ...container({
          cpu: 0,
          essential: true,
          environment: [],
          environmentFiles: [],
          mountPoints: [],
          volumesFrom: [],
          portMappings: [],
          systemControls: [],
          ulimits: [],
          versionConsistency: 'enabled',
        }),
        networkMode: 'bridge',
        volumes: [],
        placementConstraints: [],
        requiresCompatibilities: [],
        enableFaultInjection: false,
      },
    ],
    [
      'ports of awsvpc',
      { ...container({ portMappings: [{ containerPort: 80 }] }), networkMode: 'awsvpc' },
      {
        ...container({ portMappings: [{ containerPort: 80, hostPort: 80, protocol: 'tcp' }] }),
        networkMode: 'awsvpc',
      },
    ],
    [
      'ports of bridge',
      container({ portMappings: [{ containerPort: 80 }] }),
      container({ portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }] }),
    ],
    ['sizes in words', { ...LEAST, cpu: '1 vCPU', memory: '2GB' }, { ...LEAST, cpu: '1024', memory: '2048' }],
    [
      'a role by its name',
      { ...LEAST, executionRoleArn: 'exec' },
      { ...LEAST, executionRoleArn: 'arn:aws:iam::123456789012:role/exec' },
    ],
    [
      'a health check',
      container({ healthCheck: { command: ['CMD', 'true'] } }),
      container({ healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } }),
    ],
    [
      'a volume of EFS',
      { ...LEAST, volumes: [{ name: 'a', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] },
      {
        ...LEAST,
        volumes: [
          {
            name: 'a',
            host: {},
            efsVolumeConfiguration: {
              fileSystemId: 'fs-1',
              rootDirectory: '/',
              transitEncryption: 'DISABLED',
              authorizationConfig: { iam: 'DISABLED' },
            },
          },
        ],
      },
    ],
    [
      'compatibilities in another order',
      { ...LEAST, requiresCompatibilities: ['FARGATE', 'EC2'] },
      { ...LEAST, requiresCompatibilities: ['EC2', 'FARGATE'] },
    ],
    ['a volume of nothing', { ...LEAST, volumes: [{ name: 'a' }] }, { ...LEAST, volumes: [{ name: 'a', host: {} }] }],
    [
      'another order of variables, secrets, containers and tags',
      {
        family: 'web',
        containerDefinitions: [
          {
            name: 'a',
            image: 'a',
            environment: [
              { name: 'A', value: '1' },
              { name: 'B', value: '' },
            ],
          },
          { name: 'b', image: 'b' },
        ],
        tags: [
          { key: 'x', value: '1' },
          { key: 'y', value: '2' },
        ],
      },
      {
        family: 'web',
        containerDefinitions: [
          { name: 'b', image: 'b' },
          { name: 'a', image: 'a', environment: [{ name: 'B' }, { name: 'A', value: '1' }] },
        ],
        tags: [
          { key: 'aws:cloudformation:stack-name', value: 'web' },
          { key: 'y', value: '2' },
          { key: 'x', value: '1' },
        ],
      },
    ],
  ])('%s', (_, input, answered) => {
    expect(revisionDiff({ definition: { ...answered, ...READ_ONLY } }, { definition: input })).toEqual([])
    expect(isSameRevision(input, described(answered))).toBe(true)
  })
})

describe('another one', () => {
  test.each<[string, Loose, Loose]>([
    ['an inactive one', LEAST, described(LEAST, { status: 'INACTIVE' })],
    ['one of which nothing is known', LEAST, {}],
    ['tags that nobody asked for', { ...LEAST, tags: [{ key: 'a', value: 'b' }] }, described(LEAST)],
    ['a volume that is gone', LEAST, described({ ...LEAST, volumes: [{ name: 'a', host: {} }] })],
    ['the order of a command', container({ command: ['a', 'b'] }), described(container({ command: ['b', 'a'] }))],
    [
      'a role of another account',
      { ...LEAST, executionRoleArn: 'exec' },
      described({ ...LEAST, executionRoleArn: 'arn:aws:iam::999999999999:role/exec' }),
    ],
    [
      'another one of two variables of a name',
      container({
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      described(
        container({
          environment: [
            { name: 'A', value: '2' },
            { name: 'A', value: '1' },
          ],
        }),
      ),
    ],
  ])('%s', (_, input, answered) => {
    expect(isSameRevision(input, answered)).toBe(false)
  })

  test('where any one value of any member differs, goes or comes', () => {
    const places = scalarsOf(FULL, [])
    expect(places.length).toBeGreaterThan(140)
    for (const place of places) {
      for (const changed of [withValue(FULL, place, other), withValue(FULL, place, () => undefined)] as Loose[]) {
        expect([place.join('.'), isSameRevision(changed, described(FULL))]).toEqual([place.join('.'), false])
        expect([place.join('.'), isSameRevision(FULL, described(changed))]).toEqual([place.join('.'), false])
      }
    }
  })

  test('whatever is done to several members at once, the diff is empty only where nothing was done', () => {
    const places = scalarsOf(FULL, [])
    fc.assert(
      fc.property(fc.subarray([...places], { maxLength: 5 }), (some) => {
        const changed = some.reduce<unknown>((whole, place) => withValue(whole, place, other), FULL) as Loose
        const diff = revisionDiff({ definition: FULL }, { definition: changed })
        expect(isSameRevision(changed, described(FULL))).toBe(diff.length === 0)
        expect(diff.length > 0).toBe(some.length > 0)
      }),
      { numRuns: draws(100) },
    )
  })
})

type Place = readonly (string | number)[]

function scalarsOf(value: unknown, place: Place): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [place]
  const entries = Array.isArray(value) ? value.map((one, at) => [at, one] as const) : Object.entries(value)
  return entries.flatMap(([key, one]) => scalarsOf(one, [...place, key]))
}

function withValue(whole: unknown, [key, ...rest]: Place, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(whole)
  if (Array.isArray(whole)) {
    return whole.flatMap((one, at) => {
      const changed = at === key ? withValue(one, rest, change) : one
      return changed === undefined ? [] : [changed]
    })
  }
  const record = whole as Readonly<Record<string, unknown>>
  const { [key]: own, ...others } = record
  const changed = withValue(own, rest, change)
  return changed === undefined ? others : { ...others, [key]: changed }
}

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  return typeof value === 'number' ? value + 1 : `${String(value)}9`
}

describe('the diff', () => {
  const of = (before: Loose, after: Loose) =>
    revisionDiff({ definition: before }, { definition: after }).map(
      ({ path, kind, before: old, after: young }) => `${path} ${kind} ${old} → ${young}`,
    )

  test('names what differs, in the order of what runs', () => {
    const before = {
      ...container({
        environment: [{ name: 'OLD', value: 'a' }],
        secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:x:1:parameter/a' }],
      }),
      cpu: '256',
    }
    const after = {
      ...container({
        image: 'nginx:2',
        environment: [{ name: 'NEW', value: 'a' }],
        secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:x:1:parameter/b' }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } },
        healthCheck: { command: ['CMD', 'true'], interval: 10 },
      }),
      cpu: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
    }
    const web = 'containerDefinitions.web'
    expect(of(before, after).toSorted()).toEqual(
      [
        'cpu changed 256 → 512',
        `${web}.image changed nginx:1 → nginx:2`,
        `${web}.environment.OLD removed null → null`,
        `${web}.environment.NEW added null → null`,
        `${web}.secrets.DB changed arn:aws:ssm:x:1:parameter/a → arn:aws:ssm:x:1:parameter/b`,
        `${web}.logConfiguration.logDriver added null → awslogs`,
        `${web}.logConfiguration.options.awslogs-group added null → /ecs/web`,
        `${web}.healthCheck.interval added null → 10`,
        `${web}.healthCheck.timeout added null → 5`,
        `${web}.healthCheck.retries added null → 3`,
        `${web}.healthCheck.command added null → CMD true`,
        'executionRoleArn added null → arn:aws:iam::123456789012:role/exec',
      ].toSorted(),
    )
  })

  test('a container that comes or goes is one line', () => {
    const two = {
      ...LEAST,
      containerDefinitions: [...LEAST.containerDefinitions, { name: 'side', image: 'busybox:1' }],
    }
    expect(of(LEAST, two)).toEqual(['containerDefinitions.side added null → busybox:1'])
    expect(of(two, LEAST)).toEqual(['containerDefinitions.side removed busybox:1 → null'])
  })

  test('an image is told with the digests that are known, and a tag that moved is a difference', () => {
    const digests = (web: string) => ({ web: `sha256:${web}` })
    const diff = (after: Loose, one?: Record<string, string>, two?: Record<string, string>) =>
      revisionDiff(
        { definition: LEAST, ...(one === undefined ? {} : { digests: one }) },
        { definition: after, ...(two === undefined ? {} : { digests: two }) },
      ).map(({ before, after: young }) => [before, young])
    expect(diff(LEAST, digests('a'), digests('b'))).toEqual([['nginx:1@sha256:a', 'nginx:1@sha256:b']])
    expect(diff(LEAST, digests('a'), digests('a'))).toEqual([])
    expect(diff(LEAST, digests('a'))).toEqual([])
    expect(diff(container({ image: 'nginx:2' }), digests('a'))).toEqual([['nginx:1@sha256:a', 'nginx:2']])
  })

  test('members of the service are compared where both sides have them', () => {
    const before = { desiredCount: 2, subnets: ['subnet-b', 'subnet-a'], platformVersion: '1.4.0' }
    const after = { desiredCount: 3, subnets: ['subnet-a', 'subnet-b'] }
    expect(revisionDiff({ definition: null, service: before }, { definition: LEAST, service: after })).toEqual([
      { path: 'service.desiredCount', kind: 'changed', before: '2', after: '3' },
    ])
  })

  test('holds no value of a variable or of a secret, nor what is named or written like one', () => {
    const secret = (at: number) => `hunter${at}x`
    const hidden = (at: number) => ({
      ...container({
        environment: [{ name: 'A', value: secret(at) }],
        secrets: [{ name: 'B', valueFrom: secret(at) }],
        command: ['serve', '--password', `a ${secret(at)}`, '--db', `postgres://u:${secret(at)}@db/x`],
        entryPoint: ['sh', '-c', `API_KEY=${secret(at)} exec serve`],
        dockerLabels: { 'db.password': secret(at) },
        logConfiguration: {
          logDriver: 'splunk',
          options: { 'splunk-token': secret(at) },
          secretOptions: [{ name: 'C', valueFrom: secret(at) }],
        },
        repositoryCredentials: { credentialsParameter: secret(at) },
      }),
      volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'cifs', driverOpts: { o: `pass=${secret(at)}` } } }],
      tags: [{ key: 'token', value: secret(at) }],
    })
    const twice = (at: number) =>
      container({
        environment: [
          { name: 'A', value: secret(at) },
          { name: 'A', value: secret(at + 1) },
        ],
      })
    for (const [before, after] of [
      [hidden(1), hidden(2)],
      [LEAST, hidden(2)],
      [hidden(1), LEAST],
      [twice(1), twice(5)],
      [twice(1), LEAST],
    ] as const) {
      const diff = revisionDiff({ definition: before }, { definition: after })
      expect(diff.length).toBeGreaterThan(0)
      expect(JSON.stringify(diff)).not.toContain('hunter')
    }
    // Hidden, and still told.
    expect(of(hidden(1), hidden(2)).length).toBe(10)
  })
})
