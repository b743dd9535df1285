import { describe, expect, test } from '@jest/globals'
import { expectPages } from '../page.ts'
import { A, BY_ENDPOINTS, C, findingsOf, judge, TASK_GROUP, told, unknownOf, withService } from '../world.ts'

const ID = 'service-not-active'

describe(ID, () => {
  test('found where the service is being deleted, told with the lines that make it again', () => {
    const world = withService(BY_ENDPOINTS, { status: 'DRAINING' })
    expect(told(world)).toEqual([`${ID} web`])
    const [finding] = findingsOf(world, ID)
    expect(finding.remedy.cli).toEqual([
      'aws ecs wait services-inactive --cluster shop --services web',
      `aws ecs create-service --cluster shop --service-name web --task-definition ${BY_ENDPOINTS.service.taskDefinitionArn} --desired-count 2 --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[${A},${C}],securityGroups=[${TASK_GROUP}],assignPublicIp=DISABLED}"`,
    ])
    expectPages(finding)
  })

  test('a service that is gone need not be waited for', () => {
    const [finding] = findingsOf(withService(BY_ENDPOINTS, { status: 'INACTIVE' }), ID)
    expect(finding.severity).toBe('blocker')
    expect(finding.remedy.cli).toHaveLength(1)
  })

  test('the service is made again with what it had', () => {
    const [finding] = findingsOf(
      withService(BY_ENDPOINTS, {
        status: 'INACTIVE',
        launchType: null,
        capacityProviders: ['FARGATE_SPOT'],
        loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080, raw: {} }],
      }),
      ID,
    )
    expect(finding.remedy.cli[0]).toContain('--capacity-provider-strategy capacityProvider=FARGATE_SPOT')
    expect(finding.remedy.cli[0]).not.toContain('--launch-type')
    expect(finding.remedy.cli[0]).toContain('"targetGroupArn=arn:tg,containerName=web,containerPort=8080"')
    expect(finding.remedy.terraform).not.toContain('launch_type')
    const [plain] = findingsOf(withService(BY_ENDPOINTS, { status: 'INACTIVE', launchType: null }), ID)
    expect(plain.remedy.cli[0]).not.toContain('--capacity-provider-strategy')
    const [bridge] = findingsOf(withService(BY_ENDPOINTS, { status: 'INACTIVE', awsvpc: null }), ID)
    expect(bridge.remedy.cli[0]).not.toContain('--network-configuration')
    expect(bridge.remedy.terraform).not.toContain('network_configuration')
    expect(bridge.remedy.cli[0]).toContain('--launch-type FARGATE')
  })

  test('a state that AWS adds later is a warning, and nothing is made anew', () => {
    const world = withService(BY_ENDPOINTS, { status: 'PAUSED' })
    expect(told(world)).toEqual([`${ID} web (warning)`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('PAUSED, a state that this version does not know')
    expect(finding.remedy.cli).toEqual([
      'aws ecs describe-services --cluster shop --services web --query "services[0].{status:status,events:events[:5].message}"',
    ])
  })

  test('clear where the service is active', () => {
    expect(judge(withService(BY_ENDPOINTS, { status: 'ACTIVE' })).findings).toEqual([])
  })

  test('unknown where the service could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'service')).toEqual(['ecs:DescribeServices'])
  })
})
