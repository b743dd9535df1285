/** How long a rolling update takes while one of the service's subnets fails every start, beside how long it takes when none does. */
import type { Forecast } from '../domain/report.ts'
import type { Service } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { circuitBreakerThreshold, deploymentArithmetic } from './deployment-arithmetic.ts'
import { add, type Range, type StartHistory, scale, startSeconds } from './start-seconds.ts'
import { failingShare, type ZonedSubnet } from './subnet-split.ts'

export interface ForecastFacts {
  readonly service: Service
  readonly goodSubnets: readonly ZonedSubnet[]
  /** Subnets where no start succeeds. */
  readonly badSubnets: readonly ZonedSubnet[]
  readonly history?: StartHistory
}

/** What users report for a start whose packets are dropped; AWS publishes no timeouts. */
const FAILED_START: Range = [180, 300]
/** Deregistration delay of a target group unless it is configured. ELB User Guide, Target group attributes. */
const DRAIN_SECONDS = 300
/** Standard deviations above the mean under which four outcomes in five lie. */
const FOUR_IN_FIVE = 0.84
const ALMOST_CERTAIN = 1e-9

/**
 * Null where there is nothing to foretell in minutes: no task is wanted, no subnet is known, the deployment may not move,
 * or every start fails and it never ends.
 */
export function forecast({ service, goodSubnets, badSubnets, history }: ForecastFacts): Forecast | null {
  const { batch, waves, deadlock } = deploymentArithmetic(service)
  const subnets = goodSubnets.length + badSubnets.length
  const share = failingShare({ good: goodSubnets, bad: badSubnets, unsure: [] })
  if (waves === 0 || deadlock || subnets === 0 || share > 1 - ALMOST_CERTAIN) return null
  const desired = service.desiredCount
  const start = startSeconds(service, history)
  const drain = service.loadBalancers.length > 0 ? DRAIN_SECONDS : 0
  const clean = add(scale(start.seconds, waves), [drain, drain])
  const row = failuresInARow(share, batch, waves, desired)
  const lost: Range = [row.mean * FAILED_START[0], row.likelyMost * FAILED_START[1]]
  return {
    expectedFailedTasks: round((desired * share) / (1 - share)),
    expectedMinutes: minutes(add(clean, lost)),
    cleanMinutes: minutes(clean),
    basis: [
      ...(share > 0 ? [shareText(share, badSubnets.length, subnets), FAILURE_TEXT, RETRY_TEXT] : []),
      ...start.basis,
      wavesText(waves, batch, desired),
      ...(drain > 0 ? [DRAIN_TEXT] : []),
      ...(share > 0 && service.deploymentConfiguration.circuitBreaker?.enable === true ? [breakerText(desired)] : []),
    ],
  }
}

/**
 * Failures one after another that the deployment waits for. The tasks of a wave start together, so a wave waits for its
 * unluckiest task; waves follow each other, so their means and variances add up.
 */
function failuresInARow(
  share: number,
  batch: number,
  waves: number,
  desired: number,
): { readonly mean: number; readonly likelyMost: number } {
  const full = worstOf(batch, share)
  const last = worstOf(desired - batch * (waves - 1), share)
  const mean = full.mean * (waves - 1) + last.mean
  const variance = full.variance * (waves - 1) + last.variance
  return { mean, likelyMost: mean + FOUR_IN_FIVE * Math.sqrt(variance) }
}

/** The largest of `tasks` geometric numbers of failures: mean and variance, summed over its tail. */
function worstOf(tasks: number, share: number): { readonly mean: number; readonly variance: number } {
  let mean = 0
  let square = 0
  let failing = share
  for (let failures = 0; failures < 100_000; failures += 1) {
    const more = 1 - (1 - failing) ** tasks
    if (more < ALMOST_CERTAIN) break
    mean += more
    square += (2 * failures + 1) * more
    failing *= share
  }
  return { mean, variance: Math.max(0, square - mean * mean) }
}

function minutes([low, high]: Range): readonly [number, number] {
  return [round(low / 60), round(high / 60)]
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function shareText(share: number, failing: number, all: number): Text {
  const percent = Math.round(share * 100)
  return {
    en: `${failing} of ${all} subnets fail; ECS spreads tasks evenly over zones, so about ${percent} % of the starts land there.`,
    ko: `서브넷 ${all}개 중 ${failing}개에서 태스크 시작이 실패합니다. ECS는 가용 영역에 고르게 배치하므로 태스크의 약 ${percent}%가 이 서브넷에 배치됩니다.`,
  }
}

const FAILURE_TEXT: Text = {
  en: 'A start whose packets are dropped is given up after 3 to 5 minutes. AWS does not publish the timeouts; this is what users report.',
  ko: '패킷이 버려지면 태스크 시작은 3~5분 뒤에 실패로 끝납니다. AWS가 제한 시간을 공개하지 않으므로 사용자들이 보고한 값을 사용합니다.',
}

const RETRY_TEXT: Text = {
  en: 'Every new attempt is taken to choose its zone afresh; if ECS prefers the emptier zone, more attempts fail. The lower end is the average run of failures, each ending early; four deployments in five are over by the upper end. The growing pause that ECS makes between failing starts is not included.',
  ko: '재시도마다 가용 영역을 새로 고른다고 가정합니다. ECS가 태스크가 적은 영역을 우선하면 실패가 더 많아집니다. 하한은 평균적인 연속 실패가 각각 일찍 끝나는 경우이며, 배포 다섯 번 중 네 번은 상한 안에 끝납니다. 실패가 이어질 때 ECS가 점점 늘리는 대기 시간은 포함하지 않습니다.',
}

const DRAIN_TEXT: Text = {
  en: 'Old tasks drain for 300 seconds, the default deregistration delay of a target group.',
  ko: '이전 태스크의 드레이닝에 300초가 걸립니다. 대상 그룹의 등록 취소 지연 기본값입니다.',
}

function wavesText(waves: number, batch: number, desired: number): Text {
  return {
    en: `Tasks to replace: ${desired}, at most ${batch} at a time (waves: ${waves}).`,
    ko: `교체할 태스크: ${desired}개, 한 번에 최대 ${batch}개 (교체 횟수: ${waves}회)`,
  }
}

function breakerText(desired: number): Text {
  const threshold = circuitBreakerThreshold(desired)
  return {
    en: `The circuit breaker ends the deployment earlier after ${threshold} failures with no running task between them.`,
    ko: `실행에 성공한 태스크 없이 연속으로 실패하면 배포 회로 차단기가 배포를 더 일찍 끝냅니다. 연속 실패 기준: ${threshold}회`,
  }
}
