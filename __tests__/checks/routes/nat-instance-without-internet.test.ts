import { describe, expect, test } from '@jest/globals'
import { BY_INSTANCE, ENI, INSTANCE } from '../instance-world.ts'
import { commandsOf } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { change, findingsOf, GATEWAY, pathsOf, route, TABLE_PUBLIC, told, unknownOf, type World } from '../world.ts'

const ID = 'nat-instance-without-internet'
const home = (...routes: readonly Parameters<typeof route>[]) =>
  change(BY_INSTANCE, 'routeTables', TABLE_PUBLIC, (table) => ({
    routes: [...table.routes.slice(0, 1), ...routes.map((one) => route(...one))],
  }))
const UNADDRESSED = change(BY_INSTANCE, 'interfaces', ENI, { publicIp: null })

describe(ID, () => {
  test('found in a subnet without a way out, whose route is made', () => {
    expect(told(home())).toEqual([`${ID} ${INSTANCE}`])
    const [finding] = findingsOf(home(), ID)
    expect(commandsOf(finding)).toEqual([
      `aws ec2 create-route --route-table-id ${TABLE_PUBLIC} --destination-cidr-block 0.0.0.0/0 --gateway-id ${GATEWAY}`,
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test.each<readonly [string, World, string]>([
    ['without a public address', UNADDRESSED, 'Elastic IP'],
    ['that is stopped', change(BY_INSTANCE, 'instances', INSTANCE, { state: 'stopped' }), 'Start instance'],
  ])('found %s: the step is the reader’s', (_, world, step) => {
    expect(told(world)).toEqual([`${ID} ${INSTANCE}`])
    const { console: steps, changes } = findingsOf(world, ID)[0].remedy
    expect(changes).toEqual([])
    expect(steps[0]?.en).toContain(step)
  })

  test.each<readonly [string, World]>([
    ['that runs, with an address and a route', BY_INSTANCE],
    ['that may tunnel by another route', home(['10.9.0.0/16', 'transit-gateway', 'tgw-1'])],
    ['whose state is new', change(BY_INSTANCE, 'instances', INSTANCE, { state: 'dreaming' })],
  ])('clear of one %s: only its system could tell', (_, world) => {
    expect(told(world)).toEqual([])
    expect(new Set(pathsOf(world).map(({ outcome }) => outcome))).toEqual(new Set(['indeterminate']))
  })

  test('unknown where the network could not be read', () => {
    expect(unknownOf(BY_INSTANCE, ID, 'network')).toEqual(['ec2:DescribeVpcs'])
  })
})
