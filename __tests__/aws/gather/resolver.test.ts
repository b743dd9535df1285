/** Resolver rules, DNS Firewall and Route 53 Profiles of a VPC, read from a folder and over the wire. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { sequentialRounds } from '../../../simulator/rounds.ts'
import { startSimulator } from '../../../simulator/start.ts'
import { gatherNetwork, gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import type { Network } from '../../../src/domain/network.ts'
import { fixture } from '../scratch.ts'

beforeAll(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_EC2_METADATA_DISABLED: 'true' })
})

const VPC = 'vpc-0f00000000000000a'
const SERVICE = { cluster: 'prod', service: 'api' }
const association = (id: string, Priority: number, VpcId = VPC, Status = 'COMPLETE') => ({
  FirewallRuleGroupId: id,
  VpcId,
  Priority,
  Status,
})
const rule = (FirewallRuleGroupId: string, Priority: number, Action: string, list: string, more: object = {}) => ({
  FirewallRuleGroupId,
  Priority,
  Action,
  FirewallDomainListId: list,
  ...more,
})
const brought = (kind: string, ResourceProperties?: string) => ({
  ProfileId: 'rp-1',
  ResourceArn: `arn:aws:${kind}`,
  ResourceProperties,
  OwnerId: '210987654321',
})

const FILES: Readonly<Record<string, object>> = {
  'route53resolver/list-resolver-rules.json': {
    ResolverRules: [
      {
        Id: 'rslvr-rr-1',
        DomainName: 'Amazonaws.com.',
        RuleType: 'FORWARD',
        TargetIps: [
          { Ip: '10.9.0.53', Port: 53 },
          { Ipv6: 'fd00::53', Port: 53 },
        ],
      },
      { Id: 'rslvr-rr-2', DomainName: 'corp.example.com.', RuleType: 'FORWARD', TargetIps: [{ Ip: '10.9.0.53' }] },
      { Id: 'rslvr-autodefined-rr-internet-resolver', DomainName: '.', RuleType: 'RECURSIVE' },
    ],
  },
  'route53resolver/list-resolver-rule-associations.json': {
    ResolverRuleAssociations: [{ ResolverRuleId: 'rslvr-rr-1', VPCId: VPC, Status: 'COMPLETE' }],
  },
  'route53resolver/list-firewall-rule-group-associations.json': {
    FirewallRuleGroupAssociations: [
      association('rslvr-frg-late', 300),
      association('rslvr-frg-early', 101),
      association('rslvr-frg-other', 100, 'vpc-0other'),
    ],
  },
  'route53resolver/list-firewall-rules/early.json': {
    FirewallRules: [
      rule('rslvr-frg-early', 20, 'BLOCK', 'rslvr-fdl-managed', { BlockResponse: 'NXDOMAIN' }),
      rule('rslvr-frg-early', 10, 'ALLOW', 'rslvr-fdl-aws', {
        FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        Qtype: 'A',
      }),
      { FirewallRuleGroupId: 'rslvr-frg-early', Priority: 30, Action: 'BLOCK', DnsThreatProtection: 'DGA' },
    ],
  },
  'route53resolver/list-firewall-rules/rslvr-frg-late.json': { FirewallRules: [] },
  'route53resolver/list-firewall-rules/rslvr-frg-profile.json': {
    FirewallRules: [rule('rslvr-frg-profile', 1, 'ALERT', 'rslvr-fdl-all')],
  },
  'route53resolver/list-firewall-domains/rslvr-fdl-aws.json': { Domains: ['*.amazonaws.com.', 'Example.com.'] },
  'route53resolver/list-firewall-domains/rslvr-fdl-all.json': { Domains: ['*.'] },
  'route53profiles/list-profile-associations.json': {
    ProfileAssociations: [
      { ProfileId: 'rp-1', ResourceId: VPC, Status: 'COMPLETE' },
      { ProfileId: 'rp-2', ResourceId: 'vpc-0other', Status: 'COMPLETE' },
    ],
  },
  'route53profiles/list-profile-resource-associations/rp-1.json': {
    ProfileResourceAssociations: [
      brought('route53resolver:eu-west-1:210987654321:resolver-rule/rslvr-rr-2'),
      brought('route53resolver:eu-west-1:210987654321:firewall-rule-group/rslvr-frg-profile', '{"priority":200}'),
      brought('route53:::hostedzone/ZOWN'),
      brought('route53:::hostedzone/ZFOREIGN'),
      brought('ec2:eu-west-1:210987654321:vpc-endpoint/vpce-0f'),
    ],
  },
  'route53/list-resource-record-sets/ZOWN.json': {
    ResourceRecordSets: [
      { Name: 'db.corp.example.com.', Type: 'A', ResourceRecords: [{ Value: '10.0.0.9' }] },
      { Name: 'corp.example.com.', Type: 'NS', ResourceRecords: [{ Value: 'ns-1.example.' }] },
    ],
  },
}

/** The healthy service of `fixtures/field`, and these files. */
async function inFolder<T>(files: Readonly<Record<string, object>>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-resolver-'))
  try {
    cpSync(fixture('field/healthy'), folder, { recursive: true })
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), JSON.stringify(content))
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function networkOf(folder: string): Promise<Network> {
  const { facts } = await gatherService(await openFolder(folder), SERVICE)
  if (!facts.network.known) throw new Error('no network')
  return facts.network.value
}

const without = (file: string) => Object.fromEntries(Object.entries(FILES).filter(([path]) => path !== file))

