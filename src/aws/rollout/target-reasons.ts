/** Why a load balancer does not send traffic to a target, in its own words (DescribeTargetHealth). */
import type { Unread } from '../../domain/answer.ts'
import type { TargetReason } from '../../rollout/state.ts'
import { describeTargetHealth } from '../calls/elbv2.ts'
import { at, idOf, listAt, prose, text } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

export interface TargetReasons {
  /** Targets that are not healthy. */
  readonly targets: readonly TargetReason[]
  /** Why some could not be read; null where all were. */
  readonly missing: Unread | null
}

export async function readTargetReasons(reader: Reader, targetGroupArns: readonly string[]): Promise<TargetReasons> {
  const answers = await Promise.all(
    targetGroupArns.map(async (arn) => ({ arn, answer: await reader.read(describeTargetHealth, { id: [arn] }) })),
  )
  const targets = answers.flatMap(({ arn, answer }) =>
    (answer.known ? answer.value : [])
      .flatMap((one) => listAt(one, 'TargetHealthDescriptions'))
      .flatMap((one): readonly TargetReason[] => {
        const state = text(at(one, 'TargetHealth', 'State')) ?? 'unknown'
        const target = idOf(at(one, 'Target', 'Id'))
        if (target === null || state === 'healthy') return []
        const reason = idOf(at(one, 'TargetHealth', 'Reason'))
        const description = prose(at(one, 'TargetHealth', 'Description'))
        return [{ targetGroupArn: arn, target, state, reason, description }]
      }),
  )
  const missing = answers.map(({ answer }) => answer).find((answer): answer is Unread => !answer.known)
  return { targets, missing: missing ?? null }
}
