import { describe, expect, test } from '@jest/globals'
import { known } from '../../../src/domain/answer.ts'
import {
  ALTERNATE,
  blueGreen,
  DENIED,
  findingOf,
  GROUP,
  HEALTHY,
  RULE,
  told,
  unsure,
  VPC,
  withGroup,
} from '../configuration-world.ts'
import { onOneLine } from '../judgement.ts'
import { expectPages } from '../page.ts'

const ID = 'target-group-missing'
const MISSING = withGroup(HEALTHY, { group: known(null), health: DENIED, loadBalancers: DENIED })

describe(ID, () => {
  test('finds a group that is gone', () => {
    expect(told(MISSING)).toEqual([`${ID} ${GROUP}`])
    const finding = findingOf(MISSING, ID)
    expect(onOneLine(finding.remedy.cli)).toEqual([
      `TARGET_GROUP_ARN=$(aws elbv2 create-target-group --name web --protocol HTTP --port 8080 --target-type ip --vpc-id ${VPC} --region ap-northeast-2 --query 'TargetGroups[0].TargetGroupArn' --output text)`,
      '# LISTENER_ARN: the listener whose default action is to send to the tasks, set by you',
      `aws elbv2 modify-listener --listener-arn "$LISTENER_ARN" --default-actions "Type=forward,TargetGroupArn=\${TARGET_GROUP_ARN}" --region ap-northeast-2`,
      `aws ecs update-service --cluster shop --service web --load-balancers "targetGroupArn=\${TARGET_GROUP_ARN},containerName=web,containerPort=8080" --region ap-northeast-2`,
    ])
    expectPages(finding)
  })

  test('clear where it is there', () => {
    expect(told(HEALTHY)).toEqual([])
  })

  test('finds an alternate group that is gone, where a deployment moves traffic', () => {
    expect(told(blueGreen())).toEqual([])
    expect(told(blueGreen(null, 'ROLLING'))).toEqual([])
    for (const strategy of ['BLUE_GREEN', 'LINEAR', 'CANARY']) {
      expect(told(blueGreen(null, strategy))).toEqual([`${ID} ${ALTERNATE}`])
    }
    const finding = findingOf(blueGreen(null), ID)
    expect(finding.what.en).toContain('alternate target group')
    const [create = '', update = '', ...more] = onOneLine(finding.remedy.cli)
    expect(create).toContain('create-target-group --name web-green ')
    expect(update).toMatch(/update-service.*,alternateTargetGroupArn=\$\{TARGET_GROUP_ARN\}/)
    expect(update).toContain(RULE)
    expect(more).toEqual([])
    expect(finding.remedy.verified).toBe(true)
  })

  test('is unknown, without deciding, where it could not be read', () => {
    expect(unsure(withGroup(HEALTHY, { group: DENIED }), ID)).toEqual([[DENIED.permission, false]])
  })
})
