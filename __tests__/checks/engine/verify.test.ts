/** A remedy is called verified only where the paths, judged again with it in place, show its cause no more. */
import { describe, expect, test } from '@jest/globals'
import { gatherNetwork } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { mend } from '../../../src/checks/engine/mend.ts'
import { verifyRemedies } from '../../../src/checks/engine/verify.ts'
import { preflight } from '../../../src/commands/preflight/preflight.ts'
import type { Network } from '../../../src/domain/network.ts'
import type { Fault, Path } from '../../../src/domain/path.ts'
import type { Finding } from '../../../src/domain/report.ts'
import { indexNetwork } from '../../../src/network/network-index.ts'
import { trace } from '../../../src/network/reachability/trace.ts'

const FIXTURES = '__tests__/fixtures/vpc'
const ASKED = { cluster: 'demo', service: 'web', failOn: ['blocker'], ignore: [] } as const
const TOOL = { name: 'ecs-pull-guard', version: '0.0.0' }

/** Their repair needs a choice that nobody can foresee (which NAT gateway, which subnet), or is no edit of the network. */
const NEVER = [
  'service-spans-good-and-bad-subnets',
  'endpoint-zone-gap',
  'public-subnet-without-public-ip',
  'blackhole-route',
  'nat-gateway-broken',
  'endpoint-not-available',
]

async function findings(id: number): Promise<readonly Finding[]> {
  return (await preflight(ASKED, { reader: await openFolder(`${FIXTURES}/${id}`), tool: TOOL })).findings
}

describe('remedies', () => {
  test('of measured VPCs take their cause away, wherever the edit can be foreseen', async () => {
    const all = (await Promise.all(Array.from({ length: 40 }, (_, at) => findings(at + 1)))).flat()
    const network = all.filter(({ faults }) => faults !== undefined)
    const verified = network.filter(({ remedy }) => remedy.verified)
    expect(new Set(network.filter(({ remedy }) => !remedy.verified).map(({ check }) => check))).toEqual(
      new Set(network.map(({ check }) => check).filter((check) => NEVER.includes(check))),
    )
    expect(new Set(verified.map(({ check }) => check)).size).toBeGreaterThanOrEqual(6)
  })

  test('a remedy that leaves the cause in place is not verified', async () => {
    const network = await gatherNetwork(await openFolder(`${FIXTURES}/1`))
    const fault: Fault = {
      kind: 's3-route-missing',
      routeTableId: 'rtb-00001000000000011',
      endpointId: 'vpce-0000100000000000e',
      vpcId: 'vpc-00001000000000001',
      prefixListId: 'pl-78a54011',
    }
    const finding = {
      faults: [fault],
      affects: [{ subnetId: 'subnet-00001000000000002', destination: 's3' }],
      remedy: { verified: false },
    } as unknown as Finding
    const rejudge = (mended: Network): readonly Path[] => {
      const path = trace(indexNetwork(mended), {
        from: { subnetId: 'subnet-00001000000000002', groupIds: ['sg-00001000000000005'], publicIp: false },
        to: 's3',
        port: 443,
        protocol: 'tcp',
        sourcePort: null,
      })
      return path === null ? [] : [path]
    }
    expect(verifyRemedies([finding], network, rejudge)[0]?.remedy.verified).toBe(true)
    expect(verifyRemedies([finding], network, () => rejudge(network))[0]?.remedy.verified).toBe(false)
  })

  test('a fault without a foreseeable edit mends nothing', async () => {
    const network = await gatherNetwork(await openFolder(`${FIXTURES}/1`))
    expect(mend(network, [{ kind: 'nat-gateway-private', natGatewayId: 'nat-1' }])).toBeNull()
    expect(mend(network, [])).toBe(network)
  })
})
