/** Reads what a failed deployment would return to, in the rounds in which the revision that is judged is read. */
import type { Answer } from '../../../domain/answer.ts'
import { distinct } from '../../../domain/collections.ts'
import type { RollbackTarget } from '../../../domain/configuration.ts'
import type { Place } from '../../../domain/named-resources.ts'
import type { TaskDefinition } from '../../../domain/service.ts'
import type { Reader } from '../../reader/reader.ts'
import { readNamed } from './configuration.ts'
import { type ImagesQuestion, readIdleImages } from './images.ts'
import { readRole } from './role.ts'

export async function readRollback(
  reader: Reader,
  { arn, taskDefinition, place, ...running }: RollbackQuestion,
): Promise<RollbackTarget> {
  const target = { taskDefinitionArn: arn, taskDefinition }
  if (!taskDefinition.known) {
    return { ...target, logGroups: [], secrets: [], parameters: [], roles: [], images: [] }
  }
  const { executionRoleArn, taskRoleArn } = taskDefinition.value
  const arns = distinct([executionRoleArn, taskRoleArn].filter((role) => role !== null))
  const [named, roles, images] = await Promise.all([
    readNamed(reader, { taskDefinition: taskDefinition.value, service: null }, place),
    Promise.all(arns.map(async (role) => ({ arn: role, role: await readRole(reader, role) }))),
    readIdleImages(reader, taskDefinition.value, running),
  ])
  return { ...target, ...named, roles, images }
}

export interface RollbackQuestion extends Pick<ImagesQuestion, 'tasks' | 'revisions'> {
  readonly arn: string
  readonly taskDefinition: Answer<TaskDefinition>
  readonly place: Place
}
