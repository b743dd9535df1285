/** Is the rollout slow, against this service's own history or `slow-after`, and which phase and setting cost the time? */
import type { Slow, SlowPhase } from '../../domain/rollout.ts'
import type { Text } from '../../domain/text.ts'
import type { Rollout } from '../state.ts'
import { pausedHook } from '../status/followed-deployment.ts'
import { durationText } from './duration.ts'
import { baselineOf } from './history.ts'
import { lostSeconds, phasesOf, spanOf } from './timing.ts'

/** Twice as long as usual, and not merely by a few seconds. */
const TIMES = 2
const MORE_SECONDS = 60

export function slowOf(state: Rollout): Slow {
  const { seconds } = spanOf(state)
  const baselineSeconds = baselineOf(state)
  const limit =
    state.plan.slowAfterSeconds ??
    (baselineSeconds === null ? null : Math.max(baselineSeconds * TIMES, baselineSeconds + MORE_SECONDS))
  const { phase, cost, setting } = costliest(state)
  if (seconds === null || limit === null) {
    return { is: false, because: NOTHING_TO_COMPARE, phase, baselineSeconds, setting: null }
  }
  if (seconds <= limit) return { is: false, because: inTime(seconds, limit), phase, baselineSeconds, setting: null }
  return { is: true, because: tooLong(seconds, limit, baselineSeconds, cost), phase, baselineSeconds, setting }
}

interface Costliest {
  readonly phase: SlowPhase | null
  readonly cost: Text | null
  readonly setting: Text | null
}

/** Starts that failed cost their whole time; else the longest phase does. A bake and a pause are somebody's wish. */
function costliest(state: Rollout): Costliest {
  const { serviceDeployment } = state.followed
  if (serviceDeployment !== null && pausedHook(serviceDeployment) !== undefined) {
    return { phase: 'paused', cost: null, setting: SETTINGS.paused }
  }
  if (serviceDeployment?.lifecycleStage === 'BAKE_TIME') return { phase: 'bake', cost: null, setting: SETTINGS.bake }
  const phases = [...phasesOf(state)].sort((one, other) => other.seconds - one.seconds)
  const longest = phases[0]
  const lost = lostSeconds(state)
  const step = stepOfFailures(state)
  if (step !== null && lost > (longest?.seconds ?? 0)) {
    return { phase: step, cost: failuresCost(state, lost), setting: FAILURES_GOVERN }
  }
  if (longest === undefined) return { phase: null, cost: null, setting: null }
  return { phase: longest.phase, cost: phaseCost(longest), setting: SETTINGS[longest.phase] }
}

const STEPS: Readonly<Record<string, SlowPhase>> = {
  placement: 'placement',
  pull: 'pull',
  init: 'init',
  role: 'init',
  start: 'start',
  health: 'health',
}

function stepOfFailures({ failures }: Rollout): SlowPhase | null {
  const steps = failures.filter(({ taskId }) => taskId !== null).flatMap(({ step }) => STEPS[step ?? ''] ?? [])
  const counted = new Map<SlowPhase, number>()
  for (const step of steps) counted.set(step, (counted.get(step) ?? 0) + 1)
  return [...counted].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null
}

const NOTHING_TO_COMPARE: Text = {
  en: 'There is no earlier deployment of this service to compare with.',
  ko: '비교할 이 서비스의 이전 배포 기록이 없습니다.',
}

function inTime(seconds: number, limit: number): Text {
  const [took, most] = [durationText(seconds), durationText(limit)]
  return {
    en: `${took.en}, which is within the usual time (up to ${most.en}).`,
    ko: `소요 시간이 평소 범위 안입니다: ${took.ko}(기준: ${most.ko}).`,
  }
}

function tooLong(seconds: number, limit: number, baseline: number | null, cost: Text | null): Text {
  const [took, than] = [durationText(seconds), durationText(baseline ?? limit)]
  return {
    en: `It took ${took.en}; ${baseline === null ? `the limit is ${than.en}` : `usually it takes ${than.en}`}. ${cost?.en ?? ''}`.trim(),
    ko: `소요 시간: ${took.ko}(${baseline === null ? '제한' : '평소'}: ${than.ko}). ${cost?.ko ?? ''}`.trim(),
  }
}

function failuresCost({ failures }: Rollout, lost: number): Text {
  const count = failures.filter(({ taskId }) => taskId !== null).length
  const subnets = [...new Set(failures.flatMap(({ subnetId }) => subnetId ?? []))].sort().join(', ')
  const where = subnets === '' ? '' : ` (${subnets})`
  const time = durationText(lost)
  return {
    en: `${time.en} of it went into ${count} ${count === 1 ? 'start' : 'starts'} that failed${where}.`,
    ko: `그중 실패한 시작 ${count}회에 걸린 시간: ${time.ko}${where}.`,
  }
}

