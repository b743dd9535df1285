import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { refusal } from '../support.ts'
import { sceneOf, seoulScenario } from './scene.ts'

const GOOD = 'subnet-0e17c5b8a3d94f602'
const BAD = 'subnet-09d2f7a641be3c85e'
const NOTHING = '/ecs-pull-guard-rehearsal-nothing-here'

async function stage(text: Parameters<typeof seoulScenario>[0] = {}) {
  const scene = await sceneOf(seoulScenario({ script: [], ...text }))
  const { ecs, cluster } = scene
  const definition = scene.simulator.rollout?.setting.definition ?? {}
  const [container] = definition['containerDefinitions'] as { image: string }[]
  const register = async (entryPoint: string[], image = container?.image) => {
    const input = new RegisterTaskDefinitionCommand({
      family: 'once',
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'app', image, entryPoint }],
    })
    return (await ecs.send(input)).taskDefinition?.taskDefinitionArn ?? ''
  }
  const run = (taskDefinition: string, subnet: string, more: Partial<RunTaskCommandInput> = {}) =>
    ecs.send(
      new RunTaskCommand({
        cluster,
        taskDefinition,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
        ...more,
      }),
    )
  const look = async (task: string | undefined) => {
    const found = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [task ?? ''], include: ['TAGS'] }))
    return found.tasks?.[0]
  }
  return { ...scene, register, run, look }
}

describe('a task of RunTask', () => {
  test('pulls, and ends where its program is not there; its tags and its starter can be asked for', async () => {
    const { register, run, look, at, ecs, cluster } = await stage()
    const tags = [{ key: 'a', value: 'b' }]
    const { tasks, failures } = await run(await register([NOTHING]), GOOD, { startedBy: 'me/1', tags })
    expect(failures).toEqual([])
    const arn = tasks?.[0]?.taskArn
    const listed = async (filter: object) =>
      (await ecs.send(new ListTasksCommand({ cluster, ...filter }))).taskArns ?? []
    expect(await listed({ startedBy: 'me/1' })).toEqual([arn])
    expect(await listed({ family: 'once' })).toEqual([arn])
    at(300)
    expect(await look(arn)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining(`stat ${NOTHING}: no such file or directory`),
      pullStoppedAt: expect.any(Date),
      tags,
      containers: [{ imageDigest: expect.stringMatching(/^sha256:/), reason: expect.stringContaining(NOTHING) }],
    })
    expect((await look(arn))?.startedAt).toBeUndefined()
    expect(await listed({ family: 'once' })).toEqual([])
    expect(await listed({ family: 'once', desiredStatus: 'STOPPED' })).toEqual([arn])
  })

  test('fails as its subnet does, and new images as the scenario says', async () => {
    const { register, run, look, at } = await stage({
      subnets: [{ id: GOOD }, { id: BAD, behaviour: { kind: 's3-timeout', seconds: 100 } }],
      behaviour: { kind: 'image-not-found' },
    })
    const old = await run(await register([NOTHING]), BAD)
    const fresh = await run(await register([NOTHING], 'example.com/none:1'), GOOD)
    at(300)
    expect((await look(old.tasks?.[0]?.taskArn))?.stoppedReason).toContain('i/o timeout')
    expect((await look(fresh.tasks?.[0]?.taskArn))?.stoppedReason).toContain(': not found')
  })

  test('runs where its program is there, is no task of the service, and ends when it is stopped', async () => {
    const { register, run, look, at, ecs, cluster, tasks } = await stage()
    const before = await tasks('RUNNING')
    const arn = (await run(await register(['/bin/sh']), GOOD)).tasks?.[0]?.taskArn
    at(120)
    expect(await look(arn)).toMatchObject({ lastStatus: 'RUNNING' })
    expect(await tasks('RUNNING')).toHaveLength(before.length)
    await ecs.send(new StopTaskCommand({ cluster, task: arn, reason: 'enough' }))
    at(200)
    expect(await look(arn)).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'enough' })
  })

  test('is the same for the same client token, and another request under it a conflict', async () => {
    const { register, run } = await stage()
    const definition = await register([NOTHING])
    const [one, two] = [
      await run(definition, GOOD, { clientToken: 'once' }),
      await run(definition, GOOD, { clientToken: 'once' }),
    ]
    expect(two.tasks?.map(({ taskArn }) => taskArn)).toEqual(one.tasks?.map(({ taskArn }) => taskArn))
    const other = refusal(run(definition, GOOD, { clientToken: 'once', startedBy: 'other' }))
    expect((await other).name).toBe('ConflictException')
  })

  test('has no place where there is no capacity, and what ECS does not take is refused', async () => {
    const { register, run, ecs, cluster } = await stage({
      subnets: [{ id: GOOD }, { id: BAD, behaviour: { kind: 'no-capacity' } }],
    })
    const definition = await register([NOTHING])
    expect(await run(definition, BAD)).toMatchObject({
      tasks: [],
      failures: [{ reason: expect.stringContaining('Capacity is unavailable') }],
    })
    const refused = async (call: Promise<unknown>) => (await refusal(call)).name
    expect(await refused(run('none:1', GOOD))).toBe('ClientException')
    expect(await refused(run(definition, GOOD, { networkConfiguration: {} }))).toBe('InvalidParameterException')
    expect(await refused(run(definition, GOOD, { startedBy: 'no spaces' }))).toBe('InvalidParameterException')
    expect(await refused(run(definition, GOOD, { count: 11 }))).toBe('InvalidParameterException')
    expect(await refused(run(definition, GOOD, { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] }))).toBe(
      'InvalidParameterException',
    )
    expect(await refused(ecs.send(new StopTaskCommand({ cluster, task: 'none' })))).toBe('InvalidParameterException')
  })
})

describe('the end of a task definition', () => {
  test('it is deregistered, then deleted, and no task starts from it any more', async () => {
    const { register, run, ecs } = await stage()
    const [first, second] = [await register([NOTHING]), await register([NOTHING])]
    const listed = async (status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS') =>
      (await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'once', status }))).taskDefinitionArns
    expect(await listed('ACTIVE')).toEqual([first, second])
    const early = await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [first] }))
    expect(early.failures?.[0]?.reason).toContain('still in ACTIVE status')
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: first }))
    expect([await listed('ACTIVE'), await listed('INACTIVE')]).toEqual([[second], [first]])
    expect((await refusal(run(first, GOOD))).name).toBe('ClientException')
    const gone = await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [first, 'once:9'] }))
    expect([gone.taskDefinitions?.[0]?.status, gone.failures?.length]).toEqual(['DELETE_IN_PROGRESS', 1])
    expect([await listed('INACTIVE'), await listed('DELETE_IN_PROGRESS')]).toEqual([[], [first]])
  })
})
