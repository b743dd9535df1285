import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  configured,
  DENIED,
  findingOf,
  HEALTHY,
  LOG_GROUP,
  REGION,
  told,
  unsure,
  withContainer,
  withService,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'log-group-missing'
const FOUND = [`${ID} ${LOG_GROUP}`]
const exists = (answer: typeof DENIED | { known: true; value: boolean }, region = REGION) =>
  configured(HEALTHY, { logGroups: [{ name: LOG_GROUP, region, exists: answer }] })
const MISSING = exists(known(false))
const OPTIONS = { 'awslogs-group': LOG_GROUP, 'awslogs-region': REGION, 'awslogs-stream-prefix': 'web' }

describe(ID, () => {
  test('finds a group that nothing makes', () => {
    expect(told(MISSING)).toEqual(FOUND)
    const finding = findingOf(MISSING, ID)
    expect(finding.remedy.cli).toEqual([`aws logs create-log-group --log-group-name ${LOG_GROUP} --region ${REGION}`])
    expectPages(finding)
  })

  test('finds the group of the proxy that Service Connect adds', () => {
    const log = {
      logDriver: 'awslogs',
      logOptions: { 'awslogs-group': '/ecs/proxy', 'awslogs-region': REGION },
      logSecretOptions: [],
    }
    const connected = (there: boolean) =>
      configured(withService(HEALTHY, { serviceConnect: { namespace: 'shop', services: [], logConfiguration: log } }), {
        logGroups: [
          { name: LOG_GROUP, region: REGION, exists: known(true) },
          { name: '/ecs/proxy', region: REGION, exists: known(there) },
        ],
      })
    expect(told(connected(true))).toEqual([])
    expect(told(connected(false))).toEqual([`${ID} /ecs/proxy`])
    expect(findingOf(connected(false), ID).what.en).toContain('the proxy of Service Connect')
  })

  test('clear where the group is there', () => {
    expect(told(exists(known(true)))).toEqual([])
  })

  test.each([
    ['true', []],
    ['false', FOUND],
    ['TRUE', FOUND],
  ])('with awslogs-create-group %s', (value, expected) => {
    expect(told(withContainer(MISSING, { logOptions: { ...OPTIONS, 'awslogs-create-group': value } }))).toEqual(
      expected,
    )
  })

  test('keeps the Regions apart: a group elsewhere is another one', () => {
    const elsewhere = exists(known(false), 'us-east-1')
    expect(told(elsewhere)).toEqual([])
    const written = withContainer(elsewhere, { logOptions: { ...OPTIONS, 'awslogs-region': 'us-east-1' } })
    expect(findingOf(written, ID).remedy.cli[0]).toContain('--region us-east-1')
  })

  test('takes the own Region where none is named', () => {
    expect(told(withContainer(MISSING, { logOptions: { 'awslogs-group': LOG_GROUP } }))).toEqual(FOUND)
  })

  test('is unknown where the groups could not be read, and that decides', () => {
    expect(unsure(exists(DENIED), ID)).toEqual([[DENIED.permission, true]])
    expect(unsure(HEALTHY, ID, 'configuration')).toEqual([['read:configuration', true]])
  })

  test('does not ask for a group that the start makes', () => {
    const made = withContainer(exists(DENIED), { logOptions: { ...OPTIONS, 'awslogs-create-group': 'true' } })
    expect(unsure(made, ID)).toEqual([])
  })
})
