import { CapacityProviderStatus } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import { type Answer, known, unread } from '../../../src/domain/answer.ts'
import { provider } from '../../task-start/sample.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { A, BY_ENDPOINTS, findingsOf, judge, TASK_GROUP, told, unknownOf, type World, withService } from '../world.ts'

const ID = 'capacity-provider-not-active'

function managed(status: string | null): World {
  const own = provider({
    name: 'mi',
    kind: 'managed-instances',
    status,
    subnetIds: [A],
    securityGroupIds: [TASK_GROUP],
  })
  return {
    ...withService(BY_ENDPOINTS, { launchType: null, capacityProviders: ['mi'] }),
    compute: { ...BY_ENDPOINTS.compute, capacityProviders: known([own]) },
  }
}

describe(ID, () => {
  test('found where it is still being made, with the line that shows how far it is', () => {
    expect(told(managed('PROVISIONING'))).toEqual([`${ID} mi (warning)`])
    const [finding] = findingsOf(managed('PROVISIONING'), ID)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      "aws ecs describe-capacity-providers --capacity-providers mi --cluster shop --query 'capacityProviders[0].{status:status,update:updateStatus}' --region ap-northeast-2",
    ])
  })

  test.each(['DEPROVISIONING', 'INACTIVE'])('a blocker where it is %s', (status) => {
    expect(told(managed(status))).toEqual([`${ID} mi`])
    expectPages(findingsOf(managed('INACTIVE'), ID)[0])
  })

  test.each(['ACTIVE', null])('clear where it is %p', (status) => {
    expect(judge(managed(status))).toEqual({ findings: [], unknowns: [] })
  })

  test('clear where another one places the tasks', () => {
    expect(told({ ...managed('INACTIVE'), service: BY_ENDPOINTS.service })).toEqual([])
  })

  test.each<[string, Answer<readonly string[]>, (string | null)[]]>([
    ['daemons that start before the tasks', known(['agent']), [null]],
    ['no daemon', known([]), []],
    ['daemons that could not be listed', unread('denied', 'ecs:ListDaemons'), ['ecs:ListDaemons']],
  ])('%s are no finding, and told where there are any', (_, daemons, permissions) => {
    const world = managed('ACTIVE')
    const { findings, unknowns } = judge({ ...world, compute: { ...world.compute, daemons } })
    expect(findings).toEqual([])
    expect(unknowns.map(({ permission, matters }) => [permission, matters])).toEqual(
      permissions.map((one) => [one, false]),
    )
  })

  test('unknown where the service could not be read', () => {
    expect(unknownOf(managed('ACTIVE'), ID, 'service')).toEqual(['ecs:DescribeServices'])
  })
})

test('the words are the SDK’s own', () => {
  expect(Object.values(CapacityProviderStatus)).toEqual(
    expect.arrayContaining(['ACTIVE', 'DEPROVISIONING', 'INACTIVE', 'PROVISIONING']),
  )
})
