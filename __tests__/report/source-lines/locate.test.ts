/** A finding sits on the line that names what it is about, and on no other. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CheckId } from '../../../src/domain/check-id.ts'
import type { Label } from '../../../src/domain/label.ts'
import type { Finding } from '../../../src/domain/report.ts'
import type { RolloutFailure } from '../../../src/domain/rollout.ts'
import type { StepId } from '../../../src/domain/step.ts'
import { jsonScalars } from '../../../src/report/source-lines/json-scalars.ts'
import { locator } from '../../../src/report/source-lines/locate.ts'

const ROLE = 'arn:aws:iam::123456789012:role/ecs/shop-execution'
const SECRET = 'arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:shop/db-a1b2c3'
const IMAGE = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/team/shop:1.8.2'

/** Its lines are counted from 1; the comment behind each is what it is looked up by. */
const TEXT = `{
  "family": "web",
  "executionRoleArn": "${ROLE}",
  "cpu": "256",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "${IMAGE}",
      "environment": [{ "name": "LOG", "value": "/ecs/shop" }, { "name": "image", "value": "nginx" }],
      "secrets": [
        { "name": "DB", "valueFrom": "${SECRET}:password::" },
        { "name": "KEY", "valueFrom": "arn:aws:ssm:ap-northeast-2:123456789012:parameter/shop/key" },
        { "name": "FLAG", "valueFrom": "/shop/flag" }
      ],
      "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/shop" } },
      "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::conf/shop.txt" }]
    },
    {
      "name": "proxy",
      "image": "nginx",
      "repositoryCredentials": { "credentialsParameter": "${SECRET}x" }
    }
  ],
  "volumes": [{ "name": "data", "efsVolumeConfiguration": { "fileSystemId": "fs-0a1b2c3d" } }]
}
`

function finding(check: CheckId, step: StepId, subject: string, image?: string): Finding {
  const none = { en: '', ko: '' }
  const remedy = { console: [], cli: [], terraform: '', changes: [], verified: false }
  const words = { title: none, what: none, why: none, evidence: [], affects: [], docs: '' }
  return { check, step, severity: 'blocker', subject, remedy, ...words, ...(image === undefined ? {} : { image }) }
}

function line(text: string, one: Finding, images = {}) {
  return locator({ file: 'ecs/task.json', text, images })(one)?.line ?? null
}

const CASES: readonly (readonly [string, Finding, number | null])[] = [
  ['an image', finding('image-not-found', 'image', IMAGE), 8],
  ['a repository', finding('image-repository-not-found', 'image', 'team/shop'), 8],
  [
    'a repository by ARN',
    finding('repository-policy-denies', 'role', 'arn:aws:ecr:ap-northeast-2:123456789012:repository/team/shop'),
    8,
  ],
  ['an image whose container is named', finding('image-reference-invalid', 'image', 'proxy'), 20],
  ['a digest beside its image', finding('running-digest-gone', 'image', 'sha256:0a', IMAGE), 8],
  ['a digest beside a longer image', finding('running-digest-gone', 'image', 'sha256:0a', `${IMAGE}9`), null],
  ['a role', finding('execution-role-without-ecr', 'role', ROLE), 3],
  ['a log group, not the variable of the same value', finding('log-group-missing', 'configuration', '/ecs/shop'), 15],
  ['a secret with key and version behind it', finding('secret-missing', 'configuration', SECRET), 11],
  ['registry credentials', finding('secret-missing', 'configuration', `${SECRET}x`), 21],
  ['a parameter by ARN', finding('parameter-missing', 'configuration', '/shop/key'), 12],
  ['a parameter by name', finding('parameter-missing', 'configuration', '/shop/flag'), 13],
  ['an environment file', finding('environment-file-unusable', 'configuration', 'arn:aws:s3:::conf/shop.txt'), 16],
  ['a file system', finding('efs-mount-target-missing-in-zone', 'endpoints', 'fs-0a1b2c3d'), 24],
  ['a role that is not there', finding('execution-role-missing', 'role', 'web'), 2],
  ['a size', finding('fargate-size-invalid', 'configuration', 'web'), 4],
  ['a service of the name of the family', finding('circuit-breaker-off', 'configuration', 'web'), null],
  ['a service of the name of an image', finding('deployment-deadlock', 'configuration', 'nginx'), null],
  ['a route table', finding('s3-route-missing', 'routes', 'rtb-0c9e8d7f6a5b4c3d2'), null],
  ['an image of another task definition', finding('image-not-found', 'image', 'redis:7'), null],
]

