import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { DescribeServicesCommand, ListServicesCommand } from '@aws-sdk/client-ecs'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { ListHostedZonesByVPCCommand } from '@aws-sdk/client-route-53'
import { describe, expect, test } from '@jest/globals'
import type { Fault, FaultKind } from '../../simulator/fault.ts'
import { sequentialRounds } from '../../simulator/rounds.ts'
import { clientsOf, refusal, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'

async function faulty(faults: readonly Fault[], maxAttempts = 1) {
  const simulator = await simulate({ folder: SHARED, faults })
  return { simulator, ...clientsOf(simulator, { maxAttempts }) }
}

describe('each fault is what AWS would answer in that protocol', () => {
  const codes: readonly [kind: FaultKind, ec2: [string, number], json: [string, number], xml: [string, number]][] = [
    ['denied', ['UnauthorizedOperation', 403], ['AccessDeniedException', 400], ['AccessDenied', 403]],
    ['throttled', ['RequestLimitExceeded', 503], ['ThrottlingException', 400], ['Throttling', 400]],
    ['expired', ['RequestExpired', 400], ['ExpiredTokenException', 400], ['ExpiredToken', 403]],
  ]
  test.each(codes)('%s', async (kind, ec2Code, jsonCode, xmlCode) => {
    const { ec2, ecs, iam, route53 } = await faulty([{ on: '*', kind }])
    const refusals = await Promise.all([
      refusal(ec2.send(new DescribeVpcsCommand({}))),
      refusal(ecs.send(new ListServicesCommand({ cluster: 'demo' }))),
      refusal(iam.send(new GetRoleCommand({ RoleName: 'exec' }))),
      refusal(route53.send(new ListHostedZonesByVPCCommand({ VPCId: 'vpc-1', VPCRegion: 'ap-northeast-2' }))),
    ])
    expect(refusals.map(({ name, status }) => [name, status])).toEqual([ec2Code, jsonCode, xmlCode, xmlCode])
  })

  test('a denial names the caller and the action', async () => {
    const { ecs } = await faulty([{ on: 'ecs:ListServices', kind: 'denied' }])
    const { message } = await refusal(ecs.send(new ListServicesCommand({ cluster: 'demo' })))
    expect(message).toContain(
      'User: arn:aws:iam::123456789012:user/simulated is not authorized to perform: ecs:ListServices',
    )
  })

  test('torn: the connection ends without an answer', async () => {
    const { ec2, ecs } = await faulty([{ on: '*', kind: 'torn' }])
    for (const call of [ec2.send(new DescribeVpcsCommand({})), ecs.send(new ListServicesCommand({}))]) {
      expect(await refusal(call)).toMatchObject({ message: expect.stringMatching(/socket hang up|ECONNRESET|aborted/) })
    }
  })

  test('garbage: 200 with something that no protocol can mean', async () => {
    const { ec2, ecs } = await faulty([{ on: '*', kind: 'garbage' }])
    expect((await refusal(ec2.send(new DescribeVpcsCommand({})))).message).not.toBe('')
    expect((await refusal(ecs.send(new ListServicesCommand({})))).name).toBe('SyntaxError')
  })
})

describe('a fault meets the calls it is meant for', () => {
  test('and no others', async () => {
    const { ec2, ecs } = await faulty([{ on: 'ec2:Describe?pcs', kind: 'denied' }])
    expect((await refusal(ec2.send(new DescribeVpcsCommand({})))).name).toBe('UnauthorizedOperation')
    expect((await ec2.send(new DescribeSubnetsCommand({}))).Subnets).toHaveLength(3)
    expect((await ecs.send(new ListServicesCommand({ cluster: 'demo' }))).serviceArns).toHaveLength(1)
  })

  test('the first two, so that a client that tries again succeeds', async () => {
    const { simulator, ec2 } = await faulty([{ on: 'ec2:*', kind: 'throttled', times: 2 }], 3)
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(1)
    expect(simulator.requests().map(({ operation }) => operation)).toEqual(Array(3).fill('DescribeVpcs'))
  })

  test('the second and the fourth', async () => {
    const { ec2 } = await faulty([{ on: 'ec2:DescribeVpcs', kind: 'denied', calls: [2, 4] }])
    const outcomes: string[] = []
    for (let nth = 1; nth <= 5; nth += 1) {
      const outcome = await ec2.send(new DescribeVpcsCommand({})).then(
        () => 'well',
        () => 'denied',
      )
      outcomes.push(outcome)
    }
    expect(outcomes).toEqual(['well', 'denied', 'well', 'denied', 'well'])
  })
})

test('slow: the answer comes, later', async () => {
  const { simulator, ec2 } = await faulty([{ on: 'ec2:DescribeVpcs', kind: 'slow', ms: 250 }])
  await ec2.send(new DescribeVpcsCommand({}))
  const [slow] = simulator.requests()
  expect((slow?.answeredAt ?? 0) - (slow?.at ?? 0)).toBeGreaterThanOrEqual(245)
})

test('latency holds every answer back, and shows what waits for what', async () => {
  const simulator = await simulate({ folder: SHARED, latencyMs: 150 })
  const { ec2, ecs } = clientsOf(simulator)
  await ecs.send(new DescribeServicesCommand({ cluster: 'demo', services: ['web'] }))
  await Promise.all([ec2.send(new DescribeVpcsCommand({})), ec2.send(new DescribeSubnetsCommand({}))])
  const requests = simulator.requests()
  expect(requests.map(({ service }) => service)).toEqual(['ecs', 'ec2', 'ec2'])
  expect(requests[0]?.params).toEqual({ cluster: 'demo', services: ['web'] })
  expect(sequentialRounds(requests)).toBe(2)
})

test('rounds are the longest chain of requests that waited for each other', () => {
  const interval = (at: number, answeredAt: number | null) => ({ at, answeredAt })
  expect(sequentialRounds([])).toBe(0)
  expect(sequentialRounds([interval(0, 9), interval(1, 3), interval(4, 6)])).toBe(2)
  expect(sequentialRounds([interval(0, 5), interval(5, 9), interval(9, null)])).toBe(3)
})
