import { describe, expect, test } from '@jest/globals'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'
import { BY_ENDPOINTS, findingsOf, judge, told, unknownOf, withService } from '../world.ts'

const ID = 'service-not-active'

describe(ID, () => {
  test('found where the service is being deleted, told with the lines that make it again', () => {
    const world = withService(BY_ENDPOINTS, { status: 'DRAINING' })
    expect(told(world)).toEqual([`${ID} web`])
    const [finding] = findingsOf(world, ID)
    const lines = onOneLine(finding.remedy.cli)
    expect(lines[0]).toMatch(
      /^aws ecs describe-services --cluster shop --services web --include TAGS .* > service.json$/s,
    )
    expect(lines.slice(1)).toEqual([
      'aws ecs wait services-inactive --cluster shop --services web --region ap-northeast-2',
      '# see service.json first: a deleted service has a desiredCount of 0',
      'aws ecs create-service --cli-input-json file://service.json --region ap-northeast-2',
    ])
    expect(finding.remedy.verified).toBe(true)
    expectPages(finding)
  })

  test('a service that is gone is made again in the same way', () => {
    const [finding] = findingsOf(withService(BY_ENDPOINTS, { status: 'INACTIVE' }), ID)
    expect(finding.severity).toBe('blocker')
    expect(finding.remedy.changes).toEqual([{ kind: 'create-service', cluster: 'shop', serviceName: 'web' }])
  })

  test('a state that AWS adds later is a warning, and nothing is made anew', () => {
    const world = withService(BY_ENDPOINTS, { status: 'PAUSED' })
    expect(told(world)).toEqual([`${ID} web (warning)`])
    const [finding] = findingsOf(world, ID)
    expect(finding.what.en).toContain('PAUSED, a state that this version does not know')
    expect(onOneLine(finding.remedy.cli)).toEqual([
      "aws ecs describe-services --cluster shop --services web --query 'services[0].{status:status,events:events[:5].message}' --region ap-northeast-2",
    ])
  })

  test('clear where the service is active', () => {
    expect(judge(withService(BY_ENDPOINTS, { status: 'ACTIVE' })).findings).toEqual([])
  })

  test('unknown where the service could not be read', () => {
    expect(unknownOf(BY_ENDPOINTS, ID, 'service')).toEqual(['ecs:DescribeServices'])
  })
})
