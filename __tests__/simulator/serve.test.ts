import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { expect, test } from '@jest/globals'
import type { Operation } from '../../simulator/operation.ts'
import { scenarioOf } from '../../simulator/rollout/read-scenario.ts'
import { serveFolder } from '../../simulator/serve.ts'
import { type SimulatorOptions, startSimulator } from '../../simulator/start.ts'
import { clientsOf, refusal, simulate } from './support.ts'

const SHARED = '__tests__/fixtures/vpc/1'

/** Runs `serveFolder` until `use` is done with it. */
async function served(
  language: 'en' | 'ko',
  use: (lines: readonly string[], url: string) => Promise<void>,
  what: SimulatorOptions = { folder: SHARED },
) {
  const lines: string[] = []
  const stop = new AbortController()
  let ready = () => {}
  const printed = new Promise<void>((resolve) => {
    ready = resolve
  })
  const print = (line: string) => {
    lines.push(line)
    if (line.includes('Ctrl+C')) ready()
  }
  const serving = serveFolder({ ...what, language, print, signal: stop.signal })
  await Promise.race([printed, serving])
  const url = lines.join('\n').match(/AWS_ENDPOINT_URL=(\S+)/)?.[1] ?? ''
  await use(lines, url)
  stop.abort()
  await serving
  return url
}

test('simulate says how to point tools at it, serves, and frees its port when stopped', async () => {
  const url = await served('en', async (lines, address) => {
    expect(lines[0]).toBe(`Serving ${SHARED} as AWS at ${address} (account 123456789012, Region ap-northeast-2).`)
    expect(lines).toContain('export AWS_REGION=ap-northeast-2 AWS_DEFAULT_REGION=ap-northeast-2')
    const { ec2 } = clientsOf({ url: address })
    expect((await ec2.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(1)
  })
  expect((await refusal(clientsOf({ url }).ec2.send(new DescribeVpcsCommand({})))).message).toMatch(/ECONNREFUSED/)
})

test('simulate says which scenario plays, where, and how fast', async () => {
  const scenario = scenarioOf({ name: 'two-subnets', subnets: [{ id: 'subnet-1' }] })
  const expected = {
    en: 'The scenario two-subnets plays in service web of cluster demo, 60 times as fast as in reality.',
    ko: '재생하는 시나리오: two-subnets, 클러스터: demo, 서비스: web, 속도: 60배',
  }
  for (const language of ['en', 'ko'] as const) {
    await served(language, async (lines) => expect(lines[1]).toBe(expected[language]), { scenario, speed: 60 })
  }
})

test('simulate speaks Korean, with the same commands', async () => {
  await served('ko', async (lines, address) => {
    expect(lines[0]).toContain('AWS처럼 제공하는 폴더')
    expect(lines).toContain(`export AWS_ENDPOINT_URL=${address}`)
    expect(lines.filter((line) => /[a-z]/.test(line) && !/[가-힣]/.test(line) && !line.startsWith('export'))).toEqual(
      [],
    )
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)('simulate stops at %s and leaves no listener behind', async (signal) => {
  const before = process.listenerCount(signal)
  const lines: string[] = []
  let ready = () => {}
  const printed = new Promise<void>((resolve) => {
    ready = resolve
  })
  const serving = serveFolder({
    folder: SHARED,
    language: 'en',
    print: (line) => {
      lines.push(line)
      if (line.includes('Ctrl+C')) ready()
    },
  })
  await printed
  // The listeners go on after the last line; signals arrive between ticks.
  await new Promise((resolve) => setImmediate(resolve))
  process.emit(signal)
  await serving
  expect(process.listenerCount(signal)).toBe(before)
})

test('only this machine can reach it', async () => {
  const simulator = await simulate({ folder: SHARED })
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)
  expect(simulator.url).toBe(`http://127.0.0.1:${simulator.port}`)
  const elsewhere = own?.address ?? '127.0.0.2'
  const outcome = await new Promise<string>((resolve) => {
    const socket = connect({ host: elsewhere, port: simulator.port })
    socket
      .once('connect', () => resolve('connected'))
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
  })
  expect(outcome).toBe('ECONNREFUSED')
})

test('a port that is taken is an error, and a free one can be chosen', async () => {
  const { port } = await simulate({ folder: SHARED })
  await expect(startSimulator({ folder: SHARED, port })).rejects.toThrow(/EADDRINUSE/)
})

test('a scenario adds operations that change what it sees', async () => {
  let desiredCount = 2
  const updateService: Operation = ({ params }, world) => {
    desiredCount = Number(params['desiredCount'])
    return { service: { serviceName: params['service'], desiredCount, createdBy: world.accountId } }
  }
  const simulator = await simulate({ folder: SHARED, operations: { ecs: { UpdateService: updateService } } })
  const { ecs } = clientsOf(simulator)
  const answer = await ecs.send(new UpdateServiceCommand({ cluster: 'demo', service: 'web', desiredCount: 5 }))
  expect(answer.service).toEqual({ serviceName: 'web', desiredCount: 5, createdBy: '123456789012' })
  expect(desiredCount).toBe(5)
})
