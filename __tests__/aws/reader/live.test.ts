import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import * as ec2 from '../../../src/aws/calls/ec2.ts'
import * as ecs from '../../../src/aws/calls/ecs.ts'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { troubleText } from '../../../src/aws/reader/live-errors.ts'
import { UsageError } from '../../../src/domain/usage-error.ts'
import { ec2Error, type Loopback, loopback, type Respond, ec2 as xml } from '../loopback.ts'

beforeAll(() => {
  process.env['AWS_ACCESS_KEY_ID'] = 'test'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test'
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
})

let server: Loopback | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function live(respond: Respond, more: object = {}) {
  server = await loopback(respond)
  return openLive({ region: 'us-east-1', endpoint: server.url, maxAttempts: 1, ...more })
}

const subnet = (id: string) => `<item><subnetId>${id}</subnetId><vpcId>vpc-1</vpcId></item>`

describe('a live read', () => {
  test('follows every page, and asks by filter', async () => {
    const reader = await live((response, { body }) => {
      const token = new URLSearchParams(body).get('NextToken')
      const last = `<subnetSet>${subnet('subnet-2')}</subnetSet>`
      const first = `<subnetSet>${subnet('subnet-1')}</subnetSet><nextToken>more</nextToken>`
      response.end(xml('DescribeSubnets', token === 'more' ? last : first))
    })
    const answer = await reader.read(ec2.describeSubnets, { vpc: ['vpc-1'], id: ['subnet-1', 'subnet-2'] })
    expect(answer).toMatchObject({ known: true, value: [{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }] })
    expect(reader.meter()).toEqual({ calls: 2, answered: 2, rounds: 1 })
    const form = new URLSearchParams(server?.asked[1]?.body)
    expect(Object.fromEntries(form)).toMatchObject({
      'Filter.1.Name': 'vpc-id',
      'Filter.1.Value.1': 'vpc-1',
      'Filter.2.Name': 'subnet-id',
      'Filter.2.Value.2': 'subnet-2',
      NextToken: 'more',
    })
  })

  test('does not go round and round when a page token comes back', async () => {
    const reader = await live((response) =>
      response.end(xml('DescribeSubnets', '<subnetSet/><nextToken>again</nextToken>')),
    )
    expect(await reader.read(ec2.describeSubnets)).toMatchObject({ known: false, because: 'garbled' })
    expect(reader.meter().calls).toBe(2)
  })

  test.each([
    ['service', 10, 25, [10, 10, 5]],
    ['task', 100, 201, [100, 100, 1]],
    ['instance', 100, 101, [100, 1]],
  ] as const)('asks for at most %i-fold lists of each %s', async (kind, _limit, many, sizes) => {
    const reader = await live((response) => response.end('{"services":[],"tasks":[],"containerInstances":[]}'))
    const ids = Array.from({ length: many }, (_unused, index) => `x${index}`)
    if (kind === 'service') await reader.read(ecs.describeServices, { cluster: ['demo'], service: ids })
    else
      await reader.read<unknown>(kind === 'task' ? ecs.describeTasks : ecs.describeContainerInstances, {
        cluster: ['demo'],
        id: ids,
      })
    const lengths = server?.asked.map(({ body }) => {
      const { services, tasks, containerInstances } = JSON.parse(body)
      return (services ?? tasks ?? containerInstances).length
    })
    expect(lengths?.sort((a, b) => b - a)).toEqual(sizes)
    expect(reader.meter().rounds).toBe(1)
  })

  test('puts at most 200 values into a filter', async () => {
    const reader = await live((response) => response.end(xml('DescribeSubnets', '<subnetSet/>')))
    await reader.read(ec2.describeSubnets, { id: Array.from({ length: 201 }, (_, index) => `subnet-${index}`) })
    expect(reader.meter()).toMatchObject({ calls: 2, rounds: 1 })
  })

  test('asks for nothing when nothing is named', async () => {
    const reader = await live((response) => response.end('{}'))
    expect(await reader.read(ec2.describeSubnets, { id: [] })).toEqual({ known: true, value: [] })
    expect(reader.meter()).toEqual({ calls: 0, answered: 0, rounds: 0 })
  })

  test('leaves out an egress-only gateway that is gone, and keeps the others', async () => {
    const reader = await live((response, { body }) => {
      if (body.includes('eigw-gone')) {
        response.writeHead(400).end(ec2Error('InvalidGatewayID.NotFound', 'The eigw ID eigw-gone does not exist'))
        return
      }
      const item = '<item><egressOnlyInternetGatewayId>eigw-1</egressOnlyInternetGatewayId></item>'
      response.end(
        xml(
          'DescribeEgressOnlyInternetGateways',
          `<egressOnlyInternetGatewaySet>${item}</egressOnlyInternetGatewaySet>`,
        ),
      )
    })
    const answer = await reader.read(ec2.describeEgressOnlyInternetGateways, { id: ['eigw-gone', 'eigw-1'] })
    expect(answer).toMatchObject({ known: true, value: [{ EgressOnlyInternetGatewayId: 'eigw-1' }] })
  })

  test('one chunk that is refused leaves the whole list unread', async () => {
    const reader = await live((response, { body }) =>
      body.includes('subnet-200')
        ? response.writeHead(403).end(ec2Error('UnauthorizedOperation', 'no'))
        : response.end(xml('DescribeSubnets', `<subnetSet>${subnet('subnet-1')}</subnetSet>`)),
    )
    const ids = Array.from({ length: 201 }, (_, index) => `subnet-${index}`)
    expect(await reader.read(ec2.describeSubnets, { id: ids })).toMatchObject({ known: false, because: 'denied' })
  })

  test('stops when the caller aborts', async () => {
    const stop = new AbortController()
    const reader = await live(() => stop.abort(), { signal: stop.signal })
    await expect(reader.read(ec2.describeVpcs)).rejects.toThrow(/abort/i)
  })
})

