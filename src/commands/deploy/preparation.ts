/** Everything that is known before the first write: the revision as it would be, preflight's word on it, and what runs now. */
import { isLoose, type Loose, type RawAnswer } from '../../aws/calls/call.ts'
import { describeRevision } from '../../aws/calls/deploy.ts'
import { describeServices } from '../../aws/calls/ecs.ts'
import { getCallerIdentity } from '../../aws/calls/sts.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { at, idOf, text } from '../../aws/facts/shape.ts'
import { gatherService, type ServiceGathering, type ServiceRequest } from '../../aws/gather/index.ts'
import type { Registration } from '../../aws/task-definition/registration.ts'
import { revisionDiff } from '../../aws/task-definition/revision/diff.ts'
import { isSameRevision } from '../../aws/task-definition/revision/same-revision.ts'
import { subnetPlaces } from '../../deployment/bad-subnets.ts'
import type { Deployment } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { evidenceOf } from '../../rollout/diagnose/preflight-evidence.ts'
import { judgeGathered } from '../preflight/judge-gathered.ts'
import { digestsOf, movedImages } from './image-digests.ts'
import type { Ready } from './ready.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

/** Throws `UsageError` for a file that ECS would refuse, for names that do not exist, and where nothing could be read. */
export async function preparation(request: DeployRequest, deps: DeployDeps): Promise<Ready> {
  const { reader } = deps
  const now = await runningNow(request, deps)
  const registration = await registrationOf(request, deps, now.revision)
  for (const notice of registration?.notices ?? []) deps.say(notice)
  const family = registration === null ? null : text(registration.input['family'])
  const [gathering, newest, identity] = await Promise.all([
    request.service === null ? null : gathered(request, registration, reader),
    family === null ? null : described(reader, family),
    reader.read(getCallerIdentity),
  ])
  const report = gathering === null ? blankReport(request, registration, deps) : judged(gathering, request, deps)
  const service = gathering?.facts.service.known ? gathering.facts.service.value : null
  if (service !== null) refuseExternal(service)
  const wanted = registration === null ? await wantedRevision(request, reader, now.revision) : null
  const same = registration === null ? undefined : sameAs(registration, [now.revision, newest])
  const existing = arnOf(wanted ?? same ?? null)
  if (registration === null && existing === null) throw noRevision(request, reader.region)
  return {
    report,
    evidence: gathering === null ? null : evidence(gathering, report),
    service,
    places: gathering === null ? null : subnetPlaces(gathering.facts),
    rehearsable:
      gathering === null
        ? null
        : { facts: gathering.facts, definition: registration?.input ?? definitionIn(wanted ?? now.revision) },
    accountId: report.target.accountId ?? accountIn(identity),
    registration,
    existing,
    newest: Number(at(newest, 'taskDefinition', 'revision') ?? 0),
    moved: gathering === null ? [] : movedImages(gathering.facts),
    deployment: {
      revision: existing,
      registered: false,
      reused: same !== undefined,
      updated: false,
      diff: gathering === null ? null : diffOf(request, { now, registration, wanted, gathering }),
      untriedSubnets: [],
      digests: [],
      restored: null,
    },
    starts: { tasks: [], codeDeployDeploymentId: null },
  }
}

function definitionIn(described: Loose | null): Loose | null {
  const definition = at(described, 'taskDefinition')
  return isLoose(definition) ? definition : null
}

/** What runs comes first: then nothing changes at all. */
function sameAs({ input }: Registration, described: readonly (Loose | null)[]): Loose | undefined {
  return described.find((one): one is Loose => one !== null && isSameRevision(input, one))
}

interface Now {
  /** Entry of DescribeServices. */
  readonly service: Loose | null
  /** Answer of DescribeTaskDefinition about what it runs. */
  readonly revision: Loose | null
}

async function runningNow({ cluster, service }: DeployRequest, { reader }: DeployDeps): Promise<Now> {
  if (service === null) return { service: null, revision: null }
  const answer: RawAnswer = await reader.read(describeServices, { cluster: [cluster], service: [lastPart(service)] })
  const found = answer.known ? answer.value.find(isLoose) : undefined
  const arn = idOf(found?.['taskDefinition'])
  return { service: found ?? null, revision: arn === null ? null : await described(reader, arn) }
}

/** Null where it could not be read, or does not exist. */
async function described(reader: DeployDeps['reader'], name: string): Promise<Loose | null> {
  const answer: RawAnswer = await reader.read(describeRevision, { id: [name] })
  return answer.known ? (answer.value.find(isLoose) ?? null) : null
}

async function registrationOf(
  { revision, images, keepNullValueKeys }: DeployRequest,
  { reader }: DeployDeps,
  running: Loose | null,
): Promise<Registration | null> {
  const { registrationFromFile, registrationFromRevision } = await import('../../aws/task-definition/registration.ts')
  const options = { images, keepNullValueKeys }
  if (revision.kind === 'file') return registrationFromFile(revision.path, options)
  if (Object.keys(images).length === 0) return null
  const base = revision.kind === 'running' ? running : await described(reader, revision.name)
  return base === null ? null : registrationFromRevision(base, options)
}

