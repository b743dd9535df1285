import { describe, expect, test } from '@jest/globals'
import type { Change, ChangeOf } from '../../../src/domain/change.ts'
import { ACL_A, BY_ENDPOINTS } from '../../checks/world.ts'
import { expectWords, networkAfter, oneAfter, withoutList } from '../kind.ts'

const CREATE: ChangeOf<'create-network-acl-entry'> = {
  kind: 'create-network-acl-entry',
  networkAclId: ACL_A,
  egress: false,
  ruleNumber: 90,
  protocol: '6',
  portRange: { from: 1024, to: 65535 },
  cidrBlock: '0.0.0.0/0',
  ruleAction: 'allow',
}
const { cidrBlock: _, ...REST } = CREATE
const IPV6: Change = { ...REST, ipv6CidrBlock: '::/0' }
const DELETE: Change = { kind: 'delete-network-acl-entry', networkAclId: ACL_A, egress: true, ruleNumber: 100 }

describe('create-network-acl-entry, delete-network-acl-entry', () => {
  test('in words', () => {
    expectWords(
      'network-acl-entry',
      [CREATE],
      [{ ...CREATE, egress: true, portRange: { from: 443, to: 443 } }],
      [DELETE],
      [IPV6],
    )
  })

  test('an entry comes, and goes', () => {
    expect(oneAfter('networkAcls', ACL_A, BY_ENDPOINTS, CREATE).entries.at(-1)).toEqual({
      egress: false,
      ruleNumber: 90,
      allow: true,
      protocol: '6',
      cidr: '0.0.0.0/0',
      ports: { from: 1024, to: 65535 },
    })
    expect(oneAfter('networkAcls', ACL_A, BY_ENDPOINTS, IPV6).entries.at(-1)?.cidr).toBe('::/0')
    const left = oneAfter('networkAcls', ACL_A, BY_ENDPOINTS, DELETE).entries.filter(({ egress }) => egress)
    expect(left.map(({ ruleNumber }) => ruleNumber)).toEqual([32767])
  })

  test('AWS refuses a number that is taken, and one that is not there', () => {
    expect(networkAfter(BY_ENDPOINTS, { ...CREATE, ruleNumber: 100 })).toBe('NetworkAclEntryAlreadyExists')
    expect(networkAfter(BY_ENDPOINTS, DELETE, DELETE)).toBe('InvalidNetworkAclEntry.NotFound')
    expect(networkAfter(BY_ENDPOINTS, { ...CREATE, networkAclId: 'acl-1' })).toBe('InvalidNetworkAclID.NotFound')
    expect(networkAfter(withoutList(BY_ENDPOINTS, 'networkAcls'), CREATE)).toBeNull()
  })
})
