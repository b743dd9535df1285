/** What a deployment that fails would return to. */
import type { Answer } from './answer.ts'
import type { LogGroupRecord, ParameterRecord, SecretRecord } from './configuration.ts'
import type { EcrImage } from './image.ts'
import type { Role } from './role.ts'
import type { TaskDefinition } from './service.ts'

export interface RollbackTarget {
  /** Of the last deployment that was completed; another one than what is judged. */
  readonly taskDefinitionArn: string
  /** `not-found`: it was deleted. */
  readonly taskDefinition: Answer<TaskDefinition>
  readonly logGroups: readonly LogGroupRecord[]
  readonly secrets: readonly SecretRecord[]
  readonly parameters: readonly ParameterRecord[]
  /** Its execution role; null where it names none. */
  readonly executionRole: Answer<Role> | null
  /** Its images of ECR that no task runs now: what their tags led to is not known. */
  readonly images: readonly {
    readonly image: string
    readonly containers: readonly string[]
    /** Null: the repository does not have it. */
    readonly found: Answer<EcrImage | null>
  }[]
}
