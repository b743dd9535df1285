/** A snapshot folder may come from anybody: every oddity ends in one sentence, at once, with nothing read that is not the folder's own. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { simulate } from '../../../src/commands/simulate.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { readValues } from '../../../src/inputs/parse-arguments.ts'
import { scratch } from '../scratch.ts'

const SUBNETS = 'ec2/describe-subnets.json'
let folder: string

beforeEach(() => {
  const { [SUBNETS]: _, ...files } = seoulFiles()
  folder = scratch(files)
})

async function complaintOf(): Promise<string> {
  const complaint = await openFolder(folder)
    .then((reader) => gatherService(reader, {}))
    .then(
      () => null,
      (error: unknown) => error,
    )
  if (!(complaint instanceof UsageError)) throw new Error(`no UsageError: ${complaint}`)
  return complaint.text.en
}

describe('in the place of a file', () => {
  const place = () => join(folder, SUBNETS)
  test.each<readonly [string, () => void, RegExp]>([
    ['a pipe that nobody writes to', () => execFileSync('mkfifo', [place()]), /only plain files are read/],
    ['a link to a device without end', () => symlinkSync('/dev/zero', place()), /only plain files are read/],
    ['a link to a file elsewhere', () => symlinkSync('/etc/hostname', place()), /only plain files are read/],
    ['a link to itself', () => symlinkSync(place(), place()), /only plain files are read/],
    ['a folder of its name', () => mkdirSync(place()), /cannot be read \(absent\)/],
    ['more than any answer of AWS', () => sized(17 * 1024 * 1024), /larger than 16 MiB/],
    [
      'half a million empty objects',
      () => writeFileSync(place(), `[${'{},'.repeat(500_000)}{}]`),
      /\d{6} objects and lists/,
    ],
    ['a hundred thousand lists in each other', () => nested(100_000), /nested deeper than 100 levels|is not JSON/],
    ['a thousand lists in each other', () => nested(1_000), /nested deeper than 100 levels/],
  ])('%s', async (_name, make, said) => {
    make()
    if (said.source.includes('absent')) {
      // A folder is no answer: the facts of it are missing, as if nothing were there.
      const { facts } = await gatherService(await openFolder(folder), {})
      expect(facts.network.known && facts.network.value.subnets).toMatchObject({ known: false, because: 'absent' })
    } else expect(await complaintOf()).toMatch(said)
  })

  function sized(bytes: number) {
    writeFileSync(place(), '{"Subnets":[]}')
    truncateSync(place(), bytes)
  }

  function nested(levels: number) {
    writeFileSync(
      place(),
      `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","Tags":${'['.repeat(levels)}${']'.repeat(levels)}}]}`,
    )
  }
})

test('`simulate` serves nothing of a folder with a pipe in it', async () => {
  execFileSync('mkfifo', [join(folder, SUBNETS)])
  const values = readValues('simulate', new Map([['snapshot', [folder]]]), 'cli')
  await expect(simulate(values, () => {})).rejects.toMatchObject({
    text: { en: expect.stringMatching(/only plain files are read/) },
  })
})

test('more in several files than a service has', async () => {
  const padded = (answer: unknown) => `${JSON.stringify(answer)}${' '.repeat(13 * 1024 * 1024)}`
  for (const path of [SUBNETS, 'ecs/describe-services.json'])
    writeFileSync(join(folder, path), padded(seoulFiles()[path]))
  expect(await complaintOf()).toMatch(/larger than any of one service: 27 MiB read \(at most 24\)/)
})

describe('a meta.json', () => {
  const meta = (content: unknown) => {
    mkdirSync(dirname(join(folder, 'meta.json')), { recursive: true })
    writeFileSync(join(folder, 'meta.json'), JSON.stringify(content))
  }
  test.each([
    ['of a newer schema', { schemaVersion: 99, region: 'ap-northeast-2' }, /schema version 99.*understands 1/],
    ['that is a list', [1], /holds no JSON object/],
    ['that is null', null, /holds no JSON object/],
  ])('%s is refused', async (_name, content, said) => {
    meta(content)
    await expect(openFolder(folder)).rejects.toMatchObject({ text: { en: expect.stringMatching(said) } })
  })

  test('without a version, as somebody writes it by hand, is taken', async () => {
    meta({ region: 'eu-west-1' })
    expect((await openFolder(folder)).region).toBe('eu-west-1')
  })
})
