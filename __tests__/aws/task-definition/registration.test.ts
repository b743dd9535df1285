/** From a file, or from a revision, to what RegisterTaskDefinition is asked. */
import { describe, expect, test } from '@jest/globals'
import { namesTaskDefinition } from '../../../src/aws/task-definition/file.ts'
import {
  type RegistrationOptions,
  registrationFromFile,
  registrationFromRevision,
  registrationFromText,
} from '../../../src/aws/task-definition/registration.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { fixture, scratch } from '../scratch.ts'
import { FULL } from './full-definition.ts'

const WEB = { name: 'web', image: 'nginx:1', memory: 128 }
const LEAST = { family: 'web', containerDefinitions: [WEB] }
const of = (document: unknown, options: Partial<RegistrationOptions> = {}) =>
  registrationFromText(JSON.stringify(document, null, 2), 'td.json', { images: {}, ...options })
const noticesOf = (document: unknown) => of(document).notices.map(({ en }) => en)

async function refusal(make: () => unknown): Promise<UsageError['text']> {
  const error: unknown = await Promise.resolve()
    .then(make)
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UsageError)
  return (error as UsageError).text
}

describe('what is registered', () => {
  test('is the document, member for member, where there is nothing to leave out', () => {
    expect(of(LEAST)).toMatchObject({ input: LEAST, notices: [] })
    expect(registrationFromRevision({ taskDefinition: FULL }, { images: {} }).input).toEqual(FULL)
  })

  test('is not what DescribeTaskDefinition adds, which one notice names', () => {
    const readOnly = {
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7',
      revision: 7,
      status: 'ACTIVE',
      requiresAttributes: [],
      compatibilities: ['EC2'],
      registeredAt: '2026-01-01T00:00:00Z',
      registeredBy: 'arn:aws:iam::123456789012:user/x',
      deregisteredAt: '2026-01-02T00:00:00Z',
    }
    const tags = [
      { key: 'team', value: 'shop' },
      { key: 'aws:cloudformation:stack-name', value: 'web' },
    ]
    const { input, notices, definition } = of({ taskDefinition: { ...LEAST, ...readOnly }, tags })
    expect(input).toEqual({ ...LEAST, tags: [{ key: 'team', value: 'shop' }] })
    expect(notices).toHaveLength(1)
    expect(notices[0]?.en).toContain(`td.json holds`)
    for (const name of Object.keys(readOnly)) expect(notices[0]?.en).toContain(name)
    expect(definition).toMatchObject({ arn: null, revision: null, status: null, family: 'web', isNamed: true })
  })

  test('is not what ECS does not know, each named with its line and the nearest name', () => {
    const container = {
      ...WEB,
      enviroment: [{ name: 'A', value: '1' }],
      portMappings: [{ containerPort: 80, protcol: 'tcp' }],
    }
    const { input, notices } = of({ ...LEAST, Cpu: '256', wholly: 'else', containerDefinitions: [container] })
    expect(input).toEqual({ ...LEAST, containerDefinitions: [{ ...WEB, portMappings: [{ containerPort: 80 }] }] })
    expect(notices.map(({ en }) => en).toSorted()).toEqual([
      'td.json, line 17: RegisterTaskDefinition does not know containerDefinitions[0].portMappings[0].protcol, and it is left out. Is "protocol" meant?',
      'td.json, line 22: RegisterTaskDefinition does not know Cpu, and it is left out. Is "cpu" meant?',
      'td.json, line 23: RegisterTaskDefinition does not know wholly, and it is left out.',
      'td.json, line 8: RegisterTaskDefinition does not know containerDefinitions[0].enviroment, and it is left out. Is "environment" meant?',
    ])
    expect(notices[0]?.ko).toContain('td.json')
  })

  test('unknown names without end are counted', () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`x-${at}`, 1]))
    expect(noticesOf({ ...LEAST, ...many })).toHaveLength(11)
    expect(noticesOf({ ...LEAST, ...many }).at(-1)).toBe('td.json: 4 more such members.')
  })

  test('is not what is empty, but for what `keep-null-value-keys` names', () => {
    const document = {
      ...LEAST,
      taskRoleArn: '',
      volumes: [],
      tags: [{}],
      proxyConfiguration: null,
      containerDefinitions: [
        null,
        {
          ...WEB,
          command: [],
          entryPoint: ['', 'serve', null],
          linuxParameters: { capabilities: { drop: [] } },
          dockerLabels: { kept: '', team: 'shop' },
          environment: [{ name: 'A', value: '' }, { name: '', value: '' }, { name: 'B' }],
        },
      ],
    }
    const environment = [
      { name: 'A', value: '' },
      { name: 'B', value: '' },
    ]
    const cleaned = { ...WEB, entryPoint: ['serve'], dockerLabels: { team: 'shop' }, environment }
    expect(of(document).input).toEqual({ ...LEAST, containerDefinitions: [cleaned] })
    const kept = { ...cleaned, command: [], dockerLabels: { kept: '', team: 'shop' } }
    expect(of(document, { keepNullValueKeys: ['command', 'kept'] }).input).toEqual({
      ...LEAST,
      containerDefinitions: [kept],
    })
  })

  test('both words of a property of App Mesh, be they empty', () => {
    const proxyConfiguration = {
      type: 'APPMESH',
      containerName: 'web',
      properties: [{ name: 'EgressIgnoredPorts', value: '' }, { value: '1' }],
    }
    expect(of({ ...LEAST, networkMode: 'awsvpc', proxyConfiguration }).input['proxyConfiguration']).toEqual({
      ...proxyConfiguration,
      properties: [
        { name: 'EgressIgnoredPorts', value: '' },
        { name: '', value: '1' },
      ],
    })
  })

  test('has the images that were given, also where the file has none, and the family that was asked for', () => {
    const { input, definition } = of(
      { family: 'web', containerDefinitions: [{ name: 'web', image: '', memory: 128 }] },
      { images: { web: 'nginx:2' }, family: 'web-pull-rehearsal' },
    )
    expect(input).toEqual({ family: 'web-pull-rehearsal', containerDefinitions: [{ ...WEB, image: 'nginx:2' }] })
    expect(definition).toMatchObject({ family: 'web-pull-rehearsal', containers: [{ image: 'nginx:2' }] })
    const described = { taskDefinition: { ...LEAST, status: 'ACTIVE' } }
    expect(registrationFromRevision(described, { images: { web: 'nginx:3' } }).input).toEqual({
      ...LEAST,
      containerDefinitions: [{ ...WEB, image: 'nginx:3' }],
    })
  })

  test('an image of a container that is not there is refused', async () => {
    expect((await refusal(() => of(LEAST, { images: { wbe: 'nginx:2' } }))).en).toBe(
      'The input "image" names the container wbe, which task definition web does not have. Its containers: web.',
    )
  })
})

