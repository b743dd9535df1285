import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../../src/domain/change.ts'
import { BY_ENDPOINTS, change, ENDPOINT_GROUP, rule, S3_LIST, TASK_GROUP } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const HTTPS = { groupId: TASK_GROUP, ipProtocol: 'tcp', fromPort: 443, toPort: 443 } as const
const OUT: Change = { kind: 'authorize-security-group-egress', ...HTTPS, cidrIpv4: '0.0.0.0/0' }
const IN: Change = { kind: 'authorize-security-group-ingress', ...HTTPS, referencedGroupId: ENDPOINT_GROUP }

describe('authorize-security-group-ingress, -egress', () => {
  test('in words, for each peer', () => {
    expectWords(
      'authorize-security-group',
      [OUT],
      [IN],
      [{ kind: 'authorize-security-group-egress', ...HTTPS, prefixListId: S3_LIST }],
      [{ kind: 'authorize-security-group-egress', ...HTTPS, fromPort: 5000, toPort: 5001, cidrIpv6: '::/0' }],
    )
  })

  test('adds the rule in its direction', () => {
    expect(oneAfter('securityGroups', TASK_GROUP, BY_ENDPOINTS, OUT).egress.at(-1)).toEqual(
      rule({ cidrs: ['0.0.0.0/0'] }),
    )
    const { ingress, egress } = oneAfter('securityGroups', TASK_GROUP, BY_ENDPOINTS, IN)
    expect(ingress).toEqual([rule({ groupIds: [ENDPOINT_GROUP] })])
    expect(egress).toHaveLength(2)
  })

  test('AWS refuses the very rule a second time, not a narrower one', () => {
    expect(networkAfter(BY_ENDPOINTS, OUT, OUT)).toBe('InvalidPermission.Duplicate')
    expect(
      networkAfter(BY_ENDPOINTS, { ...HTTPS, kind: 'authorize-security-group-egress', prefixListId: S3_LIST }),
    ).toBe('InvalidPermission.Duplicate')
    const wide = change(BY_ENDPOINTS, 'securityGroups', TASK_GROUP, {
      egress: [rule({ cidrs: ['0.0.0.0/0'], protocol: '-1' })],
    })
    expect(networkAfter(wide, OUT)).not.toBe('InvalidPermission.Duplicate')
    expect(networkAfter(BY_ENDPOINTS, { ...OUT, groupId: 'sg-1' })).toBe('InvalidGroup.NotFound')
  })

  test('nobody can foresee peers that are not visible', () => {
    expect(networkAfter(BY_ENDPOINTS, { ...IN, referencedGroupId: 'sg-1' })).toBeNull()
    expect(
      networkAfter(BY_ENDPOINTS, { kind: 'authorize-security-group-egress', ...HTTPS, prefixListId: 'pl-1' }),
    ).toBeNull()
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'securityGroups'), OUT)).toBeNull()
  })
})
