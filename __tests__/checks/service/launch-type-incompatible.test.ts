import { Compatibility } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { provider } from '../../task-start/sample.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, findingsOf, told, unknownOf, type World, withService } from '../world.ts'

const ID = 'launch-type-incompatible'
const FOUND = [`${ID} web:7`]

function compatible(...compatibilities: readonly string[]): World {
  return { ...BY_ENDPOINTS, taskDefinition: { ...BY_ENDPOINTS.taskDefinition, compatibilities } }
}

const own = (world: World) => told(world).filter((one) => one.startsWith(ID))

describe(ID, () => {
  test('found where ECS has not counted it among what the revision may run on', () => {
    const world = compatible('EXTERNAL', 'EC2')
    expect(told(world)).toEqual(FOUND)
    expectPages(findingsOf(world, ID)[0])
    expect(own(withService(compatible('FARGATE'), { launchType: 'EC2' }))).toEqual(FOUND)
  })

  test('found for the one of several providers that it does not fit', () => {
    const world = withService(compatible('EC2'), { launchType: null, capacityProviders: ['asg', 'FARGATE_SPOT'] })
    const mixed = { ...world, compute: { ...world.compute, capacityProviders: known([provider()]) } }
    expect(own(mixed)).toEqual(FOUND)
    expect(findingsOf(mixed, ID)[0].what.en).toContain('web runs its tasks on FARGATE; web:7 may run on EC2 only')
  })

  test.each<[string, World]>([
    ['it is among them', compatible('EC2', 'FARGATE')],
    ['it is not registered yet', compatible()],
    [
      'Managed Instances, of which older revisions say nothing',
      withService(compatible('EC2'), { launchType: 'MANAGED_INSTANCES' }),
    ],
  ])('clear where %s', (_, world) => {
    expect(own(world)).toEqual([])
  })

  test('unknown where the task definition could not be read', () => {
    expect(unknownOf(compatible('EC2'), ID, 'taskDefinition')).toEqual(['ecs:DescribeTaskDefinition'])
  })
})

test('the words are the SDK’s own', () => {
  expect(Object.values(Compatibility)).toEqual(
    expect.arrayContaining(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES']),
  )
})