describe('the line of', () => {
  test.each(CASES)('%s', (_, one, expected) => {
    expect(line(TEXT, one)).toBe(expected)
  })

  test('each, in what describe-task-definition prints', () => {
    const text = `{ "taskDefinition":\n${TEXT}}`
    for (const [, one, expected] of CASES) expect(line(text, one)).toBe(expected === null ? null : expected + 1)
  })

  test('an image that was put in the place of another', () => {
    const one = finding('image-not-found', 'image', 'redis:7')
    expect(line(TEXT, one, { proxy: 'redis:7' })).toBe(20)
    expect(line(TEXT, finding('image-not-found', 'image', 'nginx'), { proxy: 'redis:7' })).toBeNull()
  })

  test('a role that the file names without its path', () => {
    const text = '{"executionRoleArn":\n"shop-execution"}'
    expect(line(text, finding('execution-role-not-found', 'role', ROLE))).toBe(2)
  })

  test('nothing, where the file is no JSON', () => {
    expect(line(`${TEXT},`, finding('image-not-found', 'image', IMAGE))).toBeNull()
  })

  test('a value has its columns', () => {
    const place = locator({ file: 'ecs/task.json', text: TEXT, images: {} })(
      finding('image-not-found', 'image', 'nginx'),
    )
    expect(place).toEqual({ file: 'ecs/task.json', line: 20, column: 16, endColumn: 23 })
  })
})

function failure(label: Label, text = '', container: string | null = null): RolloutFailure {
  const none = { en: '', ko: '' }
  const where = { subnetId: null, availabilityZone: null, privateIp: null, destination: null, address: null }
  const said = { title: none, why: none, remedy: [], notes: [] }
  const cause = { cause: null, causeSubject: null, confidence: 'possible' as const }
  return {
    taskId: 't',
    at: 0,
    ...where,
    label,
    step: null,
    text,
    container,
    exitCode: null,
    transient: null,
    ...cause,
    ...said,
  }
}

const FAILED: readonly (readonly [string, RolloutFailure, number | null])[] = [
  ['an image by its name', failure('pull/image-not-found', `failed to resolve ref ${IMAGE}: not found`), 8],
  ['an image by its container', failure('pull/platform-mismatch', 'no match for platform', 'proxy'), 20],
  ['an image that the text names as part of another', failure('pull/image-not-found', `${IMAGE}9: not found`), null],
  ['a pull for the network', failure('pull/network-timeout', `${IMAGE}: i/o timeout`, 'web'), null],
  ['the only log group', failure('init/log-group-missing', 'The specified log group does not exist.'), 15],
  ['a secret without its key', failure('init/secrets-missing', `can't find ${SECRET}: ResourceNotFoundException`), 11],
  ['a secret that is not named, of several', failure('init/secrets-missing', 'secret not found'), null],
  ['the role', failure('init/registry-auth-denied', 'AccessDeniedException'), 3],
  ['an environment file', failure('init/env-file', 'no such key'), 16],
  ['a file system', failure('init/efs', 'mount.nfs4: timed out'), 24],
  ['an application that ends', failure('run/essential-exited', 'Essential container in task exited', 'web'), null],
]

describe('the line of a failed start:', () => {
  test.each(FAILED)('%s', (_, one, expected) => {
    expect(locator({ file: 'ecs/task.json', text: TEXT, images: {} })(one)?.line ?? null).toBe(expected)
  })

  test('the execution role, not that of the application', () => {
    const text = '{"taskRoleArn":\n"app",\n"executionRoleArn": "app"}'
    expect(locator({ file: 'x', text, images: {} })(failure('iam/role', 'unable to assume the role'))?.line).toBe(3)
  })
})

describe('scalars of a document', () => {
  test('are all of them, with paths that lead there, where they stand', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom(0, 1, '\t'),
        fc.boolean(),
        (value, indent, windows) => {
          const text = JSON.stringify(value, null, indent).replaceAll('\n', windows ? '\r\n' : '\n')
          const lines = text.split(/\r?\n/)
          const scalars = jsonScalars(text)
          expect(scalars.map(({ value: found }) => found)).toEqual(scalarsIn(value))
          for (const { line: at, column, endColumn, value: found } of scalars) {
            const written = lines[at - 1]?.slice(column - 1, endColumn - 1) ?? ''
            expect(written.startsWith('"') ? JSON.parse(written) : written).toBe(found)
          }
        },
      ),
    )
  })

  test('of a key that is empty, or the same twice', () => {
    const paths = jsonScalars('{"":{"":1,"a":[2,[3]]},"b":null,"b":true}').map(({ path, value }) => `${path}=${value}`)
    expect(paths).toEqual(['.=1', '.a.0=2', '.a.1.0=3', 'b=null', 'b=true'])
  })

  test('nested a thousand deep are found', () => {
    const deep = `${'['.repeat(1_000)}7${']'.repeat(1_000)}`
    expect(jsonScalars(deep)).toMatchObject([{ value: '7', line: 1, column: 1_001 }])
  })
})

function scalarsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [typeof value === 'string' ? value : JSON.stringify(value)]
  return Object.values(value).flatMap(scalarsIn)
}