describe('an answer that cannot be had', () => {
  const json =
    (status: number, body: unknown): Respond =>
    (response) =>
      response.writeHead(status).end(JSON.stringify(body))
  const text =
    (status: number, body: string): Respond =>
    (response) =>
      response.writeHead(status).end(body)
  const torn: Respond = (response) => {
    response.writeHead(200, { 'content-length': '500' })
    response.write('<DescribeVpcs')
    response.socket?.destroy()
  }

  test.each<[string, string, Respond]>([
    ['denied', 'refused', text(403, ec2Error('UnauthorizedOperation', 'You are not authorized'))],
    ['denied', 'signed wrongly', text(401, ec2Error('AuthFailure', 'AWS was not able to validate'))],
    ['denied', 'refused by a proxy', text(403, '<html><body>Blocked</body></html>')],
    ['throttled', 'too often', text(503, ec2Error('RequestLimitExceeded', 'Request limit exceeded.'))],
    ['not-found', 'gone', text(400, ec2Error('InvalidVpcID.NotFound', 'The vpc ID does not exist'))],
    ['unreachable', 'an error of AWS', text(500, ec2Error('InternalError', 'An internal error has occurred'))],
    ['unreachable', 'torn', torn],
    ['unreachable', 'reset', (response) => response.socket?.destroy()],
    ['unreachable', 'never', () => {}],
    ['garbled', 'not XML', text(200, 'garbage')],
    ['garbled', 'cut short', text(200, '<DescribeVpcsResponse><vpcSet><item>')],
    ['garbled', 'without its list', text(200, xml('DescribeVpcs', ''))],
    ['garbled', 'a refusal of the parameters', text(400, ec2Error('InvalidParameterValue', 'no'))],
  ])('of EC2 is %s when it is %s', async (because, _, respond) => {
    const reader = await live(respond, { requestTimeoutMs: 200 })
    expect(await reader.read(ec2.describeVpcs)).toMatchObject({ known: false, because, permission: 'ec2:DescribeVpcs' })
  })

  test.each<[string, string, Respond]>([
    ['denied', 'refused', json(400, { __type: 'AccessDeniedException', message: 'User is not authorized' })],
    ['denied', 'asked with old credentials', json(400, { __type: 'ExpiredTokenException', message: 'expired' })],
    ['throttled', 'too often', json(400, { __type: 'ThrottlingException', message: 'Rate exceeded' })],
    ['not-found', 'about no cluster', json(400, { __type: 'ClusterNotFoundException', message: 'Cluster not found.' })],
    ['garbled', 'not JSON', text(200, '<html>')],
    ['garbled', 'empty', text(200, '')],
    ['garbled', 'another shape', json(200, { services: 'web' })],
  ])('of ECS is %s when it is %s', async (because, _, respond) => {
    const reader = await live(respond)
    const answer = await reader.read(ecs.describeServices, { cluster: ['demo'], service: ['web'] })
    expect(answer).toMatchObject({ known: false, because, permission: 'ecs:DescribeServices' })
  })

  const begins: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '100' })
    response.write('{"services":[')
  }
  const withoutEnd: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    const more = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(more))
  }
  const floods: Respond = (response) => {
    const chunk = ' '.repeat(1 << 20)
    const pour = () => {
      while (response.write(chunk)) if (response.destroyed) return
    }
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.on('drain', pour)
    pour()
  }
  const announces: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': `${64 * 1024 * 1024}` })
    response.write('{"services":[')
  }
  test.each<[string, string, Respond, object]>([
    ['unreachable', 'stands still half way', begins, { requestTimeoutMs: 200 }],
    ['unreachable', 'never ends', withoutEnd, { limits: { callMs: 300, runMs: 60_000 } }],
    ['unreachable', 'takes longer than the run may', withoutEnd, { limits: { callMs: 60_000, runMs: 300 } }],
    ['garbled', 'goes on beyond any size', floods, {}],
    ['garbled', 'announces more than any size', announces, {}],
  ])('is %s when it %s', async (because, _, respond, more) => {
    const reader = await live(respond, more)
    const query = { cluster: ['demo'], service: ['web'] }
    expect(await reader.read(ecs.describeServices, query)).toMatchObject({ known: false, because })
  })

  test('is not waited for, nor asked for, once the time of the run is up', async () => {
    const reader = await live(withoutEnd, { limits: { callMs: 60_000, runMs: 200 } })
    await reader.read(ecs.describeServices, { cluster: ['demo'], service: ['web'] })
    const asked = server?.asked.length
    const late = await reader.read(ecs.describeServices, { cluster: ['demo'], service: ['api'] })
    expect(late).toMatchObject({ because: 'unreachable', detail: expect.stringContaining('no whole answer') })
    expect(server?.asked.length).toBe(asked)
  })

  test('a task definition that does not exist has no error of its own', async () => {
    const reader = await live(json(400, { __type: 'ClientException', message: 'Unable to describe task definition.' }))
    expect(await reader.read(ecs.describeTaskDefinition, { id: ['web'] })).toMatchObject({ because: 'not-found' })
  })

  test('keeps what AWS said', async () => {
    const reader = await live(text(403, ec2Error('UnauthorizedOperation', 'You are not authorized')))
    expect(await reader.read(ec2.describeVpcs)).toMatchObject({
      detail: 'UnauthorizedOperation: You are not authorized',
    })
  })
})

