/** What checks may ask for. The runner hands a check the facts it declares and no others. */
import type { Answer } from './answer.ts'
import type { ConfigurationFacts } from './configuration.ts'
import type { ImageFacts } from './image.ts'
import type { Network } from './network.ts'
import type { Path } from './path.ts'
import type { RoleFacts } from './role.ts'
import type { Compute, RunningTask, Service, TaskDefinition } from './service.ts'

export interface Facts {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly compute: Compute
  readonly network: Network
  /** Every path of the service, judged by the path engine. */
  readonly paths: readonly Path[]
  readonly tasks: readonly RunningTask[]
  readonly role: RoleFacts
  readonly images: ImageFacts
  readonly configuration: ConfigurationFacts
}

export type FactName = keyof Facts

/** The same, before the runner has looked which could be read. */
export type GatheredFacts = { readonly [Name in FactName]: Answer<Facts[Name]> }