async function wantedRevision(
  { revision }: DeployRequest,
  reader: DeployDeps['reader'],
  running: Loose | null,
): Promise<Loose | null> {
  return revision.kind === 'named' ? described(reader, revision.name) : running
}

function gathered(
  request: DeployRequest,
  registration: Registration | null,
  reader: DeployDeps['reader'],
): Promise<ServiceGathering> {
  return gatherService(reader, serviceRequestOf(request, registration))
}

/** What preflight is asked for. */
export function serviceRequestOf(
  { cluster, service, images, revision, subnets, optIn }: DeployRequest,
  registration: Registration | null,
): ServiceRequest {
  const taskDefinition = registration?.definition ?? (revision.kind === 'named' ? revision.name : null)
  return { cluster, service, taskDefinition, images, ...(subnets === undefined ? {} : { subnets }), ...optIn }
}

function judged(gathering: ServiceGathering, { watch }: DeployRequest, { tool, clock }: DeployDeps): Report {
  const report = judgeGathered(gathering, watch, tool)
  return { ...report, mode: 'deploy', readAt: clock.now() }
}

function blankReport({ cluster }: DeployRequest, registration: Registration | null, deps: DeployDeps): Report {
  const { region } = deps.reader
  const target = {
    region,
    accountId: null,
    cluster: lastPart(cluster),
    service: '',
    taskDefinition: text(registration?.input['family']) ?? '',
  }
  const nothing = { steps: [], paths: [], findings: [], unknowns: [], forecast: null, ignored: [] }
  const outcome = { verdict: 'unknown', enforced: false, failingStep: null } as const
  return { schemaVersion: 1, tool: deps.tool, mode: 'deploy', target, ...outcome, ...nothing, readAt: deps.clock.now() }
}

function evidence({ facts }: ServiceGathering, report: Report): Ready['evidence'] {
  const { paths: _paths, findings: _findings, ...preflight } = evidenceOf(report, facts)
  const { taskDefinition } = facts
  return { preflight, containers: taskDefinition.known ? taskDefinition.value.containers : [] }
}

interface Sides {
  readonly now: Now
  readonly registration: Registration | null
  readonly wanted: Loose | null
  readonly gathering: ServiceGathering
}

/** Null where the running revision could not be read. */
function diffOf({ update }: DeployRequest, { now, registration, wanted, gathering }: Sides): Deployment['diff'] {
  if (now.revision === null) return null
  const after = registration?.input ?? definitionIn(wanted)
  if (after === null) return null
  const { running, wanted: asked } = digestsOf(gathering.facts)
  return revisionDiff(
    {
      definition: definitionIn(now.revision),
      tags: now.revision['tags'],
      digests: running,
      service: settingsOf(now.service ?? {}),
    },
    {
      definition: after,
      tags: registration === null ? wanted?.['tags'] : after['tags'],
      digests: asked,
      service: settingsOf(update),
    },
  )
}

/** What an update may change beside the revision. */
function settingsOf(members: Loose): Readonly<Record<string, string | number | boolean>> {
  const settings = ['desiredCount', 'enableECSManagedTags', 'propagateTags'].flatMap((name) => {
    const value = members[name]
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isPlain ? [[name, value] as const] : []
  })
  return Object.fromEntries(settings)
}

function arnOf(described: Loose | null): string | null {
  return idOf(at(described, 'taskDefinition', 'taskDefinitionArn'))
}

function accountIn(identity: RawAnswer): string | null {
  return identity.known ? idOf(at(identity.value[0], 'Account')) : null
}

function noRevision({ revision }: DeployRequest, region: string): UsageError {
  const name = revision.kind === 'named' ? ` ${revision.name}` : ''
  return new UsageError({
    en: `The task definition${name} could not be read in ${region}: the input "task-definition" takes a file, a family, family:revision or an ARN that exists.`,
    ko: `태스크 정의를 읽지 못했습니다:${name} (리전: ${region}). "task-definition" 입력에는 파일 또는 존재하는 패밀리, 패밀리:개정, ARN을 지정합니다.`,
  })
}

/** Its task sets are made by whoever the service's owner chose: UpdateService refuses a revision (ECS API Reference, UpdateService). */
function refuseExternal({ deploymentController, name }: Service): void {
  if (deploymentController !== 'EXTERNAL') return
  throw new UsageError({
    en: `\`deploy\` cannot deploy ${name}: its deployment controller is EXTERNAL, so that its own deployer makes its task sets. \`preflight\` before it and \`watch\` after it still guard it.`,
    ko: `\`deploy\` 명령으로 배포할 수 없는 서비스입니다: ${name}. 배포 컨트롤러가 EXTERNAL이므로 태스크 세트는 별도의 배포 도구가 만듭니다. 그 전에 \`preflight\`, 그 뒤에 \`watch\` 명령을 사용할 수 있습니다.`,
  })
}
