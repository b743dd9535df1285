/** Registers a revision once: where AWS leaves it open whether it did, the newest revisions of the family are looked at first. */
import type { Loose, RawAnswer } from '../../aws/calls/call.ts'
import { describeRevision, listRevisions } from '../../aws/calls/deploy.ts'
import { registerTaskDefinition } from '../../aws/calls/writes.ts'
import { at, idOf, isLoose, text } from '../../aws/facts/shape.ts'
import { isSameRevision } from '../../aws/task-definition/revision/same-revision.ts'
import type { Refused } from '../../aws/writer/refusal.ts'
import type { Unsure } from '../../aws/writer/writer.ts'
import { looked } from './look-up.ts'
import type { DeployDeps } from './request.ts'

export interface Registered {
  readonly outcome: 'done'
  readonly arn: string
}

/** `newest`: the number of the newest revision before; a later one that is the same is ours. */
export async function registeredOnce(
  input: Loose,
  newest: number,
  deps: DeployDeps,
  retries: number,
): Promise<Registered | Refused | Unsure> {
  const { writer, signal } = deps
  for (let again = 0; ; again += 1) {
    const written = await writer.write(registerTaskDefinition, input, signal)
    if (written.outcome === 'refused') return written
    const arn = written.outcome === 'done' ? idOf(at(written.answer, 'taskDefinition', 'taskDefinitionArn')) : null
    if (arn !== null) return { outcome: 'done', arn }
    const unsure: Unsure =
      written.outcome === 'unsure'
        ? written
        : {
            outcome: 'unsure',
            permission: registerTaskDefinition.permission,
            detail: 'taskDefinition.taskDefinitionArn',
          }
    const found = await looked(deps, () => laterSame(input, newest, deps))
    if (found === 'unread') return unsure
    if (found !== null) return { outcome: 'done', arn: found }
    if (again >= retries || signal?.aborted === true) return unsure
  }
}

/** ARN of the newest revision after `newest` that is what was to be registered; null where there is none. */
async function laterSame(input: Loose, newest: number, { reader }: DeployDeps): Promise<string | null | 'unread'> {
  const listed: RawAnswer = await reader.read(listRevisions, { name: [text(input['family']) ?? ''] })
  if (!listed.known) return listed.because === 'not-found' ? null : 'unread'
  const later = listed.value.flatMap((arn) => {
    return typeof arn === 'string' && Number(arn.slice(arn.lastIndexOf(':') + 1)) > newest ? [arn] : []
  })
  for (const arn of later) {
    const answer: RawAnswer = await reader.read(describeRevision, { id: [arn] })
    const described = answer.known ? answer.value.find(isLoose) : undefined
    if (described === undefined) return 'unread'
    if (isSameRevision(input, described)) return arn
  }
  return null
}
