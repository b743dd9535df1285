/** A report does not contradict itself: no tick where nobody looked, no clean forecast beside a failing start, nothing hidden by `ignore`. */
import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { preflight } from '../../../src/commands/preflight/preflight.ts'
import type { Report } from '../../../src/domain/report.ts'
import { compare } from '../../../src/report/comment/memory.ts'
import { plain } from '../../../src/report/document/blocks.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { notesOf } from '../../../src/report/document/steps.ts'
import { scratch } from '../../aws/scratch.ts'

// biome-ignore lint/suspicious/noExplicitAny: files of a recording, as their tests know them
type Files = Record<string, any>

async function report(change: (files: Files) => void = () => {}, healthy = true, ignore = ''): Promise<Report> {
  const files = structuredClone(seoulFiles({ healthy })) as Files
  change(files)
  const ignored = ignore === '' ? [] : [{ check: ignore, subject: null, reason: 'known' }]
  const tool = { name: 'ecs-pull-guard', version: '0.0.0' }
  return preflight({ failOn: ['blocker'], ignore: ignored }, { reader: await openFolder(scratch(files)), tool })
}

function without(part: string) {
  return (files: Files) => {
    for (const name of Object.keys(files)) if (name.startsWith(part)) delete files[name]
  }
}

function unknownSteps({ steps }: Report): readonly string[] {
  return steps.filter(({ state }) => state === 'unknown').map(({ id }) => id)
}

const BEYOND_ROUTES = ['security-groups', 'network-acls', 'endpoint-policies']

describe('steps whose facts nobody read are not ticked: without', () => {
  test('nothing, none', async () => {
    expect(unknownSteps(await report())).toEqual([])
  })

  // biome-ignore format: one line a file
  test.each<[string, readonly string[]]>([
    ['ec2/describe-subnets', ['subnets', 'dns', 'endpoints', 'routes', ...BEYOND_ROUTES]],
    ['ec2/describe-vpc-endpoints', ['dns', 'endpoints', 'routes', ...BEYOND_ROUTES]],
    ['ec2/describe-vpc-attribute', ['dns']],
    ['ec2/describe-route-tables', ['endpoints', 'routes', ...BEYOND_ROUTES]],
    ['ec2/describe-security-groups', ['security-groups']],
    ['ec2/describe-network-acls', ['network-acls']],
    ['ec2/', ['subnets', 'dns', 'endpoints', 'routes', ...BEYOND_ROUTES]],
    ['iam/', ['role']],
    ['ecr/', ['image']],
    ['ecs/describe-services', ['service', 'subnets', 'dns', 'endpoints', 'routes', ...BEYOND_ROUTES, 'role', 'image', 'configuration']],
  ])('%s', async (part, steps) => {
    const found = await report(without(part))
    expect(found.verdict).toBe('unknown')
    expect(unknownSteps(found)).toEqual(steps)
    for (const step of found.steps.filter(({ state }) => state === 'unknown')) expect(notesOf(found, step, 'en')).not.toEqual([])
  })
})

test('what lies beyond a hop that nobody could read is not called fixed in a comment', async () => {
  const open = [
    ...['endpoint-policy-denies', 'endpoint-not-available', 'endpoint-closed-to-tasks'],
    ...['internet-blocked-by-vpc-setting', 's3-route-missing'],
  ].map((check) => ({ check, subject: 'vpce-1' }))
  const earlier = { open, fixed: [] }
  expect(compare(earlier, await report(without('ec2/describe-route-tables')))).toMatchObject({
    unjudged: open,
    fixed: [],
  })
  expect(compare(earlier, await report())).toMatchObject({ unjudged: [], fixed: open })
})

describe('a forecast', () => {
  const gone = (files: Files) => {
    files['ecr/describe-images/nestjs-second.json'].imageDetails[0].imageTags = ['1.8.1']
  }

  test('foretells failures where one subnet fails, and none where none does', async () => {
    expect((await report(() => {}, false)).forecast?.expectedFailedTasks).toBeGreaterThan(0)
    expect((await report()).forecast?.expectedFailedTasks).toBe(0)
  })

  test.each([
    ['every start fails for the image', gone, true, ''],
    ['every start fails for the image, and one subnet besides', gone, false, ''],
    ['that is ignored, which mends nothing', gone, true, 'image-not-found'],
    ['nobody knows whether the subnets work', without('ec2/describe-route-tables'), true, ''],
  ] as const)('is not made where %s', async (_, change, healthy, ignore) => {
    expect((await report(change, healthy, ignore)).forecast).toBeNull()
  })

  test('counts what is ignored', async () => {
    const { forecast, verdict } = await report(() => {}, false, 's3-route-missing')
    expect(verdict).toBe('warn')
    expect(forecast?.expectedFailedTasks).toBeGreaterThan(0)
  })
})

test('an ignored blocker stands in the head, in the one sentence, and at its step', async () => {
  const found = await report(() => {}, false, 's3-route-missing')
  const { title, sentence, counts, line } = headOf(found)
  expect(title?.en).toBe('Ignored: A route table has no route to S3')
  expect(sentence.en).toBe('Nothing stands in the way of a start but what is ignored.')
  expect(counts.en).toMatch(/1 ignored$/)
  expect(line.en).toMatch(/^Nothing .* but what is ignored: A route table has no route to S3 \(rtb-\w+\)\.$/)
  const step = found.steps.find(({ id }) => id === 'routes')
  expect(step?.state).toBe('ignored')
  expect(step && notesOf(found, step, 'en').map(plain)).toEqual([
    expect.stringMatching(/^Ignored: A route table has no route to S3 \(rtb-\w+\)$/),
  ])
})

test('the one sentence of a failing report says where, what, and how many more', async () => {
  const found = await report((files) => {
    files['ecr/describe-images/nestjs-second.json'].imageDetails[0].imageTags = ['1.8.1']
  }, false)
  expect(headOf(found).line.en).toMatch(
    /^Tasks cannot start: A route table has no route to S3 \(rtb-\w+\), and 1 more\.$/,
  )
  expect(headOf(found).line.ko).toMatch(/^태스크를 시작할 수 없습니다: .* \(rtb-\w+\), 외 1개\.$/)
})
