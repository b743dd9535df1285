/** How a service's load balancers are changed: UpdateService replaces them all, so that the others are said again. */
import type { Service } from '../domain/service.ts'
import { type Field, hcl, nameOf, text } from './terraform.ts'

export type BalancerEntry = Service['loadBalancers'][number]

export interface BalancedService {
  readonly name: string
  readonly clusterName: string
  readonly entries: readonly BalancerEntry[]
}

export function balancedService({ name, clusterName, loadBalancers }: Service): BalancedService {
  return { name, clusterName, entries: loadBalancers }
}

/** With one entry in the place of another. */
export function replaced(
  service: BalancedService,
  old: BalancerEntry,
  changes: Partial<BalancerEntry>,
): BalancedService {
  return { ...service, entries: service.entries.map((one) => (one === old ? { ...one, ...changes } : one)) }
}

export function updateBalancers({ name, clusterName, entries }: BalancedService): string {
  const values = entries.map(
    ({ targetGroupArn, containerName, containerPort }) =>
      `"targetGroupArn=${targetGroupArn},containerName=${containerName},containerPort=${containerPort}"`,
  )
  return `aws ecs update-service --cluster ${clusterName} --service ${name} --load-balancers ${values.join(' ')}`
}

export function balancersBlock({ name, clusterName, entries }: BalancedService): string {
  return hcl(`resource "aws_ecs_service" "${nameOf(name)}"`, [
    ['name', text(name)],
    ['cluster', text(clusterName)],
    ...entries.map(
      ({ targetGroupArn, containerName, containerPort }): Field => [
        'load_balancer',
        [
          ['target_group_arn', reference(targetGroupArn)],
          ['container_name', text(containerName ?? '')],
          ['container_port', String(containerPort)],
        ],
      ],
    ),
  ])
}

/** A target group that is yet to be made: for a shell, and in Terraform by its address. */
export const NEW_GROUP = '$TARGET_GROUP_ARN'

function reference(arn: string | null): string {
  return arn === NEW_GROUP ? 'aws_lb_target_group.new.arn' : text(arn ?? '')
}

export interface GroupShape {
  readonly name: string
  readonly protocol: string
  readonly port: number
  readonly targetType: string
  /** Null where the VPC is not known. */
  readonly vpcId: string | null
}

export function createGroup({ name, protocol, port, targetType, vpcId }: GroupShape): string {
  const vpc = vpcId === null ? '' : ` --vpc-id ${vpcId}`
  const create = `aws elbv2 create-target-group --name ${name} --protocol ${protocol} --port ${port} --target-type ${targetType}${vpc}`
  return `TARGET_GROUP_ARN=$(${create} --query "TargetGroups[0].TargetGroupArn" --output text)`
}

export function groupBlock({ name, protocol, port, targetType, vpcId }: GroupShape): string {
  return hcl('resource "aws_lb_target_group" "new"', [
    ['name', text(name)],
    ['protocol', text(protocol)],
    ['port', String(port)],
    ['target_type', text(targetType)],
    ...(vpcId === null ? [] : ([['vpc_id', text(vpcId)]] as const)),
  ])
}

/** `…:targetgroup/web/73e2d6bc24d8a067` is called `web`. */
export function groupName(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}
