/** The ECR calls: repositories, who may pull from them, and where their images come from. */
import type * as Ecr from '@aws-sdk/client-ecr'
import { call, elsewhere, single } from './call.ts'

const spec = { service: 'ecr' } as const

export const getRepositoryPolicy = call<Ecr.GetRepositoryPolicyResponse>({
  ...spec,
  operation: 'GetRepositoryPolicy',
  list: null,
  keyed: true,
  by: {
    registry: single('registryId', (answer) => (answer['registryId'] === undefined ? null : [answer['registryId']])),
    repository: single('repositoryName', (answer) => [answer['repositoryName']]),
    region: elsewhere,
  },
})

export const describePullThroughCacheRules = call<Ecr.PullThroughCacheRule>({
  ...spec,
  operation: 'DescribePullThroughCacheRules',
  list: 'pullThroughCacheRules',
  by: {
    registry: single('registryId', (rule) => (rule['registryId'] === undefined ? null : [rule['registryId']])),
    region: elsewhere,
  },
})
