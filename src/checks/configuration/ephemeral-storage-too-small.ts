/** Is there room on the disk of a Fargate task for its images? */
import { defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import { isWindows } from '../../task-start/fargate-platform.ts'
import { diskOf, GIB, ROOM_FOR_IMAGE, type SizedImage, sizedImages } from '../../task-start/fargate-storage.ts'
import { runsAlready } from '../../task-start/images/running-images.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { newRevision } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly images: readonly SizedImage[]
  readonly diskBytes: number
  readonly canGrow: boolean
  /** What the images take, compressed, and what they are likely to. */
  readonly pulledBytes: number
  readonly likelyBytes: number
}

/** ECS API Reference, EphemeralStorage. */
const [LEAST_GIB, MOST_GIB] = [21, 200]

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute' | 'images'>({
  id: 'ephemeral-storage-too-small',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute', 'images'],
  permissions: ['ecs:DescribeTaskDefinition', 'ecr:DescribeImages'],

  title: { en: 'The disk is too small for the images', ko: '태스크의 디스크가 이미지보다 작습니다' },
  why: {
    en: `Fargate keeps the images of a task on its ephemeral storage, as they are pulled and unpacked: the task stops with CannotPullContainerError, no space left on device. A blocker where an image does not fit as it is pulled; a warning where ${ROOM_FOR_IMAGE} times the compressed size does not: once as it is pulled, and twice for what it unpacks to, as gzip about halves programs and libraries.`,
    ko: `Fargate는 태스크의 이미지를 가져온 상태와 압축을 푼 상태로 임시 스토리지에 저장하며, 공간이 부족하면 CannotPullContainerError(no space left on device)로 태스크가 중지됩니다. 가져온 이미지만으로 넘치면 차단으로, 압축 크기의 ${ROOM_FOR_IMAGE}배가 들어가지 않으면 경고로 알립니다. 가져온 크기에 압축을 푼 크기(gzip은 프로그램과 라이브러리를 절반 정도로 줄입니다)를 더한 값입니다.`,
  },

  evaluate({ service, taskDefinition, compute, images }) {
    if (!launchesOf(service, compute).some(({ on }) => on === 'fargate')) return []
    const { bytes: diskBytes, canGrow } = diskOf(service, taskDefinition)
    const sized = sizedImages(images.images)
    const pulledBytes = sized.reduce((sum, { bytes }) => sum + bytes, 0)
    const likelyBytes = pulledBytes * ROOM_FOR_IMAGE
    const runs = runsAlready(service, taskDefinition, images)
    // The very images run on the very disk: then they fit.
    if (likelyBytes <= diskBytes || sized.every(({ digest }) => runs(digest))) return []
    // Images may share layers; of several platforms the size is the largest; and Windows' own layers are there before.
    const certain = sized.some(({ bytes, isExact }) => isExact && bytes > diskBytes)
    return [
      {
        subject: taskDefinition.family,
        severity: certain && !isWindows(service, taskDefinition) ? 'blocker' : 'warning',
        evidence: [
          ...sized.map(({ image, digest, bytes }) => ({
            en: `${image} (${digest}): ${gib(bytes)} GiB compressed`,
            ko: `${image} (${digest}): 압축 크기 ${gib(bytes)} GiB`,
          })),
          diskText(taskDefinition, diskBytes, canGrow),
        ],
        details: { service, taskDefinition, images: sized, diskBytes, canGrow, pulledBytes, likelyBytes },
      },
    ]
  },

  explain: ({ taskDefinition: { family }, images, diskBytes, pulledBytes, likelyBytes }) => ({
    en: `${images.length === 1 ? `The image of ${family} takes` : `The ${images.length} images of ${family} take`} ${gib(pulledBytes)} GiB as pulled and about ${gib(likelyBytes)} GiB with what they unpack to; the ephemeral storage has ${gib(diskBytes)} GiB.`,
    ko: `태스크 정의 ${family}의 이미지 ${images.length}개가 임시 스토리지보다 큽니다. 가져온 크기: ${gib(pulledBytes)} GiB, 압축을 푼 크기를 더한 값: 약 ${gib(likelyBytes)} GiB, 임시 스토리지: ${gib(diskBytes)} GiB`,
  }),

  remedy({ service, taskDefinition, canGrow, likelyBytes }) {
    const sizeInGiB = Math.max(LEAST_GIB, Math.ceil(likelyBytes / GIB))
    if (canGrow && sizeInGiB <= MOST_GIB) {
      const { changes, after = [] } = newRevision(service, taskDefinition, { ephemeralStorage: { sizeInGiB } })
      return { changes, after: [...after, PLUS_OWN] }
    }
    return { changes: [], before: [canGrow ? SMALLER : NEWER] }
  },
})

function diskText({ ephemeralStorageGiB }: TaskDefinition, bytes: number, canGrow: boolean) {
  if (!canGrow)
    return {
      en: 'room for images before platform version 1.4.0: 10 GB',
      ko: '플랫폼 버전 1.4.0 이전의 이미지 저장 공간: 10 GB',
    }
  return ephemeralStorageGiB === null
    ? { en: `ephemeralStorage: not set, ${gib(bytes)} GiB`, ko: `ephemeralStorage: 지정하지 않음, ${gib(bytes)} GiB` }
    : { en: `ephemeralStorage: ${ephemeralStorageGiB} GiB`, ko: `ephemeralStorage: ${ephemeralStorageGiB} GiB` }
}

/** `11.9`, `20`. */
function gib(bytes: number): number {
  return Number((bytes / GIB).toFixed(1))
}

const PLUS_OWN = {
  en: 'Add what the application itself writes to its disk.',
  ko: '애플리케이션이 디스크에 쓰는 크기를 더해 지정합니다.',
}
const SMALLER = {
  en: 'Fargate gives a task 200 GiB at most: build a smaller image, or keep the data in it elsewhere (EFS, S3).',
  ko: 'Fargate 태스크의 임시 스토리지는 최대 200 GiB이므로 이미지를 줄이거나 데이터를 다른 곳(EFS, S3)에 둡니다.',
}
const NEWER = {
  en: 'Give the service platform version LATEST: from 1.4.0 on a task has 20 GiB, and more where its task definition says so.',
  ko: '서비스의 플랫폼 버전을 LATEST로 지정합니다. 1.4.0부터 태스크에 20 GiB가 제공되며 태스크 정의에서 늘릴 수 있습니다.',
}
