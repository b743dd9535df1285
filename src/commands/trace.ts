/** trace: one flow or many over one network, read once. */

import { gatherNetwork } from '../aws/gather/index.ts'
import type { Reader } from '../aws/reader/reader.ts'
import type { Network } from '../domain/network.ts'
import type { Path } from '../domain/path.ts'
import type { Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { DESTINATION, destinationIn } from '../inputs/destination.ts'
import { labelOf, needed } from '../inputs/parse-arguments.ts'
import type { Values } from '../inputs/table.ts'
import { parseBlock } from '../network/addresses.ts'
import { indexNetwork, type NetworkIndex } from '../network/network-index.ts'
import { type TraceQuestion, trace } from '../network/reachability/trace.ts'
import { renderTrace } from '../report/trace.ts'
import { type CommandContext, type CommandResult, NOTHING_MORE } from './command.ts'
import { type FlowRequest, readFlows } from './flows-file.ts'
import { readerFor } from './service-request.ts'

/** Exit code 1 where some flow does not get through. */
export async function runTrace(values: Values, context: CommandContext): Promise<CommandResult> {
  const flows = await flowsOf(values, context)
  const file = values['what-if']
  const suppose = file === null ? undefined : await supposedBy(file, context)
  const paths = await traceFlows(flows, { reader: await readerFor(values, context), ...(suppose && { suppose }) })
  const through = paths.every(({ outcome }) => outcome === 'reachable' || outcome === 'degraded')
  const { language, format } = values
  const many = values.flows !== null
  const output = renderTrace(paths, { language, format, many, colour: context.colour, columns: context.columns })
  return { ...NOTHING_MORE, exitCode: through ? 0 : 1, output }
}

async function flowsOf(values: Values, { frontend }: CommandContext): Promise<readonly FlowRequest[]> {
  if (values.flows !== null) {
    return readFlows(values.flows, labelOf('flows', frontend))
  }
  const { to, from, protocol } = values
  const [fromSubnet, securityGroups] = [values['from-subnet'], values['security-groups']]
  if (to === null) throw needed(['to', 'flows'], frontend)
  if (from === null && fromSubnet === null) throw needed(['from', 'from-subnet'], frontend)
  if (from === null && securityGroups === null) throw groupsWanted(frontend)
  if (from !== null && (fromSubnet !== null || securityGroups !== null)) throw twoSenders(frontend)
  const destination = destinationIn(to)
  if (destination === null) throw noDestination(labelOf('to', frontend), to)
  const where = { from, fromSubnet, securityGroups: securityGroups ?? [] }
  return [{ ...where, to: destination, protocol, publicIp: values['public-ip'], sourcePort: values['source-port'] }]
}

function groupsWanted(frontend: CommandContext['frontend']): UsageError {
  const [subnet, groups] = (['from-subnet', 'security-groups'] as const).map((name) => labelOf(name, frontend))
  return new UsageError({
    en: `Give ${groups} with ${subnet}: the subnet alone does not say what its sender may send.`,
    ko: `${subnet} 입력에는 ${groups} 입력이 함께 필요합니다. 서브넷만으로는 보내는 쪽에 적용되는 보안 그룹을 알 수 없습니다.`,
  })
}

function twoSenders(frontend: CommandContext['frontend']): UsageError {
  const [from, subnet, groups] = (['from', 'from-subnet', 'security-groups'] as const).map((name) =>
    labelOf(name, frontend),
  )
  return new UsageError({
    en: `${from} names an interface, whose subnet and security groups are its own: give ${from} alone, or ${subnet} and ${groups} without it.`,
    ko: `${from} 입력의 네트워크 인터페이스에는 자체 서브넷과 보안 그룹이 있습니다. ${from} 입력 하나만 지정하거나, 그 대신 ${subnet} 및 ${groups} 입력을 지정해야 합니다.`,
  })
}

function noDestination(label: string, text: string): UsageError {
  const [, host] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#@\s]+)/i.exec(text) ?? []
  const hint =
    host === undefined
      ? { en: '', ko: '' }
      : { en: ` Of a URL, give the host: \`${host}\`.`, ko: ` URL에서는 호스트만 지정합니다: \`${host}\`` }
  return new UsageError({
    en: `${label} takes ${DESTINATION.en}, and got \`${text}\`.${hint.en}`,
    ko: `${label} 입력의 값이 올바르지 않습니다: \`${text}\` (사용할 수 있는 값: ${DESTINATION.ko}).${hint.ko}`,
  })
}

async function supposedBy(file: string, { frontend }: CommandContext): Promise<TraceSenses['suppose']> {
  const { readChanges, supposingNetwork } = await import('./what-if.ts')
  const supposed = await readChanges(labelOf('what-if', frontend), file)
  return (network) => supposingNetwork(network, supposed)
}

const HTTPS = 443

interface TraceSenses {
  readonly reader: Reader
  /** The network as it would be: as it is unless given. */
  readonly suppose?: (network: Network) => Network
}

/** In the order of the flows. Throws `UsageError` for a subnet or an interface that the network does not hold. */
export async function traceFlows(
  flows: readonly FlowRequest[],
  { reader, suppose = (network) => network }: TraceSenses,
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
  const index = indexNetwork(suppose(network))
  return questions.map((question) => trace(index, question) ?? refuse(index, question))
}

function questionOf(flow: FlowRequest): TraceQuestion {
  const { host, port } = flow.to
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
