import { describe, expect, test } from '@jest/globals'
import type { ChangeOf } from '../../../src/domain/change.ts'
import { A, C, HEALTHY, TASK_GROUP } from '../../checks/configuration-world.ts'
import { factAfter, facts, without } from '../facts.ts'
import { expectForms } from '../forms.ts'

type UpdateExpress = ChangeOf<'update-express-gateway-service'>

const change = (settings: Partial<UpdateExpress>): UpdateExpress => ({
  kind: 'update-express-gateway-service',
  serviceArn: HEALTHY.service.arn,
  ...settings,
})
const NETWORK = change({ networkConfiguration: { subnets: [A], securityGroups: [TASK_GROUP] } })
const express = facts({ service: { ...HEALTHY.service, resourceManagementType: 'ECS' } })

describe('update-express-gateway-service', () => {
  test('names what changes and nothing else', () => {
    expectForms('update-express-gateway-service', {
      'subnets and groups': [NETWORK],
      'subnets alone': [change({ networkConfiguration: { subnets: [A, C] } })],
      'a revision that is made first': [
        { kind: 'register-task-definition', makes: 'revision', family: 'web', like: 'web:7', cpu: '512' },
        change({ taskDefinitionArn: { ref: 'revision' } }),
      ],
    })
  })

  test('the subnets are those of the next tasks, and what is not named stays', () => {
    expect(factAfter(express, 'service', NETWORK)).toMatchObject({
      awsvpc: { subnetIds: [A], assignPublicIp: 'DISABLED' },
    })
    const subnets = change({ networkConfiguration: { subnets: [A] } })
    expect(factAfter(express, 'service', subnets)).toMatchObject({
      awsvpc: HEALTHY.service.awsvpc && { ...HEALTHY.service.awsvpc, subnetIds: [A] },
      taskDefinitionArn: HEALTHY.service.taskDefinitionArn,
    })
    expect(factAfter(express, 'service', change({ taskDefinitionArn: 'arn:new' }))).toMatchObject({
      taskDefinitionArn: 'arn:new',
      awsvpc: HEALTHY.service.awsvpc,
    })
  })

  test('is refused of an ordinary service, of another one, and of one that is deleted', () => {
    expect(factAfter(facts(), 'service', NETWORK)).toEqual({ refused: 'InvalidParameterException' })
    expect(factAfter(express, 'service', change({ serviceArn: 'arn:other' }))).toEqual({
      refused: 'InvalidParameterException',
    })
    const draining = facts({ service: { ...HEALTHY.service, resourceManagementType: 'ECS', status: 'DRAINING' } })
    expect(factAfter(draining, 'service', NETWORK)).toEqual({ refused: 'ServiceNotActiveException' })
  })

  test('nobody foresees what becomes of a service that could not be read', () => {
    expect(factAfter(without('service'), 'service', NETWORK)).toBeNull()
  })
})
