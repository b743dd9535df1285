/** Has the image a manifest for the platform that the tasks run on? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import type { ImageFact, ImageFacts, Platform } from '../../domain/image.ts'
import { isExpress, type TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import {
  expressPlatform,
  offers,
  platformText,
  processorOfInstances,
  type WantedPlatform,
  wantedPlatform,
} from '../../task-start/images/image-platform.ts'
import { runsAlready } from '../../task-start/images/running-images.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { type EcrImageFact, imageUnread, inEcr, notRead } from './ecr-image.ts'

interface Details {
  readonly image: string
  readonly containers: readonly string[]
  readonly wanted: WantedPlatform
  readonly offered: readonly Platform[]
  readonly family: string
}

/** ECS API Reference, RuntimePlatform. */
const CPU_ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'X86_64', arm64: 'ARM64' }

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'images'>({
  id: 'image-platform-mismatch',
  step: 'image',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'images'],
  permissions: ['ecr:DescribeImages', 'ecr:BatchGetImage'],

  title: { en: 'The image lacks the platform of the task', ko: '이미지가 태스크의 플랫폼용으로 빌드되지 않았습니다' },
  why: {
    en: 'Every task stops with CannotPullContainerError: image Manifest does not contain descriptor matching platform. Images built on a machine with an Arm processor are for Arm unless told otherwise, and Fargate is X86_64 unless told otherwise.',
    ko: '모든 태스크가 CannotPullContainerError(image Manifest does not contain descriptor matching platform)로 중지됩니다. Arm 프로세서 컴퓨터에서 빌드한 이미지는 따로 지정하지 않으면 Arm용이고, Fargate는 따로 지정하지 않으면 X86_64입니다.',
  },

  evaluate: ({ service, taskDefinition, compute, images }) => {
    const onFargate = launchesOf(service, compute).some(({ on }) => on === 'fargate')
    const cpuArchitecture = taskDefinition.cpuArchitecture ?? (onFargate ? null : processorOfInstances(compute))
    const asked = wantedPlatform({ ...taskDefinition, cpuArchitecture }, onFargate)
    const wanted = asked !== null && isExpress(service) ? expressPlatform(asked, listedPlatforms(images)) : asked
    const runs = runsAlready(service, taskDefinition, images)
    return [
      ...inEcr(images.images).flatMap((one) => judge(one, wanted, taskDefinition, runs)),
      ...images.images.flatMap((one) => judgeElsewhere(one, wanted, taskDefinition)),
    ]
  },

  explain: ({ image, containers, wanted, offered }) => ({
    en: `${image} (${containers.join(', ')}) has ${listOf(offered)}, and the tasks run on ${textOf(wanted)}.`,
    ko: `태스크가 실행되는 플랫폼이 이미지에 없습니다: ${textOf(wanted)} (이미지 ${image}, 컨테이너: ${containers.join(', ')}, 이미지의 플랫폼: ${listOf(offered)})`,
  }),

  /** What the task definition asks for is taken for meant: the image is built anew, or else the platform is another one. */
  remedy: ({ image, wanted, offered, family }) => {
    const tag = image.includes('@') ? image.slice(0, image.indexOf('@')) : image
    const build = {
      en: `Build the image for ${platformText(wanted)} and push it again.`,
      ko: `이미지를 다음 플랫폼용으로 빌드해 다시 푸시합니다: ${platformText(wanted)}`,
    }
    const other = offered.find(({ os, architecture }) => os === wanted.os && architecture in CPU_ARCHITECTURES)
    const cpu = other === undefined ? undefined : CPU_ARCHITECTURES[other.architecture]
    const commands = [`docker buildx build --platform ${platformText(wanted)} --tag ${tag} --push .`]
    if (cpu === undefined) return { changes: [], before: [build], commands }
    const instead = {
      en: `Or, if the image is meant for it, Operating system/Architecture of ${family}: ${cpu}, in a new revision.`,
      ko: `이미지를 그대로 사용하려면 ${family}의 새 개정에서 운영 체제/아키텍처를 다음 값으로 지정합니다: ${cpu}`,
    }
    return { changes: [], before: [build, instead], commands }
  },
})

function listedPlatforms({ images }: ImageFacts): readonly (readonly Platform[])[] {
  return images.flatMap(({ ecr, registry }) => {
    const elsewhere = registry?.is === 'there' && typeof registry.platforms !== 'string' ? registry.platforms : []
    const one = ecr?.onePlatform?.known ? [ecr.onePlatform.value] : []
    const listed = (ecr?.platforms.known ? ecr.platforms.value : null) ?? [...one, ...elsewhere]
    return listed.length === 0 ? [] : [listed]
  })
}

