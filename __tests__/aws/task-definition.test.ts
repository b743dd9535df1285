import { describe, expect, test } from '@jest/globals'
import { namesTaskDefinition } from '../../src/aws/task-definition/file.ts'
import { registrationFromFile } from '../../src/aws/task-definition/registration.ts'
import { taskDefinitionFaults } from '../../src/aws/task-definition/rules.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { fixture, scratch } from './scratch.ts'

const container = { name: 'web', image: 'nginx:1.29', memory: 128 }
const definition = { family: 'web', containerDefinitions: [container] }
const fargate = {
  ...definition,
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
}
const AWSLOGS = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
}
const fileRegistration = (path: string) => registrationFromFile(path, { images: {} })
const places = (document: object) => taskDefinitionFaults(document as never).map(({ path }) => path)
const withContainer = (fields: object, others: readonly object[] = []) => ({
  ...fargate,
  volumes: [{ name: 'data' }],
  containerDefinitions: [{ ...container, ...fields }, ...others],
})

describe('the rules of ECS', () => {
  test.each<[string, object]>([
    ['the least there is', definition],
    ['Fargate', fargate],
    ['sizes in words', { ...fargate, cpu: '.25 vCPU', memory: '0.5GB' }],
    ['the largest size', { ...fargate, cpu: '16384', memory: '122880' }],
    ['a size that came later', { ...fargate, cpu: '32768', memory: '250000' }],
    ['a China role', { ...fargate, executionRoleArn: 'arn:aws-cn:iam::123456789012:role/path/exec' }],
    [
      'a sidecar that ends first',
      withContainer({ dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] }, [
        { name: 'init', image: 'busybox', essential: false },
      ]),
    ],
    [
      'ports',
      withContainer({ portMappings: [{ containerPort: 80, hostPort: 80 }, { containerPortRange: '100-200' }] }),
    ],
    ['a mount', withContainer({ mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] })],
    [
      'as many containers as ECS takes',
      {
        ...definition,
        containerDefinitions: Array.from({ length: 10 }, (_, at) => ({ ...container, name: `c${at}` })),
      },
    ],
    ['an empty variable', withContainer({ environment: [{ name: 'A', value: '' }] })],
  ])('let %s pass', (_, document) => {
    expect(taskDefinitionFaults(document as never)).toEqual([])
  })

  test.each<[string, string, object]>([
    ['family', 'no family', { containerDefinitions: [container] }],
    ['family', 'a family with a space', { ...definition, family: 'my web' }],
    ['containerDefinitions', 'no containers', { ...definition, containerDefinitions: [] }],
    [
      'containerDefinitions',
      'more containers than ECS takes',
      withContainer(
        {},
        Array.from({ length: 10 }, (_, at) => ({ ...container, name: `c${at}` })),
      ),
    ],
    ['containerDefinitions[0]', 'a container that is none', { ...definition, containerDefinitions: ['web'] }],
    ['cpu', 'a number for a text', { ...definition, cpu: 256 }],
    [
      'executionRoleArn',
      'a placeholder for a role',
      { ...fargate, executionRoleArn: 'arn:aws:iam::<ACCOUNT>:role/exec' },
    ],
    ['networkMode', 'another network mode on Fargate', { ...fargate, networkMode: 'bridge' }],
    ['cpu', 'no CPU on Fargate', { ...fargate, cpu: undefined }],
    ['memory', 'no memory on Fargate', { ...fargate, memory: undefined }],
    ['memory', 'a pair of sizes that Fargate lacks', { ...fargate, cpu: '256', memory: '4096' }],
    ['cpu', 'a CPU size that Fargate lacks', { ...fargate, cpu: '300' }],
    ['memory', 'memory between the steps', { ...fargate, cpu: '8192', memory: '18432' }],
    [
      'executionRoleArn',
      'awslogs on Fargate without a role',
      { ...withContainer({ logConfiguration: AWSLOGS }), executionRoleArn: undefined },
    ],
    [
      'executionRoleArn',
      'an ECR image on Fargate without a role',
      { ...withContainer({ image: '1.dkr.ecr.us-east-1.amazonaws.com/web' }), executionRoleArn: undefined },
    ],
    ['containerDefinitions[0].name', 'a container name with a dot', withContainer({ name: 'web.1' })],
    ['containerDefinitions[0].image', 'no image', withContainer({ image: '' })],
    ['containerDefinitions[0].essential', 'essential as a text', withContainer({ essential: 'yes' })],
    ['containerDefinitions[0].cpu', 'the CPU of a container as a text', withContainer({ cpu: '256' })],
    [
      'containerDefinitions[0].memory',
      'no memory anywhere',
      { ...definition, containerDefinitions: [{ ...container, memory: undefined }] },
    ],
    ['containerDefinitions[0].memory', 'more memory than the task', withContainer({ memory: 1024 })],
    [
      'containerDefinitions[0].memoryReservation',
      'a reservation above the limit',
      withContainer({ memoryReservation: 256 }),
    ],
    [
      'containerDefinitions[0].environment[0].value',
      'a variable that is a number',
      withContainer({ environment: [{ name: 'A', value: 1 }] }),
    ],
    ['containerDefinitions[0].secrets[0].valueFrom', 'a secret without a source', withContainer({ secrets: [{ name: 'A' }] })],
    [
      'containerDefinitions[0].secrets[0]',
      'a secret named as a variable',
      withContainer({ environment: [{ name: 'A', value: '' }], secrets: [{ name: 'A', valueFrom: 'arn' }] }),
    ],
    [
      'containerDefinitions[0].portMappings[0].containerPort',
      'a port too high',
      withContainer({ portMappings: [{ containerPort: 70000 }] }),
    ],
    [
      'containerDefinitions[0].portMappings[0].hostPort',
      'two ports in awsvpc',
      withContainer({ portMappings: [{ containerPort: 80, hostPort: 8080 }] }),
    ],
    [
      'containerDefinitions[0].portMappings[0].containerPortRange',
      'a range upside down',
      withContainer({ portMappings: [{ containerPortRange: '200-100' }] }),
    ],
    [
      'containerDefinitions[0].mountPoints[0].sourceVolume',
      'a mount of nothing',
      withContainer({ mountPoints: [{ sourceVolume: 'nope' }] }),
    ],
    [
      'containerDefinitions[0].healthCheck.interval',
      'a health check too often',
      withContainer({ healthCheck: { command: ['CMD', 'true'], interval: 1 } }),
    ],
    ['containerDefinitions[0].healthCheck.command', 'a health check of nothing', withContainer({ healthCheck: {} })],
    [
      'containerDefinitions[0].dependsOn[0].containerName',
      'waiting for nobody',
      withContainer({ dependsOn: [{ containerName: 'nope', condition: 'START' }] }),
    ],
    [
      'containerDefinitions[0].dependsOn[0].condition',
      'waiting for the end of an essential container',
      withContainer({ dependsOn: [{ containerName: 'db', condition: 'COMPLETE' }] }, [
        { name: 'db', image: 'postgres' },
      ]),
    ],
    [
      'containerDefinitions[0].dependsOn[0].condition',
      'waiting for health that nobody checks',
      withContainer({ dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }] }, [
        { name: 'db', image: 'postgres' },
      ]),
    ],
    ['containerDefinitions[1].name', 'one name twice', withContainer({}, [container])],
    ['containerDefinitions', 'nothing essential', withContainer({ essential: false })],
    [
      'containerDefinitions[0].dependsOn',
      'waiting in a circle',
      withContainer({ dependsOn: [{ containerName: 'b', condition: 'START' }] }, [
        { name: 'b', image: 'b', dependsOn: [{ containerName: 'web', condition: 'START' }] },
      ]),
    ],
  ])('%s: %s is refused', (path, _, document) => {
    expect(places(document)).toEqual([path])
  })

  test('secrets without an execution role are refused on instances as well', () => {
    const document = {
      ...definition,
      containerDefinitions: [{ ...container, secrets: [{ name: 'A', valueFrom: 'arn' }] }],
    }
    expect(places(document)).toEqual(['containerDefinitions[0].secrets'])
  })
})

