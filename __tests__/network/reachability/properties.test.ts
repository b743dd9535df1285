/** Laws that hold for every network: the set engine against itself asked port by port, and rules that only ever open. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { gatherNetwork } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import type { Network, NetworkAclEntry, SecurityGroupRule } from '../../../src/domain/network.ts'
import { OUTCOMES, type Outcome } from '../../../src/domain/path.ts'
import { indexNetwork } from '../../../src/network/network-index.ts'
import { trace } from '../../../src/network/reachability/trace.ts'

const DESTINATIONS = ['ecr-api', 'ecr-dkr', 's3', 'internet']
const networks = await Promise.all(
  [1, 4, 6, 11, 18, 35, 40].map(async (id) => gatherNetwork(await openFolder(`__tests__/fixtures/vpc/${id}`))),
)

function rewrite<T>(
  answer: Network['subnets'] | { known: true; value: readonly T[] } | { known: false },
  change: (one: T) => T,
) {
  return answer.known ? { known: true as const, value: (answer.value as readonly T[]).map(change) } : answer
}

function ask(network: Network, to: string, sourcePort: number | null): readonly Outcome[] {
  const index = indexNetwork(network)
  const { subnets, securityGroups } = network
  if (!subnets.known || !securityGroups.known) throw new Error('fixture could not be read')
  const groupIds = securityGroups.value.filter(({ name }) => name === 'task').map(({ id }) => id)
  return subnets.value.map(({ id }) => {
    const path = trace(index, {
      from: { subnetId: id, groupIds, publicIp: false },
      to,
      port: 443,
      protocol: 'tcp',
      sourcePort,
    })
    return path?.outcome ?? 'indeterminate'
  })
}

const EDGES = [32768, 32769, 40000, 45000, 49151, 49152, 55000, 60999]
const port = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: 32768, max: 60999 }))
const cidr = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/8',
  '52.219.56.0/22',
  '52.219.0.0/16',
  '3.5.184.0/22',
  '10.35.0.0/16',
  '10.35.32.0/24',
)

const aclEntry: fc.Arbitrary<NetworkAclEntry> = fc.record({
  egress: fc.boolean(),
  ruleNumber: fc.integer({ min: 1, max: 300 }),
  allow: fc.boolean(),
  protocol: fc.constantFrom('-1', '6', '17'),
  cidr,
  ports: fc.option(fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))),
})

const groupRule: fc.Arbitrary<SecurityGroupRule> = fc.record({
  protocol: fc.constantFrom('-1', 'tcp', '6', 'udp'),
  ports: fc.option(
    fc.tuple(fc.constantFrom(0, 80, 443), fc.constantFrom(80, 443, 65535)).map(([from, to]) => ({ from, to })),
  ),
  cidrs: fc.array(cidr, { maxLength: 2 }),
  prefixListIds: fc.constantFrom([], ['pl-78a54011']),
  groupIds: fc.constantFrom([], ['sg-00001000000000005'], ['sg-00001000000000007']),
})

describe('laws of the path engine', () => {
  test('asked for all ports it agrees with itself asked port by port', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...networks),
        fc.array(aclEntry, { maxLength: 5 }),
        fc.constantFrom(...DESTINATIONS),
        fc.array(port, { minLength: 3, maxLength: 6 }),
        (base, entries, to, ports) => {
          const networkAcls = rewrite<{ entries: readonly NetworkAclEntry[] }>(base.networkAcls as never, (acl) => ({
            ...acl,
            entries: [...acl.entries, ...entries],
          }))
          const network = { ...base, networkAcls } as Network
          const whole = ask(network, to, null)
          const single = [...new Set([...ports, ...EDGES])].map((one) => ask(network, to, one))
          for (const [at, outcome] of whole.entries()) {
            const each = single.map((outcomes) => outcomes[at] as Outcome)
            if (outcome === 'reachable' || outcome === 'blocked') for (const one of each) expect(one).toBe(outcome)
            if (each.some((one) => one !== each[0]))
              expect(['intermittent', 'indeterminate', 'degraded']).toContain(outcome)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('one more security group rule never closes a path', () => {
    // Better for a caller, worst first; what was unsure may turn either way, but a rule opens and never closes.
    const rank = (outcome: Outcome) =>
      ({ blocked: 0, intermittent: 1, indeterminate: 1, degraded: 2, reachable: 3 })[outcome]
    fc.assert(
      fc.property(
        fc.constantFrom(...networks),
        groupRule,
        fc.boolean(),
        fc.constantFrom(...DESTINATIONS),
        (base, rule, egress, to) => {
          const side = egress ? 'egress' : 'ingress'
          const securityGroups = rewrite<Record<string, readonly SecurityGroupRule[]>>(
            base.securityGroups as never,
            (group) => ({ ...group, [side]: [...(group[side] ?? []), rule] }),
          )
          const before = ask(base, to, null)
          const after = ask({ ...base, securityGroups } as Network, to, null)
          for (const [at, outcome] of before.entries())
            expect(rank(after[at] as Outcome)).toBeGreaterThanOrEqual(rank(outcome))
        },
      ),
      { numRuns: 200 },
    )
  })

  test('every outcome is one of the five', () => {
    for (const network of networks)
      for (const to of DESTINATIONS) for (const one of ask(network, to, null)) expect(OUTCOMES).toContain(one)
  })
})
