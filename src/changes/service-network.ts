/** How the subnets, groups and public addresses of a service's tasks are changed, by deployment controller. */
import type { RemedyWords } from '../domain/report.ts'
import type { AwsvpcConfiguration, Service } from '../domain/service.ts'
import { hcl, list, nameOf, text } from './terraform.ts'

/** What the lines need to know of a service. */
export interface ServiceNetwork {
  readonly name: string
  readonly clusterName: string
  readonly deploymentController: string
  readonly awsvpc: AwsvpcConfiguration
}

/** Null for a service whose tasks have no interface of their own. */
export function networkOf({ name, clusterName, deploymentController, awsvpc }: Service): ServiceNetwork | null {
  return awsvpc === null ? null : { name, clusterName, deploymentController, awsvpc }
}

export function awsvpcArgument({ subnetIds, securityGroupIds, assignPublicIp }: AwsvpcConfiguration): string {
  const groups = securityGroupIds.length === 0 ? '' : `securityGroups=[${securityGroupIds.join(',')}],`
  return `"awsvpcConfiguration={subnets=[${subnetIds.join(',')}],${groups}assignPublicIp=${assignPublicIp}}"`
}

/**
 * ECS replaces the whole network configuration and deploys anew. Under CodeDeploy and external controllers UpdateService
 * does not take it: the next deployment does. ECS API Reference, UpdateService.
 */
export function changeNetwork(service: ServiceNetwork, changes: Partial<AwsvpcConfiguration>): RemedyWords {
  const awsvpc = { ...service.awsvpc, ...changes }
  const { name, clusterName } = service
  const terraform = hcl(`resource "aws_ecs_service" "${nameOf(name)}"`, [
    ['name', text(name)],
    ['cluster', text(clusterName)],
    [
      'network_configuration',
      [
        ['subnets', list(awsvpc.subnetIds)],
        ['security_groups', list(awsvpc.securityGroupIds)],
        ['assign_public_ip', String(awsvpc.assignPublicIp === 'ENABLED')],
      ],
    ],
  ])
  if (service.deploymentController !== 'ECS') return { console: [inNextDeployment(awsvpc)], cli: [], terraform }
  const turned = awsvpc.assignPublicIp === 'ENABLED' ? { en: 'on', ko: '켜짐' } : { en: 'off', ko: '꺼짐' }
  return {
    console: [
      {
        en: `ECS → Clusters → ${clusterName} → Services → ${name} → Update service → Networking: subnets ${awsvpc.subnetIds.join(', ')}; security groups ${awsvpc.securityGroupIds.join(', ')}; Public IP turned ${turned.en} → Update`,
        ko: `ECS → 클러스터 → ${clusterName} → 서비스 → ${name} → 서비스 업데이트 → 네트워킹에서 다음과 같이 지정하고 업데이트를 누릅니다. 서브넷: ${awsvpc.subnetIds.join(', ')}, 보안 그룹: ${awsvpc.securityGroupIds.join(', ')}, 퍼블릭 IP: ${turned.ko}`,
      },
    ],
    cli: [
      `aws ecs update-service --cluster ${clusterName} --service ${name} --network-configuration ${awsvpcArgument(awsvpc)}`,
    ],
    terraform,
  }
}

function inNextDeployment({ subnetIds, securityGroupIds, assignPublicIp }: AwsvpcConfiguration) {
  const value = JSON.stringify({
    AwsvpcConfiguration: { Subnets: subnetIds, SecurityGroups: securityGroupIds, AssignPublicIp: assignPublicIp },
  })
  return {
    en: `Give the next deployment this NetworkConfiguration (in the AppSpec file, or in the next task set): ${value}`,
    ko: `다음 배포의 NetworkConfiguration 값을 다음과 같이 지정합니다(AppSpec 파일 또는 다음 태스크 세트): ${value}`,
  }
}
