import { describe, expect, test } from '@jest/globals'
import { unread } from '../../../src/domain/answer.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import {
  A,
  BY_NAT,
  C,
  findingsOf,
  PUBLIC_A,
  PUBLIC_C,
  told,
  unknownOf,
  type World,
  withNetwork,
  withService,
} from '../world.ts'

const ID = 'express-subnets-mixed'
const FOUND = `${ID} web (warning)`
const { awsvpc } = BY_NAT.service
if (awsvpc === null) throw new Error('no subnets')
const inSubnets = (subnetIds: readonly string[], assignPublicIp = 'DISABLED', resourceManagementType = 'ECS'): World =>
  withService(BY_NAT, { resourceManagementType, awsvpc: { ...awsvpc, subnetIds, assignPublicIp } })

describe(ID, () => {
  test('finds a private and a public subnet, and keeps those that fit the addresses of the tasks', () => {
    const world = inSubnets([A, PUBLIC_C], 'ENABLED')
    expect(told(world)).toContain(FOUND)
    const [finding] = findingsOf(world, ID)
    expect(onOneLine(finding.remedy.cli)[0]).toContain(`'subnets=[${PUBLIC_C}],securityGroups=`)
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
    const [without] = findingsOf(inSubnets([A, PUBLIC_C]), ID)
    expect(without.remedy.changes).toMatchObject([{ networkConfiguration: { subnets: [A] } }])
  })

  test.each<[string, World]>([
    ['private ones alone', inSubnets([A, C])],
    ['public ones alone', inSubnets([PUBLIC_A, PUBLIC_C], 'ENABLED')],
    ['both, of an ordinary service', inSubnets([A, PUBLIC_C], 'ENABLED', 'CUSTOMER')],
    [
      'both, whose route tables could not be read',
      withNetwork(inSubnets([A, PUBLIC_C]), { routeTables: unread('denied', 'ec2:DescribeRouteTables') }),
    ],
  ])('clear with %s', (_, world) => {
    expect(told(world)).not.toContain(FOUND)
  })

  test('is unknown without the service', () => {
    expect(unknownOf(BY_NAT, ID, 'service')).toEqual(['ecs:DescribeServices'])
  })
})
