/** What checks may ask for. The runner hands a check the facts it declares and no others. */
import type { Answer } from './answer.ts'
import type { ConfigurationFacts } from './configuration.ts'
import type { ImageFacts } from './image.ts'
import type { Network } from './network.ts'
import type { Path } from './path.ts'
import type { RoleFacts } from './role.ts'
import type { Compute, RunningTask, Service, TaskDefinition } from './service.ts'
import type { Text } from './text.ts'

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

/** As a report calls them. */
export const FACT_WORDS: Readonly<Record<FactName, Text>> = {
  service: { en: 'the service', ko: '서비스' },
  taskDefinition: { en: 'the task definition', ko: '태스크 정의' },
  compute: { en: 'the compute of the service', ko: '서비스의 컴퓨팅 구성' },
  network: { en: 'the network', ko: '네트워크' },
  paths: { en: 'the network paths', ko: '네트워크 경로' },
  tasks: { en: 'the running tasks', ko: '실행 중인 태스크' },
  images: { en: 'the images', ko: '이미지' },
  role: { en: 'the roles of a start', ko: '태스크 시작에 사용하는 역할' },
  configuration: { en: 'the configuration of the service', ko: '서비스의 구성' },
}

/** The same, before the runner has looked which could be read. */
export type GatheredFacts = { readonly [Name in FactName]: Answer<Facts[Name]> }
