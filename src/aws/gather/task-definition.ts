/** The task definition of a run: registered, or with other images put in. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { TaskDefinition } from '../../domain/service.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { describeTaskDefinition } from '../calls/ecs.ts'
import { lastPart } from '../facts/service.ts'
import { at, isLoose } from '../facts/shape.ts'
import { beyondQuota, toTaskDefinition } from '../facts/task-definition.ts'
import type { Reader } from '../reader/reader.ts'

/**
 * By family (its latest active revision), `family:revision` or ARN.
 * Throws `UsageError` when the user asked for one by name that does not exist; a service's own that is gone is `not-found`.
 */
export async function readTaskDefinition(
  reader: Reader,
  name: string,
  byUser: boolean,
): Promise<Answer<TaskDefinition>> {
  const answer = await reader.read(describeTaskDefinition, { id: [name] })
  if (!answer.known) {
    const missing = answer.because === 'not-found' || (reader.source === 'folder' && answer.because === 'absent')
    if (byUser && missing) throw unknownDefinition(name, reader.region)
    return answer
  }
  // A recording may hold several revisions of a family, of which AWS answers the latest that is active.
  const ofFamily = !/:\d+$/.test(name)
  const [latest] = answer.value
    .map((one) => at(one, 'taskDefinition'))
    .filter(isLoose)
    .filter(({ status = 'ACTIVE' }) => !ofFamily || status === 'ACTIVE')
    .sort((a, b) => Number(b['revision'] ?? 0) - Number(a['revision'] ?? 0))
  if (latest === undefined && ofFamily && byUser) throw unknownDefinition(name, reader.region)
  const odd = latest === undefined ? null : beyondQuota(latest)
  if (odd !== null) return { ...unread('oversized', describeTaskDefinition.permission, lastPart(name)), odd }
  const definition = latest === undefined ? null : toTaskDefinition(latest)
  if (definition === null) return unread('garbled', describeTaskDefinition.permission, lastPart(name))
  return known({ ...definition, isNamed: byUser })
}

/** The definition as it would be registered with these images; by container name. Throws `UsageError` for a container it lacks. */
export function withImages(definition: TaskDefinition, images: Readonly<Record<string, string>>): TaskDefinition {
  const names = definition.containers.map(({ name }) => name)
  const strange = Object.keys(images).find((name) => !names.includes(name))
  if (strange !== undefined) throw unknownContainer(strange, definition.family, names)
  const changed = definition.containers.some(({ name, image }) => (images[name] ?? image) !== image)
  if (!changed) return definition
  const containers = definition.containers.map((container) => ({
    ...container,
    image: images[container.name] ?? container.image,
  }))
  return { ...definition, arn: null, revision: null, status: null, isNamed: true, containers }
}

function unknownDefinition(name: string, region: string): UsageError {
  return new UsageError({
    en: `The input "task-definition" names ${name}, which is neither a file nor a task definition in ${region}.`,
    ko: `"task-definition" 입력에 해당하는 파일 또는 태스크 정의가 없습니다: ${name} (리전: ${region}).`,
  })
}

function unknownContainer(name: string, family: string, names: readonly string[]): UsageError {
  return new UsageError({
    en: `The input "image" names the container ${name}, which task definition ${family} does not have. Its containers: ${names.join(', ')}.`,
    ko: `"image" 입력의 컨테이너가 태스크 정의에 없습니다: ${name} (태스크 정의: ${family}). 존재하는 컨테이너: ${names.join(', ')}`,
  })
}
