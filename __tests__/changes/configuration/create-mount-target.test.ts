import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import type { FileSystemRecord, MountTarget } from '../../../src/domain/configuration.ts'
import type { GatheredFacts } from '../../../src/domain/facts.ts'
import { A, C, HEALTHY, VPC } from '../../checks/configuration-world.ts'
import { interfaceOf } from '../../checks/mounting.ts'
import { configuredFacts, factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const IN_A: MountTarget = {
  id: 'fsmt-0a1b2c3d4e5f6000a',
  subnetId: A,
  vpcId: VPC,
  availabilityZoneId: 'apne2-az1',
  addresses: ['10.0.1.70'],
  interfaceId: 'eni-0a1b2c3d4e5f6070a',
  state: 'available',
}
const target = (subnetId: string, like: string | null = 'fsmt-0a1b2c3d4e5f6000a'): Change => ({
  kind: 'create-mount-target',
  fileSystemId: 'fs-0a1b2c3d4e5f60001',
  subnetId,
  like,
})
const SYSTEM: FileSystemRecord = { id: 'fs-0a1b2c3d4e5f60001', kind: 'efs', mountTargets: known([IN_A]) }
const BEFORE: GatheredFacts = {
  ...configuredFacts({ fileSystems: [SYSTEM] }),
  network: known({ ...HEALTHY.network, interfaces: known([{ ...interfaceOf(IN_A), groupIds: ['sg-efs'] }]) }),
}

describe('create-mount-target', () => {
  test('with the security groups of another one, or those that the reader names', () => {
    expectForms('create-mount-target', { 'like another one': [target(C)], 'the first': [target(C, null)] })
  })

  test('it is in the zone of its subnet, with an address there and the groups of the other one', () => {
    const made = { subnetId: C, vpcId: VPC, addresses: ['10.0.3.4'], interfaceId: `eni-${SYSTEM.id}-${C}` }
    expect(factAfter(BEFORE, 'configuration', target(C))).toMatchObject({
      fileSystems: [{ mountTargets: known([IN_A, { ...made, availabilityZoneId: 'apne2-az3', state: 'available' }]) }],
    })
    expect(factAfter(BEFORE, 'network', target(C))).toMatchObject({
      interfaces: known([{}, { id: made.interfaceId, groupIds: ['sg-efs'], privateIps: made.addresses, subnetId: C }]),
    })
  })

  test('AWS refuses a second one in a zone', () => {
    expect(factAfter(BEFORE, 'configuration', target(A))).toEqual({ refused: 'MountTargetConflict' })
  })

  test('nobody foresees what no fact holds', () => {
    expect(factAfter(BEFORE, 'configuration', target('subnet-other'))).toBeNull()
    expect(factAfter(BEFORE, 'configuration', target(C, null))).toBeNull()
    expect(factAfter(facts(), 'configuration', target(C))).toBeNull()
    const unseen = configuredFacts({
      fileSystems: [{ ...SYSTEM, mountTargets: unread('denied', 'x') }],
    })
    expect(factAfter(unseen, 'configuration', target(C))).toBeNull()
  })
})
