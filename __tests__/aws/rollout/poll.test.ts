/** One look: what it asks, and what becomes of the parts that cannot be had. */
import { describe, expect, test } from '@jest/globals'
import { type PollRequest, pollRollout } from '../../../src/aws/rollout/poll.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import { type Scene, type Script, stage } from '../../commands/rolling-world.ts'
import {
  at,
  deployment,
  failedToStart,
  NO_SUCH_IMAGE,
  OLD,
  running,
  service,
  serviceDeployment,
  task,
  taskSet,
} from '../../rollout/world.ts'

const REQUEST: PollRequest = {
  cluster: 'demo',
  service: 'web',
  settled: new Set(),
  awaited: [],
  isWhole: true,
  serviceDeploymentArns: null,
  withCurrent: true,
  brief: null,
}

async function looked(scene: Scene, instead?: Script['instead'], request: Partial<PollRequest> = {}) {
  const { reader, clock, asked } = stage({ scene: () => scene, ...(instead === undefined ? {} : { instead }) })
  const look = await pollRollout(reader, { ...REQUEST, ...request }, clock.now)
  return { look, asked: asked.map(({ operation }) => operation) }
}

const scene: Scene = {
  service: service(),
  tasks: [task('t1'), running('t2')],
  serviceDeployments: [serviceDeployment()],
}

test('a service, its tasks and its service deployment', async () => {
  const { look, asked } = await looked(scene)
  expect(look.service).toMatchObject({
    known: true,
    value: { name: 'web', deployments: [{ id: deployment().id }, { id: OLD }] },
  })
  expect(look.running).toMatchObject({
    known: true,
    value: [
      { id: 't1', subnetId: task('t1').subnetId },
      { id: 't2', startedAt: at(35) },
    ],
  })
  expect(look.stopped).toEqual({ known: true, value: [] })
  expect(look.serviceDeployments).toMatchObject({
    known: true,
    value: [{ arn: serviceDeployment().arn, strategy: 'ROLLING' }],
  })
  expect(asked.sort()).toEqual([
    'DescribeServiceDeployments',
    'DescribeServices',
    'DescribeTasks',
    'ListServiceDeployments',
    'ListTasks',
    'ListTasks',
  ])
  expect(look.calls).toBe(6)
})

test('tasks at rest are not described again, and known deployments are not listed again', async () => {
  const request = {
    settled: new Set(['t1', 't2']),
    serviceDeploymentArns: [serviceDeployment().arn],
  }
  const { asked } = await looked(scene, undefined, request)
  expect(asked.sort()).toEqual(['DescribeServiceDeployments', 'DescribeServices', 'ListTasks', 'ListTasks'])
})

describe('a brief look', () => {
  const brief = { isNews: () => false, tasks: [], serviceDeploymentArns: [] }

  test('asks for the service alone while it stays as it is, and lists nothing', async () => {
    const { look, asked } = await looked(scene, undefined, { brief })
    expect(asked).toEqual(['DescribeServices'])
    expect(look).toMatchObject({ unlisted: true, calls: 1, running: { value: [] }, stopped: { value: [] } })
    expect(look.service).toMatchObject({ known: true, value: { name: 'web' } })
  })

  test('asks beside it for what it is told', async () => {
    const aside = { tasks: [task('t1').arn], serviceDeploymentArns: [serviceDeployment().arn] }
    const { look, asked } = await looked(scene, undefined, { brief: { ...brief, ...aside } })
    expect(asked.sort()).toEqual(['DescribeServiceDeployments', 'DescribeServices', 'DescribeTasks'])
    expect(look).toMatchObject({ unlisted: true, calls: 3, running: { value: [{ id: 't1' }] } })
    expect(look.serviceDeployments).toMatchObject({ value: [{ arn: serviceDeployment().arn }] })
  })

  test('asks for all the rest where the service shows something new, and for the service once', async () => {
    const { look, asked } = await looked(scene, undefined, { brief: { ...brief, isNews: () => true } })
    expect(asked.filter((operation) => operation === 'DescribeServices')).toHaveLength(1)
    expect(look.unlisted).toBeUndefined()
    expect(look.running).toMatchObject({ value: [{ id: 't1' }, { id: 't2' }] })
    expect(look.calls).toBe(6)
  })

  test('is all that is asked where the service could not be read', async () => {
    const { look, asked } = await looked(
      scene,
      (call) => (call.operation === 'DescribeServices' ? unread('throttled', call.permission, 'Rate exceeded') : null),
      { brief: { ...brief, isNews: () => true } },
    )
    expect(asked).toEqual(['DescribeServices'])
    expect(look).toMatchObject({ unlisted: true, service: { known: false } })
  })
})

test('a newer service deployment shows in the service, and is described in the same look', async () => {
  const newer = serviceDeployment({ arn: 'arn:newer', createdAt: at(60) })
  const current = {
    ...scene,
    service: service({ currentServiceDeploymentArn: 'arn:newer' }),
    serviceDeployments: [serviceDeployment(), newer],
  }
  const request = { serviceDeploymentArns: [serviceDeployment().arn] }
  const { look } = await looked(current, undefined, request)
  expect(look.serviceDeployments.known && look.serviceDeployments.value.map(({ arn }) => arn)).toEqual([
    'arn:newer',
    serviceDeployment().arn,
  ])
})

test('task sets are asked for where somebody else deploys', async () => {
  const codeDeploy = { ...scene, service: service({ controller: 'CODE_DEPLOY', deployments: [] }) }
  const instead: Script['instead'] = (call) =>
    call.operation === 'DescribeTaskSets'
      ? { known: true, value: [{ ...taskSet(), taskDefinition: 'web:8', stabilityStatus: 'STEADY_STATE' }] }
      : null
  const { look } = await looked(codeDeploy, instead)
  expect(look.service).toMatchObject({
    value: { taskSets: [{ id: deployment().id, stabilityStatus: 'STEADY_STATE' }] },
  })
})

