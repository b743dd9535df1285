import { describe, expect, test } from '@jest/globals'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, change, DHCP, findingsOf, judge, told, unknownOf, VPC, withContainer } from '../world.ts'

const ID = 'custom-dns-servers'
const CUSTOM = change(BY_ENDPOINTS, 'dhcpOptions', DHCP, { domainNameServers: ['10.9.0.53', '10.9.1.53'] })

describe(ID, () => {
  test('found once for the VPC, with every name to be forwarded and the resolver that knows it', () => {
    expect(told(CUSTOM)).toEqual([`${ID} ${DHCP} (warning)`])
    const [finding] = findingsOf(CUSTOM, ID)
    expect(finding.what.en).toContain(`sends the DNS questions of ${VPC} to 10.9.0.53, 10.9.1.53`)
    expect(finding.what.en).toContain('forward these names to 10.0.0.2')
    expect(commandsOf(finding)).toEqual(
      ['10.9.0.53', '10.9.1.53'].map(
        (server) =>
          `dig +short @${server} api.ecr.ap-northeast-2.amazonaws.com 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com logs.ap-northeast-2.amazonaws.com`,
      ),
    )
    expectPages(finding)
  })

  test('a warning, even where the path fails whatever they answer', () => {
    const world = change(CUSTOM, 'securityGroups', 'sg-0a1b2c3d4e5f600f0', { egress: [] })
    expect(findingsOf(world, ID)[0].severity).toBe('warning')
  })

  test('hosts elsewhere are named whole', () => {
    const [finding] = findingsOf(withContainer(CUSTOM, { image: 'ghcr.io/shop/web:v7' }), ID)
    expect(finding.remedy.console[0]?.en).toContain('forward ghcr.io')
    expect(finding.remedy.console[0]?.en).toContain('amazonaws.com')
  })

  test.each([['AmazonProvidedDNS'], ['10.0.0.2']])('clear with %s', (server) => {
    expect(judge(change(CUSTOM, 'dhcpOptions', DHCP, { domainNameServers: [server] }))).toEqual({
      findings: [],
      unknowns: [],
    })
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
