import { RegisterTaskDefinitionCommand, RunTaskCommand } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { clientsOf } from '../../simulator/support.ts'
import { BAD, FAMILY, GOOD, leftIn, OURS, type Ran, stageOf, THEIRS, TIMEOUT } from './stage.ts'

type Stage = Awaited<ReturnType<typeof stageOf>>

/** What a run leaves that was killed after it had started a task. */
async function abandoned({ simulator }: Stage, lease: string | null) {
  const { ecs } = clientsOf(simulator)
  const tags = lease === null ? [] : [{ key: 'ecs-pull-guard:rehearsal', value: lease }]
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: FAMILY,
      networkMode: 'awsvpc',
      containerDefinitions: [{ name: 'app', image: 'example.com/app:1' }],
      tags,
    }),
  )
  await ecs.send(
    new RunTaskCommand({
      cluster: 'cluster-nestjs-second',
      taskDefinition: taskDefinition?.taskDefinitionArn,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: [GOOD] } },
      tags,
    }),
  )
}

const OWNER = 'example/web/deploy/rehearse'
const LATER = '2026-11-21T05:00:00Z'

describe('what a killed rehearsal left', () => {
  test('is removed by the next run of the same owner at once', async () => {
    const stage = await stageOf()
    await abandoned(stage, `${OWNER} until ${LATER}`)
    expect(stage.left()).toHaveLength(2)
    const { report, said } = await stage.run()
    expect(stage.left()).toEqual([])
    expect(said[0]).toContain('An earlier rehearsal left 2 things behind')
    expect(report.rehearsal?.removed).toContain(`task-definition/${FAMILY}:1`)
    expect(report.rehearsal?.subnets).toHaveLength(2)
  })

  test('is left alone by another owner until its lease ends, and then removed', async () => {
    const stage = await stageOf()
    await abandoned(stage, `${OWNER} until ${LATER}`)
    const before = stage.left()
    await stage.run([], THEIRS)
    expect(stage.left()).toEqual(before)
    await stage.clock.sleep(3_600_000)
    await stage.run([], THEIRS)
    expect(stage.left()).toEqual([])
  })

  test('is no business of ours without a lease, whatever its name', async () => {
    const stage = await stageOf()
    await abandoned(stage, null)
    await abandoned(stage, 'somebody wrote something')
    await stage.clock.sleep(12 * 3_600_000)
    await stage.run()
    expect(stage.left()).toHaveLength(4)
  })

  test('is removed also where it was deregistered and no more', async () => {
    const stage = await stageOf({}, { faults: [{ on: 'ecs:DeleteTaskDefinitions', kind: 'denied', times: 1 }] })
    const first = await stage.run()
    expect(first.report.rehearsal?.leftovers).toMatchObject([
      {
        what: `task-definition/${FAMILY}:1`,
        because: expect.stringContaining('AccessDenied'),
        cli: [
          `aws ecs deregister-task-definition --task-definition ${FAMILY}:1 --region ap-northeast-2`,
          `aws ecs delete-task-definitions --task-definitions ${FAMILY}:1 --region ap-northeast-2`,
        ],
      },
    ])
    expect(stage.left()).toEqual([`${FAMILY}:1`])
    await stage.run()
    expect(stage.left()).toEqual([])
  })
})

describe('a rehearsal that is interrupted', () => {
  async function interrupted(at: RegExp, text = {}): Promise<{ readonly ran: Ran; readonly stage: Stage }> {
    const stage = await stageOf({ subnets: [{ id: GOOD }, { id: BAD, behaviour: TIMEOUT }], ...text })
    const controller = new AbortController()
    const ran = await stage.run([], OURS, controller.signal, (line) => {
      if (at.test(line)) controller.abort()
    })
    return { ran, stage }
  }

  test.each([
    ['when its tasks are about to start', /^Rehearsing/],
    ['while one of them pulls', /still pulling/],
  ])('%s leaves nothing and ends with 3', async (_when, at) => {
    const { ran, stage } = await interrupted(at)
    expect(ran.exitCode).toBe(3)
    expect(stage.left()).toEqual([])
    expect(ran.report.rehearsal?.notes.map(({ en }) => en)).toContain(
      'The run was interrupted before all tasks had ended.',
    )
    const tasks = ran.report.rehearsal?.removed.filter((one) => one.startsWith('task/'))
    expect(tasks).toHaveLength(2)
  })

  test('before it begins writes nothing', async () => {
    const stage = await stageOf()
    const { exitCode, report } = await stage.run([], OURS, AbortSignal.abort())
    expect([exitCode, stage.writes()]).toEqual([3, []])
    expect(report.rehearsal?.because?.en).toContain('interrupted')
  })

  test('by its own failure leaves nothing either', async () => {
    const stage = await stageOf()
    const run = stage.run([], OURS, undefined, (line) => {
      if (line.includes(': pulled')) throw new Error('a pipe that broke')
    })
    await expect(run).rejects.toThrow('a pipe that broke')
    expect(stage.left()).toEqual([])
  })
})

describe('with four calls of ten throttled, torn, or done and not answered', () => {
  const kinds = ['throttled', 'torn', 'cut'] as const
  test.each([1, 2])('it ends as it would, and leaves nothing (seed %i)', async (seed) => {
    const stage = await stageOf(
      { subnets: [{ id: GOOD }, { id: BAD, behaviour: TIMEOUT }] },
      { faults: kinds.map((kind, at) => ({ on: 'ecs:*', kind, share: 0.18, from: 1 + ((seed + at) % 3) })) },
    )
    const { exitCode, report } = await stage.run()
    expect(leftIn(stage.simulator)).toEqual([])
    expect(report.rehearsal?.leftovers).toEqual([])
    expect(exitCode).toBe(1)
    expect(report.rehearsal?.subnets.map(({ outcome }) => outcome)).toEqual(['pulled', 'failed'])
    expect(stage.simulator.rollout?.state().standalone).toHaveLength(2)
  })
})
