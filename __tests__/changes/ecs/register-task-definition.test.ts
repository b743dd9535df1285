import { describe, expect, test } from '@jest/globals'
import type { ChangeOf } from '../../../src/domain/change.ts'
import { SECRET } from '../../checks/configuration-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

type RegisterTaskDefinition = ChangeOf<'register-task-definition'>

const change = (values: Partial<RegisterTaskDefinition>): RegisterTaskDefinition => ({
  kind: 'register-task-definition',
  makes: 'revision',
  family: 'web',
  like: 'web:7',
  ...values,
})
const ALL: Partial<RegisterTaskDefinition> = {
  cpu: '512',
  memory: '1024',
  ephemeralStorage: { sizeInGiB: 36 },
  executionRoleArn: 'arn:aws:iam::123456789012:role/web',
  taskRoleArn: 'arn:aws:iam::123456789012:role/web-task',
  runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  images: [{ container: 'web', image: 'public.ecr.aws/docker/library/nginx:1.29' }],
  environmentFiles: [{ from: 'arn:aws:s3:::settings/web.txt', to: 'arn:aws:s3:::settings/web.env' }],
  secrets: [{ from: SECRET, to: `${SECRET}9` }],
}

describe('register-task-definition', () => {
  test('takes over what is not named, and is made of a file where there is one', () => {
    expectForms('register-task-definition', {
      'every value': [change(ALL)],
      'deployed as well': [
        change({ cpu: '512' }),
        { kind: 'update-service', cluster: 'shop', service: 'web', taskDefinition: { ref: 'revision' } },
      ],
      'in the file of one that is not registered yet': [change({ ...ALL, like: null })],
    })
  })

  test('sizes and platform are those of the next tasks', () => {
    const { executionRoleArn: _, taskRoleArn: _task, images: __, environmentFiles: ___, secrets: ____, ...values } = ALL
    expect(factAfter(facts(), 'taskDefinition', change(values))).toMatchObject({
      ephemeralStorageGiB: 36,
      family: 'web',
      cpu: '512',
      memory: '1024',
      cpuArchitecture: 'ARM64',
      operatingSystemFamily: 'LINUX',
    })
  })

  test.each(['executionRoleArn', 'taskRoleArn', 'images', 'environmentFiles', 'secrets'] as const)(
    'nobody foresees what %s leads to',
    (name) => {
      expect(factAfter(facts(), 'taskDefinition', change({ [name]: ALL[name] }))).toBeNull()
    },
  )

  test('nor what could not be read', () => {
    expect(factAfter(without('taskDefinition'), 'taskDefinition', change({ cpu: '512' }))).toBeNull()
  })
})
