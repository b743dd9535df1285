/** What an endpoint answers comes from its DNS entries, whatever its type; and what a Route 53 Profile may answer. */
import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import type { Endpoint } from '../../../src/domain/network.ts'
import {
  ACCOUNT,
  add,
  BY_ENDPOINTS,
  BY_NAT,
  change,
  DKR,
  pathsOf,
  REGION,
  VPC,
  type World,
  withContainer,
  withNetwork,
  without,
} from '../../checks/world.ts'
import { answer, ask, way } from '../asking.ts'

const CLASSIC = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`
const DUAL = `${ACCOUNT}.dkr-ecr.${REGION}.on.aws`
const FIPS = `${ACCOUNT}.dkr.ecr-fips.${REGION}.amazonaws.com`
const OWN_NAME = `${DKR}-abc.dkr.ecr.${REGION}.vpce.amazonaws.com`
const LISTED = [OWN_NAME, `*.dkr.ecr.${REGION}.amazonaws.com`]

/** The service by endpoints alone, with this registry, and these DNS entries of the registry's endpoint. */
function pulling(host: string, dnsNames: readonly string[], more: Partial<Endpoint> = {}): World {
  return change(withContainer(BY_ENDPOINTS, { image: `${host}/web:1` }), 'endpoints', DKR, { dnsNames, ...more })
}

const manifest = (world: World) => [
  ...new Set(pathsOf(world).flatMap(({ destination, outcome }) => (destination === 'ecr-dkr' ? [outcome] : []))),
]

test.each<[string, World, string]>([
  ['classic, by its wildcard', pulling(CLASSIC, LISTED), 'reachable'],
  ['classic, by the zone alone', pulling(CLASSIC, [OWN_NAME, `dkr.ecr.${REGION}.amazonaws.com`]), 'reachable'],
  ['classic, of a recording without entries', pulling(CLASSIC, []), 'reachable'],
  ['classic, where only own names were recorded', pulling(CLASSIC, [OWN_NAME]), 'reachable'],
  ['dual-stack, where the classic names are listed', pulling(DUAL, LISTED), 'indeterminate'],
  ['dual-stack, of a recording without entries', pulling(DUAL, []), 'indeterminate'],
  ['dual-stack, so called, without entries', pulling(DUAL, [], { dnsRecordIpType: 'dualstack' }), 'indeterminate'],
  ['dual-stack, where both are listed', pulling(DUAL, [...LISTED, `*.dkr-ecr.${REGION}.on.aws`]), 'reachable'],
  [
    'classic, where only the dual-stack names are listed',
    pulling(CLASSIC, [`*.dkr-ecr.${REGION}.on.aws`]),
    'indeterminate',
  ],
  ['FIPS, which another service serves', pulling(FIPS, LISTED), 'blocked'],
  [
    'FIPS, where it is listed all the same',
    pulling(FIPS, [...LISTED, `*.dkr.ecr-fips.${REGION}.amazonaws.com`]),
    'reachable',
  ],
  ['a name that only ends alike', pulling(CLASSIC, [`*.ecr.${REGION}.amazonaws.com.example.com`]), 'indeterminate'],
])('the registry’s name is %s', (_, world, outcome) => {
  expect(manifest(world)).toEqual([outcome])
})

describe('an endpoint of another type', () => {
  const REGISTRY = 'registry.example.com'
  const [dkr] = BY_ENDPOINTS.network.endpoints.known
    ? BY_ENDPOINTS.network.endpoints.value.filter(({ id }) => id === DKR)
    : []
  if (dkr === undefined) throw new Error(`no ${DKR}`)
  const other = (type: string, dnsNames: readonly string[], more: Partial<Endpoint> = {}) =>
    add(without(BY_ENDPOINTS, 'endpoints', DKR), 'endpoints', {
      ...dkr,
      type,
      serviceName: '',
      privateDns: false,
      dnsNames,
      ...more,
    })

  test.each(['resource', 'servicenetwork', 'tunnel', 'something-new'])('%s answers the names that it lists', (type) => {
    const path = ask(other(type, [`${DKR}-snra.rcfg-1.4232ccc.vpc-lattice-rsc.${REGION}.on.aws`, REGISTRY]), REGISTRY)
    expect([path.outcome, way(path)[0]]).toEqual(['reachable', `dns ${DKR}`])
  })

  test.each<[string, World, string]>([
    ['no other', other('resource', [REGISTRY]), 'hub.example.com'],
    ['none below one, unless it is a wildcard', other('resource', ['example.com']), REGISTRY],
    ['none as long as it is being made', other('resource', [REGISTRY], { state: 'pending' }), REGISTRY],
    ['none by being a resource', other('resource', []), REGISTRY],
  ])('and %s', (_, world, host) => {
    expect(way(ask(world, host))).not.toContain(`dns ${DKR}`)
  })

  test('by a wildcard', () => {
    expect(ask(other('resource', ['*.example.com']), REGISTRY).outcome).toBe('reachable')
  })

  test('captures the name: a way to the internet is not taken', () => {
    const captured = add(BY_NAT, 'endpoints', {
      ...dkr,
      type: 'resource',
      serviceName: '',
      dnsNames: [REGISTRY],
      groupIds: [],
    })
    expect([ask(BY_NAT, REGISTRY).outcome, way(ask(captured, REGISTRY))[0]]).toEqual(['reachable', `dns ${DKR}`])
  })
})

describe('what a Route 53 Profile brings', () => {
  const ARN = 'arn:aws:ec2:ap-northeast-2:210987654321:vpc-endpoint/vpce-0f'
  const profiled = (world: World, vpcId = VPC) =>
    withNetwork(world, {
      resolver: { ...world.network.resolver, profiles: known([{ profileId: 'rp-1', vpcIds: [vpcId], arn: ARN }]) },
    })
  const isolated = without(BY_ENDPOINTS, 'endpoints', DKR)

  test('may answer for a name of AWS that the VPC itself leads nowhere', () => {
    expect(ask(isolated, CLASSIC).outcome).toBe('blocked')
    expect(answer(ask(profiled(isolated), CLASSIC))).toContain(
      `dns unknown: profile-may-answer rp-1 ${ARN} ${CLASSIC} (nothing would tell)`,
    )
    expect(ask(profiled(isolated), CLASSIC).outcome).toBe('indeterminate')
  })

  test.each<[string, World, string, string]>([
    ['not where an endpoint of the VPC answers', profiled(BY_ENDPOINTS), CLASSIC, 'reachable'],
    ['not for names of others', profiled(BY_NAT), 'quay.io', 'reachable'],
    ['not in another VPC', profiled(isolated, 'vpc-0other'), CLASSIC, 'blocked'],
  ])('%s', (_, world, host, outcome) => {
    expect(ask(world, host).outcome).toBe(outcome)
  })
})