function phaseCost({ phase, seconds }: { readonly phase: SlowPhase; readonly seconds: number }): Text {
  const [name, time] = [PHASE_NAMES[phase], durationText(seconds)]
  return { en: `The longest phase is ${name.en}: ${time.en}.`, ko: `가장 오래 걸린 단계: ${name.ko}(${time.ko}).` }
}

export const PHASE_NAMES: Readonly<Record<SlowPhase, Text>> = {
  placement: { en: 'waiting for a task to be placed', ko: '태스크 배치 대기' },
  init: { en: 'provisioning', ko: '프로비저닝' },
  pull: { en: 'the image pull', ko: '이미지 풀' },
  start: { en: 'the container start', ko: '컨테이너 시작' },
  health: { en: 'health checks and traffic', ko: '상태 확인 및 트래픽 전환' },
  steady: { en: 'reaching a steady state', ko: '안정 상태 도달' },
  drain: { en: 'draining the old tasks', ko: '이전 태스크 드레이닝' },
  bake: { en: 'the bake time', ko: '베이크 시간' },
  paused: { en: 'a paused lifecycle hook', ko: '일시 중지된 수명 주기 후크' },
}

const FAILURES_GOVERN: Text = {
  en: 'No setting shortens this: what makes the starts fail has to be mended. After failed starts ECS also waits longer and longer before the next one (service throttle logic).',
  ko: '설정으로는 줄일 수 없으며 시작이 실패하는 원인을 해결해야 합니다. 시작이 반복해서 실패하면 ECS는 다음 시작까지 점점 더 오래 기다립니다(서비스 스로틀 로직).',
}

/** Amazon ECS Developer Guide, "Optimize Amazon ECS deployments" and "service throttle logic"; Elastic Load Balancing, target group attributes. */
export const SETTINGS: Readonly<Record<SlowPhase, Text>> = {
  placement: {
    en: 'Capacity and the scheduler govern it: after starts that fail, ECS waits longer and longer before the next one (service throttle logic).',
    ko: '용량과 스케줄러가 결정합니다. 시작이 반복해서 실패하면 ECS는 다음 시작까지 점점 더 오래 기다립니다(서비스 스로틀 로직).',
  },
  init: {
    en: 'Provisioning the network interface, secrets and the log configuration govern it.',
    ko: '네트워크 인터페이스 프로비저닝, 보안 암호, 로그 구성이 결정합니다.',
  },
  pull: {
    en: 'The compressed image size and the way to the registry govern it: a smaller image, SOCI, or an image in ECR of the same Region.',
    ko: '압축된 이미지 크기와 레지스트리 경로가 결정합니다. 이미지를 줄이거나 SOCI를 사용하거나 같은 리전의 ECR에 보관합니다.',
  },
  start: {
    en: 'dependsOn, startTimeout and the application itself govern it.',
    ko: 'dependsOn, startTimeout, 애플리케이션의 시작 시간이 결정합니다.',
  },
  health: {
    en: 'The health check governs it: HealthCheckIntervalSeconds × HealthyThresholdCount of the target group, interval and startPeriod of the container health check.',
    ko: '상태 확인 설정이 결정합니다. 대상 그룹의 HealthCheckIntervalSeconds × HealthyThresholdCount, 컨테이너 상태 확인의 interval 및 startPeriod 값을 확인합니다.',
  },
  steady: {
    en: 'minimumHealthyPercent and maximumPercent govern how many tasks are replaced at a time.',
    ko: 'minimumHealthyPercent 및 maximumPercent 값이 한 번에 교체되는 태스크 수를 결정합니다.',
  },
  drain: {
    en: 'deregistration_delay.timeout_seconds of the target group governs it (300 seconds unless set), then stopTimeout of the containers.',
    ko: '대상 그룹의 deregistration_delay.timeout_seconds 값(기본 300초)과 컨테이너의 stopTimeout 값이 결정합니다.',
  },
  bake: {
    en: 'bakeTimeInMinutes of the deployment configuration governs it.',
    ko: '배포 구성의 bakeTimeInMinutes 값이 결정합니다.',
  },
  paused: {
    en: 'A lifecycle hook of the type PAUSE waits for ContinueServiceDeployment.',
    ko: 'PAUSE 유형의 수명 주기 후크가 ContinueServiceDeployment 호출을 기다립니다.',
  },
}
