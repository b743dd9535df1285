/** A task definition in a file is read as ECS would register it, or refused with the rule it breaks. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UsageError } from '../../src/domain/usage-error.ts'
import { taskDefinitionOf } from '../../src/task-definition-file.ts'
import { temporary } from './program.ts'

const file = join(temporary(), 'task-definition.json')
const web = { name: 'web', image: 'nginx:1' }
const plain = { family: 'web', containerDefinitions: [web] }
const fargate = { ...plain, requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc', cpu: '256', memory: '512' }

async function read(content: unknown) {
  writeFileSync(file, JSON.stringify(content))
  return taskDefinitionOf(file, '`task-definition`')
}

async function complaintAbout(content: unknown): Promise<string> {
  const outcome = await read(content).catch((error: unknown) => error)
  if (!(outcome instanceof UsageError)) throw new TypeError(`accepted: ${JSON.stringify(outcome)}`)
  expect(outcome.text.ko).toMatch(/[가-힣]/)
  return outcome.text.en
}

describe('accepted', () => {
  test.each([
    ['the least there is', plain],
    ['what describe-task-definition prints', { taskDefinition: plain, tags: [] }],
    ['Fargate, in numbers', fargate],
    ['Fargate, in words', { ...fargate, cpu: '.25 vCPU', memory: '1 GB' }],
    ['Fargate, at its largest', { ...fargate, cpu: '16384', memory: '122880' }],
    ['a size that AWS may have added since', { ...fargate, cpu: '32768', memory: '1000000' }],
  ])('%s', async (_, content) => {
    expect(await read(content)).toMatchObject({
      arn: null,
      family: 'web',
      containers: [{ name: 'web', image: 'nginx:1' }],
    })
  })

  test.each(['web', 'web:7', 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web:7'])(
    'the name %s stays a name',
    async (name) => {
      expect(await taskDefinitionOf(name, '')).toBe(name)
    },
  )
})

describe('refused', () => {
  test.each<[string, unknown, string]>([
    ['no object', [plain], 'it is no JSON object'],
    ['no family', { ...plain, family: undefined }, '`family`'],
    ['a family with a space', { ...plain, family: 'my web' }, '`family`'],
    ['no container', { ...plain, containerDefinitions: [] }, 'has no container'],
    [
      'a container that is a text',
      { ...plain, containerDefinitions: ['web'] },
      '`containerDefinitions[0]` is no object',
    ],
    [
      'a container without a name',
      { ...plain, containerDefinitions: [web, { image: 'x' }] },
      '`containerDefinitions[1].name`',
    ],
    [
      'a container without an image',
      { ...plain, containerDefinitions: [{ name: 'web' }] },
      'container `web` has no `image`',
    ],
    ['two containers of one name', { ...plain, containerDefinitions: [web, web] }, 'two containers are called `web`'],
    [
      'nothing essential',
      { ...plain, containerDefinitions: [{ ...web, essential: false }] },
      'no container is essential',
    ],
    ['Fargate in bridge mode', { ...fargate, networkMode: 'bridge' }, '`networkMode` `awsvpc`'],
    ['Fargate without a size', { ...fargate, memory: undefined }, '`cpu` and `memory`'],
    ['Fargate with memory that is too much', { ...fargate, memory: '4096' }, '`cpu` 256 with `memory` 4096'],
    ['Fargate with memory between two steps', { ...fargate, cpu: '256', memory: '1536' }, '`memory` 1536'],
    ['Fargate with memory between two large steps', { ...fargate, cpu: '8192', memory: '17408' }, '`memory` 17408'],
  ])('%s', async (_, content, rule) => {
    const complaint = await complaintAbout(content)
    expect(complaint).toContain(rule)
    expect(complaint).toContain(file)
  })
})
