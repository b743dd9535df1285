/** Somebody else's deployment in progress: said first, then waited for, refused or replaced. */
import type { RawAnswer } from '../../aws/calls/call.ts'
import { describeServices } from '../../aws/calls/ecs.ts'
import { toEcsService } from '../../aws/facts/rollout.ts'
import { lastPart } from '../../aws/facts/service.ts'
import { isLoose } from '../../aws/facts/shape.ts'
import type { DeployEnding } from '../../domain/deployment.ts'
import type { EcsService } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import { primaryOf } from '../../rollout/status/followed-deployment.ts'
import type { DeployDeps, DeployRequest } from './request.ts'

const EVERY_MS = 10_000

/** A deployment that is under way, and not ours. */
export interface Other {
  readonly id: string
  /** The revision that it brings, or where it is made. */
  readonly what: string
  readonly createdAt: number | null
}

/** Null where the service is free, or is to be taken all the same. */
export async function someoneElse(
  request: DeployRequest,
  deps: DeployDeps,
  look: () => Promise<Other | null>,
): Promise<DeployEnding | null> {
  const { clock, say, signal } = deps
  const { onBusy, watch } = request
  const deadline = clock.now() + watch.waitMinutes * 60_000
  for (let isFirst = true; ; isFirst = false) {
    const other = await look()
    if (other === null) return null
    if (isFirst) say(busyLine(other, onBusy, clock.now()))
    if (onBusy === 'proceed') return null
    if (onBusy === 'fail') return { kind: 'busy', deploymentId: other.id }
    if (signal?.aborted === true) return { kind: 'cancelled' }
    if (clock.now() + EVERY_MS > deadline) return { kind: 'still-busy', deploymentId: other.id }
    await clock.sleep(EVERY_MS, signal)
  }
}

/** Null where it could not be read. */
export async function serviceNow(
  { cluster, service }: Pick<DeployRequest, 'cluster' | 'service'>,
  { reader }: Pick<DeployDeps, 'reader'>,
): Promise<EcsService | null> {
  const answer: RawAnswer = await reader.read(describeServices, {
    cluster: [cluster],
    service: [lastPart(service ?? '')],
  })
  const record = answer.known ? answer.value.find(isLoose) : undefined
  return record === undefined ? null : toEcsService(record)
}

/** `wanted`: our own revision, which may be under way from an earlier run. */
export async function primaryInProgress(
  request: DeployRequest,
  deps: DeployDeps,
  wanted: string | null,
): Promise<Other | null> {
  const service = await serviceNow(request, deps)
  const primary = service === null ? null : primaryOf(service)
  if (primary?.rolloutState !== 'IN_PROGRESS' || primary.taskDefinitionArn === wanted) return null
  return { id: primary.id, what: lastPart(primary.taskDefinitionArn), createdAt: primary.createdAt }
}

function busyLine({ id, what, createdAt }: Other, onBusy: DeployRequest['onBusy'], now: number): Text {
  const minutes = createdAt === null ? null : Math.max(0, Math.round((now - createdAt) / 60_000))
  const since = minutes === null ? { en: '', ko: '' } : { en: `, for ${minutes} min`, ko: `, ${minutes}분 경과` }
  const next = NEXT[onBusy]
  return {
    en: `Somebody else's deployment is in progress: ${id} of ${what}${since.en}. ${next.en}`,
    ko: `다른 배포가 진행 중입니다: ${id} (${what}${since.ko}). ${next.ko}`,
  }
}

const NEXT: Readonly<Record<DeployRequest['onBusy'], Text>> = {
  wait: {
    en: 'Waiting for its end; `on-busy: proceed` would replace it.',
    ko: '끝날 때까지 기다립니다. `on-busy: proceed` 입력을 지정하면 그 배포를 대체합니다.',
  },
  fail: { en: 'Nothing is written.', ko: '아무것도 쓰지 않습니다.' },
  proceed: { en: 'It will be replaced.', ko: '이 배포를 대체합니다.' },
}
