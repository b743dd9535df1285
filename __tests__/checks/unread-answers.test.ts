/** Whatever of network and roles nobody has read: no path is blocked by it, and nobody accused, that was not with all of it read. */
import { expect, test } from '@jest/globals'
import { SERVICES, serviceWorld } from '../../scripts/soak/worlds.ts'
import { oneOf } from '../../simulator/rollout/seeded-random.ts'
import { gatherService } from '../../src/aws/gather/index.ts'
import { openFolder } from '../../src/aws/reader/folder.ts'
import type { Reader } from '../../src/aws/reader/reader.ts'
import { withPaths } from '../../src/checks/engine/judge.ts'
import { type FoundByCheck, runChecks } from '../../src/checks/engine/run.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { type UnreadBecause, unread } from '../../src/domain/answer.ts'
import type { Path } from '../../src/domain/path.ts'
import { UsageError } from '../../src/domain/usage-error.ts'
import { scratch } from '../aws/scratch.ts'
import { draws } from '../draws.ts'

const HIDDEN = ['ec2', 'efs', 'fsx', 'iam', 'route53', 'route53profiles', 'route53resolver', 's3files', 'vpc-lattice']
const REASONS: readonly UnreadBecause[] = ['denied', 'absent', 'unreachable', 'garbled']
const WORLDS = SERVICES.filter((name) => !name.startsWith('shape/'))
const PAIRS = draws(2)

interface Hidden {
  readonly operation: string
  readonly because: UnreadBecause
}

/** A reader that does not get these answers, and a list of what it was asked. */
function without(source: Reader, hidden: readonly Hidden[]) {
  const asked = new Set<string>()
  const read: Reader['read'] = async (call, query) => {
    const operation = `${call.service}:${call.operation}`
    if (HIDDEN.includes(call.service)) asked.add(operation)
    const gone = hidden.find((one) => one.operation === operation)
    return gone === undefined ? source.read(call, query) : unread(gone.because, call.permission)
  }
  return { reader: { ...source, read }, asked }
}

const waysOf = ({ affects = [] }: FoundByCheck) =>
  affects.map(({ subnetId, destination }) => `${subnetId} → ${destination}`)
const keyOf = ({ from, destination, host, port }: Path) => JSON.stringify([from, destination, host, port])

type Request = Parameters<typeof gatherService>[1]

/** Null where so little is read that there is no report. */
async function judged(source: Reader, request: Request, hidden: readonly Hidden[]) {
  const { reader, asked } = without(source, hidden)
  try {
    const { facts, target } = await gatherService(reader, request)
    const whole = withPaths(facts, target)
    const { found } = runChecks(CHECKS, whole)
    const paths = whole.paths.known ? whole.paths.value : []
    return { paths, asked, blockers: found.filter(({ severity }) => severity === 'blocker') }
  } catch (error) {
    if (error instanceof UsageError) return null
    throw error
  }
}

test.each(WORLDS)('%s', async (name) => {
  const { files, cluster, service, taskDefinition } = await serviceWorld(name)
  const source = await openFolder(scratch(files))
  const request = { cluster, service, taskDefinition }
  const truth = await judged(source, request, [])
  if (truth === null) throw new Error('nothing could be read')
  const blocked = new Set(truth.paths.filter(({ outcome }) => outcome === 'blocked').map(keyOf))
  const accused = new Set(truth.blockers.flatMap((one) => [one.subject, ...waysOf(one)]))
  const operations = [...truth.asked].sort()
  const hide = (...drawn: readonly (string | number)[]): Hidden => ({
    operation: oneOf(operations, WORLDS.indexOf(name), 'operation', ...drawn) as string,
    because: oneOf(REASONS, WORLDS.indexOf(name), 'reason', ...drawn) as UnreadBecause,
  })
  const each = operations.map((operation) => [{ operation, because: hide(operation).because }])
  const pairs = Array.from({ length: PAIRS }, (_, nth) => [hide(nth, 1), hide(nth, 2)])

  const wrong: string[] = []
  for (const hidden of [...each, ...pairs]) {
    const own = await judged(source, request, hidden)
    const say = (what: string) => wrong.push(`${JSON.stringify(hidden)}: ${what}`)
    for (const path of own?.paths ?? []) {
      if (path.outcome !== 'blocked') continue
      if (!blocked.has(keyOf(path))) say(`${path.destination} is blocked`)
      if (path.hops.every(({ fault }) => fault === undefined)) say(`${path.destination} is blocked by nothing`)
    }
    for (const one of own?.blockers ?? []) {
      const ways = waysOf(one)
      const isKnown = accused.has(one.subject) || (ways.length > 0 && ways.every((way) => accused.has(way)))
      if (!isKnown) say(`${one.check.id} accuses ${one.subject}`)
    }
  }
  expect(wrong).toEqual([])
})
