import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import { blueGreen, configured, DENIED, findingOf, RULE, TEST_RULE, told, unsure } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'listener-rule-missing'
const LISTENER = RULE.replace('listener-rule/app', 'listener/net').replace('/0/1', '/0')
const without = (arn: string, strategy?: string) =>
  configured(blueGreen({}, strategy), {
    listenerRules: [RULE, TEST_RULE].map((one) => ({ arn: one, exists: known(one !== arn) })),
  })

describe(ID, () => {
  test.each([
    ['production', RULE],
    ['test', TEST_RULE],
  ])('finds a %s rule that is gone', (use, arn) => {
    expect(told(without(arn))).toEqual([`${ID} ${arn}`])
    const finding = findingOf(without(arn), ID)
    expect(finding.what.en).toContain(`its ${use} traffic`)
    expect(finding.remedy).toMatchObject({ changes: [], verified: false })
  })

  test('finds a listener, which is all that a Network Load Balancer has', () => {
    const world = blueGreen()
    const loadBalancers = world.service.loadBalancers.map((one) => ({
      ...one,
      advancedConfiguration: {
        alternateTargetGroupArn: null,
        productionListenerRule: LISTENER,
        testListenerRule: null,
        roleArn: null,
      },
    }))
    const service = { ...world.service, loadBalancers }
    const gone = configured({ ...world, service }, { listenerRules: [{ arn: LISTENER, exists: known(false) }] })
    expect(told(gone)).toEqual([`${ID} ${LISTENER}`])
    expectPages(findingOf(gone, ID))
    expect(told(configured(gone, { listenerRules: [{ arn: LISTENER, exists: known(true) }] }))).toEqual([])
  })

  test('clear where they are, and where no deployment moves traffic', () => {
    expect(told(without(''))).toEqual([])
    expect(told(without(RULE, 'ROLLING'))).toEqual([])
  })

  test('is unknown, and decides, where one could not be read', () => {
    const world = configured(blueGreen(), { listenerRules: [{ arn: RULE, exists: DENIED }] })
    expect(unsure(world, ID)).toEqual([[DENIED.permission, true]])
  })
})
