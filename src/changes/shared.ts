/** The changes of several remedies as one list: what two of them need alike is made once, and what they make has names of its own. */
import type { Change, ChangeOf } from '../domain/change.ts'
import type { NetworkConfiguration } from '../domain/service-change.ts'
import { isRef } from './change-kind.ts'

type UpdateService = ChangeOf<'update-service'>

type Awsvpc = NetworkConfiguration['awsvpcConfiguration']

export interface SharedChange {
  /** With names that hold in all of the lists. */
  readonly change: Change
  /** The list that it stands in first: an earlier one where that makes it already. */
  readonly first: number
}

/**
 * List by list. Changes are the same where their data are. One that says something anew as a whole (a revision, a network
 * configuration) starts from what an earlier list makes of it, and that stands in its list as well.
 */
export function shareChanges(lists: readonly (readonly Change[])[]): readonly (readonly SharedChange[])[] {
  const firsts = new Map<string, SharedChange>()
  const latest = new Map<string, SharedChange>()
  const taken = new Set<string>()
  return lists.map((list, first) => {
    const names = new Map<string, string>()
    return list.flatMap((own) => {
      const named = withNames(own, (ref) => names.get(ref) ?? ref)
      const same = firsts.get(JSON.stringify(named))
      const subject = subjectOf(named)
      const before = subject === null ? undefined : latest.get(subject)
      const carried = before === undefined ? named : carrying(named, before.change)
      const shared = same ?? { first, change: withOwnName(carried, taken) }
      firsts.set(JSON.stringify(named), shared)
      if (subject !== null && same === undefined) latest.set(subject, shared)
      if ('makes' in own && 'makes' in shared.change) names.set(own.makes, shared.change.makes)
      return before === undefined || same !== undefined ? [shared] : [before, shared]
    })
  })
}

/** Of what such a change says anew as a whole. */
function subjectOf(change: Change): string | null {
  if (change.kind === 'register-task-definition' && change.like !== null) return `revision of ${change.family}`
  if (change.kind === 'update-service' && change.networkConfiguration !== undefined)
    return `network of ${change.cluster}/${change.service}`
  return null
}

/** The same change, made after another one of its subject. */
function carrying(change: Change, before: Change): Change {
  if (change.kind === 'register-task-definition' && before.kind === 'register-task-definition')
    return { ...change, like: { ref: before.makes } }
  return change.kind === 'update-service' && before.kind === 'update-service' ? onTopOf(change, before) : change
}

/** What it leaves as it was, the earlier one may have changed. */
function onTopOf(change: UpdateService, { networkConfiguration: now }: UpdateService): UpdateService {
  const { networkConfiguration: wished, formerNetworkConfiguration: former } = change
  if (wished === undefined || former === undefined || now === undefined) return change
  const settled = <Name extends keyof Awsvpc>(name: Name): Awsvpc[Name] => {
    const [own, old] = [wished, former].map(({ awsvpcConfiguration }) => awsvpcConfiguration[name])
    return JSON.stringify(own) === JSON.stringify(old)
      ? now.awsvpcConfiguration[name]
      : wished.awsvpcConfiguration[name]
  }
  const securityGroups = settled('securityGroups')
  const awsvpcConfiguration = {
    subnets: settled('subnets'),
    ...(securityGroups === undefined ? {} : { securityGroups }),
    assignPublicIp: settled('assignPublicIp'),
  }
  return { ...change, networkConfiguration: { awsvpcConfiguration }, formerNetworkConfiguration: now }
}

/** All of them in one go, from top to bottom. */
export function together(lists: readonly (readonly Change[])[]): readonly Change[] {
  return shareChanges(lists).flatMap((list, at) => list.filter(({ first }) => first === at).map(({ change }) => change))
}

/** `makes` stays as wished: with it two changes that make the same are the same. */
function withNames(change: Change, name: (ref: string) => string): Change {
  return JSON.parse(JSON.stringify(change), (_, value: unknown) => (isRef(value) ? { ref: name(value.ref) } : value))
}

function withOwnName(change: Change, taken: Set<string>): Change {
  return 'makes' in change ? { ...change, makes: unused(change.makes, taken) } : change
}

/** With a number behind it, from the second on. */
export function unused(name: string, taken: Set<string>, between = '_'): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}${between}${number}`
  taken.add(free)
  return free
}
