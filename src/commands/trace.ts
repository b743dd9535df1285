/** trace: one flow or many over one network, read once. */

import { gatherNetwork } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import type { Path } from '../domain/path.ts'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { parseBlock } from '../network/addresses.ts'
import { indexNetwork, type NetworkIndex } from '../network/network-index.ts'
import { type TraceQuestion, trace } from '../network/reachability/trace.ts'

/** One entry of `--flows` (contract, section 7). `from` is an interface; else `fromSubnet` with `securityGroups`. */
export interface FlowRequest {
  readonly from?: string | null
  readonly fromSubnet?: string | null
  readonly securityGroups?: readonly string[]
  readonly publicIp?: boolean
  /** `HOST_OR_IP[:PORT]`, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3`, `internet`. */
  readonly to: string
  readonly port?: number | null
  readonly protocol?: 'tcp' | 'udp'
  readonly sourcePort?: number | null
}

const HTTPS = 443

/** In the order of the flows. Throws `UsageError` for a subnet or an interface that the network does not hold. */
export async function traceFlows(
  flows: readonly FlowRequest[],
  { reader }: { readonly reader: Reader },
): Promise<readonly Path[]> {
  const questions = flows.map(questionOf)
  const network = await gatherNetwork(reader, {
    subnetIds: questions.flatMap(({ from }) => ('subnetId' in from ? [from.subnetId] : [])),
    interfaceIds: questions.flatMap(({ from, to }) => [
      ...('interfaceId' in from ? [from.interfaceId] : []),
      ...(to.startsWith('eni-') ? [to] : []),
    ]),
    hosts: questions.flatMap(({ to }) => (to.includes('.') && parseBlock(to) === null ? [to] : [])),
  })
  const index = indexNetwork(network)
  return questions.map((question) => trace(index, question) ?? refuse(index, question))
}

function questionOf(flow: FlowRequest): TraceQuestion {
  const { host, port } = splitPort(flow.to)
  return {
    from: senderOf(flow),
    to: host,
    port: flow.port ?? port ?? HTTPS,
    protocol: flow.protocol ?? 'tcp',
    sourcePort: flow.sourcePort ?? null,
  }
}

function senderOf({ from, fromSubnet, securityGroups = [], publicIp = false }: FlowRequest): TraceQuestion['from'] {
  if (typeof from === 'string' && from !== '') return { interfaceId: from }
  if (typeof fromSubnet === 'string' && fromSubnet !== '')
    return { subnetId: fromSubnet, groupIds: securityGroups, publicIp }
  throw new UsageError({
    en: 'from or from-subnet says where the flow starts: a network interface (eni-…), or a subnet (subnet-…) with security-groups.',
    ko: '흐름이 시작되는 곳을 from(eni-…) 또는 from-subnet(subnet-…, security-groups와 함께)으로 지정해야 합니다.',
  })
}

/** `host:port`, `[2001:db8::1]:443`, or without a port; an IPv6 address alone has colons of its own. */
export function splitPort(to: string): { readonly host: string; readonly port: number | null } {
  const parts = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(to) ?? /^([^:]+)(?::(\d{1,5}))?$/.exec(to)
  if (parts === null) return { host: to, port: null }
  return { host: parts[1] ?? to, port: parts[2] === undefined ? null : Number(parts[2]) }
}

function refuse(index: NetworkIndex, { from }: TraceQuestion): never {
  const { interfaces, subnets } = index.network
  const [input, id, all] =
    'interfaceId' in from
      ? (['from', from.interfaceId, interfaces.known ? interfaces.value : []] as const)
      : (['from-subnet', from.subnetId, subnets.known ? subnets.value : []] as const)
  throw new UsageError(
    unknownId(
      input,
      id,
      all.map((one) => one.id),
    ),
  )
}

const MOST_NAMED = 10

function unknownId(input: string, id: string, there: readonly string[]): Text {
  const names = `${there.slice(0, MOST_NAMED).join(', ')}${there.length > MOST_NAMED ? ', …' : ''}`
  if (there.length === 0) {
    return {
      en: `${input}: ${id} could not be read; it does not exist here, or reading it is not permitted.`,
      ko: `${input}: ${id}의 정보를 읽지 못했습니다. 존재하지 않거나 읽을 권한이 없습니다.`,
    }
  }
  return {
    en: `${input}: there is no ${id} here; there are ${names}.`,
    ko: `${input}: 존재하지 않는 ID입니다: ${id}. 다음 중에서 지정합니다: ${names}`,
  }
}
