/** How much more a start has to pull than the tasks that run now did, and how long that is likely to take. */
import type { EcrImage, ImageFact, RunningImage } from '../../domain/image.ts'

export interface Growth {
  readonly image: string
  readonly containers: readonly string[]
  readonly after: Sized
  /** The largest image that these containers run now. */
  readonly before: Sized
  /** Middle of what the running tasks took to pull; null where none says. */
  readonly pullSeconds: number | null
  /** The same rate for the new size. A layer that a host still has is not pulled again, so it is the most it takes. */
  readonly expectedPullSeconds: number | null
}

/** An image whose compressed size is known. */
export type Sized = EcrImage & { readonly bytes: number }

/** One entry an image that a container of the same name runs in another version now; those that shrink as well. */
export function growths(images: readonly ImageFact[], running: readonly RunningImage[]): readonly Growth[] {
  const rate = pullRate(running)
  return images.flatMap(({ image, containers, ecr }) => {
    const after = ecr?.found.known ? sized(ecr.found.value) : null
    const earlier = running
      .filter((one) => one.containers.some((name) => containers.includes(name)))
      .flatMap(({ found }) => (found.known ? (sized(found.value) ?? []) : []))
    const [before] = earlier.toSorted((a, b) => b.bytes - a.bytes)
    if (after === null || before === undefined || earlier.some(({ digest }) => digest === after.digest)) return []
    const more = rate === null ? null : Math.max(0, (after.bytes - before.bytes) / rate.bytesPerSecond)
    return [
      {
        image,
        containers,
        after,
        before,
        pullSeconds: rate?.seconds ?? null,
        expectedPullSeconds: rate === null || more === null ? null : rate.seconds + more,
      },
    ]
  })
}

/** A task says how long all of its images took together; one whose size is not known leaves no rate. */
function pullRate(running: readonly RunningImage[]) {
  const times = running.flatMap(({ pullSeconds }) => pullSeconds).filter((seconds) => seconds > 0)
  const sizes = running.map(({ found }) => (found.known ? (sized(found.value)?.bytes ?? null) : null))
  if (times.length === 0 || sizes.includes(null)) return null
  const seconds = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
  return bytes === 0 ? null : { seconds, bytesPerSecond: bytes / seconds }
}

function sized(image: EcrImage | null): Sized | null {
  return image === null || image.bytes === null ? null : { ...image, bytes: image.bytes }
}
