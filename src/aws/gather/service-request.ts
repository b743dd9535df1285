/** What a gathering of one service is asked for. */
import type { TaskDefinition } from '../../domain/service.ts'
import type { AskRegistry, ReadImageConfig } from './start/images.ts'
import type { LookIntoSecret } from './start/secret-keys.ts'

export interface ServiceRequest {
  /** Name or ARN. Live it is `default` unless told; in a folder any cluster will do. */
  readonly cluster?: string | null
  /** Name or ARN. In a folder with one service it may be left out. */
  readonly service?: string | null
  /** Family, `family:revision` or ARN, or a definition that is not registered yet; the service's own unless told. */
  readonly taskDefinition?: string | TaskDefinition | null
  /** Image by container name, put in place of the task definition's. */
  readonly images?: Readonly<Record<string, string>>
  /** Ids of the subnets to judge in place of those that the service has. */
  readonly subnets?: readonly string[]
  /** Asks registries outside ECR about images; without it, nobody asks them. */
  readonly askRegistry?: AskRegistry
  /** Reads secrets for the keys in them; without it, no value is ever read. */
  readonly lookIntoSecret?: LookIntoSecret
  /** Reads configurations of images for their platforms; without it, none is ever read. */
  readonly readImageConfig?: ReadImageConfig
}