describe('a task definition file', () => {
  const refusal = async (path: string) => {
    const error: unknown = await fileRegistration(path).catch((reason) => reason)
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).text
  }

  test('may be what the AWS CLI prints, or the bare definition; either way it is not registered yet', async () => {
    const printed = await fileRegistration(fixture('vpc/1/ecs/describe-task-definition/web-7.json'))
    expect(printed.definition).toMatchObject({
      arn: null,
      revision: null,
      family: 'web',
      containers: [{ name: 'web' }],
    })
    const folder = scratch({ 'td.json': fargate })
    const { definition: bare, input } = await fileRegistration(`${folder}/td.json`)
    expect(bare).toMatchObject({ family: 'web', cpu: '256' })
    expect(input).toEqual(fargate)
  })

  test('that cannot be read, parsed or registered is refused by name and place', async () => {
    const folder = scratch({
      'a.json': '{\n  "family": "web",\n}',
      'b.json': { ...definition, family: 'a b' },
      'c.json': '[]',
    })
    expect((await refusal(`${folder}/none.json`)).en).toMatch(/none\.json, which cannot be read \(ENOENT\)/)
    expect((await refusal(`${folder}/a.json`)).en).toMatch(/a\.json, which is not JSON: see line 3, column 1/)
    const { en, ko } = await refusal(`${folder}/b.json`)
    expect(en).toMatch(/b\.json, which ECS would refuse: line 1, family takes 1 to 255 letters/)
    expect(ko).toMatch(/위치: 1번째 줄의 family, 규칙: 영문자/)
    expect((await refusal(`${folder}/c.json`)).en).toMatch(/c\.json, which holds no JSON object/)
  })

  test.each([
    ['web', true],
    ['web:7', true],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web:7', true],
    ['web.json', false],
    ['./web', false],
    ['deploy/task-definition.json', false],
  ])('%s is a name: %p', (input, expected) => {
    expect(namesTaskDefinition(input)).toBe(expected)
  })
})
