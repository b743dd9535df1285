/** Transit gateways: attachments, route tables and their routes, searched live or put together from a recording's parts. */

import { type Answer, known, listed, mapped, type Unread, unread } from '../../domain/answer.ts'
import { distinctBy } from '../../domain/collections.ts'
import type {
  Transit,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
  TransitVpcAttachment,
  Vpc,
  VpnConnection,
} from '../../domain/network.ts'
import * as ec2 from '../calls/ec2.ts'
import { at, idOf, isLoose, type Loose, listAt, type RawAnswer, text, texts, translate, word } from './shape.ts'

export interface TransitAnswers {
  readonly gateways: RawAnswer
  readonly vpcAttachments: RawAnswer
  readonly attachments: RawAnswer
  readonly routeTables: RawAnswer
  /** SearchTransitGatewayRoutes, by route table id. */
  readonly searched: Readonly<Record<string, RawAnswer>>
  readonly staticRoutes: RawAnswer
  readonly propagations: RawAnswer
}

/** What a propagation stands for: the blocks of a VPC, the static routes of a VPN connection. */
export interface Propagators {
  readonly vpcs: Answer<readonly Vpc[]>
  readonly connections: Answer<readonly VpnConnection[]>
}

export function toTransit(answers: TransitAnswers, propagators: Propagators): Transit {
  const vpcAttachments = translate(
    answers.vpcAttachments,
    ec2.describeTransitGatewayVpcAttachments.permission,
    toVpcAttachment,
  )
  const attachments = translate(answers.attachments, ec2.describeTransitGatewayAttachments.permission, toAttachment)
  const tables = translate(answers.routeTables, ec2.describeTransitGatewayRouteTables.permission, toTable)
  return {
    gateways: mapped(translate(answers.gateways, ec2.describeTransitGateways.permission, toGateway), (all) =>
      distinctBy(all, ({ id }) => id),
    ),
    vpcAttachments: mapped(vpcAttachments, (all) => distinctBy(all, ({ id }) => id)),
    attachments: mapped(attachments, distinctAttachments),
    routeTables: mapped(tables, (all) =>
      distinctBy(all, ({ id }) => id).map(
        (table): TransitRouteTable => ({
          ...table,
          routes: routesOf(table.id, answers, propagators),
        }),
      ),
    ),
  }
}

function toGateway(record: Loose): TransitGateway | null {
  const id = idOf(record['TransitGatewayId'])
  return id === null ? null : { id, securityGroupReferencing: referencing(record) }
}

function toVpcAttachment(record: Loose): TransitVpcAttachment | null {
  const id = idOf(record['TransitGatewayAttachmentId'])
  const transitGatewayId = idOf(record['TransitGatewayId'])
  const vpcId = idOf(record['VpcId'])
  if (id === null || transitGatewayId === null || vpcId === null) return null
  return {
    id,
    transitGatewayId,
    vpcId,
    subnetIds: texts(record['SubnetIds']),
    state: word(record['State']),
    securityGroupReferencing: referencing(record),
  }
}

function referencing(record: Loose): boolean {
  return word(at(record, 'Options', 'SecurityGroupReferencingSupport'), 'disable') === 'enable'
}

function toAttachment(record: Loose): TransitAttachment | null {
  const id = idOf(record['TransitGatewayAttachmentId'])
  const transitGatewayId = idOf(record['TransitGatewayId'])
  if (id === null || transitGatewayId === null) return null
  const associated = word(at(record, 'Association', 'State'), 'associated') === 'associated'
  return {
    id,
    transitGatewayId,
    resourceType: word(record['ResourceType']),
    routeTableId: associated ? idOf(at(record, 'Association', 'TransitGatewayRouteTableId')) : null,
  }
}

/**
 * The two ends of a peering have one attachment id, each under its own gateway. Of a shared attachment that two accounts
 * recorded, only the gateway's owner sees the association.
 */
function distinctAttachments(all: readonly TransitAttachment[]): readonly TransitAttachment[] {
  const associatedFirst = [...all].sort((a, b) => Number(a.routeTableId === null) - Number(b.routeTableId === null))
  return distinctBy(associatedFirst, ({ id, transitGatewayId }) => `${id} ${transitGatewayId}`)
}

function toTable(record: Loose): Omit<TransitRouteTable, 'routes'> | null {
  const id = idOf(record['TransitGatewayRouteTableId'])
  return id === null ? null : { id }
}

