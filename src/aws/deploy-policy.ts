/** The statements that let a deploy write: the least that its inputs ask for. */
import type { ReadStatement } from '../iam/permission-statements.ts'
import { CODE_DEPLOY_CALLS } from './calls/deploy.ts'
import {
  createDeployment,
  registerTaskDefinition,
  runTask,
  stopServiceDeployment,
  tagResource,
  untagResource,
  updateService,
} from './calls/writes.ts'

export interface DeployWrites {
  /** False for a revision that is there already. */
  readonly registers: boolean
  /** Name; null where none is given. */
  readonly cluster: string | null
  readonly service: string | null
  readonly runsTask: boolean
  /** ECS makes volumes with a role that is passed to it. */
  readonly makesVolumes: boolean
  readonly byCodeDeploy: boolean
  readonly rollsBack: boolean
  /** Tags of the service keep what is to be put back. */
  readonly changesSettings: boolean
}

/**
 * RegisterTaskDefinition takes no resource, and tags of the definition need TagResource on it (Service Authorization Reference). PassRole is
 * to be narrowed to the roles of the task definition by who grants it.
 */
export function deployWrites(asked: DeployWrites, partition = 'aws'): readonly ReadStatement[] {
  const { registers, service, runsTask, makesVolumes, byCodeDeploy, rollsBack, changesSettings } = asked
  const own = `${asked.cluster ?? '*'}/${service ?? '*'}`
  const arn = (resource: string) => `arn:${partition}:ecs:*:*:${resource}`
  return [
    ...(registers ? [allow('RegisterTaskDefinitions', [registerTaskDefinition], '*')] : []),
    ...(registers ? [tagging(arn('task-definition/*'))] : []),
    ...(registers || runsTask || makesVolumes ? [passing(partition, makesVolumes)] : []),
    ...(service !== null && !byCodeDeploy ? [allow('UpdateServices', [updateService], arn(`service/${own}`))] : []),
    ...(changesSettings ? [keeping(arn(`service/${own}`))] : []),
    ...(runsTask ? [allow('RunTasks', [runTask], arn('task-definition/*'))] : []),
    ...(byCodeDeploy ? codeDeploy(partition) : []),
    ...(rollsBack ? [allow('RollBackDeployments', [stopServiceDeployment], arn(`service-deployment/${own}/*`))] : []),
  ]
}

/** The statements that let `probe` turn ECS Exec on and back. Names; null where none is given. */
export function execWrites(
  { cluster, service }: { readonly cluster: string | null; readonly service: string | null },
  partition = 'aws',
): readonly ReadStatement[] {
  const own = `arn:${partition}:ecs:*:*:service/${cluster ?? '*'}/${service ?? '*'}`
  return [allow('UpdateServices', [updateService], own), keeping(own)]
}

function keeping(service: string): ReadStatement {
  return allow('KeepSettings', [tagResource, untagResource], service)
}

function tagging(resource: string): ReadStatement {
  return {
    Sid: 'TagTaskDefinitions',
    Effect: 'Allow',
    Action: ['ecs:TagResource'],
    Resource: resource,
    Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
  }
}

function passing(partition: string, makesVolumes: boolean): ReadStatement {
  return {
    Sid: 'PassRoles',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: `arn:${partition}:iam::*:role/*`,
    Condition: {
      StringEquals: {
        'iam:PassedToService': makesVolumes
          ? ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com']
          : 'ecs-tasks.amazonaws.com',
      },
    },
  }
}

/** CreateDeployment looks the revision and the configuration up for its caller (CodeDeploy User Guide, Permissions reference). */
function codeDeploy(partition: string): readonly ReadStatement[] {
  const arn = (resource: string) => `arn:${partition}:codedeploy:*:*:${resource}`
  const group = [createDeployment, ...CODE_DEPLOY_CALLS]
  const behind = ['GetApplicationRevision', 'RegisterApplicationRevision', 'GetDeploymentConfig']
  return [
    allow('DeployWithCodeDeploy', group, arn('deploymentgroup:*')),
    {
      Sid: 'RegisterCodeDeployRevisions',
      Effect: 'Allow',
      Action: behind.map((operation) => `codedeploy:${operation}`),
      Resource: [arn('application:*'), arn('deploymentconfig:*')],
    },
  ]
}

function allow(
  Sid: string,
  calls: readonly { readonly permission: string }[],
  Resource: ReadStatement['Resource'],
): ReadStatement {
  return { Sid, Effect: 'Allow', Action: [...new Set(calls.map(({ permission }) => permission))], Resource }
}
