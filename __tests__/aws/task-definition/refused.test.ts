/** What ECS refuses is refused first, at the line where it stands; what it takes is not. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { registrationFromText } from '../../../src/aws/task-definition/registration.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { fixture } from '../scratch.ts'

const WEB = { name: 'web', image: 'nginx:1.29', memory: 128 }
const LOGS = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
}
const ROLE = 'arn:aws:iam::123456789012:role/exec'
const FARGATE = {
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  executionRoleArn: ROLE,
}

const task = (fields: object, container: object = {}) => ({
  family: 'web',
  ...fields,
  containerDefinitions: [{ ...WEB, ...container }],
})
const web = (container: object) => task({}, container)
const fargate = (container: object) => task(FARGATE, container)
const volume = (fields: object) =>
  task({ volumes: [{ name: 'data', ...fields }] }, { mountPoints: [{ sourceVolume: 'data', containerPath: '/a' }] })

/** The place, a piece of its line, the document. */
const REFUSED: readonly (readonly [string, string, object])[] = [
  ['family', '"family": 7', { ...task({}), family: 7 }],
  ['containerDefinitions', '{', { family: 'web', containerDefinition: [] }],
  ['networkMode', '"networkMode": "vpc"', task({ networkMode: 'vpc' })],
  ['pidMode', '"pidMode": "container"', task({ pidMode: 'container' })],
  ['ipcMode', '"ipcMode": "shared"', task({ ipcMode: 'shared' })],
  ['cpu', '"cpu": 256', task({ cpu: 256 })],
  ['enableFaultInjection', '"enableFaultInjection": "yes"', task({ enableFaultInjection: 'yes' })],
  ['volumes', '"volumes": {', task({ volumes: { name: 'data' } })],
  ['ephemeralStorage.sizeInGiB', '"sizeInGiB": 20', task({ ephemeralStorage: { sizeInGiB: 20 } })],
  ['ephemeralStorage.sizeInGiB', '"sizeInGiB": 201', task({ ephemeralStorage: { sizeInGiB: 201 } })],
  [
    'placementConstraints[0].type',
    '"distinctInstance"',
    task({ placementConstraints: [{ type: 'distinctInstance' }] }),
  ],
  ['tags', '"tags": [', task({ tags: Array.from({ length: 51 }, (_, at) => ({ key: `k${at}`, value: 'v' })) })],
  ['tags[0].key', '"key": "a*"', task({ tags: [{ key: 'a*', value: 'v' }] })],
  [
    'tags[1].key',
    '"key": "a"',
    task({
      tags: [
        { key: 'a', value: 'v' },
        { key: 'a', value: 'w' },
      ],
    }),
  ],
  ['tags[0].value', '"value": "x', task({ tags: [{ key: 'a', value: 'x'.repeat(257) }] })],
  [
    'proxyConfiguration.containerName',
    '"containerName": "envoy"',
    task({ networkMode: 'awsvpc', proxyConfiguration: { type: 'APPMESH', containerName: 'envoy' } }),
  ],
  [
    'proxyConfiguration.type',
    '"type": "APPMESH"',
    task({ proxyConfiguration: { type: 'APPMESH', containerName: 'web' } }),
  ],
  ['$', '{', web({ command: ['x'.repeat(66_000)] })],
  ['containerDefinitions[0].name', '"name": "web.1"', web({ name: 'web.1' })],
  ['containerDefinitions[0].image', '{', { family: 'web', containerDefinitions: [{ name: 'web', memory: 128 }] }],
  ['containerDefinitions[0].cpu', '"cpu": -1', web({ cpu: -1 })],
  ['containerDefinitions[0].memory', '"memory": 1.5', web({ memory: 1.5 })],
  ['containerDefinitions[0].memory', '"memory": 0', web({ memory: 0 })],
  ['containerDefinitions[0].command', '"command": "npm start"', web({ command: 'npm start' })],
  ['containerDefinitions[0].command[1]', '8080', web({ command: ['serve', 8080] })],
  [
    'containerDefinitions[0].dockerLabels["com.example/a"]',
    '"com.example/a": 1',
    web({ dockerLabels: { 'com.example/a': 1 } }),
  ],
  [
    'containerDefinitions[0].portMappings[0].containerPort',
    '"containerPort": "80"',
    web({ portMappings: [{ containerPort: '80' }] }),
  ],
  [
    'containerDefinitions[0].portMappings[0].hostPort',
    '70000',
    web({ portMappings: [{ containerPort: 80, hostPort: 70000 }] }),
  ],
  [
    'containerDefinitions[0].portMappings[0].name',
    '"name": "HTTP"',
    web({ portMappings: [{ containerPort: 80, name: 'HTTP' }] }),
  ],
  [
    'containerDefinitions[0].portMappings[1].name',
    '"name": "http"',
    web({
      portMappings: [
        { containerPort: 80, name: 'http' },
        { containerPort: 81, name: 'http' },
      ],
    }),
  ],
  [
    'containerDefinitions[0].portMappings[0].containerPort',
    '"containerPort": 80',
    web({ portMappings: [{ containerPort: 80, containerPortRange: '80-90' }] }),
  ],
  ['containerDefinitions[0].links', '"links": [', task({ networkMode: 'awsvpc' }, { links: ['db'] })],
  ['containerDefinitions[0].links', '"links": [', task({ networkMode: 'host' }, { links: ['db'] })],
  ['containerDefinitions[0].hostname', '"hostname": "web"', task({ networkMode: 'awsvpc' }, { hostname: 'web' })],
  [
    'containerDefinitions[0].extraHosts',
    '"extraHosts": [',
    task({ networkMode: 'awsvpc' }, { extraHosts: [{ hostname: 'a', ipAddress: '10.0.0.1' }] }),
  ],
  [
    'containerDefinitions[0].dnsServers',
    '"dnsServers": [',
    task({ networkMode: 'awsvpc' }, { dnsServers: ['10.0.0.2'] }),
  ],
  ['containerDefinitions[0].disableNetworking', 'true', task({ networkMode: 'awsvpc' }, { disableNetworking: true })],
  [
    'containerDefinitions[0].restartPolicy.enabled',
    '"restartPolicy": {',
    web({ restartPolicy: { restartAttemptPeriod: 60 } }),
  ],
  [
    'containerDefinitions[0].restartPolicy.restartAttemptPeriod',
    '"restartAttemptPeriod": 30',
    web({ restartPolicy: { enabled: true, restartAttemptPeriod: 30 } }),
  ],
  [
    'containerDefinitions[0].environmentFiles[0].value',
    '"value": "web.env"',
    web({ environmentFiles: [{ type: 's3', value: 'web.env' }] }),
  ],
  [
    'containerDefinitions[0].environmentFiles',
    '"environmentFiles": [',
    web({
      environmentFiles: Array.from({ length: 11 }, (_, at) => ({ type: 's3', value: `arn:aws:s3:::b/${at}.env` })),
    }),
  ],
  [
    'containerDefinitions[0].secrets[1].name',
    '"name": "A"',
    task(
      { executionRoleArn: ROLE },
      {
        secrets: [
          { name: 'A', valueFrom: '/a' },
          { name: 'A', valueFrom: '/b' },
        ],
      },
    ),
  ],
  [
    'containerDefinitions[0].dependsOn[0].condition',
    '"READY"',
    {
      family: 'web',
      containerDefinitions: [
        { ...WEB, dependsOn: [{ containerName: 'db', condition: 'READY' }] },
        { ...WEB, name: 'db' },
      ],
    },
  ],
  [
    'containerDefinitions[0].ulimits[0].name',
    '"name": "files"',
    web({ ulimits: [{ name: 'files', softLimit: 1, hardLimit: 2 }] }),
  ],
  [
    'containerDefinitions[0].ulimits[0].softLimit',
    '"softLimit": 3',
    web({ ulimits: [{ name: 'nofile', softLimit: 3, hardLimit: 2 }] }),
  ],
  ['containerDefinitions[0].volumesFrom[0].sourceContainer', '"db"', web({ volumesFrom: [{ sourceContainer: 'db' }] })],
  [
    'containerDefinitions[0].linuxParameters.swappiness',
    '101',
    web({ linuxParameters: { maxSwap: 1, swappiness: 101 } }),
  ],
  [
    'containerDefinitions[0].logConfiguration.logDriver',
    '"awslog"',
    web({ logConfiguration: { ...LOGS, logDriver: 'awslog' } }),
  ],
  [
    'containerDefinitions[0].logConfiguration.options',
    '"options": {',
    web({ logConfiguration: { ...LOGS, options: { 'awslogs-group': 'a' } } }),
  ],
  [
    'containerDefinitions[0].logConfiguration.options',
    '"options": {',
    fargate({ logConfiguration: { ...LOGS, options: { 'awslogs-group': 'a', 'awslogs-region': 'eu-west-1' } } }),
  ],
  [
    'containerDefinitions[0].logConfiguration.logDriver',
    '"awsfirelens"',
    web({ logConfiguration: { logDriver: 'awsfirelens' } }),
  ],
  [
    'containerDefinitions[0].firelensConfiguration',
    '"firelensConfiguration": {',
    web({ firelensConfiguration: { type: 'fluentbit' } }),
  ],
  ['containerDefinitions[0].healthCheck.command', '"healthCheck": {', web({ healthCheck: { interval: 10 } })],
  ['volumes[0].name', '"name": "my data"', task({ volumes: [{ name: 'my data' }] })],
  [
    'volumes[0].efsVolumeConfiguration',
    '"efsVolumeConfiguration": {',
    volume({ host: { sourcePath: '/a' }, efsVolumeConfiguration: { fileSystemId: 'fs-1' } }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.fileSystemId',
    '"efsVolumeConfiguration": {',
    volume({ efsVolumeConfiguration: { rootDirectory: '/' } }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.rootDirectory',
    '"rootDirectory": "/app"',
    volume({
      efsVolumeConfiguration: {
        fileSystemId: 'fs-1',
        rootDirectory: '/app',
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId: 'fsap-1' },
      },
    }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.transitEncryption',
    '"efsVolumeConfiguration": {',
    volume({ efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig: { iam: 'ENABLED' } } }),
  ],
  [
    'volumes[0].efsVolumeConfiguration.transitEncryption',
    '"transitEncryption": "DISABLED"',
    volume({
      efsVolumeConfiguration: { fileSystemId: 'fs-1', transitEncryption: 'DISABLED', transitEncryptionPort: 2049 },
    }),
  ],
  ['volumes[0].name', '"name": "data"', task({ volumes: [{ name: 'data', configuredAtLaunch: true }] })],
  [
    'volumes[1].configuredAtLaunch',
    'true',
    task(
      {
        volumes: [
          { name: 'a', configuredAtLaunch: true },
          { name: 'b', configuredAtLaunch: true },
        ],
      },
      {
        mountPoints: [
          { sourceVolume: 'a', containerPath: '/a' },
          { sourceVolume: 'b', containerPath: '/b' },
        ],
      },
    ),
  ],
  ['volumes[0].host.sourcePath', '"sourcePath": "/a"', { ...volume({ host: { sourcePath: '/a' } }), ...FARGATE }],
  [
    'volumes[0].dockerVolumeConfiguration',
    '"dockerVolumeConfiguration": {',
    { ...volume({ dockerVolumeConfiguration: { scope: 'task' } }), ...FARGATE },
  ],
  ['ipcMode', '"ipcMode": "task"', task({ ...FARGATE, ipcMode: 'task' })],
  ['pidMode', '"pidMode": "host"', task({ ...FARGATE, pidMode: 'host' })],
  [
    'placementConstraints[0]',
    '{',
    task({ ...FARGATE, placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }] }),
  ],
  ['containerDefinitions[0].privileged', '"privileged": true', fargate({ privileged: true })],
  [
    'containerDefinitions[0].linuxParameters.sharedMemorySize',
    '64',
    fargate({ linuxParameters: { sharedMemorySize: 64 } }),
  ],
  ['containerDefinitions[0].linuxParameters.maxSwap', '"maxSwap": 1', fargate({ linuxParameters: { maxSwap: 1 } })],
  [
    'containerDefinitions[0].linuxParameters.devices[0]',
    '{',
    fargate({ linuxParameters: { devices: [{ hostPath: '/a' }] } }),
  ],
  [
    'containerDefinitions[0].linuxParameters.capabilities.add[0]',
    '"NET_ADMIN"',
    fargate({ linuxParameters: { capabilities: { add: ['NET_ADMIN'] } } }),
  ],
  [
    'containerDefinitions[0].dockerSecurityOptions[0]',
    '"no-new',
    fargate({ dockerSecurityOptions: ['no-new-privileges'] }),
  ],
  [
    'containerDefinitions[0].resourceRequirements[0].type',
    '"GPU"',
    fargate({ resourceRequirements: [{ type: 'GPU', value: '1' }] }),
  ],
  [
    'containerDefinitions[0].logConfiguration.logDriver',
    '"json-file"',
    fargate({ logConfiguration: { logDriver: 'json-file' } }),
  ],
  ['containerDefinitions[0].stopTimeout', '"stopTimeout": 121', fargate({ stopTimeout: 121 })],
]

