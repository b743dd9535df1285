/** Whether the images of a task find room on the disk that Fargate gives it. */
import type { ImageFact } from '../domain/image.ts'
import type { Service, TaskDefinition } from '../domain/service.ts'
import { isWindows, platformOf } from './fargate-platform.ts'

export const GIB = 2 ** 30

/**
 * The disk holds the images as they are pulled, compressed, and what they unpack to (ECS Developer Guide, Fargate task ephemeral
 * storage). How large that is, no API says; layers are gzip, which leaves programs and libraries about half of their size.
 */
export const ROOM_FOR_IMAGE = 3

/** ECS Developer Guide, Fargate task ephemeral storage. */
const DEFAULT_GIB = 20
/** Before platform version 1.4.0 it cannot be set: for images, "compressed and uncompressed". The smallest disk there is. */
const LAYERS_BEFORE_1_4 = 10_000_000_000

/** Whether an image of this compressed size may be too large for some disk. */
export function mayBeTooLarge(bytes: number): boolean {
  return bytes * ROOM_FOR_IMAGE > LAYERS_BEFORE_1_4
}

export interface Disk {
  readonly bytes: number
  /** False before platform version 1.4.0. */
  readonly canGrow: boolean
}

export function diskOf(service: Service, taskDefinition: TaskDefinition): Disk {
  const { sendsTokenAndSecrets: isCurrent } = platformOf(service.platformVersion, isWindows(service, taskDefinition))
  return isCurrent
    ? { bytes: (taskDefinition.ephemeralStorageGiB ?? DEFAULT_GIB) * GIB, canGrow: true }
    : { bytes: LAYERS_BEFORE_1_4, canGrow: false }
}

export interface SizedImage {
  readonly image: string
  readonly digest: string
  /** Compressed. */
  readonly bytes: number
  /** The size is that of the platform which is pulled, and not of the largest that the image has. */
  readonly isExact: boolean
}

/** Every image of ECR whose size is known, once: containers may share one, under several names. */
export function sizedImages(images: readonly ImageFact[]): readonly SizedImage[] {
  const sized = new Map<string, SizedImage>()
  for (const { image, ecr } of images) {
    const found = ecr?.found.known ? ecr.found.value : null
    if (ecr === null || found === null || found.bytes === null || sized.has(found.digest)) continue
    const { pulledBytes, platforms } = ecr
    const isOne = platforms.known && (platforms.value === null || platforms.value.length <= 1)
    const bytes = pulledBytes ?? found.bytes
    sized.set(found.digest, { image, digest: found.digest, bytes, isExact: isOne || pulledBytes !== undefined })
  }
  return [...sized.values()]
}
