/** What preflight predicts of a subnet, and whether the rehearsal agrees. */
import { OUTCOMES, type Outcome, type Path } from '../../domain/path.ts'
import type { RehearsalOutcome } from '../../domain/rehearsal.ts'

/** Where no rehearsal goes: it has no environment files, and nobody opens a session in it. */
const NOT_REHEARSED: ReadonlySet<string> = new Set(['s3-env-files', 'ssmmessages'])

export function isRehearsed({ required, destination }: Pick<Path, 'required' | 'destination'>): boolean {
  return required && !NOT_REHEARSED.has(destination)
}

/** The worst of the paths that the task takes; `indeterminate` where preflight knows of none. */
export function predictedIn(subnetId: string, paths: readonly Path[]): Outcome {
  const own = paths.filter((path) => path.from.subnetId === subnetId && isRehearsed(path))
  return OUTCOMES.find((outcome) => own.some((path) => path.outcome === outcome)) ?? 'indeterminate'
}

/** Null where one of the two does not tell. An intermittent path lets a task through, or does not. */
export function agreement(outcome: RehearsalOutcome, predicted: Outcome): boolean | null {
  if (predicted === 'indeterminate' || outcome === 'not-placed' || outcome === 'timed-out') return null
  if (predicted === 'intermittent') return true
  return (outcome === 'pulled') === (predicted !== 'blocked')
}
