/** The readings that only a deploy makes: revisions of a family, who may do what, and the deployments of CodeDeploy. */
import type * as Ecs from '@aws-sdk/client-ecs'
import { type Call, call, list, listing, single } from './call.ts'
import * as ecs from './ecs.ts'
import { getRole, simulatePrincipalPolicy } from './iam.ts'

/** With its tags, which are a part of what is registered. By family (its newest active revision), `family:revision` or ARN. */
export const describeRevision = call<Ecs.DescribeTaskDefinitionResponse>({
  service: 'ecs',
  operation: 'DescribeTaskDefinition',
  file: 'ecs/describe-task-definition-with-tags',
  list: null,
  keyed: true,
  always: { include: ['TAGS'] },
  by: ecs.describeTaskDefinition.by,
})

/** The newest active ones of a family, newest first; older pages tell nothing that a deploy needs. */
export const listRevisions = listing({
  service: 'ecs',
  operation: 'ListTaskDefinitions',
  list: 'taskDefinitionArns',
  always: { status: 'ACTIVE', sort: 'DESC', maxResults: 10 },
  next: () => null,
  by: { name: single('familyPrefix', () => null) },
})

export const getDeploymentGroup = call<object>({
  service: 'codedeploy',
  operation: 'GetDeploymentGroup',
  list: null,
  by: { id: single('applicationName', () => null), name: single('deploymentGroupName', () => null) },
})

export const getDeployment = call<object>({
  service: 'codedeploy',
  operation: 'GetDeployment',
  list: null,
  by: { id: single('deploymentId', () => null) },
})

/** The first page holds the newest hundred. */
export const listDeployments = call<string>({
  service: 'codedeploy',
  operation: 'ListDeployments',
  list: 'deployments',
  texts: true,
  next: () => null,
  by: {
    id: single('applicationName', () => null),
    name: single('deploymentGroupName', () => null),
    status: list('includeOnlyStatuses', () => null),
  },
})

/** What a deploy may ask beyond what a preflight and a watch ask. */
export const DEPLOY_CALLS: readonly Call<unknown>[] = [
  ecs.describeServices,
  describeRevision,
  listRevisions,
  getRole,
  simulatePrincipalPolicy,
] as readonly Call<unknown>[]

export const CODE_DEPLOY_CALLS = [getDeploymentGroup, getDeployment, listDeployments] as readonly Call<unknown>[]
