import { describe, expect, test } from '@jest/globals'
import { expectPages } from '../page.ts'
import {
  A,
  BY_ENDPOINTS,
  C,
  findingsOf,
  judge,
  PUBLIC_A,
  PUBLIC_C,
  TASK,
  told,
  unknownOf,
  withService,
} from '../world.ts'

const ID = 'running-tasks-elsewhere'
const AWAY = { ...TASK, subnetId: PUBLIC_A }

describe(ID, () => {
  test('found where a running task stands in a subnet that the service does not name', () => {
    const world = {
      ...BY_ENDPOINTS,
      tasks: [TASK, AWAY, { ...AWAY, id: 'b' }, { ...AWAY, id: 'c', subnetId: PUBLIC_C }],
    }
    expect(told(world)).toEqual([`${ID} web (warning)`])
    const [finding] = findingsOf(world, ID)
    expect(finding.evidence.map(({ en }) => en)).toEqual([
      `${PUBLIC_A}: running tasks: 2`,
      `${PUBLIC_C}: running tasks: 1`,
    ])
    expect(finding.what.en).toBe(`Tasks of web run in ${PUBLIC_A}, ${PUBLIC_C}; the service now names ${A}, ${C}.`)
    expect(finding.remedy.cli).toEqual([
      'aws ecs update-service --cluster shop --service web --force-new-deployment --region ap-northeast-2',
    ])
    // Where the new tasks will be is AWS's to tell.
    expect(finding.remedy.verified).toBe(false)
    expectPages(finding)
  })

  test.each([
    ['it runs in a named subnet', [TASK]],
    ['it does not run any more', [{ ...AWAY, lastStatus: 'STOPPED' }]],
    ['it has no interface of its own', [{ ...AWAY, subnetId: null }]],
    ['there is none', []],
  ])('clear where %s', (_, tasks) => {
    expect(judge({ ...BY_ENDPOINTS, tasks }).findings).toEqual([])
  })

  test('clear where the service names no subnets', () => {
    const awsvpc = { subnetIds: [], securityGroupIds: [], assignPublicIp: 'DISABLED' }
    expect(judge({ ...withService(BY_ENDPOINTS, { awsvpc }), tasks: [AWAY] }).findings).toEqual([])
    expect(judge({ ...withService(BY_ENDPOINTS, { awsvpc: null }), tasks: [AWAY] }).findings).toEqual([])
  })

  test('unknown, and no matter for the verdict, where the tasks could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'tasks')).toEqual(['ecs:ListTasks'])
    expect(judge(BY_ENDPOINTS, 'tasks').unknowns).toMatchObject([{ check: ID, matters: false }])
  })
})
