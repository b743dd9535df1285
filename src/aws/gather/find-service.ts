/** Finds the one service that a run is about, and says which ones there are when it cannot. */
import { type Answer, known, unread } from '../../domain/answer.ts'
import type { Service } from '../../domain/service.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { describeServices, listClusters, listServices } from '../calls/ecs.ts'
import { lastPart, serviceBeyondQuota, toService } from '../facts/service.ts'
import { isLoose, type RawAnswer, texts } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

/** Names or ARNs as the user gave them; null where none was given. */
export interface ServiceName {
  readonly cluster: string | null
  readonly service: string | null
}

export const DEFAULT_CLUSTER = 'default'

/** The ARN of a service names its cluster: `arn:…:service/CLUSTER/NAME` (old ARNs do not). */
export function clusterOf({ cluster, service }: ServiceName): string {
  const parts = service?.startsWith('arn:') ? service.split('/') : []
  return cluster ?? (parts.length === 3 ? parts[1] : undefined) ?? DEFAULT_CLUSTER
}

/**
 * The service with its status, whatever that is. Unread when AWS would not say.
 * Throws `UsageError` when there is no such cluster or service, naming those that exist.
 */
export async function findService(reader: Reader, wanted: ServiceName): Promise<Answer<Service>> {
  const answer =
    reader.source === 'folder' ? await recordedServices(reader, wanted) : await liveServices(reader, wanted)
  if (!answer.known) {
    if (answer.because === 'not-found') throw await unknownCluster(reader, wanted)
    return answer
  }
  const [record, ...others] = answer.value
  if (record === undefined) throw await unknownService(reader, wanted)
  if (others.length > 0) throw await ambiguous(answer.value)
  const service = isLoose(record) ? toService(record) : null
  if (service === null) return unread('garbled', describeServices.permission, lastPart(wanted.service ?? ''))
  const odd = serviceBeyondQuota(service)
  if (odd !== null) return unread('oversized', describeServices.permission, '', odd)
  return known(service)
}

async function liveServices(reader: Reader, wanted: ServiceName): Promise<RawAnswer> {
  if (wanted.service === null) throw missingName(await serviceNames(reader, clusterOf(wanted)))
  return reader.read(describeServices, { cluster: [clusterOf(wanted)], service: [wanted.service] })
}

/** In a recording the cluster may be left out, and the service as well where there is only one. */
function recordedServices(reader: Reader, { cluster, service }: ServiceName): Promise<RawAnswer> {
  return reader.read(describeServices, {
    ...(cluster === null ? {} : { cluster: [cluster] }),
    ...(service === null ? {} : { service: [service] }),
  })
}

async function serviceNames(reader: Reader, cluster: string | null): Promise<readonly string[]> {
  const answer = await reader.read(listServices, cluster === null ? {} : { cluster: [cluster] })
  return answer.known ? texts(answer.value).map(lastPart).sort() : []
}

async function unknownService(reader: Reader, wanted: ServiceName): Promise<UsageError> {
  const folder = reader.source === 'folder'
  const cluster = folder && wanted.cluster === null ? null : clusterOf(wanted)
  const names = await serviceNames(reader, cluster)
  if (folder && names.length === 0) return unknownCluster(reader, wanted)
  const where = cluster === null ? '' : lastPart(cluster)
  const service = lastPart(wanted.service ?? '')
  if (names.length === 0)
    return new UsageError({
      en: `The input "service" names ${service}, but no service could be found in cluster ${where}. Check the names and the Region (${reader.region}).`,
      ko: `"service" 입력에 해당하는 서비스를 찾을 수 없습니다: ${service} (클러스터: ${where}, 리전: ${reader.region}). 이름과 리전을 확인합니다.`,
    })
  return new UsageError({
    en: `The input "service" names ${service}, which does not exist${where === '' ? '' : ` in cluster ${where}`}. Services there: ${list(names)}.`,
    ko: `"service" 입력에 해당하는 서비스가 없습니다: ${service}${where === '' ? '' : ` (클러스터: ${where})`}. 존재하는 서비스: ${list(names)}`,
  })
}

async function unknownCluster(reader: Reader, wanted: ServiceName): Promise<UsageError> {
  const answer = await reader.read(listClusters)
  const names = answer.known ? [...new Set(texts(answer.value).map(lastPart))].sort() : []
  const cluster = lastPart(clusterOf(wanted))
  return new UsageError({
    en: `The input "cluster" names ${cluster}, which does not exist in ${reader.region}. ${names.length === 0 ? 'No cluster could be found there.' : `Clusters there: ${list(names)}.`}`,
    ko: `"cluster" 입력에 해당하는 클러스터가 없습니다: ${cluster} (리전: ${reader.region}). ${names.length === 0 ? '해당 리전에서 클러스터를 찾을 수 없습니다.' : `존재하는 클러스터: ${list(names)}`}`,
  })
}

function missingName(names: readonly string[]): UsageError {
  return new UsageError({
    en: `The input "service" is missing: give the name or ARN of an ECS service.${names.length === 0 ? '' : ` Services there: ${list(names)}.`}`,
    ko: `"service" 입력이 없습니다. ECS 서비스의 이름 또는 ARN을 지정합니다.${names.length === 0 ? '' : ` 존재하는 서비스: ${list(names)}`}`,
  })
}

function ambiguous(records: readonly unknown[]): UsageError {
  const names = records.map((record) => (isLoose(record) ? String(record['serviceArn'] ?? '') : ''))
  return new UsageError({
    en: `The snapshot holds several services: say which one with "service" and "cluster". It holds ${list(names)}.`,
    ko: `스냅샷에 서비스가 여러 개 있습니다. "service"와 "cluster" 입력으로 하나를 지정합니다. 포함된 서비스: ${list(names)}`,
  })
}

/** At most twenty: the sentence is for a person. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ')
  return names.length > 20 ? `${shown}, …` : shown
}
