import { LogDriver } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { known } from '../../src/domain/answer.ts'
import type { Container, Service } from '../../src/domain/service.ts'
import { type StartupDestination, startupNeeds } from '../../src/task-start/startup-needs.ts'
import { VOLUME } from '../checks/worlds.ts'
import { compute, container, instance, provider, REGION, service, taskDefinition } from './sample.ts'

function needs(containers: readonly Container[], of = service(), facts = compute()) {
  return startupNeeds(of, taskDefinition(containers), facts, REGION)
}

function destination(destinations: readonly StartupDestination[], host: string): StartupDestination {
  const found = destinations.find((one) => one.host === host)
  if (found === undefined) throw new Error(`no ${host} in ${destinations.map((one) => one.host).join(' ')}`)
  return found
}

function hosts(containers: readonly Container[]): string[] {
  return needs(containers).destinations.map((one) => `${one.host}:${one.port}`)
}

const IMAGE = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:v7'

describe('an image of ECR', () => {
  test('is three hosts of its Region, asked by every origin', () => {
    const { destinations, origins } = needs([container()])
    const shared = {
      port: 443,
      region: REGION,
      family: 'ipv4',
      fileSystemId: null,
      required: true,
      from: origins,
      neededBy: [{ en: `container web: image ${IMAGE}`, ko: `컨테이너 web: 이미지 ${IMAGE}` }],
    }
    const host = 'ap-northeast-2.amazonaws.com'
    expect(origins).toHaveLength(2)
    expect(destinations).toEqual([
      { destination: 'ecr-api', host: `api.ecr.${host}`, service: 'ecr.api', ...shared },
      { destination: 'ecr-dkr', host: `123456789012.dkr.ecr.${host}`, service: 'ecr.dkr', ...shared },
      {
        destination: 's3-layers',
        host: `prod-ap-northeast-2-starport-layer-bucket.s3.${host}`,
        service: 's3',
        ...shared,
      },
    ])
  })

  test('of another account and Region asks there', () => {
    const { destinations } = needs([container({ image: '999999999999.dkr.ecr.us-west-2.amazonaws.com/a/b:c' })])
    expect(destinations.map((one) => [one.host, one.region])).toEqual([
      ['api.ecr.us-west-2.amazonaws.com', 'us-west-2'],
      ['999999999999.dkr.ecr.us-west-2.amazonaws.com', 'us-west-2'],
      ['prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com', 'us-west-2'],
    ])
  })

  test.each([
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web', 'api.ecr.cn-north-1.amazonaws.com.cn'],
    ['123456789012.dkr.ecr.mars-east-1.aws.mars/web', 'prod-mars-east-1-starport-layer-bucket.s3.mars-east-1.aws.mars'],
  ])('%s asks the hosts of its partition', (image, host) => {
    expect(hosts([container({ image })])).toContain(`${host}:443`)
  })

  test('by the dual-stack name may be asked over IPv6, and then so may the hosts it shares with others', () => {
    const dual = container({ name: 'dual', image: '123456789012.dkr-ecr.ap-northeast-2.on.aws/web:v7' })
    const { destinations } = needs([container(), dual])
    expect(destinations.map((one) => [one.host.split('.ap-')[0], one.family])).toEqual([
      ['api.ecr', 'dualstack'],
      ['123456789012.dkr.ecr', 'ipv4'],
      ['123456789012.dkr-ecr', 'dualstack'],
      ['prod-ap-northeast-2-starport-layer-bucket.s3', 'dualstack'],
    ])
  })

  test('by the FIPS name needs the FIPS endpoint', () => {
    const image = '123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/web'
    const { destinations } = needs([container({ image })])
    expect(destination(destinations, '123456789012.dkr.ecr-fips.us-east-1.amazonaws.com').service).toBe('ecr-fips.dkr')
  })
})

describe('an image of another registry', () => {
  test.each([
    ['nginx:latest', ['registry-1.docker.io:443', 'auth.docker.io:443', 'production.cloudflare.docker.com:443']],
    [
      'registry-1.docker.io/library/nginx',
      ['registry-1.docker.io:443', 'auth.docker.io:443', 'production.cloudflare.docker.com:443'],
    ],
    [
      'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.31.12.20231011',
      ['public.ecr.aws:443', 'd2glxqk2uabbnd.cloudfront.net:443', 'd5l0dvt14r5h8.cloudfront.net:443'],
    ],
    ['ghcr.io/org/app', ['ghcr.io:443', 'pkg-containers.githubusercontent.com:443']],
    ['gcr.io/kaniko-project/executor:v1.23.0', ['gcr.io:443', 'storage.googleapis.com:443']],
    ['registry.example.com:5000/a/b', ['registry.example.com:5000']],
    ['constructor.example/a', ['constructor.example:443']],
  ])('%s', (image, expected) => {
    expect(hosts([container({ image })])).toEqual(expected)
    for (const one of needs([container({ image })]).destinations) {
      expect(one).toMatchObject({ destination: `registry:${one.host}`, service: null, region: null, required: true })
    }
  })

  test('quay.io hands layers to its content network', () => {
    expect(hosts([container({ image: 'quay.io/org/app' })])).toEqual(
      expect.arrayContaining(['quay.io:443', 'cdn.quay.io:443']),
    )
  })

  test('one that no registry can be asked for is told, and does not hide the rest', () => {
    const { invalidImages, destinations } = needs([container({ name: 'bad', image: 'Web:v1' }), container()])
    expect(invalidImages).toMatchObject([
      { container: 'bad', value: 'Web:v1', because: { en: expect.stringMatching(/lower case/) } },
    ])
    expect(destinations).toHaveLength(3)
  })
})