describe('a file', () => {
  test('may be what the AWS CLI prints, or the bare definition; either way it is not registered yet', async () => {
    const file = fixture('vpc/1/ecs/describe-task-definition/web-7.json')
    const printed = await registrationFromFile(file, { images: {} })
    expect(printed.definition).toMatchObject({
      arn: null,
      revision: null,
      family: 'web',
      containers: [{ name: 'web' }],
    })
    const folder = scratch({ 'td.json': LEAST })
    expect((await registrationFromFile(`${folder}/td.json`, { images: {} })).input).toEqual(LEAST)
  })

  test.each<[string, string | object, RegExp]>([
    ['not JSON', '{\n  "family": "web",\n}', /td\.json, which is not JSON: see line 3, column 1\.$/],
    [
      'YAML',
      'family: web\ncontainerDefinitions:\n  - name: web\n',
      /td\.json, which is YAML, and a task definition is taken as JSON/,
    ],
    ['YAML behind a comment', '# ours\n---\nfamily: web\n', /which is YAML/],
    ['no object', '[]', /td\.json, which holds no JSON object\.$/],
    ['a list in an answer', { taskDefinition: [] }, /ECS would refuse: line 1, family is required/],
    ['deep without end', `${'['.repeat(5000)}${']'.repeat(5000)}`, /nested deeper than 100 levels/],
  ])('that is %s is refused in a sentence', async (_, content, sentence) => {
    const folder = scratch({ 'td.json': content })
    const { en, ko } = await refusal(() => registrationFromFile(`${folder}/td.json`, { images: {} }))
    expect(en).toMatch(/^The input "task-definition" names the file /)
    expect(en).toMatch(sentence)
    expect(ko).toMatch(/^"task-definition" 입력의 파일/)
  })

  test('that is not there is refused by name', async () => {
    const { en } = await refusal(() => registrationFromFile(`${scratch({})}/none.json`, { images: {} }))
    expect(en).toMatch(/none\.json, which cannot be read \(ENOENT\)/)
  })

  test('lines are those of the file, whatever was empty before them and around them', async () => {
    const text = JSON.stringify(
      { taskDefinition: { ...LEAST, containerDefinitions: [{}, null, { ...WEB, cpu: 'x' }] } },
      null,
      2,
    )
    const { en } = await refusal(() => registrationFromText(text, 'td.json', { images: {} }))
    const line = text.split('\n').findIndex((one) => one.includes('"cpu"')) + 1
    expect(en).toContain(`line ${line}, containerDefinitions[2].cpu `)
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
