/** What earlier rehearsals of the family left: found by its name, and taken for ours by the lease in its tags alone. */
import { at, listAt } from '../../aws/calls/call.ts'
import {
  describeTaggedDefinition,
  describeTaggedTasks,
  listTaskDefinitions,
  listTasksOfFamily,
} from '../../aws/calls/rehearsal.ts'
import { listed, type Unread } from '../../domain/answer.ts'
import { leaseIn, mayTakeAway } from '../../domain/lease.ts'
import { REHEARSAL_TAG } from '../../domain/rehearsal.ts'
import type { Plan } from './plan.ts'
import type { RehearseDeps, RehearseRequest } from './request.ts'

export interface Things {
  /** ARNs. */
  readonly tasks: readonly string[]
  readonly definitions: readonly string[]
}

export interface Found extends Things {
  /** What could not be looked for. */
  readonly unread: Unread | null
}

/** Its own at once, anybody's after its lease. What has no lease was not made by a rehearsal, and stays. */
export async function leftoversOf(
  { cluster, family }: Plan,
  { owner }: Pick<RehearseRequest, 'owner'>,
  { reader, clock }: Pick<RehearseDeps, 'reader' | 'clock'>,
): Promise<Found> {
  const [active, inactive, running] = await Promise.all([
    reader.read(listTaskDefinitions, { name: [family], status: ['ACTIVE'] }),
    reader.read(listTaskDefinitions, { name: [family], status: ['INACTIVE'] }),
    reader.read(listTasksOfFamily, { cluster: [cluster], name: [family] }),
  ])
  const arns = [active, inactive].flatMap(listed)
  const [definitions, tasks] = await Promise.all([
    Promise.all(arns.map((arn) => reader.read(describeTaggedDefinition, { id: [arn] }))),
    reader.read(describeTaggedTasks, { cluster: [cluster], id: listed(running) }),
  ])
  const isOurs = (item: unknown) => {
    const lease = leaseIn(tagIn(at(item, 'tags'), REHEARSAL_TAG) ?? '')
    return lease !== null && mayTakeAway(lease, { owner, now: clock.now() })
  }
  return {
    definitions: definitions
      .flatMap(listed)
      .filter(isOurs)
      .flatMap((one) => one.taskDefinition?.taskDefinitionArn ?? []),
    tasks: listed(tasks)
      .filter(isOurs)
      .flatMap(({ taskArn }) => taskArn ?? []),
    unread: [active, inactive, running, ...definitions, tasks].find((one): one is Unread => !one.known) ?? null,
  }
}

export function tagIn(tags: unknown, key: string): string | null {
  const value = listAt({ tags }, 'tags').find((tag) => tag['key'] === key)?.['value']
  return typeof value === 'string' ? value : null
}