describe('every container counts', () => {
  test('sidecars and routers too, and equal hosts have every reason once', () => {
    const log = { logDriver: 'awslogs', logOptions: { 'awslogs-group': '/ecs/web' } }
    const { destinations } = needs([
      container(log),
      container({ ...log, name: 'init' }),
      container({
        name: 'log_router',
        image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:stable',
      }),
    ])
    const api = destination(destinations, 'api.ecr.ap-northeast-2.amazonaws.com')
    expect(api.neededBy.map((text) => text.en)).toEqual([
      `container web: image ${IMAGE}`,
      `container init: image ${IMAGE}`,
    ])
    expect(destination(destinations, 'public.ecr.aws').neededBy).toHaveLength(1)
    const logs = destination(destinations, 'logs.ap-northeast-2.amazonaws.com')
    expect(logs.neededBy.map((text) => text.en)).toEqual([
      'container web: log group /ecs/web',
      'container init: log group /ecs/web',
    ])
  })

  test('one reason given twice is one reason', () => {
    const secrets = [
      { name: 'KEY', valueFrom: '/a' },
      { name: 'KEY', valueFrom: '/b' },
    ]
    expect(
      destination(needs([container({ secrets })]).destinations, 'ssm.ap-northeast-2.amazonaws.com').neededBy,
    ).toHaveLength(1)
  })

  test('a task definition without containers needs nothing', () => {
    expect(needs([])).toMatchObject({ destinations: [], invalidImages: [], unplaced: [] })
  })
})

describe('logs', () => {
  test.each([
    ['awslogs', { 'awslogs-region': 'us-west-2' }, ['logs.us-west-2.amazonaws.com']],
    ['awslogs', { 'awslogs-region': '' }, ['logs.ap-northeast-2.amazonaws.com']],
    ['awslogs', {}, ['logs.ap-northeast-2.amazonaws.com']],
    ['awsfirelens', { 'awslogs-region': 'us-west-2' }, []],
    ['json-file', {}, []],
    ['something-new', {}, []],
    [null, {}, []],
  ])('driver %s with %j', (logDriver, logOptions, expected) => {
    const { destinations } = needs([container({ logDriver, logOptions })])
    expect(destinations.filter((one) => one.destination === 'logs').map((one) => one.host)).toEqual(expected)
  })

  test('the driver is the SDK’s own word', () => {
    expect(Object.values(LogDriver)).toContain('awslogs')
  })
})

