import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BY_ENDPOINTS, VPC } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const CREATE: Change = {
  kind: 'create-security-group',
  makes: 'ecrApiGroup',
  groupName: 'ecr-api-endpoint',
  description: `HTTPS from ${VPC}`,
  vpcId: VPC,
}
const OPEN: Change = {
  kind: 'authorize-security-group-ingress',
  groupId: { ref: 'ecrApiGroup' },
  ipProtocol: 'tcp',
  fromPort: 443,
  toPort: 443,
  cidrIpv4: '10.0.0.0/16',
}

describe('create-security-group', () => {
  test('in words, with a rule of it', () => expectWords('create-security-group', [CREATE, OPEN]))

  test('a new one lets nothing in and everything out', () => {
    const made = oneAfter('securityGroups', 'new-ecrApiGroup', BY_ENDPOINTS, CREATE)
    expect(made).toMatchObject({ vpcId: VPC, name: 'ecr-api-endpoint', ingress: [] })
    expect(made.egress.map(({ cidrs }) => cidrs)).toEqual([['0.0.0.0/0']])
    expect(oneAfter('securityGroups', 'new-ecrApiGroup', BY_ENDPOINTS, CREATE, OPEN).ingress).toHaveLength(1)
  })

  test('AWS refuses a name that the VPC has, and a VPC that is not there', () => {
    expect(networkAfter(BY_ENDPOINTS, { ...CREATE, groupName: 'endpoints' })).toBe('InvalidGroup.Duplicate')
    expect(networkAfter(BY_ENDPOINTS, { ...CREATE, vpcId: 'vpc-1' })).toBe('InvalidVpcID.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'securityGroups'), CREATE)).toBeNull()
  })
})
