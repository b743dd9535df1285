/** The recorded documents are diagnosed as their index says. */
import { describe, expect, test } from '@jest/globals'
import { toEcsService } from '../../src/aws/facts/rollout.ts'
import type { Loose } from '../../src/aws/facts/shape.ts'
import { known } from '../../src/domain/answer.ts'
import type { EcsService, Poll } from '../../src/domain/rollout.ts'
import { stopReasonOf } from '../../src/rollout/diagnose/stop-reason.ts'
import { rolloutReport } from '../../src/rollout/report.ts'
import { document, documentNames, tasksOf } from './documents.ts'
import { deployment, followed, labelsOf, poll, service } from './world.ts'

const TASKS = '01 11 13 14 15 16 19'.split(' ')
const SERVICES = '02 03 04 05 26'.split(' ')
const STREAMS = '06 07 10'.split(' ')

test('every document has its test', () => {
  const tested = [...TASKS, ...SERVICES, ...STREAMS]
  expect(documentNames().map((name) => name.slice(0, 2))).toEqual(tested.sort())
})

function named(start: string): string {
  return documentNames().find((name) => name.startsWith(start)) ?? ''
}

describe('tasks', () => {
  /** What a watch tells of them, as tasks of its own deployment. */
  function told(start: string): string {
    const id = 'ecs-svc/1234567890123456789'
    const tasks = tasksOf(named(start)).map((task) => ({ ...task, startedBy: id }))
    const sight = { service: service({ deployments: [deployment({ id })] }), tasks }
    const { failures } = followed([poll(20, sight)])
    return failures.flatMap(({ title, why, notes }) => [title, why, ...notes].map(({ en }) => en)).join(' ')
  }

  test.each([
    ['01', /killed for memory/],
    ['01', /hard memory limit of container app is 1024 MiB/],
    ['01', /\(pause: 0\) follow from the stop of the task and are no cause/],
    ['01', /image, registry and the network to them are fine/],
    ['11', /load balancer health check fails/],
    ['11', /: 2\) follow from the stop/],
    ['13', /Container kaniko ended with exit code 1\./],
    ['13', /\(log_router: 0\) follow/],
    ['14', /does not exist, or may not be seen/],
    ['14', /The registry answered: the network path to it is fine/],
    ['16', /-timeout: 143\) follow/],
    ['19', /Container main ended with exit code 1\..*The image was pulled/],
  ])('%s says %s', (start, sentence) => {
    expect(told(start)).toMatch(sentence)
  })

  test.each(['13', '14', '15', '16', '19'])('%s: started by no deployment, it is none of a rollout', (start) => {
    const state = followed([poll(20, { tasks: tasksOf(named(start)) })])
    expect(state.failures).toEqual([])
    expect(rolloutReport(state).tasks.started).toBe(0)
  })

  test('out of memory is that of the container whose reason says so; the exit code 0 of the other follows from it', () => {
    const [task] = tasksOf(named('01'))
    const told = task && stopReasonOf(task)
    expect(told?.message.label).toBe('run/oom')
    expect(told?.container).toMatchObject({ name: 'app', exitCode: 137, memory: 1024 })
  })

  test('tasks that the load balancer found unhealthy', () => {
    const told = tasksOf(named('11')).flatMap((task) => stopReasonOf(task) ?? [])
    const ofHealth = told.filter(({ message }) => message.label === 'health/elb')
    expect(ofHealth).toHaveLength(4)
    expect(told).toHaveLength(4)
  })

  test('the container that exited 1 is the cause, not its neighbour', () => {
    const [task] = tasksOf(named('13'))
    expect(task && stopReasonOf(task)).toMatchObject({
      message: { label: 'run/essential-exited' },
      container: { name: 'kaniko', exitCode: 1 },
    })
  })

  test('an image that does not exist on Docker Hub', () => {
    const [task] = tasksOf(named('14'))
    expect(task && stopReasonOf(task)).toMatchObject({
      message: { label: 'pull/access-denied-or-missing', destination: 'registry:registry-1.docker.io' },
      step: 'pull',
    })
  })

  test.each(['15', '16'])('%s: an exit with 0 comes before the SIGTERM of others', (start) => {
    const [task] = tasksOf(named(start))
    expect(task && stopReasonOf(task)?.container?.exitCode).toBe(0)
    // Stand-alone: no deployment started it, so that no rollout counts it.
    expect(task?.startedBy ?? '').not.toMatch(/^ecs-svc\//)
  })

  test('old ARNs have no cluster; the subnet stands in the attachment', () => {
    const [task] = tasksOf(named('19'))
    expect(task).toMatchObject({
      id: 'eeccdb34-d8cf-49e7-b379-1cf4f123c0ee',
      subnetId: 'subnet-04ba0f3d6e8907049',
      privateIp: '10.0.3.61',
    })
    expect(task && stopReasonOf(task)).toMatchObject({
      message: { label: 'run/essential-exited' },
      container: { exitCode: 1 },
    })
  })
})

describe('services', () => {
  function observed(start: string): EcsService {
    const record = document<{ readonly services: readonly Loose[] }>(named(start)).services[0] ?? {}
    // One of them was trimmed by its authors.
    const arn = 'arn:aws:ecs:us-east-1:123456789012:service/demo/app'
    const names = { serviceArn: arn, clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/demo' }
    const service = toEcsService({ ...names, ...record })
    if (service === null) throw new TypeError('not a service')
    return service
  }

  function pollRollout(service: EcsService): Poll {
    const createdAt = Math.max(...service.deployments.map((one) => one.createdAt ?? 0))
    const none = known([])
    return {
      at: createdAt + 5_000,
      service: known(service),
      running: none,
      stopped: none,
      serviceDeployments: none,
      calls: 5,
    }
  }

  function judged(start: string, deploymentId: string | null = null) {
    const one = pollRollout(observed(start))
    return followed([one], { deploymentId, beganAt: one.at, deadlineAt: one.at + 600_000 })
  }

  test('steady for a hundred events: nothing is wrong', () => {
    expect(judged('02')).toMatchObject({ phase: 'steady', failures: [] })
  })

  test.each(['03', '04'])('%s: in progress; events of the rollout before are not ours', (start) => {
    expect(judged(start)).toMatchObject({ phase: 'rolling', over: false, failures: [] })
  })

  test('a deployment that is no longer the primary one was superseded', () => {
    const id = observed('05').deployments.find(({ status }) => status === 'ACTIVE')?.id ?? ''
    expect(judged('05', id)).toMatchObject({ phase: 'superseded', over: true })
  })

  test('a host port that is taken', () => {
    const state = judged('26')
    expect(labelsOf(state)).toEqual(['placement/resources'])
    expect(state.failures[0]).toMatchObject({ taskId: null, step: 'placement' })
    expect(state.phase).toBe('rolling')
    const remedies = state.failures.flatMap(({ remedy }) => remedy.map(({ en }) => en)).join(' ')
    expect(remedies).toContain('Set hostPort to 0 (dynamic port mapping)')
    expect(remedies).toContain('a spare instance')
  })
})
