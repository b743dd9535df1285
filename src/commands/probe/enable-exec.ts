/** `enable-exec`: ECS Exec is on for as long as a probe takes, by a deployment of its own; what the setting was is kept in the service's tags until it is so again. */
import type { Reader } from '../../aws/reader/reader.ts'
import { execPlan } from '../../deployment/temporary-settings.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { evidenceOf } from '../../rollout/diagnose/preflight-evidence.ts'
import { changeSettings, type Keeping, keepSettings } from '../settings/keep.ts'
import type { SettingsDeps, SettingsRequest } from '../settings/look.ts'
import { restoreSettings } from '../settings/restore.ts'
import { watchRun } from '../watch/loop.ts'
import type { Scene } from './scene.ts'

export interface ExecDeps extends SettingsDeps {
  readonly owner: string
  /** For the deployment that turns it on. */
  readonly waitMinutes: number
  /** They end with the signal, as what is put back does not. */
  readonly polls: Reader
  readonly patient: Reader
  readonly random: () => number
  readonly tool: Report['tool']
  readonly signal?: AbortSignal
}

/** A probe that takes all the time it is given is over before anybody else may put the setting back. */
const LEASE_BEYOND_WAIT_MS = 15 * 60_000
const KIND = 'enable-exec'

/** Puts back what an earlier run left. False where there is nothing of the kind. */
export async function execRestored(service: Service | null, deps: ExecDeps): Promise<boolean> {
  const { kept = [], illegible = [] } = service?.kept ?? {}
  if (service === null || ![...kept, ...illegible].some(({ kind }) => kind === KIND)) return false
  await restoreSettings({ ...requestOf(service, deps), kinds: [KIND] }, deps)
  return true
}

export interface ExecOn<T> {
  readonly done: T
  /** What stands in the tags afterwards; null where nothing was changed, or nobody could look. */
  readonly temporary: Report['temporary'] | null
}

/** `work` is told why not every task has ECS Exec then; null where that is not known. However it ends, the setting is put back. */
export async function withExecOn<T>(
  service: Service,
  scene: Scene,
  deps: ExecDeps,
  work: (because: Text | null, isChanged: boolean) => Promise<T>,
): Promise<ExecOn<T>> {
  const request = requestOf(service, deps)
  const until = deps.clock.now() + deps.waitMinutes * 60_000 + LEASE_BEYOND_WAIT_MS
  const keeping = await keepSettings({ ...request, kind: KIND, until, plan: execPlan }, deps)
  if (keeping.outcome !== 'kept') return { done: await work(keeping.because, false), temporary: null }
  try {
    const because = await turnedOn(request, scene, keeping, deps)
    const done = await work(because, true)
    return { done, temporary: await putBack(request, deps) }
  } catch (error) {
    await putBack(request, deps)
    throw error
  }
}

async function putBack(request: SettingsRequest, deps: ExecDeps): Promise<Report['temporary'] | null> {
  return (await restoreSettings({ ...request, kinds: [KIND] }, deps)).temporary
}

/** Null where every task has it. */
async function turnedOn(
  request: SettingsRequest,
  scene: Scene,
  keeping: Extract<Keeping, { readonly outcome: 'kept' }>,
  deps: ExecDeps,
): Promise<Text | null> {
  const { signal, say, clock, random, tool } = deps
  if (hasEnded(signal)) return CANCELLED
  say(STARTS_DEPLOYMENT)
  const changing = await changeSettings(request, keeping, deps)
  if (changing.outcome === 'refused') return changing.because
  const { rollout } = await watchRun(
    {
      cluster: request.cluster,
      service: request.service,
      deploymentId: newDeployment(scene.service, changing.service),
      waitMinutes: deps.waitMinutes,
      appearsWithinMinutes: 1,
      slowAfterMinutes: null,
      onFailure: 'report',
      logLines: 0,
      flowLogs: null,
      failOn: [],
      ignore: [],
    },
    {
      reader: deps.polls,
      patientReader: deps.patient,
      clock,
      random,
      tool,
      say,
      prepare: async () => evidenceIn(scene),
      ...(signal === undefined ? {} : { signal }),
    },
  )
  if (hasEnded(signal)) return CANCELLED
  return rollout === undefined || rollout.phase === 'steady'
    ? null
    : notSteady(rollout.hopeless?.because ?? rollout.because)
}

function hasEnded(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Null where it is not listed yet. */
function newDeployment(before: Service | null, after: Service): string | null {
  const known = before?.deployments.map(({ id }) => id) ?? []
  return after.deployments.find(({ id, status }) => status === 'PRIMARY' && !known.includes(id))?.id ?? null
}

function evidenceIn({ report, gathering: { facts } }: Scene) {
  const { paths: _paths, findings: _findings, ...preflight } = evidenceOf(report, facts)
  const { taskDefinition } = facts
  return { report, preflight, containers: taskDefinition.known ? taskDefinition.value.containers : [] }
}

function requestOf({ clusterArn, name }: Service, { owner }: ExecDeps): SettingsRequest {
  return { cluster: clusterArn, service: name, owner }
}

const STARTS_DEPLOYMENT: Text = {
  en: 'ECS Exec is off: a deployment of the same revision is started with it on, since it is fixed when a task starts. The setting is put back at the end.',
  ko: 'ECS Exec가 꺼져 있어 같은 개정으로 ECS Exec를 켠 배포를 시작합니다. ECS Exec 설정은 태스크가 시작될 때 정해지기 때문입니다. 끝나면 설정을 되돌립니다.',
}

const CANCELLED: Text = {
  en: 'The run was cancelled before the tasks had it.',
  ko: '태스크에 적용되기 전에 실행이 취소되었습니다.',
}

function notSteady(because: Text): Text {
  return {
    en: `The deployment that turns ECS Exec on did not come to a good end: ${because.en}`,
    ko: `ECS Exec를 켜는 배포가 정상적으로 끝나지 않았습니다. ${because.ko}`,
  }
}
