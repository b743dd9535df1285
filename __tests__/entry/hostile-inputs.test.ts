/** Every threat of SECURITY.md, and every hostile input that was ever tried, has a test that holds it. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const FOLDER = '__tests__/aws/reader/hostile-folder.test.ts'
const WORLDS = '__tests__/commands/hostile-worlds.test.ts'
const FORMS = '__tests__/checks/unknown-forms.test.ts'
const NAMED = '__tests__/files/plain-file.test.ts'
const OUTPUT = '__tests__/files/own-files.test.ts'
const SECRETS = '__tests__/commands/planted-secrets.test.ts'

/** What was tried, and the name of the test (or of its row) that holds it. */
const INPUTS: readonly (readonly [input: string, file: string, title: string])[] = [
  ['a pipe in the place of an answer', FOLDER, 'a pipe that nobody writes to'],
  ['a link to /dev/zero in its place', FOLDER, 'a link to a device without end'],
  ['a link to a file outside the folder', FOLDER, 'a link to a file elsewhere'],
  ['a linked folder of answers', WORLDS, 'a folder of answers that is a link'],
  ['a folder that holds itself', WORLDS, 'a folder that is a link to itself'],
  ['a pipe that nobody asks for', WORLDS, 'a pipe beside the others'],
  ['a folder in the place of a file', FOLDER, 'a folder of its name'],
  ['a file larger than any answer', FOLDER, 'more than any answer of AWS'],
  ['100,000 nested arrays in a tag', FOLDER, 'a hundred thousand lists in each other'],
  ['meta.json of a newer schema', FOLDER, 'of a newer schema'],
  ['meta.json of 100,000 nested objects', WORLDS, 'a meta.json of a hundred thousand objects in each other'],
  ['AvailableIpAddressCount 1e999', WORLDS, 'more free addresses than any number'],
  ['CIDR blocks that are none', FORMS, 'of a subnet: %s'],
  ['a CIDR of a rule that is none', FORMS, 'of a rule of a security group'],
  ['states that AWS may add', FORMS, 'available_FROM_2031'],
  ['keys and ids of every object', WORLDS, 'ids that every object has'],
  ['a list that stands there twice', WORLDS, 'a list that stands there twice, the second one empty'],
  ['NaN', WORLDS, 'no JSON: NaN'],
  ['lone surrogates', WORLDS, 'half a letter'],
  ['a byte order mark', WORLDS, 'a byte order mark'],
  ['UTF-16', WORLDS, "['UTF-16'"],
  ['Latin-1', WORLDS, "'Latin-1'"],
  ['groups that name each other', WORLDS, 'groups that let each other in'],
  ['two tables that claim one subnet', WORLDS, 'a subnet that two route tables claim'],
  ['a NAT gateway behind itself', '__tests__/network/reachability/gateways.test.ts', 'nat-gateway-leads-to-itself'],
  ['image references that are none', WORLDS, 'an image %j is told to be none'],
  ['an output folder behind a link', OUTPUT, 'the folder itself'],
  ['a file of others in the output folder', OUTPUT, 'the first is somebody else’s'],
  ['a pipe in the output folder', OUTPUT, 'one is a pipe'],
  ['named files that are pipes, devices, links', NAMED, 'a link to the environment of the process'],
  ['a tape of another version', '__tests__/commands/watch/loop.test.ts', 'that the first version wrote is refused'],
  ['a tape that is none', '__tests__/commands/watch/loop.test.ts', 'that is none: %s'],
  ['a tape of services that are no names', '__tests__/commands/folder-names.test.ts', 'that are no names'],
  ['200,000 lines to explain', '__tests__/entry/explain-lines.test.ts', 'ten times the lines take no more memory'],
  ['secrets in reasons and events of a watch', SECRETS, 'of starts that fail'],
  ['secrets in container logs of a watch', SECRETS, 'of a program that ends'],
  ['secrets in errors of AWS', SECRETS, 'what AWS says where nothing could be read'],
]

test.each(INPUTS)('%s', (_input, file, title) => {
  expect(readFileSync(file, 'utf8')).toContain(title)
})

describe('the threat model', () => {
  const [, model = ''] = readFileSync('SECURITY.md', 'utf8').split('## Threat model')
  const rows = model.split('\n').filter((line) => /^\| (?!threat|---)/.test(line))

  test('has rows', () => {
    expect(rows.length).toBeGreaterThan(12)
  })

  test.each(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row] as const))('%s', (_threat, row) => {
    const [, , holds = '', shown = ''] = row.split('|')
    expect(holds.trim()).not.toBe('')
    const tests = [...shown.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path)
    expect(tests.length).toBeGreaterThan(0)
    expect(tests.filter((path) => !/^__tests__\/.+\.test\.ts$/.test(path) || !existsSync(path))).toEqual([])
    const sources = [...holds.matchAll(/`(src\/[^`]+)`/g)].map(([, path = '']) => path)
    expect(sources.filter((path) => !existsSync(path))).toEqual([])
  })
})
