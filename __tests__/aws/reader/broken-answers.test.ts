/** Answers that are too large, never end, or are of other types than AWS promises: no answer, with the reason, and little memory. */
import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../../simulator/fault.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { Simulator } from '../../../simulator/start.ts'
import type { Call, Query } from '../../../src/aws/calls/call.ts'
import { describeSecurityGroups, describeSubnets } from '../../../src/aws/calls/ec2.ts'
import { describeServices, listClusters, listServices, listTasks } from '../../../src/aws/calls/ecs.ts'
import { listStoppedTasks } from '../../../src/aws/calls/watch.ts'
import { bodyBounds } from '../../../src/aws/reader/bounds.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import { openLive } from '../../../src/aws/reader/live.ts'
import { scratch } from '../scratch.ts'
import { simulate } from '../simulated.ts'

const MIB = 1024 * 1024
const CLUSTER = 'cluster-nestjs-second'
const SERVICE = { cluster: [CLUSTER], service: ['role-nestjs-second-service'] }

function readerOf({ region, url: endpoint }: Simulator) {
  return openLive({ region, endpoint, maxAttempts: 2 })
}

async function read(fault: Omit<Fault, 'on'>, call: Call<unknown>, query: Query = {}) {
  const simulator = await simulate({ files: seoulFiles({ healthy: true }), faults: [{ on: '*', ...fault }] })
  const answer = await readerOf(simulator).read(call, query)
  return { answer, requests: simulator.requests().length }
}

/** A body of so many bytes that has not ended; `read` is how many came through, or why it failed. */
function begun(bounded: ReturnType<typeof bodyBounds>, bytes: number) {
  const body = new PassThrough()
  const response = { headers: {}, body: body as Readable }
  bounded(response)
  const read = buffer(response.body).then(
    ({ length }) => length,
    (error: unknown) => error,
  )
  body.write(Buffer.alloc(bytes, '{'))
  return { read, end: () => body.end() }
}

describe('a body', () => {
  test.each<[string, number, Call<unknown>, Query]>([
    ['of 20 MiB in JSON', 20 * MIB, describeServices, SERVICE],
    ['of 20 MiB in XML', 20 * MIB, describeSubnets, {}],
    ['with a text of 1 MiB in XML', MIB, describeSubnets, {}],
  ])('%s is read by nobody, and not asked for again', async (_, bytes, call, query) => {
    const { answer, requests } = await read({ kind: 'huge', bytes }, call, query)
    expect(answer).toMatchObject({
      known: false,
      because: 'garbled',
      detail: expect.stringContaining('AnswerTooLarge'),
    })
    expect(requests).toBe(1)
  })

  test.each<[string, number, Call<unknown>, Query]>([
    ['of 8 MiB in JSON', 8 * MIB, describeServices, SERVICE],
    ['with a text of 100 KiB in XML', 100 * 1024, describeSubnets, {}],
  ])('%s is read', async (_, bytes, call, query) => {
    expect((await read({ kind: 'huge', bytes }, call, query)).answer).toMatchObject({ known: true })
  })

  test('is too much where others of its run are under way, and what was refused weighs nothing afterwards', async () => {
    const bounded = bodyBounds()
    const bodies = Array.from({ length: 4 }, () => begun(bounded, 10 * MIB))
    await Promise.race(bodies.map(({ read }) => read))
    for (const { end } of bodies) end()
    const all = await Promise.all(bodies.map(({ read }) => read))
    expect(all.map(String).sort()).toEqual([
      ...Array(3).fill(String(10 * MIB)),
      'AnswerTooLarge: the answers are larger than 32 MiB together',
    ])
    const next = begun(bounded, 10 * MIB)
    next.end()
    expect(await next.read).toBe(10 * MIB)
  })
})

describe('pages', () => {
  test.each<readonly [string, Call<unknown>, number]>([
    ['of clusters', listClusters as Call<unknown>, 200],
    ['of tasks, which a watch reads at every poll', listTasks as Call<unknown>, 100],
    ['of stopped tasks', listStoppedTasks as Call<unknown>, 100],
    ['of services', listServices as Call<unknown>, 1_000],
  ])('that go on for ever are no list: %s', async (_, call, most) => {
    let page = 0
    const next = () => {
      page += 1
      return { [call.list ?? '']: [`arn:aws:ecs:ap-northeast-2:1:x/${page}`], nextToken: `${page}` }
    }
    const simulator = await simulate({ files: seoulFiles(), operations: { ecs: { [call.operation]: next } } })
    const answer = await readerOf(simulator).read(call, call.by.cluster === undefined ? {} : { cluster: [CLUSTER] })
    expect(answer).toMatchObject({
      known: false,
      because: 'garbled',
      detail: expect.stringContaining('pages without end'),
    })
    expect(page).toBe(most + 1)
  })

  test('that hold the same once more are no list, whatever their tokens are', async () => {
    const { answer, requests } = await read({ kind: 'endless-pages' }, describeSecurityGroups)
    expect(answer).toMatchObject({
      known: false,
      because: 'garbled',
      detail: expect.stringContaining('the same page twice'),
    })
    expect(requests).toBe(2)
  })

  test('one of them empty are', async () => {
    const { answer } = await read({ kind: 'empty-page', times: 1 }, describeSecurityGroups)
    const { answer: unbroken } = await read({ kind: 'slow', ms: 0 }, describeSecurityGroups)
    expect(answer).toEqual(unbroken)
  })

  test('whose token is no text are not whole', async () => {
    const operations = {
      ecs: { ListTasks: () => ({ taskArns: [], nextToken: { Unexpected: ['token'] } }) },
    }
    const simulator = await simulate({ files: seoulFiles(), operations })
    expect(await readerOf(simulator).read(listTasks, SERVICE)).toMatchObject({ known: false, because: 'garbled' })
  })
})

describe('a member of another type', () => {
  const [arn, odd] = ['arn:aws:ecs:ap-northeast-2:1:task/c/1', { Unexpected: ['arn'] }]

  test('makes the whole answer one that is not understood, and is named', async () => {
    const operations = { ecs: { ListTasks: () => ({ taskArns: [arn, odd] }) } }
    const simulator = await simulate({ files: seoulFiles(), operations })
    expect(await readerOf(simulator).read(listTasks, SERVICE)).toMatchObject({
      ...{ known: false, because: 'garbled', permission: 'ecs:ListTasks' },
      odd: 'taskArns (object)',
    })
  })

  test.each<[string, object]>([
    ['a list', { services: 'none' }],
    ['an object', { services: ['web'] }],
    ['a text', { services: [{ serviceName: 7 }] }],
    ['a number', { services: [{ desiredCount: 'two' }] }],
    ['a flag', { services: [{ enableExecuteCommand: 'maybe' }] }],
    ['a text of a map', { services: [{ placementConstraints: [{ type: ['memberOf'] }] }] }],
  ])('in the place of %s', async (_, answer) => {
    const operations = { ecs: { DescribeServices: () => answer as never } }
    const simulator = await simulate({ files: seoulFiles(), operations })
    expect(await readerOf(simulator).read(describeServices, SERVICE)).toMatchObject({
      known: false,
      because: 'garbled',
    })
  })

  test('in a folder, where it is a name among names', async () => {
    const reader = await openFolder(scratch({ 'ecs/list-tasks.json': { taskArns: [arn, odd] } }))
    expect(await reader.read(listTasks, SERVICE)).toMatchObject({ known: false, because: 'garbled' })
  })
})
