/** Finished rollouts made by hand: one for each way in which a rollout ends, all of the same two or five tasks. */
import type { Report } from '../../src/domain/report.ts'
import type { RolloutFailure, RolloutPhase, RolloutReport, TimelineEntry } from '../../src/domain/rollout.ts'
import type { Text } from '../../src/domain/text.ts'
import { ALL_CLEAR, SEOUL, SUBNETS } from './samples.ts'

const BEGAN_AT = Date.parse('2024-11-07T05:03:10Z')

function at(seconds: number): number {
  return BEGAN_AT + seconds * 1000
}

interface Story {
  readonly id: string
  readonly subnet: (typeof SUBNETS)[number]
  readonly createdAt: number
  readonly pullingAt: number
  /** Exactly one of the two, in seconds; neither while it is under way. */
  readonly startedAt?: number
  readonly failedAt?: number
}

const [A, B, C] = SUBNETS
// biome-ignore format: one line a task
const GOOD: readonly Story[] = [
  { id: '1f0e9d8c7b6a49588776655443322110', subnet: A, createdAt: 6, pullingAt: 21, startedAt: 52 },
  { id: '2a1b0c9d8e7f46655443322110ffeedd', subnet: B, createdAt: 7, pullingAt: 24, startedAt: 58 },
]
// biome-ignore format: one line a task
const BAD: readonly Story[] = [
  { id: '3c2d1e0f9a8b47766554433221100fff', subnet: C, createdAt: 8, pullingAt: 22, failedAt: 224 },
  { id: '4e3f2a1b0c9d48877665544332211000', subnet: C, createdAt: 240, pullingAt: 255, failedAt: 461 },
]

const PULL_FAILED: Text = {
  en: 'The image layers could not be downloaded from S3',
  ko: 'S3에서 이미지 레이어를 내려받지 못했습니다',
}

const TIMED_OUT =
  'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com/…": dial tcp 52.219.148.62:443: i/o timeout'

function failureOf({ id, subnet, failedAt }: Story): readonly RolloutFailure[] {
  if (failedAt === undefined) return []
  return [
    {
      taskId: id,
      at: at(failedAt),
      subnetId: subnet[0],
      zone: subnet[1],
      privateIp: '10.20.3.57',
      label: 'pull/network-timeout',
      step: 'pull',
      destination: 's3-layers',
      address: { ip: '52.219.148.62', port: 443, is: 's3', endpointId: null },
      text: TIMED_OUT,
      container: 'web',
      exitCode: null,
      transient: false,
      cause: 's3-route-missing',
      causeSubject: 'rtb-0c9e8d7f6a5b4c3d2',
      confidence: 'proved',
      title: PULL_FAILED,
      why: {
        en: 'Nothing answered at an address of S3: the subnet has no route there.',
        ko: 'S3 주소에서 응답이 없었습니다. 서브넷에 S3로 가는 경로가 없습니다.',
      },
      remedy: [],
      notes: [
        {
          en: '52.219.148.62 is in the address ranges of S3 in ap-northeast-2.',
          ko: 'ap-northeast-2의 S3 주소 대역에 속하는 주소: 52.219.148.62',
        },
      ],
    },
  ]
}

function timelineOf(stories: readonly Story[], endsAt: number, because: Text): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [
    { at: at(0), what: { en: 'The deployment began.', ko: '배포가 시작되었습니다.' }, taskId: null },
  ]
  const add = (seconds: number | undefined, what: Text, taskId: string) => {
    if (seconds !== undefined) entries.push({ at: at(seconds), what, taskId })
  }
  for (const { id, createdAt, pullingAt, startedAt, failedAt } of stories) {
    add(createdAt, { en: 'Task created.', ko: '태스크가 생성되었습니다.' }, id)
    add(pullingAt, { en: 'Image pull began.', ko: '이미지 풀이 시작되었습니다.' }, id)
    add(startedAt, { en: 'Task started.', ko: '태스크가 시작되었습니다.' }, id)
    add(failedAt, { en: `Task failed: ${PULL_FAILED.en}`, ko: `태스크 실패: ${PULL_FAILED.ko}` }, id)
  }
  entries.push({ at: at(endsAt), what: because, taskId: null })
  return entries.toSorted((one, other) => one.at - other.at)
}

