/** The lines that point a route at a target: created where the table has no such route yet, replaced where it has. */
import type { Text } from '../domain/text.ts'
import { type Field, resource, text } from './terraform.ts'

export interface RouteChange {
  readonly routeTableId: string
  /** CIDR block or prefix list. */
  readonly destination: string
  readonly exists: boolean
}

/** As the flags of `aws ec2 create-route` and the arguments of `aws_route` name them. */
export type RouteTargetName =
  | 'nat-gateway-id'
  | 'gateway-id'
  | 'vpc-peering-connection-id'
  | 'transit-gateway-id'
  | 'vpc-endpoint-id'

export function destinationFlag(destination: string): string {
  if (destination.startsWith('pl-')) return `--destination-prefix-list-id ${destination}`
  return destination.includes(':')
    ? `--destination-ipv6-cidr-block ${destination}`
    : `--destination-cidr-block ${destination}`
}

/** `id` may be a shell variable in quotes. */
export function routeLine(
  { routeTableId, destination, exists }: RouteChange,
  target: RouteTargetName,
  id: string,
): string {
  const verb = exists ? 'replace-route' : 'create-route'
  return `aws ec2 ${verb} --route-table-id ${routeTableId} ${destinationFlag(destination)} --${target} ${id}`
}

export function routeStep({ routeTableId, destination, exists }: RouteChange, id: Text): Text {
  return exists
    ? {
        en: `VPC → Route tables → ${routeTableId} → Edit routes → change the target of ${destination} to ${id.en} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${routeTableId} → 라우팅 편집 → ${destination}의 대상을 다음으로 바꾸고 변경 사항 저장을 누릅니다: ${id.ko}`,
      }
    : {
        en: `VPC → Route tables → ${routeTableId} → Edit routes → Add route: ${destination} → ${id.en} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${routeTableId} → 라우팅 편집 → 라우팅 추가 → 다음을 입력하고 변경 사항 저장을 누릅니다: ${destination} → ${id.ko}`,
      }
}

/** `reference` is HCL: a quoted id, or an attribute of another resource. */
export function routeBlock(
  { routeTableId, destination }: RouteChange,
  target: RouteTargetName,
  reference: string,
): string {
  const key = destination.startsWith('pl-')
    ? 'destination_prefix_list_id'
    : destination.includes(':')
      ? 'destination_ipv6_cidr_block'
      : 'destination_cidr_block'
  const fields: readonly Field[] = [
    ['route_table_id', text(routeTableId)],
    [key, text(destination)],
    [target.replaceAll('-', '_'), reference],
  ]
  return resource('aws_route', `${routeTableId}_out`, fields)
}