function judge(
  fact: EcrImageFact,
  wanted: WantedPlatform | null,
  taskDefinition: TaskDefinition,
  runs: (digest: string) => boolean,
): CheckResults<Details> {
  const { image } = fact
  const { found, platforms, onePlatform } = fact.ecr
  if (!found.known) return notRead(fact)
  // What is not there, or cannot be pulled, other checks tell.
  if (found.value === null || (found.value.status ?? 'ACTIVE') !== 'ACTIVE') return []
  if (!platforms.known) return [imageUnread(platforms, image, true)]
  const { digest } = found.value
  if (platforms.value !== null) return compare(fact, { offered: platforms.value, digest }, wanted, taskDefinition)
  // What runs on the platform that is asked for is for it.
  if (onePlatform === undefined) return wanted !== null && runs(digest) ? [] : [ofOnePlatform(image, true)]
  return onePlatform.known
    ? compare(fact, { offered: [onePlatform.value], digest }, wanted, taskDefinition)
    : [couldNotTell(onePlatform, ['image-config', image], configurationOf(image), false)]
}

/** Whether a registry outside ECR has the image at all, `image-not-found` tells. */
function judgeElsewhere(
  fact: ImageFact,
  wanted: WantedPlatform | null,
  taskDefinition: TaskDefinition,
): CheckResults<Details> {
  const { image, registry } = fact
  if (registry?.is !== 'there') return []
  const { platforms, digest } = registry
  if (platforms === 'one') return [ofOnePlatform(image, false)]
  if (platforms === 'unread') return [untold(image)]
  return compare(fact, { offered: platforms, digest: digest ?? image }, wanted, taskDefinition)
}

function compare(
  { image, containers }: ImageFact,
  { offered, digest }: { readonly offered: readonly Platform[]; readonly digest: string },
  wanted: WantedPlatform | null,
  taskDefinition: TaskDefinition,
): CheckResults<Details> {
  if (offered.length === 0) return []
  if (wanted === null) return [unknownHost(image, offered)]
  if (offers(offered, wanted)) return []
  return [
    {
      subject: image,
      evidence: [
        { en: `platforms of ${digest}: ${listOf(offered)}`, ko: `${digest}의 플랫폼: ${listOf(offered)}` },
        {
          en: `runtimePlatform: ${taskDefinition.operatingSystemFamily ?? '(none)'}, ${taskDefinition.cpuArchitecture ?? '(none)'}`,
          ko: `runtimePlatform: ${taskDefinition.operatingSystemFamily ?? '(없음)'}, ${taskDefinition.cpuArchitecture ?? '(없음)'}`,
        },
      ],
      details: { image, containers, wanted, offered, family: taskDefinition.family },
    },
  ]
}

function configurationOf(image: string): Text {
  return { en: `the configuration of the image ${image}`, ko: `이미지 구성 ${image}` }
}

/** Its platform stands in the configuration, beside the environment of the image. */
function ofOnePlatform(image: string, inEcr: boolean): Unseen {
  const reason = ['platform-not-in-manifest', image] as const
  return inEcr
    ? cannotSee(reason, {
        en: `${image} is of one platform, its manifest does not say which, and without the input read-image-config nobody looks into its configuration.`,
        ko: `단일 플랫폼 이미지이며 매니페스트에 플랫폼이 나와 있지 않습니다: ${image}. 이미지 구성은 read-image-config 입력을 지정한 경우에만 읽습니다.`,
      })
    : cannotSee(reason, {
        en: `${image} is of one platform, and its manifest does not say which.`,
        ko: `단일 플랫폼 이미지이며 매니페스트에 플랫폼이 나와 있지 않습니다: ${image}`,
      })
}

function untold(image: string): Unseen {
  return cannotSee(['platforms-not-listed', image], {
    en: `The registry has ${image}, and did not say for which platforms.`,
    ko: `레지스트리에 이미지가 있지만 플랫폼을 알려 주지 않았습니다: ${image}`,
  })
}

function unknownHost(image: string, offered: readonly Platform[]): Unseen {
  return cannotSee(['processor-not-named', image, listOf(offered)], {
    en: `The task definition does not name the processor that the instances must have; ${image} has ${listOf(offered)}.`,
    ko: `태스크 정의에 인스턴스의 프로세서가 지정되어 있지 않습니다. 이미지 ${image}의 플랫폼: ${listOf(offered)}`,
  })
}

function listOf(platforms: readonly Platform[]): string {
  return platforms
    .map((one) => (one.osVersion === null ? platformText(one) : `${platformText(one)} (${one.osVersion})`))
    .join(', ')
}

function textOf(wanted: WantedPlatform): string {
  return wanted.build === null ? platformText(wanted) : `${platformText(wanted)} (${wanted.build})`
}
