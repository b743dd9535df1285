/** The step `image` in a whole preflight: the healthy service is told nothing, and each broken fact is told alone. */
import { describe, expect, test } from '@jest/globals'
import { seoulFiles } from '../../simulator/seoul/files.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import { registrationFromFile } from '../../src/aws/task-definition/registration.ts'
import { type PreflightRequest, preflight } from '../../src/commands/preflight/preflight.ts'
import type { Report } from '../../src/domain/report.ts'
import { scratch } from '../aws/scratch.ts'

const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }
const HOST = '406178923551.dkr.ecr.ap-northeast-2.amazonaws.com'
const IMAGE = `${HOST}/nestjs-second:1.8.2`
const NAME = 'nestjs-second'

// biome-ignore lint/suspicious/noExplicitAny: files of a recording, as their tests know them
type Files = Record<string, any>

async function report(
  change: (files: Files) => void = () => undefined,
  more: Partial<PreflightRequest> = {},
): Promise<Report> {
  const files = structuredClone(seoulFiles({ healthy: true })) as Files
  change(files)
  return preflight(
    { failOn: ['blocker'], ignore: [], ...more },
    { reader: await openFolder(scratch(files)), tool: TOOL },
  )
}

function found({ findings }: Report): readonly string[] {
  return findings.map(({ check, severity }) => `${check} (${severity})`)
}

function ofImage({ findings }: Report): readonly string[] {
  return findings.filter(({ step }) => step === 'image').map(({ check, subject }) => `${check} ${subject}`)
}

describe('the image of the healthy service', () => {
  test('is told nothing about, and nothing about it is unknown', async () => {
    const { findings, unknowns, steps } = await report()
    expect(findings).toEqual([])
    expect(unknowns.filter(({ step }) => step === 'image')).toEqual([])
    expect(steps.find(({ id }) => id === 'image')?.state).toBe('ok')
  })

  test.each<[string, string, (files: Files) => void]>([
    [
      'its tag is gone',
      'image-not-found (blocker)',
      (files) => {
        files[`ecr/describe-images/${NAME}.json`].imageDetails[0].imageTags = ['1.8.1']
      },
    ],
    [
      'its repository is gone',
      'image-repository-not-found (blocker)',
      (files) => {
        files[`ecr/describe-repositories/${NAME}.json`] = { repositories: [] }
        delete files[`ecr/describe-images/${NAME}.json`]
        delete files[`ecr/batch-get-image/${NAME}.json`]
      },
    ],
    [
      'it is archived',
      'image-archived (blocker)',
      (files) => {
        files[`ecr/describe-images/${NAME}.json`].imageDetails[0].imageStatus = 'ARCHIVED'
      },
    ],
    [
      'it is for Arm',
      'image-platform-mismatch (blocker)',
      (files) => {
        const [image] = files[`ecr/batch-get-image/${NAME}.json`].images
        image.imageManifest = image.imageManifest.replace('amd64', 'arm64')
      },
    ],
    [
      'what runs is gone',
      'running-digest-gone (warning)',
      (files) => {
        for (const task of files['ecs/describe-tasks.json'].tasks)
          task.containers[0].imageDigest = `sha256:${'9'.repeat(64)}`
      },
    ],
    [
      'the lifecycle policy deletes it after a week',
      'image-expires-by-lifecycle-policy (warning)',
      (files) => {
        const policy = files[`ecr/get-lifecycle-policy/${NAME}.json`]
        policy.lifecyclePolicyText = policy.lifecyclePolicyText.replaceAll('untagged', 'any').replace('14', '7')
      },
    ],
  ])('%s: exactly that is told', async (_, finding, change) => {
    expect(found(await report(change))).toEqual([finding])
  })

  test.each([['ecr/describe-images', 'ecr/batch-get-image'], ['ecr/batch-get-image']])(
    'without %s the verdict is open, never a pass',
    async (...calls) => {
      const { verdict, steps } = await report((files) => {
        for (const call of calls) delete files[`${call}/${NAME}.json`]
      })
      expect(verdict).toBe('unknown')
      expect(steps.find(({ id }) => id === 'image')?.state).toBe('unknown')
    },
  )

  test('without a lifecycle policy that could be read it is a pass all the same', async () => {
    const { verdict, unknowns } = await report((files) => delete files[`ecr/get-lifecycle-policy/${NAME}.json`])
    expect(verdict).toBe('pass')
    expect(unknowns.filter(({ step }) => step === 'image')).toMatchObject([
      { permission: 'ecr:GetLifecyclePolicy', matters: false },
    ])
  })
})

describe('the revision that is about to be registered', () => {
  const container = { name: 'nestjs', image: IMAGE, memory: 512 }
  const definition = (changes: object) => ({
    family: 'role-nestjs-second',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '512',
    memory: '1024',
    executionRoleArn: 'arn:aws:iam::406178923551:role/ecsTaskExecutionRole',
    containerDefinitions: [container],
    ...changes,
  })
  const fromFile = async (changes: object, images: Readonly<Record<string, string>> = {}) => {
    const file = await registrationFromFile(`${scratch({ 'td.json': definition(changes) })}/td.json`, { images: {} })
    return ofImage(await report(() => undefined, { taskDefinition: file.definition, images }))
  }

  test('is judged by its own images', async () => {
    expect(await fromFile({})).toEqual([])
    const image = `${HOST}/nestjs-second:1.9.0`
    expect(await fromFile({ containerDefinitions: [{ ...container, image }] })).toEqual([`image-not-found ${image}`])
  })

  test('is judged by the images put in, not by those it had', async () => {
    const image = `${HOST}/nestjs-second:1.9.0`
    expect(await fromFile({ containerDefinitions: [{ ...container, image }] }, { nestjs: IMAGE })).toEqual([])
    expect(await fromFile({}, { nestjs: image })).toEqual([`image-not-found ${image}`])
    expect(await fromFile({}, { nestjs: `https://${IMAGE}` })).toEqual(['image-reference-invalid nestjs'])
    expect(await fromFile({}, { nestjs: 'nginx:1.29' })).toEqual(['docker-hub-anonymous nginx:1.29'])
  })

  test('is judged by its own platform', async () => {
    expect(await fromFile({ runtimePlatform: { cpuArchitecture: 'ARM64' } })).toEqual([
      `image-platform-mismatch ${IMAGE}`,
    ])
  })

  test('has every container looked at, sidecars too', async () => {
    const sidecar = { ...container, name: 'log', image: `${HOST}/nestjs-second:log`, essential: false }
    expect(await fromFile({ containerDefinitions: [container, sidecar] })).toEqual([`image-not-found ${sidecar.image}`])
  })

  test('of a registered one, images put in make a new one', async () => {
    const image = `${HOST}/nestjs-secnd:1.8.2`
    expect(ofImage(await report(() => undefined, { images: { nestjs: image } }))).toEqual([
      'image-repository-not-found nestjs-secnd',
    ])
  })
})
