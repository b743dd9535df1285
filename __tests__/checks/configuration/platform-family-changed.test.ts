import { describe, expect, test } from '@jest/globals'
import {
  type ConfiguredWorld,
  findingOf,
  HEALTHY,
  told,
  unsure,
  withDefinition,
  withService,
} from '../configuration-world.ts'
import { expectPages } from '../page.ts'

const ID = 'platform-family-changed'
const CORE_2019 = 'WINDOWS_SERVER_2019_CORE'
const CORE_2022 = 'WINDOWS_SERVER_2022_CORE'
const families = (platformFamily: string | null, operatingSystemFamily: string | null): ConfiguredWorld =>
  withService(withDefinition(HEALTHY, { operatingSystemFamily, cpu: '1024', memory: '2048' }), { platformFamily })

describe(ID, () => {
  test('finds the next release of Windows, told with a second service', () => {
    const world = families(CORE_2019, CORE_2022)
    expect(told(world)).toEqual([`${ID} web`])
    const finding = findingOf(world, ID)
    expect(finding.what.en).toContain(`has the platform family ${CORE_2019}, and task definition web:7 asks for`)
    expect(finding.remedy.changes).toEqual([])
    expectPages(finding)
  })

  test.each<[own: string | null, wanted: string | null, found: boolean]>([
    [CORE_2019, CORE_2019, false],
    ['Windows Server 2019 Core', CORE_2019, false],
    [CORE_2019, 'WINDOWS_SERVER_2019_FULL', true],
    [CORE_2019, 'LINUX', true],
    ['Windows', CORE_2019, false],
    ['Windows', 'LINUX', true],
    ['WINDOWS_SERVER_2019', 'WINDOWS_SERVER_2022_CORE', true],
    [CORE_2019, null, true],
    ['Linux', CORE_2022, true],
    ['Linux', 'LINUX', false],
    ['LINUX', null, false],
    [null, CORE_2022, false],
  ])('a service of %p and a task definition of %p: %p', (own, wanted, found) => {
    expect(told(families(own, wanted))).toEqual(found ? [`${ID} web`] : [])
  })

  test.each<[string, Parameters<typeof withService>[1]]>([
    ['on instances', { launchType: 'EC2' }],
    ['where each deployment has a task set of its own', { deploymentController: 'CODE_DEPLOY' }],
  ])('clear %s', (_, changes) => {
    expect(told(withService(families('Linux', CORE_2022), changes))).not.toContain(`${ID} web`)
  })

  test('looks at the capacity providers too', () => {
    const world = withService(families('Linux', CORE_2022), { launchType: null, capacityProviders: ['FARGATE'] })
    expect(told(world)).toContain(`${ID} web`)
  })

  test('is unknown without the task definition', () => {
    expect(unsure(HEALTHY, ID, 'taskDefinition')).toEqual([['read:taskDefinition', true]])
  })
})
