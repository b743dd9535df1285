/** How a service's deployment settings are changed. UpdateService takes them as one value, so that the others are said again. */
import type { RemedyWords } from '../domain/report.ts'
import type { DeploymentConfiguration, Service } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { type Field, hcl, nameOf, text } from './terraform.ts'

/** What the lines need to know of a service. */
export type ServiceDeployment = Pick<Service, 'name' | 'clusterName' | 'deploymentConfiguration'>

export function deploymentOf({ name, clusterName, deploymentConfiguration }: Service): ServiceDeployment {
  return { name, clusterName, deploymentConfiguration }
}

type Settings = Pick<DeploymentConfiguration, 'maximumPercent' | 'minimumHealthyPercent' | 'circuitBreaker'>

/** `what`: the fields of the console's form, with their new values. */
export function changeDeployment(service: ServiceDeployment, changes: Partial<Settings>, what: Text): RemedyWords {
  const settings = { ...service.deploymentConfiguration, ...changes }
  return {
    console: [updateStep(service, what)],
    cli: [updateLine(service, settings)],
    terraform: hcl(`resource "aws_ecs_service" "${nameOf(service.name)}"`, [
      ['name', text(service.name)],
      ['cluster', text(service.clusterName)],
      ['deployment_minimum_healthy_percent', String(settings.minimumHealthyPercent)],
      ['deployment_maximum_percent', String(settings.maximumPercent)],
      ...breakerBlock(settings),
    ]),
  }
}

export function updateStep({ name, clusterName }: ServiceDeployment, what: Text): Text {
  return {
    en: `ECS → Clusters → ${clusterName} → Services → ${name} → Update service → Deployment options: ${what.en} → Update`,
    ko: `ECS → 클러스터 → ${clusterName} → 서비스 → ${name} → 서비스 업데이트 → 배포 옵션에서 다음과 같이 지정하고 업데이트를 누릅니다. ${what.ko}`,
  }
}

export function updateLine({ name, clusterName }: ServiceDeployment, settings: Settings): string {
  const { maximumPercent, minimumHealthyPercent } = settings
  const value = `${breakerArgument(settings)}maximumPercent=${maximumPercent},minimumHealthyPercent=${minimumHealthyPercent}`
  return `aws ecs update-service --cluster ${clusterName} --service ${name} --deployment-configuration "${value}"`
}

function breakerArgument({ circuitBreaker }: Settings): string {
  if (circuitBreaker === null) return ''
  return `deploymentCircuitBreaker={enable=${circuitBreaker.enable},rollback=${circuitBreaker.rollback}},`
}

function breakerBlock({ circuitBreaker }: Settings): readonly Field[] {
  if (circuitBreaker === null) return []
  const { enable, rollback } = circuitBreaker
  return [
    [
      'deployment_circuit_breaker',
      [
        ['enable', String(enable)],
        ['rollback', String(rollback)],
      ],
    ],
  ]
}
