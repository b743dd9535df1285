/** Reads a scenario, and says in one sentence what is wrong with one that is none. */
import * as v from 'valibot'
import { UsageError } from '../../src/domain/usage-error.ts'
import { type Scenario, ScenarioSchema } from './scenario.ts'

/** Throws UsageError, with the place of the first mistake. `source` names the scenario in it. */
export function scenarioOf(value: unknown, source = 'scenario'): Scenario {
  const parsed = v.safeParse(ScenarioSchema, value)
  if (!parsed.success) {
    const [issue] = parsed.issues
    const place = v.getDotPath(issue) ?? ''
    throw new UsageError({
      en: `The scenario ${source} is wrong at "${place}": it takes ${issue.expected ?? issue.message}, not ${issue.received}.`,
      ko: `시나리오 ${source}의 "${place}" 항목이 잘못되었습니다. 필요한 값: ${issue.expected ?? issue.message}, 받은 값: ${issue.received}`,
    })
  }
  const unknown = parsed.output.placements.find((id) => !parsed.output.subnets.some((subnet) => subnet.id === id))
  if (unknown !== undefined) {
    throw new UsageError({
      en: `The scenario ${source} places a task in a subnet that it does not list: ${unknown}.`,
      ko: `시나리오 ${source}의 placements 항목에 목록에 없는 서브넷이 있습니다: ${unknown}`,
    })
  }
  return parsed.output
}
