/** A running task with what ECS Exec knows of it, from DescribeTasks. */
import type { EcsTask } from '../../domain/rollout.ts'
import { toEcsTask } from './rollout.ts'
import { flag, idOf, type Loose, listAt, prose, text } from './shape.ts'

export interface ExecTask extends EcsTask {
  /** As it was when the task started: a later change of the service leaves it. */
  readonly enableExecuteCommand: boolean
  readonly agents: readonly ExecAgent[]
}

/** The agent of ECS Exec in one container. */
export interface ExecAgent {
  readonly container: string
  /** `PENDING`, `RUNNING`, `STOPPED`. */
  readonly lastStatus: string
  readonly reason: string | null
}

export function toExecTask(record: Loose): ExecTask | null {
  const task = toEcsTask(record)
  if (task === null) return null
  const agents = listAt(record, 'containers').flatMap((container) =>
    listAt(container, 'managedAgents')
      .filter(({ name }) => name === 'ExecuteCommandAgent')
      .map((agent) => ({
        container: idOf(container['name']) ?? '',
        lastStatus: text(agent['lastStatus']) ?? 'UNKNOWN',
        reason: prose(agent['reason']),
      })),
  )
  return { ...task, enableExecuteCommand: flag(record['enableExecuteCommand']) ?? false, agents }
}
