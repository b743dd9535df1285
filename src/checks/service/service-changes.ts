/** Changes that checks of many steps advise: other settings of the service, other subnets, another revision. */
import { callOf, commandText } from '../../changes/command-line.ts'
import type { Change, ChangeOf, Remedy } from '../../domain/change.ts'
import type { AwsvpcConfiguration, Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'

type RegisterTaskDefinition = ChangeOf<'register-task-definition'>
type UpdateService = ChangeOf<'update-service'>

type Settings = Omit<UpdateService, 'kind' | 'cluster' | 'service'>

export function updateService(
  { name, clusterName }: Pick<Service, 'name' | 'clusterName'>,
  settings: Settings,
): Change {
  return { kind: 'update-service', cluster: clusterName, service: name, ...settings }
}

/** A service whose tasks have interfaces of their own. */
export type OwnNetworkService = Service & { readonly awsvpc: AwsvpcConfiguration }

export function hasOwnNetwork(service: Service): service is OwnNetworkService {
  return service.awsvpc !== null
}

/**
 * ECS replaces the whole network configuration and deploys anew. Under CodeDeploy and external controllers UpdateService
 * does not take it: the next deployment does. ECS API Reference, UpdateService.
 */
export function changeNetwork(service: OwnNetworkService, changes: Partial<AwsvpcConfiguration>): Remedy {
  const { subnetIds, securityGroupIds, assignPublicIp } = { ...service.awsvpc, ...changes }
  if (service.deploymentController !== 'ECS') {
    const value = JSON.stringify({
      AwsvpcConfiguration: { Subnets: subnetIds, SecurityGroups: securityGroupIds, AssignPublicIp: assignPublicIp },
    })
    const after = {
      en: `Give the next deployment this NetworkConfiguration (in the AppSpec file, or in the next task set): ${value}`,
      ko: `다음 배포의 NetworkConfiguration 값을 다음과 같이 지정합니다(AppSpec 파일 또는 다음 태스크 세트): ${value}`,
    }
    return { changes: [], after: [after] }
  }
  return {
    changes: [
      updateService(service, {
        networkConfiguration: networkConfigurationOf({ subnetIds, securityGroupIds, assignPublicIp }),
        formerNetworkConfiguration: networkConfigurationOf(service.awsvpc),
      }),
    ],
  }
}

function networkConfigurationOf({ subnetIds, securityGroupIds, assignPublicIp }: AwsvpcConfiguration) {
  const groups = securityGroupIds.length === 0 ? {} : { securityGroups: securityGroupIds }
  return { awsvpcConfiguration: { subnets: subnetIds, ...groups, assignPublicIp } }
}

type Values = Omit<RegisterTaskDefinition, 'kind' | 'makes' | 'family' | 'like'>

/** Registered, and deployed: a revision alone mends nothing. One that is a file yet is deployed by whoever registers it. */
export function newRevision(
  service: Pick<Service, 'name' | 'clusterName' | 'deploymentController'>,
  { family, revision }: Pick<TaskDefinition, 'family' | 'revision'>,
  values: Values,
): Remedy {
  const like = revision === null ? null : `${family}:${revision}`
  const made: Change = { kind: 'register-task-definition', makes: 'revision', family, like, ...values }
  if (like === null) return { changes: [made] }
  return service.deploymentController === 'ECS'
    ? { changes: [made, updateService(service, { taskDefinition: { ref: 'revision' } })] }
    : { changes: [made], after: [DEPLOY_IT] }
}

const DEPLOY_IT: Text = {
  en: 'Then deploy the new revision the way this service is deployed (its deployment controller is not ECS).',
  ko: '이어서 이 서비스의 배포 방식으로 새 개정을 배포합니다(배포 컨트롤러가 ECS가 아닙니다).',
}

export function newDeployment(service: Service): Change {
  return updateService(service, { forceNewDeployment: true })
}

/** A command beside the changes, ready to be pasted: its members are its flags, as those of a change are. */
export function awsCommand<Call extends { readonly kind: string; readonly region?: string }>(
  service: string,
  call: Call,
): string {
  return commandText(callOf(service, call), '')
}
