/** Hops are told apart by data, and their sentences are made of nothing else: rewording one changes no result. */
import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { gatherNetwork, gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { unread } from '../../../src/domain/answer.ts'
import type { Network } from '../../../src/domain/network.ts'
import { HOPS, type Hop, type Path } from '../../../src/domain/path.ts'
import { FAULTS } from '../../../src/network/faults.ts'
import { indexNetwork } from '../../../src/network/network-index.ts'
import { judgePaths } from '../../../src/network/reachability/judge.ts'
import { startupPolicy } from '../../../src/network/reachability/startup-policy.ts'
import { trace } from '../../../src/network/reachability/trace.ts'
import { startupNeeds } from '../../../src/task-start/startup-needs.ts'

const LISTS = [
  'vpcs',
  'routeTables',
  'networkAcls',
  'securityGroups',
  'endpoints',
  'interfaces',
  'natGateways',
] as const
const VPCS = '__tests__/fixtures/vpc'
const RECORDED = '__tests__/fixtures/batfish'
const folders = (root: string) => readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory())

/** Every start of the measured VPCs, whole and without one list at a time: unread as in the recordings, whose answers lack files. */
async function starts(id: string): Promise<readonly Path[]> {
  const reader = await openFolder(`${VPCS}/${id}`)
  const { facts, target } = await gatherService(reader, { cluster: 'demo', service: 'web' })
  const { service, taskDefinition, compute, network } = facts
  if (!service.known || !taskDefinition.known || !compute.known || !network.known) throw new Error(`${id} is unread`)
  const needs = startupNeeds(service.value, taskDefinition.value, compute.value, target.region)
  const policy = startupPolicy(taskDefinition.value, target, null)
  const parts: readonly Partial<Network>[] = [{}, ...LISTS.map((list) => ({ [list]: unread('absent', `ec2:${list}`) }))]
  return parts.flatMap((part) => judgePaths(indexNetwork({ ...network.value, ...part }), needs, policy))
}

/** From every interface of the recorded VPCs to every other, and to the internet. */
async function flows(name: string): Promise<readonly Path[]> {
  const index = indexNetwork(await gatherNetwork(await openFolder(`${RECORDED}/${name}`)))
  const interfaces = index.network.interfaces.known ? index.network.interfaces.value.slice(0, 6) : []
  return interfaces.flatMap(({ id }) =>
    [...interfaces.map(({ privateIps }) => privateIps[0] ?? ''), 'internet', 'ecr-api', 's3'].flatMap(
      (to) => trace(index, { from: { interfaceId: id }, to, port: 443, protocol: 'tcp', sourcePort: null }) ?? [],
    ),
  )
}

const paths = (
  await Promise.all([
    ...folders(VPCS).map(({ name }) => starts(name)),
    ...folders(RECORDED)
      .filter(({ name }) => name !== 'mutants')
      .map(({ name }) => flows(name)),
  ])
).flat()
const hops = paths.flatMap((path) => path.hops)

function groupsOf(key: (hop: Hop) => unknown, value: (hop: Hop) => unknown): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>()
  for (const hop of hops) {
    const name = JSON.stringify(key(hop))
    groups.set(name, (groups.get(name) ?? new Set()).add(JSON.stringify(value(hop))))
  }
  return [...groups].filter(([, values]) => values.size > 1).map(([name, values]) => [name, ...values])
}

test('hops with one reason say the same', () => {
  expect(hops.length).toBeGreaterThan(10_000)
  expect(
    groupsOf(
      ({ reason }) => reason,
      ({ why }) => why,
    ),
  ).toEqual([])
})

test('hops that say the same at one place have one reason', () => {
  expect(
    groupsOf(
      ({ at, id, decision, why }) => [at, id, decision, why],
      ({ reason }) => reason,
    ),
  ).toEqual([])
})

test('no path says anything twice, and each tells its hops in the order in which packets meet them', () => {
  const twice = paths.filter((path) => {
    const said = path.hops.map(({ at, id, decision, reason }) => JSON.stringify([at, id, decision, reason]))
    return new Set(said).size < said.length
  })
  expect(twice).toEqual([])
  const places = paths.map((path) => path.hops.map(({ at }) => HOPS.indexOf(at)))
  expect(places.filter((order) => order.some((place, at) => place < (order[at - 1] ?? 0)))).toEqual([])
})

test('a fault shows only at the hops that its row names', () => {
  const faulty = hops.flatMap(({ at, fault }) => (fault === undefined ? [] : [{ at, kind: fault.kind }]))
  expect(new Set(faulty.map(({ kind }) => kind)).size).toBeGreaterThan(10)
  expect(faulty.filter(({ at, kind }) => !FAULTS[kind].hops.includes(at))).toEqual([])
})
