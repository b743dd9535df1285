/** Snapshots of a healthy service with one thing in them that nobody expects: each ends at once, in a report that is true or in one sentence. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { scratch } from '../aws/scratch.ts'

type World = (folder: string) => void

async function ending(make: World): Promise<Report | UsageError> {
  const folder = scratch(seoulFiles({ healthy: true }))
  make(folder)
  try {
    const reader = await openFolder(folder)
    return await preflight({ failOn: ['blocker'], ignore: [] }, { reader, tool: { name: 't', version: '0' } })
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

/** What a folder ends with: a verdict with its blockers, or the sentence. */
async function told(make: World): Promise<string> {
  const ended = await ending(make)
  if (ended instanceof UsageError) return ended.text.en
  const blockers = ended.findings.filter(({ severity }) => severity === 'blocker').map(({ check }) => check)
  return [ended.verdict, ...blockers].join(' ')
}

function file(path: string, change: (text: string) => string | Uint8Array): World {
  return (folder) => writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')))
}

type Json = Record<string, unknown>

function json(path: string, change: (content: Record<string, Json[]>) => void): World {
  return file(path, (text) => {
    const content = JSON.parse(text) as Record<string, Json[]>
    change(content)
    return JSON.stringify(content)
  })
}

/** Of the first container. */
function definition(members: Json): World {
  return (folder) => {
    for (const name of readdirSync(join(folder, 'ecs/describe-task-definition'))) {
      json(`ecs/describe-task-definition/${name}`, (content) => {
        const { containerDefinitions } = content['taskDefinition'] as unknown as { containerDefinitions: Json[] }
        Object.assign(containerDefinitions[0] ?? {}, members)
      })(folder)
    }
  }
}

const SUBNETS = 'ec2/describe-subnets.json'
const GROUPS = 'ec2/describe-security-groups.json'
const TABLES = 'ec2/describe-route-tables.json'
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

test('without any of it, it passes', async () => {
  expect(await told(() => {})).toBe('pass')
})

describe('files', () => {
  test.each<readonly [string, World, RegExp]>([
    ['a folder that is a link to itself', (at) => symlinkSync('.', join(at, 'ec2/again')), /^pass$/],
    ['a pipe beside the others', (at) => execFileSync('mkfifo', [join(at, 'ec2/pipe')]), /^pass$/],
    [
      'a pipe with the name of an answer nobody asks for',
      (at) => execFileSync('mkfifo', [join(at, 'pipe.json')]),
      /^pass$/,
    ],
    [
      'a folder of answers that is a link',
      (at) => {
        const elsewhere = join(scratch({}), 'ec2')
        renameSync(join(at, 'ec2'), elsewhere)
        symlinkSync(elsewhere, join(at, 'ec2'))
      },
      /^unknown$/,
    ],
    [
      'a meta.json of a hundred thousand objects in each other',
      (at) => writeFileSync(join(at, 'meta.json'), `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      /meta\.json.*(nested deeper|not JSON)/,
    ],
    ['a byte order mark', file(SUBNETS, (text) => `\ufeff${text}`), /^pass$/],
    ['UTF-16', file(SUBNETS, utf16), /^pass$/],
    [
      'Latin-1',
      file(SUBNETS, (text) => Buffer.from(text.replace('"Subnets"', '"\u00e9":1,"Subnets"'), 'latin1')),
      /^pass$/,
    ],
    [
      'no JSON: NaN',
      file(SUBNETS, (text) => text.replace(/"AvailableIpAddressCount":\s*\d+/, '"AvailableIpAddressCount":NaN')),
      /is not JSON: see line \d+, column \d+/,
    ],
  ])('%s', async (_name, make, expected) => {
    expect(await told(make)).toMatch(expected)
  })
})

describe('values', () => {
  test.each<readonly [string, World, RegExp]>([
    [
      'more free addresses than any number',
      file(SUBNETS, (text) => text.replace(/"AvailableIpAddressCount":\s*\d+/g, '"AvailableIpAddressCount":1e999')),
      /^unknown$/,
    ],
    [
      'keys of every object',
      file(SUBNETS, (text) =>
        text.replace('"Subnets"', '"__proto__":{"Subnets":[]},"constructor":{"prototype":{"known":true}},"Subnets"'),
      ),
      /^pass$/,
    ],
    [
      'ids that every object has',
      json(SUBNETS, ({ Subnets = [] }) =>
        Subnets.push({ ...Subnets[0], SubnetId: '__proto__' }, { ...Subnets[0], SubnetId: 'constructor' }),
      ),
      /^pass$/,
    ],
    [
      'a group of the name of a prototype',
      json(GROUPS, ({ SecurityGroups = [] }) =>
        SecurityGroups.push({ ...SecurityGroups[0], GroupId: '__proto__', GroupName: 'toString' }),
      ),
      /^pass$/,
    ],
    [
      'a list that stands there twice, the second one empty',
      file(SUBNETS, (text) => text.replace(/\}\s*$/, ',"Subnets":[]}')),
      /^unknown$/,
    ],
    ['half a letter', definition({ name: 'web\ud800' }), /^pass$/],
    [
      'groups that let each other in',
      json(GROUPS, ({ SecurityGroups = [] }) => {
        const ids = SecurityGroups.map(({ GroupId }) => GroupId)
        for (const [at, one] of SecurityGroups.entries())
          one['IpPermissions'] = [
            {
              IpProtocol: '-1',
              UserIdGroupPairs: [ids[at], ids[(at + 1) % ids.length]].map((GroupId) => ({ GroupId })),
            },
            ...(one['IpPermissions'] as Json[]),
          ]
      }),
      /^pass$/,
    ],
    [
      'a subnet that two route tables claim',
      json(TABLES, ({ RouteTables = [] }) => {
        const [first] = RouteTables.filter(({ Associations }) => JSON.stringify(Associations).includes('subnet-'))
        RouteTables.push({ ...structuredClone(first), RouteTableId: 'rtb-ffffffffffffffff0', Routes: [] })
      }),
      /^(unknown|fail)/,
    ],
  ])('%s', async (_name, make, expected) => {
    expect(await told(make)).toMatch(expected)
  })

  test('nothing of an object of everybody has changed', () => {
    expect([{}, []].map((one) => Object.keys(Object.getPrototypeOf(one)))).toEqual([[], []])
    expect(({} as Json)['known']).toBeUndefined()
  })

  test.each([
    '',
    ' ',
    ':',
    '@',
    '/',
    'a:b:c',
    '../../etc/passwd',
    'https://evil.example/x',
    'x'.repeat(100_000),
    'UPPER/case',
    'a@sha256:zz',
    '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/',
    '[::1]:99999/x',
  ])('an image %j is told to be none', async (image) => {
    expect(await told(definition({ image }))).toMatch(image === '' ? /^unknown$/ : /^fail image-reference-invalid$/)
  })
})
