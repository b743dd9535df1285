import { describe, expect, test } from '@jest/globals'
import { type Answer, known } from '../../../src/domain/answer.ts'
import { configured, DENIED, findingOf, HEALTHY, told, unsure } from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'service-registry-missing'
const ARN = 'arn:aws:servicediscovery:ap-northeast-2:123456789012:service/srv-0a1b2c3d4e5f6000'
const registered = (exists: Answer<boolean>, kind: 'service' | 'namespace' = 'service') =>
  configured(HEALTHY, { discovery: [{ kind, arn: ARN, exists }] })

describe(ID, () => {
  test('finds a Cloud Map service that is gone, or the namespace of Service Connect', () => {
    for (const kind of ['service', 'namespace'] as const) {
      expect(told(registered(known(false), kind))).toEqual([`${ID} ${ARN}`])
    }
    expect(findingOf(registered(known(false), 'namespace'), ID).what.en).toContain('Service Connect of web')
    expectPages(findingOf(registered(known(false)), ID))
  })

  test('clear where it is there', () => {
    expect(told(registered(known(true)))).toEqual([])
  })

  test('is unknown, and decides, where it could not be read', () => {
    expect(unsure(registered(DENIED), ID)).toEqual([[DENIED.permission, true]])
  })
})
