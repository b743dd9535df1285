/** Registers the definition of a rehearsal once, whatever becomes of the answer. */
import { at, type Loose } from '../../aws/calls/call.ts'
import { describeTaggedDefinition, listTaskDefinitions } from '../../aws/calls/rehearsal.ts'
import { registerTaskDefinition } from '../../aws/calls/writes.ts'
import type { Refused } from '../../aws/writer/refusal.ts'
import type { Unsure } from '../../aws/writer/writer.ts'
import { RUN_TAG } from '../../domain/rehearsal.ts'
import { tagIn } from './leftovers.ts'
import type { Plan } from './plan.ts'
import type { RehearseDeps, Run } from './request.ts'

/** `arn`, or why there is none. Unsure only where neither the write nor the look-up was answered. */
export async function registration(
  { registration: input, family }: Plan,
  { id, tags }: Run,
  deps: RehearseDeps,
): Promise<{ readonly arn: string } | Refused | Unsure> {
  const { writer, clock, signal } = deps
  for (let attempt = 1; ; attempt += 1) {
    const written = await writer.write(registerTaskDefinition, { ...input, tags }, signal)
    if (written.outcome === 'refused') return written
    const arn = written.outcome === 'done' ? arnIn(written.answer) : null
    if (arn !== null) return { arn }
    const registered = await registeredBy(id, family, deps)
    if (registered.length > 0) return { arn: registered[0] ?? '' }
    const unsure = written.outcome === 'unsure' ? written : GARBLED
    if (attempt === MOST_ATTEMPTS || signal?.aborted) return unsure
    await clock.sleep(attempt * 1_000, signal)
  }
}

const MOST_ATTEMPTS = 6
const GARBLED: Unsure = { outcome: 'unsure', permission: registerTaskDefinition.permission, detail: '' }

function arnIn(answer: Loose): string | null {
  const arn = at(answer, 'taskDefinition', 'taskDefinitionArn')
  return typeof arn === 'string' ? arn : null
}

/** ARNs of the revisions that a run made. None where nobody can tell. */
export async function registeredBy(
  run: string,
  family: string,
  { reader }: Pick<RehearseDeps, 'reader'>,
): Promise<readonly string[]> {
  const listed = await reader.read(listTaskDefinitions, { name: [family], status: ['ACTIVE'] })
  const described = await Promise.all(
    (listed.known ? listed.value : []).map((arn) => reader.read(describeTaggedDefinition, { id: [arn] })),
  )
  return described
    .flatMap((answer) => (answer.known ? answer.value : []))
    .filter((answer) => tagIn(answer.tags, RUN_TAG) === run)
    .flatMap((answer) => answer.taskDefinition?.taskDefinitionArn ?? [])
}
