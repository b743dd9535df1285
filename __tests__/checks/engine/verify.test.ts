/** A remedy is called verified only where the facts, judged again with it in place, show the finding no more and no path worse. */
import { describe, expect, test } from '@jest/globals'
import { runChecks } from '../../../src/checks/engine/run.ts'
import { prove } from '../../../src/checks/engine/verify.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import type { Change } from '../../../src/domain/change.ts'
import { factsOf } from '../../changes/kind.ts'
import { BY_INSTANCE } from '../instance-world.ts'
import {
  A,
  ACCOUNT,
  acl,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  findingsOf,
  NAT_A,
  REGION,
  rule,
  S3,
  TABLE_A,
  TABLE_C,
  VPC,
  type World,
} from '../world.ts'

const TARGET = { region: REGION, accountId: ACCOUNT, cluster: 'shop', service: 'web', taskDefinition: 'web:1' }

/** The changes, proved against the world's finding of a check. */
function proof(world: World, check: string, ...changes: readonly Change[]) {
  const facts = factsOf(world)
  const found = runChecks(CHECKS, facts).found.find((one) => one.check.id === check)
  if (found === undefined) throw new Error(`${check} found nothing`)
  return prove(changes, found, facts, TARGET, CHECKS)
}

const withoutS3 = (tableId: string) => (world: World) =>
  change(world, 'routeTables', tableId, ({ routes }) => ({ routes: routes.slice(0, 1) }))

/** Neither table leads to S3. */
const NO_S3 = withoutS3(TABLE_A)(withoutS3(TABLE_C)(BY_ENDPOINTS))
const ROUTE: Change = { kind: 'modify-vpc-endpoint', vpcEndpointId: S3, addRouteTableIds: [TABLE_A] }

describe('a remedy is proved by what it does', () => {
  test('it is enough where the finding goes', () => {
    expect(proof(withoutS3(TABLE_A)(BY_ENDPOINTS), 's3-route-missing', ROUTE)).toEqual({
      changes: [ROUTE],
      isEnough: true,
    })
  })

  test('it is not where the cause stays', () => {
    const other: Change = { ...ROUTE, addRouteTableIds: [TABLE_C] } as Change
    expect(proof(NO_S3, 's3-route-missing', other).isEnough).toBe(false)
    expect(proof(NO_S3, 's3-route-missing').isEnough).toBe(false)
  })

  test('it is not where AWS would refuse it, or nobody can foresee it', () => {
    const pending = change(withoutS3(TABLE_A)(BY_ENDPOINTS), 'endpoints', S3, { state: 'pending' })
    expect(proof(pending, 's3-route-missing', ROUTE).isEnough).toBe(false)
    const elsewhere: Change = {
      kind: 'create-transit-gateway-vpc-attachment',
      makes: 'attachment',
      transitGatewayId: 'tgw-1',
      vpcId: VPC,
      subnetIds: [A],
    }
    expect(proof(withoutS3(TABLE_A)(BY_ENDPOINTS), 's3-route-missing', elsewhere, ROUTE).isEnough).toBe(false)
  })

  test('a part of a cause is not the whole, although the finding has another subject then', () => {
    const dead = (world: World, tableId: string) =>
      change(world, 'routeTables', tableId, ({ routes }) => ({
        routes: routes.map((route) =>
          route.target.kind === 'nat-gateway'
            ? { ...route, state: 'blackhole', target: { ...route.target, id: NAT_A } }
            : route,
        ),
      }))
    const both = dead(dead(BY_NAT, TABLE_A), TABLE_C)
    expect(findingsOf(both, 'blackhole-route')[0].subject).toBe(NAT_A)
    const [first, second] = findingsOf(both, 'blackhole-route')[0].remedy.changes
    if (first === undefined || second === undefined) throw new Error('two routes are to be replaced')
    expect(proof(both, 'blackhole-route', first).isEnough).toBe(false)
    expect(proof(both, 'blackhole-route', first, second).isEnough).toBe(true)
  })
})

/** The task in A may reach ECR by a NAT instance, the one in C has no way, and an endpoint would take over for both. */
const MIXED = change(BY_INSTANCE, 'routeTables', TABLE_C, ({ routes }) => ({ routes: routes.slice(0, 1) }))

const SHUT = 'sg-0a1b2c3d4e5f600f9'

function endpointWith(groupId: string): Change {
  return {
    kind: 'create-vpc-endpoint',
    makes: 'endpoint',
    vpcEndpointType: 'Interface',
    vpcId: VPC,
    serviceName: `com.amazonaws.${REGION}.ecr.api`,
    subnetIds: ['subnet-0a1b2c3d4e5f6000c'],
    securityGroupIds: [groupId],
    privateDnsEnabled: true,
  }
}

describe('a remedy that would make another path worse', () => {
  test('is not enough, but with the rule that lets the others in: private DNS leads them to the endpoint, too', () => {
    const ingress = [rule({ cidrs: ['10.0.3.0/24'] })]
    const shut = add(MIXED, 'securityGroups', { id: SHUT, vpcId: VPC, name: 'shut', ingress, egress: [] })
    const facts = factsOf(shut)
    const found = runChecks(CHECKS, facts).found.find((one) => one.check.id === 'endpoint-missing')
    if (found === undefined) throw new Error('endpoint-missing found nothing')
    const made = endpointWith(SHUT)
    expect(prove([made], found, facts, TARGET, [])).toEqual({ changes: [made], isEnough: false })
    const { changes, isEnough } = prove([made], found, facts, TARGET, CHECKS)
    expect(changes).toMatchObject([made, { kind: 'authorize-security-group-ingress', groupId: SHUT }])
    expect(isEnough).toBe(true)
  })

  test('is given what keeps the path: the network ACL lets the other subnet in as well', () => {
    const closed = change(MIXED, 'networkAcls', 'acl-0a1b2c3d4e5f6000c', {
      entries: acl('acl-0a1b2c3d4e5f6000c', []).entries.map((entry) =>
        entry.egress || !entry.allow ? entry : { ...entry, cidr: '10.0.3.0/24' },
      ),
    })
    const [finding] = findingsOf(closed, 'endpoint-missing')
    expect(finding.remedy.verified).toBe(true)
    expect(finding.remedy.changes.map(({ kind }) => kind)).toContain('create-network-acl-entry')
  })

  test('is given up where the group that shuts them out is not made yet, so that no rule can name it', () => {
    const facts = factsOf(MIXED)
    const found = runChecks(CHECKS, facts).found.find((one) => one.check.id === 'endpoint-missing')
    if (found === undefined) throw new Error('endpoint-missing found nothing')
    const shut: Change = { ...endpointWith('new-empty'), securityGroupIds: [{ ref: 'empty' }] } as Change
    const empty: Change = {
      kind: 'create-security-group',
      makes: 'empty',
      groupName: 'empty',
      description: '',
      vpcId: VPC,
    }
    expect(prove([empty, shut], found, facts, TARGET, CHECKS)).toEqual({ changes: [empty, shut], isEnough: false })
  })
})