describe('a run that can read nothing', () => {
  const refusal = async (reader: ReturnType<typeof openLive>) => {
    const error: unknown = await gatherService(reader, { cluster: 'demo', service: 'web' }).catch((reason) => reason)
    expect(error).toBeInstanceOf(UsageError)
    return (error as UsageError).text
  }

  test.each<[RegExp, string, string]>([
    [/credentials have expired/, 'ExpiredTokenException', 'ExpiredToken'],
    [/does not accept the credentials/, 'UnrecognizedClientException', 'AuthFailure'],
    [/refused every request.*--print-policy/, 'AccessDeniedException', 'UnauthorizedOperation'],
    [/throttled every request/, 'ThrottlingException', 'RequestLimitExceeded'],
  ])('says %s', async (sentence, jsonCode, xmlCode) => {
    const reader = await live((response, { operation, body }) => {
      if (operation === 'GetCallerIdentity' && jsonCode === 'AccessDeniedException') {
        response.end(
          '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
        )
        return
      }
      response
        .writeHead(400)
        .end(body.startsWith('{') ? JSON.stringify({ __type: jsonCode, message: 'x' }) : ec2Error(xmlCode, 'x'))
    })
    const text = await refusal(reader)
    expect(text.en).toMatch(sentence)
    expect(text.ko).toMatch(/니다/)
  })

  test.each<[string, number, string]>([
    ['a login page', 200, '<html>Sign in</html>'],
    ['a proxy that is broken', 502, '<html>Bad gateway</html>'],
  ])('does not take %s for AWS', async (_, status, page) => {
    const reader = await live((response) => response.writeHead(status, { 'content-type': 'text/html' }).end(page))
    expect((await refusal(reader)).en).toMatch(/^What answered is not AWS/)
  })

  test('says which address is none', async () => {
    const reader = openLive({ region: 'us-east-1', endpoint: 'nowhere', maxAttempts: 1 })
    expect((await refusal(reader)).en).toMatch(/AWS_ENDPOINT_URL .* is no address/)
  })

  test.each<[RegExp, Readonly<Record<string, string>>]>([
    [/No AWS credentials were found/, {}],
    [/the profile nope, which AWS_PROFILE names/, { AWS_PROFILE: 'nope' }],
    [/AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not/, { AWS_ACCESS_KEY_ID: 'AKIA' }],
    [/AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not/, { AWS_SECRET_ACCESS_KEY: 'x' }],
  ])('without credentials says %s', (sentence, env) => {
    const text = troubleText('no-credentials', { region: 'us-east-1', detail: '', env })
    expect(text.en).toMatch(sentence)
    expect(text.ko).toMatch(/니다/)
  })

  test('says that AWS cannot be reached, or that the Region has no host', async () => {
    const closed = await loopback(() => undefined)
    await closed.close()
    const nobody = openLive({ region: 'us-east-1', endpoint: closed.url, maxAttempts: 1 })
    expect((await refusal(nobody)).en).toMatch(/could not be reached.*ECONNREFUSED/)
    expect((await refusal(openLive({ region: 'us east', maxAttempts: 1 }))).en).toMatch(/"region" says us east/)
  })
})
