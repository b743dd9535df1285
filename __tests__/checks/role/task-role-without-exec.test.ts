import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { expectPages } from '../page.ts'
import {
  findingOf,
  HEALTHY,
  KEY,
  type RoleWorld,
  simulated,
  TASK_ROLE,
  told,
  UNREADABLE,
  unsure,
  withTask,
} from '../role-world.ts'

const ID = 'task-role-without-exec'
const FOUND = [`${ID} ${TASK_ROLE} (advice)`]
const CHANNELS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
  (name) => `ssmmessages:${name}`,
)
const allowing = (actions: readonly string[]) => ({ simulation: known(actions.map((action) => simulated(action))) })
const withExec = (world: RoleWorld): RoleWorld => ({
  ...world,
  service: { ...world.service, enableExecuteCommand: true },
})
const encrypted = (world: RoleWorld): RoleWorld => ({
  ...world,
  compute: {
    ...world.compute,
    executeCommand: known({ kmsKeyId: KEY, logGroupName: '/exec', s3BucketName: 'sessions' }),
  },
})
const [, ...three] = CHANNELS
const WITHOUT = [...three, ...['x']]
const denied = (action: string) => ({
  simulation: known([
    ...CHANNELS.map((one) => simulated(one, { decision: one === action ? 'implicitDeny' : 'allowed' })),
  ]),
})

describe(ID, () => {
  test.each(CHANNELS)('finds a task role that may not call %s, and no start is in danger', (action) => {
    expect(told(withExec(withTask(HEALTHY, denied(action))))).toEqual(FOUND)
  })

  test('is clear where it may call all four, and where Exec is off', () => {
    const world = withTask(HEALTHY, allowing(CHANNELS))
    expect([told(withExec(world)), unsure(withExec(world))]).toEqual([[], []])
    expect(told(withTask(HEALTHY, allowing(WITHOUT)))).toEqual([])
  })

  test('needs more where the cluster encrypts and logs the sessions', () => {
    const more = ['kms:Decrypt', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:PutObject']
    const world = encrypted(withExec(withTask(HEALTHY, allowing([...CHANNELS, ...more]))))
    expect(told(world)).toEqual([])
    const lacking = withTask(HEALTHY, {
      simulation: known(
        [...CHANNELS, ...more].map((one) => simulated(one, one === 'kms:Decrypt' ? { decision: 'implicitDeny' } : {})),
      ),
    })
    expect(told(encrypted(withExec(lacking)))).toEqual(FOUND)
    expect(told(withExec(lacking))).toEqual([])
  })

  test('without a task role there is nobody to open a session on Fargate', () => {
    const world = withExec(HEALTHY)
    expect(told(world)).toEqual([`${ID} ${HEALTHY.taskDefinition.arn} (advice)`])
    expectPages(findingOf(world, ID))
  })

  test('leaves the verdict alone where nobody can tell', () => {
    expect(unsure(withExec(withTask(HEALTHY, UNREADABLE)))).toEqual([
      `${ID}: could not read the permissions of the role ${TASK_ROLE}: access was denied`,
    ])
  })
})
