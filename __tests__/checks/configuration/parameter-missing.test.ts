import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import {
  configured,
  DENIED,
  findingOf,
  HEALTHY,
  PARAMETER,
  REGION,
  told,
  unsure,
  withContainer,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'parameter-missing'
const exists = (answer: Answer<boolean>, name = PARAMETER) =>
  configured(HEALTHY, { parameters: [{ name, region: REGION, exists: answer }] })

describe(ID, () => {
  test('finds a parameter that is not there', () => {
    expect(told(exists(known(false)))).toEqual([`${ID} ${PARAMETER}`])
    const finding = findingOf(exists(known(false)), ID)
    expect(finding.what.en).toContain('container web: TOKEN')
    expectPages(finding)
  })

  test('clear where it is there', () => {
    expect(told(exists(known(true)))).toEqual([])
  })

  test('knows who wants it where a version is named', () => {
    const world = withContainer(exists(known(false)), { secrets: [{ name: 'TOKEN', valueFrom: `${PARAMETER}:3` }] })
    expect(findingOf(world, ID).what.en).toContain('container web: TOKEN')
  })

  test('is unknown where the parameters could not be read, and that decides', () => {
    expect(unsure(exists(DENIED), ID)).toEqual([[DENIED.permission, true]])
  })

  test('is unknown, without deciding, for parameters that AWS itself publishes', () => {
    const name = '/aws/service/ami-amazon-linux-latest/al2023'
    expect(unsure(exists(unread('unasked', 'ssm:DescribeParameters'), name), ID)).toEqual([
      ['ssm:DescribeParameters', false],
    ])
  })
})
