/** What is typed, as one request a service: names and ARNs of one cluster, each once, each with its own revision. */
import { distinct, distinctBy } from '../../domain/collections.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { type Frontend, labelOf, needed, quoted } from '../../inputs/parse-arguments.ts'
import type { Values } from '../../inputs/table.ts'
import type { CommandContext } from '../command.ts'
import { ignoresIn } from '../service-request.ts'
import type { WatchRequest } from './request.ts'

/** Throws `UsageError` for services of several clusters, and for a revision that is nobody's. */
export async function requestsFor(values: Values, { frontend }: CommandContext): Promise<readonly WatchRequest[]> {
  if (values.service === null) throw needed(['service'], frontend)
  const { cluster, services } = servicesIn(values.service, values.cluster, frontend)
  const ignore = ignoresIn(values)
  const { refuseUnknownIgnores } = await import('../preflight/preflight.ts')
  refuseUnknownIgnores(ignore)
  const revisions = await revisionsIn(values['task-definition'] ?? [], services, frontend)
  return services.map((service) => ({
    cluster,
    service,
    taskDefinition: revisions.get(nameOf(service)) ?? null,
    appearsWithinMinutes: values['wait-for-deployment'],
    ...watchSettings(values),
    ignore,
  }))
}

/** What a watch takes of the inputs, whoever started the rollout. */
export function watchSettings(values: Values) {
  const slowAfter = values['slow-after']
  return {
    waitMinutes: values['wait-for-minutes'],
    slowAfterMinutes: slowAfter === 'auto' ? null : slowAfter,
    onFailure: values['on-failure'],
    logLines: values.logs,
    flowLogs: values['flow-logs'],
    failOn: values['fail-on'],
  }
}

/** A service's name, whether it is given as such or in an ARN. */
export function nameOf(service: string): string {
  return service.slice(service.lastIndexOf('/') + 1)
}

interface Named {
  readonly cluster: string | null
  readonly services: readonly string[]
}

/** One alone is taken as it stands. Of several, those without an ARN are in the cluster that the ARNs name. */
function servicesIn(given: readonly string[], cluster: string | null, frontend: Frontend): Named {
  if (given.length === 1) return { cluster, services: given }
  const label = labelOf('service', frontend)
  const arns = given.flatMap((one) => {
    const [, region, account, ofArn] = SERVICE_ARN.exec(one) ?? []
    return region === undefined ? [] : [{ place: `${region} ${account}`, cluster: ofArn ?? null }]
  })
  const clusters = distinct([cluster, ...arns.map((arn) => arn.cluster)].flatMap((one) => (one ? nameOf(one) : [])))
  const places = distinct(arns.map(({ place }) => place))
  if (clusters.length > 1 || places.length > 1) {
    const found = [...(clusters.length > 1 ? clusters : []), ...(places.length > 1 ? places : [])].join(', ')
    throw new UsageError({
      en: `${label} takes services of one cluster, and these are of several (${found}): watch each cluster in a step of its own.`,
      ko: `${label} 입력에는 한 클러스터의 서비스만 지정할 수 있습니다. 받은 값: ${found}. 클러스터마다 단계를 나누어 관찰합니다.`,
    })
  }
  return { cluster: cluster ?? clusters[0] ?? null, services: distinctBy(given, nameOf) }
}

/** Region, account and cluster; ARNs of the old format name no cluster (Developer Guide, Amazon Resource Names (ARNs) and IDs). */
const SERVICE_ARN = /^arn:[^:]+:ecs:([^:]*):([^:]*):service\/(?:([^/]+)\/)?[^/]+$/

/** By the service's name. With one service the line may be the revision alone. */
async function revisionsIn(
  lines: readonly string[],
  services: readonly string[],
  frontend: Frontend,
): Promise<ReadonlyMap<string, string>> {
  const label = labelOf('task-definition', frontend)
  const names = services.map(nameOf)
  const [only] = names.length === 1 ? names : []
  const revisions = new Map<string, string>()
  for (const line of lines) {
    const [, who = '', own = ''] = /^([^=]*)=(.*)$/.exec(line) ?? []
    const named = names.find((one) => one === nameOf(who.trim()))
    const name = named ?? only
    if (name === undefined || revisions.has(name)) throw nobodysRevision(label, line, names)
    revisions.set(name, await revisionNamed(named === undefined ? line : own.trim(), label))
  }
  return revisions
}

function nobodysRevision(label: string, line: string, names: readonly string[]): UsageError {
  const listed = names.join(', ')
  return new UsageError({
    en: `${label} takes one line a service, \`service=family:revision\` or \`service=ARN\`, and got ${quoted(line)}; the services are ${listed}.`,
    ko: `${label} 입력에는 서비스마다 한 줄씩 \`service=family:revision\` 또는 \`service=ARN\` 형식으로 지정해야 합니다. 받은 값: ${quoted(line)}, 서비스: ${listed}`,
  })
}

async function revisionNamed(named: string, label: string): Promise<string> {
  const { namesTaskDefinition } = await import('../../aws/task-definition/file.ts')
  if (namesTaskDefinition(named)) return named
  throw new UsageError({
    en: `${label} of \`watch\` takes \`family\`, \`family:revision\` or an ARN, not a file: a file says nothing of the revision that it was registered as.`,
    ko: `\`watch\` 명령의 ${label} 입력에는 파일 대신 \`family\`, \`family:revision\` 또는 ARN을 지정해야 합니다. 파일에는 등록된 개정 번호가 없습니다.`,
  })
}
