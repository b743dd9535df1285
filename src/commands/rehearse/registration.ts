/** Registers the definition of a rehearsal once, whatever becomes of the answer. */
import { at, type Loose } from '../../aws/calls/call.ts'
import { describeTaggedDefinition, listTaskDefinitions } from '../../aws/calls/rehearsal.ts'
import { registerTaskDefinition } from '../../aws/calls/writes.ts'
import type { Refused } from '../../aws/writer/refusal.ts'
import type { Unsure, Written } from '../../aws/writer/writer.ts'
import { type Answer, known, together } from '../../domain/answer.ts'
import { RUN_TAG } from '../../domain/rehearsal.ts'
import { tagIn } from './leftovers.ts'
import type { Plan } from './plan.ts'
import type { RehearseDeps, Run } from './request.ts'

export interface Registered {
  readonly outcome: 'registered'
  readonly arn: string
  /** Each write was answered, so that there is no second one. */
  readonly isSure: boolean
}

/** Unsure where the write was not answered, and what became of it could not be seen. */
export async function registration(
  { registration: input, family }: Plan,
  { id, tags }: Run,
  deps: RehearseDeps,
): Promise<Registered | Refused | Unsure> {
  const { writer, clock, signal } = deps
  let isSure = true
  let unsure: Unsure | null = null
  for (let attempt = 1; ; attempt += 1) {
    // Sent again only where nothing was registered.
    const written: Written =
      unsure === null ? await writer.write(registerTaskDefinition, { ...input, tags }, signal) : unsure
    if (written.outcome === 'refused') return written
    const arn = written.outcome === 'done' ? arnIn(written.answer) : null
    if (arn !== null) return { outcome: 'registered', arn, isSure }
    isSure = false
    const found = await registeredBy(id, family, deps)
    const [first] = found.known ? found.value : []
    if (first !== undefined) return { outcome: 'registered', arn: first, isSure }
    const last: Unsure = written.outcome === 'unsure' ? written : GARBLED
    if (attempt === MOST_ATTEMPTS || signal?.aborted) return last
    unsure = found.known ? null : last
    await clock.sleep(attempt * 1_000, signal)
  }
}

const MOST_ATTEMPTS = 8
const GARBLED: Unsure = { outcome: 'unsure', permission: registerTaskDefinition.permission, detail: '' }

function arnIn(answer: Loose): string | null {
  const arn = at(answer, 'taskDefinition', 'taskDefinitionArn')
  return typeof arn === 'string' ? arn : null
}

/** ARNs of the active revisions that a run made. */
export async function registeredBy(
  run: string,
  family: string,
  { reader }: Pick<RehearseDeps, 'reader'>,
): Promise<Answer<readonly string[]>> {
  const listed = await reader.read(listTaskDefinitions, { name: [family], status: ['ACTIVE'] })
  if (!listed.known) return listed
  const described = together(
    await Promise.all(listed.value.map((arn) => reader.read(describeTaggedDefinition, { id: [arn] }))),
  )
  if (!described.known) return described
  const own = described.value.filter(({ tags }) => tagIn(tags, RUN_TAG) === run)
  return known(own.flatMap(({ taskDefinition }) => taskDefinition?.taskDefinitionArn ?? []))
}