describe('secrets', () => {
  const secret = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf:password::'

  test('are asked in the Region of their ARN, and by name in the service’s own', () => {
    const { destinations } = needs([
      container({
        secrets: [
          { name: 'DB', valueFrom: secret },
          { name: 'KEY', valueFrom: '/app/key' },
        ],
        logSecretOptions: [{ name: 'splunk-token', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/token' }],
        repositoryCredentials: 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:hub-AbCdEf',
      }),
    ])
    const asked = destinations.filter((one) => one.destination === 'secretsmanager' || one.destination === 'ssm')
    expect(
      asked.map((one) => [one.destination, one.host, one.service, one.neededBy.map((text) => text.en).join()]),
    ).toEqual([
      ['secretsmanager', 'secretsmanager.us-west-2.amazonaws.com', 'secretsmanager', 'container web: secret DB'],
      [
        'secretsmanager',
        'secretsmanager.ap-northeast-2.amazonaws.com',
        'secretsmanager',
        'container web: registry credentials',
      ],
      ['ssm', 'ssm.ap-northeast-2.amazonaws.com', 'ssm', 'container web: secret KEY'],
      ['ssm', 'ssm.eu-west-1.amazonaws.com', 'ssm', 'container web: secret splunk-token'],
    ])
  })

  test('that name neither service are told', () => {
    const { unplaced, destinations } = needs([
      container({
        secrets: [{ name: 'X', valueFrom: 'arn:aws:s3:::bucket/key' }],
        environmentFiles: ['s3://bucket/key'],
      }),
    ])
    expect(unplaced.map((one) => [one.container, one.value])).toEqual([
      ['web', 'arn:aws:s3:::bucket/key'],
      ['web', 's3://bucket/key'],
    ])
    expect(destinations).toHaveLength(3)
  })
})

test('environment files are asked in the service’s Region, which is said to be a guess', () => {
  const { destinations } = needs([container({ environmentFiles: ['arn:aws:s3:::env-bucket/web.env'] })])
  const file = destination(destinations, 'env-bucket.s3.ap-northeast-2.amazonaws.com')
  expect(file).toMatchObject({ destination: 's3-env-files', service: 's3', required: true })
  expect(file.neededBy[0]?.en).toMatch(/ap-northeast-2 is assumed/)
  expect(file.neededBy[0]?.ko).toMatch(/가정/)
})

describe('who sends it', () => {
  const full = container({
    secrets: [
      { name: 'DB', valueFrom: 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf' },
      { name: 'KEY', valueFrom: '/app/key' },
    ],
    environmentFiles: ['arn:aws:s3:::env-bucket/web.env'],
    logDriver: 'awslogs',
  })
  const senders = (destinations: readonly StartupDestination[]) =>
    Object.fromEntries(destinations.map((one) => [one.destination, one.from.length]))

  test('Fargate 1.4.0: the task sends everything', () => {
    const counts = senders(needs([full]).destinations)
    expect(counts).toEqual({
      'ecr-api': 2,
      secretsmanager: 2,
      ssm: 2,
      's3-env-files': 2,
      'ecr-dkr': 2,
      's3-layers': 2,
      logs: 2,
    })
  })

  test('Fargate 1.3.0: token, secrets and files do not pass through the VPC', () => {
    const counts = senders(needs([full], service({ platformVersion: '1.3.0' })).destinations)
    expect(counts).toEqual({
      'ecr-api': 0,
      secretsmanager: 0,
      ssm: 0,
      's3-env-files': 0,
      'ecr-dkr': 2,
      's3-layers': 2,
      logs: 2,
    })
  })

  test('Fargate 1.3.0: credentials do not pass through the VPC, the registry that they are for does', () => {
    const credentials = 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:hub-AbCdEf'
    const hub = container({ image: 'org/app:1', repositoryCredentials: credentials })
    const { destinations } = needs([hub], service({ platformVersion: '1.3.0' }))
    expect(senders(destinations)).toMatchObject({ secretsmanager: 0, 'registry:registry-1.docker.io': 2 })
  })

  test('an old platform beside container instances: only the instances send the token', () => {
    const capacityProviders = known([provider()])
    const mixed = service({ launchType: null, capacityProviders: ['FARGATE', 'asg'], platformVersion: '1.3.0' })
    const { destinations } = needs([full], mixed, compute({ capacityProviders, instances: known([instance()]) }))
    const api = destination(destinations, 'api.ecr.ap-northeast-2.amazonaws.com')
    expect(api.from.map((one) => one.kind)).toEqual(['instance-eni'])
    expect(destination(destinations, 'logs.ap-northeast-2.amazonaws.com').from).toHaveLength(3)
  })

  test('unknown compute keeps the destinations, without senders', () => {
    const { destinations, origins, unknownOrigins } = needs([full], service({ launchType: 'EXTERNAL' }))
    expect(origins).toEqual([])
    expect(unknownOrigins).toHaveLength(1)
    expect(destinations.map((one) => one.from.length)).toEqual(Array(7).fill(0))
  })
})

describe('what a service adds', () => {
  test('the proxy of Service Connect logs and reads secrets as a container does', () => {
    const logConfiguration = {
      logDriver: 'awslogs',
      logOptions: { 'awslogs-group': '/proxy', 'awslogs-region': 'eu-west-1' },
      logSecretOptions: [{ name: 'token', valueFrom: '/proxy/token' }],
    }
    const serviceConnect = { namespace: 'shop', services: [], logConfiguration }
    const { destinations } = needs([container()], service({ serviceConnect }))
    expect(destination(destinations, 'logs.eu-west-1.amazonaws.com').neededBy[0]?.en).toBe(
      'the proxy of Service Connect: log group /proxy',
    )
    expect(destination(destinations, 'ssm.ap-northeast-2.amazonaws.com').required).toBe(true)
  })

  test('a FireLens configuration in S3 is fetched as an environment file is', () => {
    const firelens = { configFileType: 's3', configFileValue: 'arn:aws:s3:::settings/fluent.conf' }
    const { destinations } = needs([container({ firelens })])
    expect(destination(destinations, 'settings.s3.ap-northeast-2.amazonaws.com')).toMatchObject({
      destination: 's3-env-files',
      required: true,
    })
    expect(needs([container({ firelens: { ...firelens, configFileType: 'file' } })]).destinations).toHaveLength(3)
  })
})

describe('ECS Exec', () => {
  test('is asked for when it is on, and no start depends on it', () => {
    expect(needs([container()]).destinations.map((one) => one.destination)).not.toContain('ssmmessages')
    const { destinations, origins } = needs([container()], service({ enableExecuteCommand: true }))
    expect(destinations.at(-1)).toMatchObject({
      destination: 'ssmmessages',
      host: 'ssmmessages.ap-northeast-2.amazonaws.com',
      service: 'ssmmessages',
      required: false,
      from: origins,
    })
    expect(destinations.filter((one) => !one.required)).toHaveLength(1)
  })

  test('calls KMS, CloudWatch Logs and S3 as well where the cluster encrypts and logs its sessions', () => {
    const executeCommand = known({ kmsKeyId: 'alias/exec', logGroupName: '/exec', s3BucketName: 'sessions' })
    const of = (on: boolean) =>
      needs([container()], service({ enableExecuteCommand: on }), compute({ executeCommand })).destinations
    expect(
      of(true)
        .filter(({ required }) => !required)
        .map(({ destination: name, host }) => `${name} ${host}`),
    ).toEqual([
      'kms kms.ap-northeast-2.amazonaws.com',
      's3-env-files sessions.s3.ap-northeast-2.amazonaws.com',
      'logs logs.ap-northeast-2.amazonaws.com',
      'ssmmessages ssmmessages.ap-northeast-2.amazonaws.com',
    ])
    expect(of(false).every(({ required }) => required)).toBe(true)
  })

  test('what a start calls as well is needed by the start', () => {
    const executeCommand = known({ kmsKeyId: null, logGroupName: '/exec', s3BucketName: null })
    const logging = container({ logDriver: 'awslogs', logOptions: { 'awslogs-group': '/ecs/web' } })
    const { destinations } = needs([logging], service({ enableExecuteCommand: true }), compute({ executeCommand }))
    expect(destination(destinations, 'logs.ap-northeast-2.amazonaws.com').required).toBe(true)
  })

  test('on EC2 it comes from the task’s own interface', () => {
    const of = service({ launchType: 'EC2', enableExecuteCommand: true })
    const { destinations } = needs([container()], of, compute({ instances: known([instance()]) }))
    expect(destination(destinations, 'ssmmessages.ap-northeast-2.amazonaws.com').from.map((one) => one.kind)).toEqual([
      'task-eni',
      'task-eni',
    ])
    expect(destination(destinations, 'api.ecr.ap-northeast-2.amazonaws.com').from.map((one) => one.kind)).toEqual([
      'instance-eni',
    ])
  })
})

describe('a volume', () => {
  const volumes = [
    { ...VOLUME, efs: { fileSystemId: 'fs-1', accessPointId: null, iam: false, transitEncryption: false } },
    { ...VOLUME, name: 'logs', efs: { fileSystemId: 'fs-1', accessPointId: null, iam: true, transitEncryption: true } },
    { ...VOLUME, s3FilesFileSystemArn: 'arn:aws:s3files:ap-northeast-2:123456789012:file-system/fs-2' },
    { ...VOLUME, fsx: { fileSystemId: 'fs-3', credentialsParameter: null, domain: null } },
    VOLUME,
  ]
  const mounts = (of: Service, facts = compute({ instances: known([instance()]) }), networkMode = 'awsvpc') =>
    startupNeeds(of, taskDefinition([container()], { volumes, networkMode }), facts, REGION).destinations.filter(
      ({ fileSystemId }) => fileSystemId !== null,
    )

  test('is one host a file system, on the port of its protocol, after all that a container calls', () => {
    expect(mounts(service()).map(({ destination, host, port }) => [destination, `${host}:${port}`])).toEqual([
      ['efs:fs-1', 'fs-1.efs.ap-northeast-2.amazonaws.com:2049'],
      ['s3files:fs-2', 'fs-2.s3files.ap-northeast-2.on.aws:2049'],
      ['fsx:fs-3', 'fs-3:445'],
    ])
    expect(mounts(service())[0]?.neededBy.map(({ en }) => en)).toEqual([
      'volume data: file system fs-1',
      'volume logs: file system fs-1',
    ])
  })

  test('is mounted by the task’s own interface, where it has one; a Windows file server by the instance', () => {
    const senders = (networkMode: string, of = service({ launchType: 'EC2' })) =>
      mounts(of, undefined, networkMode).map(({ from }) => [...new Set(from.map(({ kind }) => kind))].join())
    expect(senders('awsvpc')).toEqual(['task-eni', 'task-eni', 'instance-eni'])
    expect(senders('bridge')).toEqual(['instance-eni', 'instance-eni', 'instance-eni'])
    expect(senders('awsvpc', service())).toEqual(['task-eni', 'task-eni', 'task-eni'])
  })
})
