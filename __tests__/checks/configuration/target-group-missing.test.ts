import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { DENIED, findingOf, GROUP, HEALTHY, told, unsure, VPC, withGroup } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'target-group-missing'
const MISSING = withGroup(HEALTHY, { group: known(null), health: DENIED, loadBalancers: DENIED })

describe(ID, () => {
  test('finds a group that is gone', () => {
    expect(told(MISSING)).toEqual([`${ID} ${GROUP}`])
    const finding = findingOf(MISSING, ID)
    expect(finding.remedy.cli[0]).toContain(`--name web --protocol HTTP --port 8080 --target-type ip --vpc-id ${VPC}`)
    expect(finding.remedy.cli[1]).toContain('"targetGroupArn=$TARGET_GROUP_ARN,containerName=web,containerPort=8080"')
    expectPages(finding)
  })

  test('clear where it is there', () => {
    expect(told(HEALTHY)).toEqual([])
  })

  test('is unknown, without deciding, where it could not be read', () => {
    expect(unsure(withGroup(HEALTHY, { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
  })
})