function routesOf(tableId: string, answers: TransitAnswers, propagators: Propagators): Answer<readonly TransitRoute[]> {
  const searched = answers.searched[tableId]
  if (searched?.known) return searchedRoutes(searched.value)
  const { staticRoutes, propagations } = answers
  if (staticRoutes.known && propagations.known) {
    return recordedRoutes(tableId, staticRoutes.value, propagations.value, propagators)
  }
  return searched ?? unread('unasked', ec2.searchTransitGatewayRoutes.permission, tableId)
}

function searchedRoutes(pages: readonly unknown[]): Answer<readonly TransitRoute[]> {
  const { permission } = ec2.searchTransitGatewayRoutes
  if (at(pages.at(-1), 'AdditionalRoutesAvailable') === true)
    return unread('garbled', permission, 'AdditionalRoutesAvailable')
  return toRoutes(
    pages.flatMap((page) => listAt(page, 'Routes')),
    permission,
  )
}

function toRoutes(records: readonly unknown[], permission: string): Answer<readonly TransitRoute[]> {
  return mapped(translate(known(records), permission, toRoute), (routes) => routes.flat())
}

/** One a target: a route over several attachments is an equal-cost one. */
function toRoute(record: Loose): readonly TransitRoute[] | null {
  const cidr = idOf(record['DestinationCidrBlock'])
  if (cidr === null) return null
  const route = { cidr, propagated: word(record['Type']) === 'propagated', state: word(record['State']) }
  const attachmentIds = listAt(record, 'TransitGatewayAttachments').flatMap(
    (one) => text(one['TransitGatewayAttachmentId']) ?? [],
  )
  if (attachmentIds.length === 0) return [{ ...route, attachmentId: null }]
  return attachmentIds.map((attachmentId) => ({ ...route, attachmentId }))
}

function recordedRoutes(
  tableId: string,
  staticRoutes: readonly unknown[],
  propagations: readonly unknown[],
  propagators: Propagators,
): Answer<readonly TransitRoute[]> {
  const ofTable = (record: unknown): record is Loose => at(record, 'TransitGatewayRouteTableId') === tableId
  const fixed = staticRoutes.filter(isLoose).filter(ofTable)
  const { permission } = ec2.recordedStaticRoutes
  if (fixed.some((one) => one['AdditionalRoutesAvailable'] === true)) return unread('garbled', permission, tableId)
  const routes = toRoutes(
    fixed.flatMap((one) => listAt(one, 'Routes')),
    permission,
  )
  if (!routes.known) return routes
  const learnt = propagations
    .filter(ofTable)
    .flatMap((one) => listAt(one, 'TransitGatewayRouteTablePropagations'))
    .filter((one) => word(one['State'], 'enabled') === 'enabled')
    .map((one) => propagatedRoutes(one, propagators))
  const missing = learnt.find((one): one is Unread => !one.known)
  return missing ?? known([...routes.value, ...learnt.flatMap(listed)])
}

function propagatedRoutes(propagation: Loose, propagators: Propagators): Answer<readonly TransitRoute[]> {
  const attachmentId = text(propagation['TransitGatewayAttachmentId'])
  const cidrs = propagatedBlocks(word(propagation['ResourceType']), text(propagation['ResourceId']), propagators)
  return mapped(cidrs, (all) => all.map((cidr) => ({ cidr, attachmentId, propagated: true, state: 'active' })))
}

/** Peerings propagate nothing (VPC Transit Gateways guide, Peering attachments); what BGP brings, no recording tells. */
function propagatedBlocks(
  type: string,
  resourceId: string | null,
  { vpcs, connections }: Propagators,
): Answer<readonly string[]> {
  const unseen = unread('absent', ec2.searchTransitGatewayRoutes.permission, `${type} ${resourceId}`)
  if (type === 'peering') return known([])
  if (type === 'vpc' && vpcs.known) {
    const vpc = vpcs.value.find(({ id }) => id === resourceId)
    return vpc === undefined ? unseen : known(vpc.cidrs)
  }
  if (type === 'vpn' && connections.known) {
    const connection = connections.value.find(({ id }) => id === resourceId)
    if (connection?.state.startsWith('delet')) return known([])
    return connection?.staticRoutesOnly ? known(connection.routes) : unseen
  }
  return unseen
}
