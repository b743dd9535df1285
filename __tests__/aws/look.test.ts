/** One look: what it asks, and what becomes of the parts that cannot be had. */
import { describe, expect, test } from '@jest/globals'
import { type LookRequest, lookAt } from '../../src/aws/look.ts'
import { unread } from '../../src/domain/answer.ts'
import { at, deployment, OLD, running, service, serviceDeployment, task, taskSet } from '../rollout/world.ts'
import { type Scene, type Script, stage } from '../runs/rolling-world.ts'

const REQUEST: LookRequest = {
  cluster: 'demo',
  service: 'web',
  settled: new Set(),
  awaited: [],
  isWhole: true,
  serviceDeploymentArns: null,
}

async function looked(scene: Scene, instead?: Script['instead'], request: Partial<LookRequest> = {}) {
  const { reader, clock, asked } = stage({ scene: () => scene, ...(instead === undefined ? {} : { instead }) })
  const look = await lookAt(reader, { ...REQUEST, ...request }, clock.now)
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

  test('full records that cannot be had leave the brief ones', async () => {
    const { look } = await looked(scene, refusing('DescribeServiceDeployments'))
    expect(look.serviceDeployments).toMatchObject({ known: true, value: [{ status: 'IN_PROGRESS' }] })
  })

  test('a service that is not there is known to be none', async () => {
    expect((await looked({ ...scene, service: null })).look.service).toEqual({ known: true, value: null })
  })
})
