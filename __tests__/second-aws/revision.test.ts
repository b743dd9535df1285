/** What a second AWS answers of a revision is the one that was registered there, and any change of it is another. */
import { DescribeTaskDefinitionCommand, ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Loose } from '../../src/aws/calls/call.ts'
import { registrationFromRevision, registrationFromText } from '../../src/aws/task-definition/registration.ts'
import { isSameRevision } from '../../src/aws/task-definition/revision/same-revision.ts'
import { type Moto, motoIsInstalled, startMoto } from './moto-server.ts'

const tell = motoIsInstalled ? describe : describe.skip

const DEFINITION = {
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '.25 vCPU',
  memory: '0.5 GB',
  executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  volumes: [{ name: 'data' }, { name: 'efs', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
  tags: [
    { key: 'team', value: 'shop' },
    { key: 'stage', value: 'prod' },
  ],
  containerDefinitions: [
    {
      name: 'web',
      image: 'nginx:1.29',
      portMappings: [{ containerPort: 8080 }],
      environment: [
        { name: 'B', value: '' },
        { name: 'A', value: '1' },
      ],
      secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/db' }],
      mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
      healthCheck: { command: ['CMD-SHELL', 'true'] },
      dockerLabels: { 'com.example': 'x' },
      ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 2048 }],
    },
    { name: 'side', image: 'busybox:1', essential: false, command: ['sleep', '1'], links: [], dependsOn: [] },
  ],
}

tell('against moto', () => {
  let moto: Moto
  let ecs: ECSClient

  beforeAll(async () => {
    moto = await startMoto()
    const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
    ecs = new ECSClient({ region: 'us-east-1', endpoint: moto.url, credentials })
  })
  afterAll(() => moto?.stop())

  const register = async (input: Loose): Promise<Loose> => {
    const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(input as never))
    const described = await ecs.send(
      new DescribeTaskDefinitionCommand({
        taskDefinition: String(taskDefinition?.taskDefinitionArn),
        include: ['TAGS'],
      }),
    )
    return described as unknown as Loose
  }
  const inputOf = (definition: object) =>
    registrationFromText(JSON.stringify(definition), 'td.json', { images: {} }).input

  test('what was registered is the same, read again and registered again', async () => {
    const input = inputOf(DEFINITION)
    const first = await register(input)
    expect(isSameRevision(input, first)).toBe(true)
    const again = registrationFromRevision(first, { images: {} }).input
    expect(isSameRevision(again, first)).toBe(true)
    expect(isSameRevision(input, await register(again))).toBe(true)
    const file = JSON.stringify({ taskDefinition: first['taskDefinition'], tags: first['tags'] })
    const { input: fromFile, notices } = registrationFromText(file, 'td.json', { images: {} })
    expect(isSameRevision(fromFile, first)).toBe(true)
    expect(notices.map(({ en }) => en)).toEqual([expect.stringMatching(/taskDefinitionArn, revision, status/)])
  })

  test.each<[string, object]>([
    ['another image', { containerDefinitions: [{ ...DEFINITION.containerDefinitions[0], image: 'nginx:1.30' }] }],
    ['a container less', { containerDefinitions: [DEFINITION.containerDefinitions[0]] }],
    ['another size', { memory: '1 GB' }],
    ['a tag less', { tags: [{ key: 'team', value: 'shop' }] }],
    ['a role', { taskRoleArn: 'arn:aws:iam::123456789012:role/task' }],
    ['another architecture', { runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' } }],
  ])('%s is another revision', async (_, change) => {
    const first = await register(inputOf(DEFINITION))
    const changed = inputOf({ ...DEFINITION, volumes: DEFINITION.volumes, ...change })
    expect(isSameRevision(changed, first)).toBe(false)
    expect(isSameRevision(changed, await register(changed))).toBe(true)
  })
})
