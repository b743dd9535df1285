/** Do the tasks run the images that they are to run? A tag may be moved while a rollout goes on. */
import { grouped } from '../../domain/collections.ts'
import type { RunningDigest } from '../../domain/rollout.ts'
import { isRunning } from '../observe/lifecycle.ts'
import type { RolloutFacts } from '../state.ts'
import type { WantedImages } from './preflight-evidence.ts'

type Known = Pick<RolloutFacts, 'tasks' | 'followed' | 'preflight'>

/**
 * A line for each container of the task definition and image that it runs, in the tasks that run now. None where the task definition of the
 * deployment could not be read. What AWS adds to a task (Service Connect, GuardDuty) is not in its task definition, and left out.
 */
export function runningDigests(known: Known): readonly RunningDigest[] {
  const tasks = runningTasks(known)
  return (wantedOf(known)?.images ?? []).flatMap(({ container, image, digests }) => {
    const [wanted = null] = digests
    const own = tasks.flatMap(({ task }) => task.containers.filter(({ name }) => name === container))
    const byDigest = [...grouped(own, ({ digest }) => digest ?? '').values()]
    return byDigest.map((alike): RunningDigest => {
      const running = alike[0]?.digest ?? null
      const same = wanted === null || running === null ? null : digests.includes(running)
      return { container, image, wanted, running, tasks: alike.length, same }
    })
  })
}

export function runningTasks({ tasks }: Pick<RolloutFacts, 'tasks'>): RolloutFacts['tasks'] {
  return tasks.filter(({ task }) => isRunning(task))
}

/** What a container runs that it is not to run, or what it runs beside the rest. */
export function otherImages(digests: readonly RunningDigest[]): readonly RunningDigest[] {
  const told = digests.filter(({ running }) => running !== null)
  return told.filter((one) => one.same === false || (one.same === null && isSplit(told, one.container)))
}

function isSplit(digests: readonly RunningDigest[], container: string): boolean {
  return digests.filter((one) => one.container === container).length > 1
}

/** A service may be updated between the reading of its task definition and the deployment that is followed. */
function wantedOf({ preflight, followed }: Known): WantedImages | null {
  const wanted = preflight?.wanted ?? null
  const runs = followed.deployment?.taskDefinitionArn ?? followed.taskSet?.taskDefinitionArn ?? null
  return wanted?.taskDefinitionArn === null || wanted?.taskDefinitionArn === runs ? wanted : null
}

/** `sha256:0123456789ab`: as many digits as Docker shows. */
export function digestText(digest: string): string {
  const [algorithm = '', digits = ''] = digest.split(':')
  return `${algorithm}:${digits.slice(0, 12)}`
}