interface Ending {
  readonly phase: RolloutPhase
  readonly because: Text
  readonly stories: readonly Story[]
  readonly seconds: number
}

function rollout({ phase, because, stories, seconds }: Ending): RolloutReport {
  const failures = stories.flatMap(failureOf)
  const counts = SUBNETS.map(([subnetId, availabilityZone]) => {
    const own = stories.filter(({ subnet }) => subnet[0] === subnetId)
    return {
      subnetId,
      availabilityZone,
      started: own.length,
      failed: own.filter(({ failedAt }) => failedAt !== undefined).length,
      succeeded: own.filter(({ startedAt }) => startedAt !== undefined).length,
    }
  })
  return {
    phase,
    because,
    deploymentId: 'ecs-svc/4503899213471209837',
    serviceDeploymentArn: null,
    startedAt: at(0),
    endedAt: at(seconds),
    seconds,
    slow: {
      is: false,
      because: { en: 'As fast as usual.', ko: '평소와 같은 속도입니다.' },
      phase: null,
      baselineSeconds: 150,
      setting: null,
    },
    tasks: {
      started: stories.length,
      failed: failures.length,
      successRate: stories.length === 0 ? null : Math.round((1 - failures.length / stories.length) * 1000) / 1000,
    },
    bySubnet: counts.filter(({ started }) => started > 0),
    byZone: counts.filter(({ started }) => started > 0).map(({ subnetId: _, ...zone }) => zone),
    failures,
    suspicions: [],
    firstFailureSeenAt: failures[0]?.at ?? null,
    diagnosedAt: failures[0]?.at ?? null,
    timeline: timelineOf(stories, seconds, because),
    logs: [],
    phases: [],
    looks: { taken: 40, missed: 0, calls: 160 },
    notes: [],
  }
}

// biome-ignore format: an ending a line or two
const ENDINGS: readonly Ending[] = [
  { phase: 'steady', stories: GOOD, seconds: 160,
    because: { en: 'ECS completed the deployment on the new revision.', ko: 'ECS가 새 개정의 배포를 완료했습니다.' } },
  { phase: 'failed', stories: [...GOOD, ...BAD], seconds: 470,
    because: { en: 'ECS gave the deployment up: tasks failed to start.', ko: '태스크를 시작하지 못해 ECS가 배포를 중단했습니다.' } },
  { phase: 'rolled-back', stories: [...GOOD, ...BAD], seconds: 540,
    because: { en: 'The circuit breaker brought the old revision back.', ko: '배포 회로 차단기가 이전 개정으로 롤백했습니다.' } },
  { phase: 'superseded', stories: GOOD.slice(0, 1), seconds: 60,
    because: { en: 'A newer deployment took the place of this one.', ko: '더 새로운 배포가 이 배포를 대체했습니다.' } },
  { phase: 'timed-out', stories: [...GOOD, ...BAD], seconds: 1_800,
    because: { en: 'The budget of 30 minutes is used up; ECS is still trying.', ko: '대기 시간 30분을 모두 사용했습니다. ECS는 계속 시도하고 있습니다.' } },
  { phase: 'lost', stories: GOOD, seconds: 90,
    because: { en: 'ECS could no longer be read: the credentials expired.', ko: '자격 증명이 만료되어 ECS를 더 이상 읽지 못했습니다.' } },
  { phase: 'cancelled', stories: [], seconds: 12,
    because: { en: 'The job was cancelled.', ko: '작업이 취소되었습니다.' } },
]

/** A report of `watch`, by the phase in which it ended. */
export const ROLLOUTS: Readonly<Record<string, Report>> = Object.fromEntries(
  ENDINGS.map((ending) => {
    const failed = ending.stories.some(({ failedAt }) => failedAt !== undefined)
    return [`rollout-${ending.phase}`, { ...(failed ? SEOUL : ALL_CLEAR), mode: 'watch', rollout: rollout(ending) }]
  }),
)
