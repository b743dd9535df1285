import { describe, expect, test } from '@jest/globals'
import { type Answer, known } from '../../../src/domain/answer.ts'
import {
  ACCOUNT,
  configured,
  DENIED,
  deploying,
  findingOf,
  GONE,
  HEALTHY,
  REGION,
  told,
  unsure,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'lifecycle-hook-function-missing'
const GATE = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:gate`
const hooked = (state: Answer<string>) =>
  configured(
    deploying(HEALTHY, {
      lifecycleHooks: [
        {
          targetType: 'AWS_LAMBDA',
          hookTargetArn: GATE,
          roleArn: 'arn:role',
          lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
        },
      ],
    }),
    { hookFunctions: [{ arn: GATE, state }] },
  )

describe(ID, () => {
  test('finds a function that is gone', () => {
    expect(told(hooked(GONE))).toEqual([`${ID} ${GATE}`])
    expectPages(findingOf(hooked(GONE), ID))
  })

  test.each([
    ['Active', []],
    ['Inactive', []],
    ['Pending', []],
    ['Failed', [`${ID} ${GATE}`]],
  ])('in the state %s', (state, expected) => {
    expect(told(hooked(known(state)))).toEqual(expected)
  })

  test('is clear without a hook', () => {
    expect(told(HEALTHY)).toEqual([])
  })

  test('cannot tell where the function may not be read', () => {
    expect(unsure(hooked(DENIED), ID)).toEqual([['service:Action', true]])
  })
})