function refusal(text: string): UsageError {
  try {
    registrationFromText(text, 'deploy/web.json', { images: {} })
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error(`not refused: ${text}`)
}

test.each(REFUSED)('%s (%s) is refused', (path, piece, document) => {
  const text = JSON.stringify(document, null, 2)
  const { en, ko } = refusal(text).text
  const [, line = '', at] =
    /^The input "task-definition" names the file deploy\/web\.json, which ECS would refuse: line (\d+), (\S+) /.exec(
      en,
    ) ?? []
  expect(at).toBe(path)
  expect(text.split('\n')[Number(line) - 1]).toContain(piece)
  expect(ko).toContain(`파일: deploy/web.json, 위치: ${line}번째 줄의 ${path}, 규칙: `)
  expect(en).not.toContain('Further places')
})

test('enough of them to be worth the name', () => {
  expect(REFUSED.length).toBeGreaterThanOrEqual(40)
})

test('further faults are named by their places', () => {
  const text = JSON.stringify(
    task({ cpu: 1, memory: 2, pidMode: 'x', ipcMode: 'y', networkMode: 'z' }, { cpu: 'a', user: 1, image: 'a b' }),
    null,
    2,
  )
  expect(refusal(text).text.en).toMatch(/line 3, cpu has to be .* Further places: line 4, memory; .*; and 2 more\.$/)
})

test('every definition that AWS has answered is taken', () => {
  const files = globSync(`${fixture('.')}/**/describe-task-definition/*.json`)
  expect(files.length).toBeGreaterThan(100)
  for (const file of files) {
    const { definition } = registrationFromText(readFileSync(file, 'utf8'), file, { images: {} })
    expect(definition.containers.length).toBeGreaterThan(0)
  }
})
