/** What mends a finding of an Express service: by UpdateExpressGatewayService, or in words where that takes no such setting. */
import { describe, expect, test } from '@jest/globals'
import * as configured from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { A, C, findingsOf, IN_PUBLIC, withService } from '../world.ts'

const EXPRESS = { resourceManagementType: 'ECS' } as const
const ARN = configured.HEALTHY.service.arn

describe('of an Express service', () => {
  test('a new revision is deployed by its own command', () => {
    const small = configured.withDefinition(configured.HEALTHY, { cpu: '512', memory: '8192' })
    const world = configured.withService(small, EXPRESS)
    const { remedy } = configured.findingOf(world, 'fargate-size-invalid')
    expect(onOneLine(remedy.cli).at(-1)).toBe(
      `aws ecs update-express-gateway-service --service-arn ${ARN} --task-definition-arn "$REVISION" --region ap-northeast-2`,
    )
    expect(remedy.verified).toBe(true)
  })

  test('a subnet without a way out is taken out by its own command', () => {
    const { remedy } = configured.findingOf(configured.withService(stuck(), EXPRESS), 'stuck-by-bad-subnets')
    expect(onOneLine(remedy.cli)[0]).toContain(
      `aws ecs update-express-gateway-service --service-arn ${ARN} --network-configuration`,
    )
    expect(onOneLine(remedy.cli)[0]).toContain(A)
    expect(onOneLine(remedy.cli)[0]).not.toContain(C)
  })

  test('public addresses cannot be switched on', () => {
    const hidden = { ...IN_PUBLIC.service.awsvpc, subnetIds: [], securityGroupIds: [], assignPublicIp: 'DISABLED' }
    const awsvpc = { ...hidden, ...IN_PUBLIC.service.awsvpc, assignPublicIp: 'DISABLED' }
    const world = withService(IN_PUBLIC, { ...EXPRESS, awsvpc })
    const [finding] = findingsOf(world, 'public-subnet-without-public-ip')
    expect(finding.remedy.changes).toEqual([])
    expect(finding.remedy.console.map(({ en }) => en).join()).toContain('takes no setting for public addresses')
  })

  test('its grace period is ECS’s own', () => {
    const slow = configured.withContainer(configured.HEALTHY, { healthCheck: { startPeriodSeconds: 180 } })
    const { remedy } = configured.findingOf(configured.withService(slow, EXPRESS), 'health-check-grace-too-short')
    expect(remedy.changes).toEqual([])
    expect(remedy.console[0]?.en).toContain('ECS itself sets up load balancer, health checks')
  })

  test('and so is its circuit breaker, of which nothing is said', () => {
    const off = configured.deploying(configured.HEALTHY, { circuitBreaker: null })
    expect(configured.told(off)).toEqual(['circuit-breaker-off web (advice)'])
    expect(configured.told(configured.withService(off, EXPRESS))).toEqual([])
  })
})

function stuck() {
  return configured.rollingOut(configured.MIXED, { rolloutState: 'IN_PROGRESS', running: 1, failed: 2, pending: 1 })
}