describe('tasks that the lists do not show', () => {
  const asked = async (request: Partial<PollRequest>, other: Scene = scene) => {
    const { reader, clock, asked: all } = stage({ scene: () => other })
    const look = await pollRollout(reader, { ...REQUEST, ...request }, clock.now)
    return { look, ids: all.filter(({ operation }) => operation === 'DescribeTasks').flatMap(({ query }) => query.id) }
  }

  test('are described by their id while they are awaited, and once only', async () => {
    const { look, ids } = await asked({ awaited: [task('t1').arn, task('gone').arn] })
    expect(ids).toEqual([task('t1').arn, task('gone').arn, task('t2').arn])
    expect(look.absent).toEqual(['gone'])
    expect(look.running).toMatchObject({ known: true, value: [{ id: 't1' }, { id: 't2' }] })
  })

  test('a stop that is not listed yet is one all the same', async () => {
    const stopped = failedToStart('t9', NO_SUCH_IMAGE)
    const instead: Script['instead'] = (call) => (call.operation === 'ListTasks' ? known([]) : null)
    const { look } = await looked({ ...scene, tasks: [stopped] }, instead, { awaited: [stopped.arn] })
    expect(look.stopped).toMatchObject({ known: true, value: [{ id: 't9', stopCode: 'TaskFailedToStart' }] })
  })

  test('a look that is not whole leaves out the running ones', async () => {
    const { look, asked: operations } = await looked(scene, undefined, { isWhole: false, awaited: [task('t1').arn] })
    expect(operations.filter((one) => one === 'ListTasks')).toHaveLength(1)
    expect(look.running).toMatchObject({ known: true, value: [{ id: 't1' }] })
  })
})

test('every page of a list and every hundred tasks count as a call', async () => {
  const tasks = Array.from({ length: 250 }, (_, number) => running(`t${number}`))
  const { look } = await looked({ ...scene, tasks }, undefined, { serviceDeploymentArns: [] })
  // DescribeServices, three pages of running and one of stopped tasks, three times a hundred described.
  expect(look.calls).toBe(8)
})

test('of three hundred tasks, those of a call that fails are missing and no others', async () => {
  const tasks = Array.from({ length: 300 }, (_, number) => running(`t${number}`))
  const instead: Script['instead'] = (call, query) =>
    call.operation === 'DescribeTasks' && query.id?.some((id) => id.endsWith('/t150'))
      ? unread('throttled', call.permission, 'ThrottlingException')
      : null
  const { look } = await looked({ ...scene, tasks }, instead)
  expect(look.running.known && look.running.value.length).toBe(200)
})

test('what the service names as its current deployment is asked for where it is wanted', async () => {
  const current = { ...scene, service: service({ currentServiceDeploymentArn: 'arn:newer' }) }
  const { asked } = await looked(current, undefined, { serviceDeploymentArns: [], withCurrent: false })
  expect(asked.filter((one) => one.includes('ServiceDeployments'))).toEqual([])
  const wanted = await looked(current, undefined, { serviceDeploymentArns: [] })
  expect(wanted.asked.filter((one) => one.includes('ServiceDeployments'))).toEqual(['DescribeServiceDeployments'])
})

describe('a part that cannot be had', () => {
  const refusing =
    (operation: string): Script['instead'] =>
    (call) =>
      call.operation === operation ? unread('denied', call.permission, 'AccessDeniedException') : null

  test.each([
    ['DescribeServices', ['service']],
    ['ListTasks', ['running', 'stopped']],
    ['DescribeTasks', ['running']],
    ['ListServiceDeployments', ['serviceDeployments']],
  ] as const)('%s', async (operation, parts) => {
    const { look } = await looked(scene, refusing(operation))
    const missing = (['service', 'running', 'stopped', 'serviceDeployments'] as const).filter(
      (part) => !look[part].known,
    )
    expect(missing).toEqual(expect.arrayContaining([...parts]))
    for (const part of parts) expect(look[part]).toMatchObject({ because: 'denied' })
  })

  test('tasks that may not be listed are described as the events of the service name them', async () => {
    const id = '0123456789abcdef0123456789abcdef'
    const message = `(service web) has started 1 tasks: (task ${id}).`
    const named = { ...scene, tasks: [running(id)], service: service({ events: [{ id: 'e', at: at(1), message }] }) }
    const instead: Script['instead'] = (call, query) => {
      if (call.operation === 'ListTasks') return unread('denied', call.permission, 'AccessDeniedException')
      // By its short id, too, which an event gives.
      return call.operation === 'DescribeTasks' && query.id?.[0] === id
        ? known([{ taskArn: running(id).arn, lastStatus: 'RUNNING', desiredStatus: 'RUNNING' }])
        : null
    }
    const { look } = await looked(named, instead)
    expect(look.running).toMatchObject({ known: true, value: [{ id, lastStatus: 'RUNNING' }] })
    expect(look.stopped).toMatchObject({ known: false, because: 'denied' })
  })

  test('full records that cannot be had leave the brief ones', async () => {
    const { look } = await looked(scene, refusing('DescribeServiceDeployments'))
    expect(look.serviceDeployments).toMatchObject({ known: true, value: [{ status: 'IN_PROGRESS' }] })
  })

  test('a service that is not there is known to be none', async () => {
    expect((await looked({ ...scene, service: null })).look.service).toEqual({ known: true, value: null })
  })
})