describe('from a folder', () => {
  test('rules hold in the VPCs they are associated with, by themselves or by a profile', async () => {
    const { resolver } = await inFolder(FILES, networkOf)
    expect(resolver.rules).toEqual({
      known: true,
      value: [
        {
          id: 'rslvr-rr-1',
          vpcIds: [VPC],
          domain: 'amazonaws.com',
          type: 'forward',
          targets: ['10.9.0.53', 'fd00::53'],
        },
        { id: 'rslvr-rr-2', vpcIds: [VPC], domain: 'corp.example.com', type: 'forward', targets: ['10.9.0.53'] },
        { id: 'rslvr-autodefined-rr-internet-resolver', vpcIds: [], domain: '', type: 'recursive', targets: [] },
      ],
    })
  })

  test('firewall rules stand in the order in which a query meets them; a list that is not told is unread', async () => {
    const { resolver } = await inFolder(FILES, networkOf)
    expect(resolver.firewallRules).toMatchObject({
      value: [
        {
          vpcId: VPC,
          ruleGroupId: 'rslvr-frg-early',
          action: 'allow',
          trustsRedirection: true,
          queryType: 'A',
          domains: { value: ['*.amazonaws.com', 'example.com'] },
        },
        { ruleGroupId: 'rslvr-frg-early', action: 'block', blockResponse: 'nxdomain', domains: { because: 'absent' } },
        { ruleGroupId: 'rslvr-frg-early', action: 'block', domainListId: null, domains: { value: [] } },
        { ruleGroupId: 'rslvr-frg-profile', action: 'alert', trustsRedirection: false, domains: { value: ['*'] } },
      ],
    })
  })

  test('a zone of a profile whose records can be read is a zone like any other; the rest stays opaque', async () => {
    const { resolver, hostedZones } = await inFolder(FILES, networkOf)
    expect(hostedZones[VPC]).toMatchObject({ value: [{ id: 'ZOWN', name: 'corp.example.com', owner: '210987654321' }] })
    expect(resolver.profiles).toMatchObject({
      value: [
        { profileId: 'rp-1', vpcIds: [VPC], arn: 'arn:aws:route53:::hostedzone/ZFOREIGN' },
        { arn: 'arn:aws:ec2:eu-west-1:210987654321:vpc-endpoint/vpce-0f' },
      ],
    })
  })

  test.each<[string, keyof Network['resolver'], string]>([
    ['route53resolver/list-resolver-rules.json', 'rules', 'route53resolver:ListResolverRules'],
    ['route53resolver/list-resolver-rule-associations.json', 'rules', 'route53resolver:ListResolverRuleAssociations'],
    [
      'route53resolver/list-firewall-rule-group-associations.json',
      'firewallRules',
      'route53resolver:ListFirewallRuleGroupAssociations',
    ],
    ['route53resolver/list-firewall-rules/early.json', 'firewallRules', 'route53resolver:ListFirewallRules'],
    ['route53profiles/list-profile-associations.json', 'profiles', 'route53profiles:ListProfileAssociations'],
    [
      'route53profiles/list-profile-resource-associations/rp-1.json',
      'profiles',
      'route53profiles:ListProfileResourceAssociations',
    ],
  ])('without %s, %s are unread', async (file, part, permission) => {
    const { resolver } = await inFolder(without(file), networkOf)
    expect(resolver[part]).toMatchObject({ known: false, because: 'absent', permission })
    const others = Object.entries(resolver).filter(([name]) => name !== part)
    expect(others.filter(([, { known }]) => !known)).toEqual([])
  })
})

/** The rounds, too, once every client is loaded: one that is loaded while the others wait looks like a round. */
async function overTheWire(folder: string, latencyMs: number) {
  const simulator = await startSimulator({ folder, latencyMs })
  try {
    const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
    const { facts } = await gatherService(reader, SERVICE)
    return { network: facts.network.known ? facts.network.value : null, requests: simulator.requests() }
  } finally {
    await simulator.stop()
  }
}

describe('over the wire', () => {
  test('the same is read, in no further round', async () => {
    await inFolder(FILES, async (folder) => {
      await overTheWire(folder, 0)
      const { network, requests } = await overTheWire(folder, 500)
      const recorded = await networkOf(folder)
      const sayWhy = (value: unknown) =>
        JSON.parse(JSON.stringify(value, (key, one) => (key === 'because' || key === 'detail' ? '' : one)))
      expect(sayWhy(network?.resolver)).toEqual(sayWhy(recorded.resolver))
      expect(network?.hostedZones).toEqual(recorded.hostedZones)
      // Of a VPC that nobody asked about nothing is asked.
      expect(JSON.stringify(requests)).not.toMatch(/rslvr-frg-other|rp-2/)
      // The lists of a group that a profile brings are the one thing that takes a fifth.
      expect(sequentialRounds(requests)).toBeLessThanOrEqual(5)
    })
  })

  test('a trace knows it as well', async () => {
    await inFolder(FILES, async (folder) => {
      const recorded = await networkOf(folder)
      expect((await gatherNetwork(await openFolder(folder))).resolver).toEqual(recorded.resolver)
      const simulator = await startSimulator({ folder })
      try {
        const reader = openLive({ region: simulator.region, endpoint: simulator.url, maxAttempts: 1 })
        const { resolver } = await gatherNetwork(reader, { vpcIds: [VPC], subnetIds: ['subnet-0a000000000000001'] })
        expect(resolver.firewallRules).toMatchObject({
          value: [{ action: 'allow' }, {}, {}, { domains: { value: ['*'] } }],
        })
      } finally {
        await simulator.stop()
      }
    })
  })
})
