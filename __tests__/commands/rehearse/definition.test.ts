import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { NO_PROGRAM, rehearsalDefinition, rehearsalFamily } from '../../../src/commands/rehearse/definition.ts'
import { draws } from '../../draws.ts'

const CONTAINER = {
  name: 'web',
  image: 'example.com/web:1',
  cpu: 128,
  memory: 256,
  essential: false,
  command: ['node', 'server.js'],
  entryPoint: ['/bin/sh', '-c'],
  environment: [{ name: 'PASSWORD', value: 'hunter2' }],
  environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::bucket/web.env' }],
  secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/token' }],
  healthCheck: { command: ['CMD', 'true'] },
  dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' }],
  restartPolicy: { enabled: true },
  user: 'app',
  dockerLabels: { owner: 'me' },
  portMappings: [{ containerPort: 80 }],
  repositoryCredentials: { credentialsParameter: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:hub' },
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } },
  mountPoints: [
    { sourceVolume: 'data', containerPath: '/data' },
    { sourceVolume: 'ebs', containerPath: '/ebs' },
  ],
}

const REAL = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
  family: 'web',
  revision: 7,
  status: 'ACTIVE',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '512',
  memory: '1024',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  taskRoleArn: 'arn:aws:iam::123456789012:role/task',
  runtimePlatform: { cpuArchitecture: 'ARM64' },
  proxyConfiguration: { type: 'APPMESH', containerName: 'proxy' },
  pidMode: 'task',
  volumes: [
    { name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
    { name: 'ebs', configuredAtLaunch: true },
  ],
  containerDefinitions: [CONTAINER, { name: 'proxy', image: 'public.ecr.aws/envoy:1', essential: true }],
}

describe('the definition of a rehearsal', () => {
  test('has what decides over the pull, and nothing of the application', () => {
    const { input, notes } = rehearsalDefinition(REAL, { proxy: 'public.ecr.aws/envoy:2' })
    expect(input).toEqual({
      family: 'web-pull-rehearsal',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '512',
      memory: '1024',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
      containerDefinitions: [
        {
          name: 'web',
          image: 'example.com/web:1',
          cpu: 128,
          memory: 256,
          essential: true,
          entryPoint: [NO_PROGRAM],
          secrets: CONTAINER.secrets,
          repositoryCredentials: CONTAINER.repositoryCredentials,
          logConfiguration: CONTAINER.logConfiguration,
          mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
        },
        { name: 'proxy', image: 'public.ecr.aws/envoy:2', essential: true, entryPoint: [NO_PROGRAM] },
      ],
    })
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('Amazon EBS')])
  })

  test('keeps the task role where a volume is mounted with it', () => {
    const authorizationConfig = { iam: 'ENABLED' }
    const efs = [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1', authorizationConfig } }]
    const s3 = [{ name: 'data', s3filesVolumeConfiguration: { fileSystemArn: 'arn' } }]
    for (const volumes of [efs, s3]) {
      expect(rehearsalDefinition({ ...REAL, volumes }, {}).input['taskRoleArn']).toBe(REAL.taskRoleArn)
    }
    expect(rehearsalDefinition(REAL, {}).input).not.toHaveProperty('taskRoleArn')
  })

  test('has no log router, whose start the others would wait for; what their logs take from the role stays', () => {
    const secretOptions = [
      { name: 'apikey', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/apikey' },
      { name: 'TOKEN', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/other' },
    ]
    const routed = {
      ...CONTAINER,
      logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'x' }, secretOptions },
    }
    const router = { name: 'log', image: 'example.com/fluent:1', firelensConfiguration: { type: 'fluentbit' } }
    const { input, notes } = rehearsalDefinition({ ...REAL, volumes: [], containerDefinitions: [routed, router] }, {})
    expect(input['containerDefinitions']).toEqual([
      {
        name: 'web',
        image: 'example.com/web:1',
        cpu: 128,
        memory: 256,
        essential: true,
        entryPoint: [NO_PROGRAM],
        repositoryCredentials: CONTAINER.repositoryCredentials,
        secrets: [CONTAINER.secrets[0], secretOptions[0]],
      },
      { name: 'log', image: 'example.com/fluent:1', essential: true, entryPoint: [NO_PROGRAM] },
    ])
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('FireLens')])
  })

  test('is a family of its own within what ECS takes', () => {
    expect(rehearsalFamily('a'.repeat(255))).toHaveLength(255)
    expect(rehearsalFamily('a'.repeat(255))).toMatch(/a-pull-rehearsal$/)
  })

  test('of any definition starts no program that there is, and carries no value of an environment', () => {
    const member = fc.constantFrom(...Object.keys(CONTAINER), 'linuxParameters', 'workingDirectory', 'systemControls')
    const odd = fc.dictionary(member, fc.jsonValue())
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 10 }), (containers) => {
        const definitions = containers.map((one) => ({ ...CONTAINER, ...one, environment: CONTAINER.environment }))
        const { input } = rehearsalDefinition({ ...REAL, containerDefinitions: definitions }, {})
        const made = input['containerDefinitions'] as readonly Record<string, unknown>[]
        expect(made).toHaveLength(definitions.length)
        for (const one of made) {
          expect([one['entryPoint'], one['essential']]).toEqual([[NO_PROGRAM], true])
          expect(Object.keys(one)).toEqual(expect.not.arrayContaining(['command', 'environment', 'environmentFiles']))
          expect(Object.keys(one)).toEqual(expect.not.arrayContaining(['healthCheck', 'dependsOn', 'restartPolicy']))
        }
        expect(JSON.stringify(input)).not.toContain('hunter2')
      }),
      { numRuns: draws(100) },
    )
  })
})
