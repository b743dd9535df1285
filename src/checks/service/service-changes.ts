/** Changes that checks of many steps advise: other settings of the service, other subnets, another revision. */
import { callOf, commandText } from '../../changes/command-line.ts'
import type { Change, ChangeOf, Remedy } from '../../domain/change.ts'
import { type AwsvpcConfiguration, isExpress, type Service, type TaskDefinition } from '../../domain/service.ts'
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
  if (isExpress(service)) {
    if (assignPublicIp !== service.awsvpc.assignPublicIp) return { changes: [], after: [ADDRESSES_OF_EXPRESS] }
    const networkConfiguration = { subnets: subnetIds, ...securityGroupsOf(securityGroupIds) }
    return { changes: [{ kind: 'update-express-gateway-service', serviceArn: service.arn, networkConfiguration }] }
  }
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
  return { awsvpcConfiguration: { subnets: subnetIds, ...securityGroupsOf(securityGroupIds), assignPublicIp } }
}

function securityGroupsOf(ids: readonly string[]): { readonly securityGroups?: readonly string[] } {
  return ids.length === 0 ? {} : { securityGroups: ids }
}

/** There is no member for it. ECS API Reference, ExpressGatewayServiceNetworkConfiguration. */
const ADDRESSES_OF_EXPRESS: Text = {
  en: 'An Express service takes no setting for public addresses: name subnets whose tasks need none, with a NAT gateway or VPC endpoints, and never public and private ones together.',
  ko: 'Express 서비스에는 퍼블릭 IP 설정이 없으므로, NAT 게이트웨이나 VPC 엔드포인트가 있어 퍼블릭 IP가 필요 없는 서브넷을 지정합니다. 퍼블릭 서브넷과 프라이빗 서브넷을 함께 지정하지 않습니다.',
}

/** What UpdateExpressGatewayService has no member for. */
export const MANAGED_BY_ECS: Text = {
  en: 'ECS itself sets up load balancer, health checks and deployments of an Express service: only an ordinary service lets you change these.',
  ko: 'Express 서비스의 로드 밸런서, 상태 확인, 배포 설정은 ECS가 관리합니다. 이 설정을 변경하려면 일반 서비스가 필요합니다.',
}

type Values = Omit<RegisterTaskDefinition, 'kind' | 'makes' | 'family' | 'like'>

/** Registered, and deployed: a revision alone mends nothing. One that is a file yet is deployed by whoever registers it. */
export function newRevision(
  service: Pick<Service, 'arn' | 'name' | 'clusterName' | 'deploymentController' | 'resourceManagementType'>,
  { family, revision }: Pick<TaskDefinition, 'family' | 'revision'>,
  values: Values,
): Remedy {
  const like = revision === null ? null : `${family}:${revision}`
  const made: Change = { kind: 'register-task-definition', makes: 'revision', family, like, ...values }
  if (like === null) return { changes: [made] }
  if (isExpress(service)) {
    const taskDefinitionArn = { ref: 'revision' }
    return { changes: [made, { kind: 'update-express-gateway-service', serviceArn: service.arn, taskDefinitionArn }] }
  }
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
