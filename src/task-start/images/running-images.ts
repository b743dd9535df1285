/** What the tasks that run now prove of the next ones. */
import type { ImageFacts } from '../../domain/image.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'

/** Whether tasks of the very revision run the digest; nobody knows that of a revision which is still to come, or one among several. */
export function runsAlready(
  { taskDefinitionArn, deployments }: Service,
  { arn }: TaskDefinition,
  { running }: ImageFacts,
): (digest: string) => boolean {
  const steady = arn !== null && arn === taskDefinitionArn && deployments.length <= 1
  const digests = steady && running.known ? running.value.flatMap(({ digest, runs }) => (runs ? [digest] : [])) : []
  return (digest) => digests.includes(digest)
}
