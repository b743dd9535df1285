import type { Scenario } from '../simulator/rollout/scenario.ts'

export const SCENARIOS: readonly string[]
export function scenarioNamed(name: string): Scenario
export function folderOf(name: string): Readonly<Record<string, unknown>>
