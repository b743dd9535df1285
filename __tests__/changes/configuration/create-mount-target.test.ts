import { describe, expect, test } from '@jest/globals'
import { known, unread } from '../../../src/domain/answer.ts'
import type { Change } from '../../../src/domain/change.ts'
import { A, C } from '../../checks/configuration-world.ts'
import { configuredFacts, factAfter, facts } from '../facts.ts'
import { expectForms } from '../forms.ts'

const IN_A = { id: 'fsmt-0a1b2c3d4e5f6000a', subnetId: A, availabilityZoneId: 'apne2-az1', state: 'available' } as const
const target = (subnetId: string, like: string | null = 'fsmt-0a1b2c3d4e5f6000a'): Change => ({
  kind: 'create-mount-target',
  fileSystemId: 'fs-0a1b2c3d4e5f60001',
  subnetId,
  like,
})
const BEFORE = configuredFacts({ fileSystems: [{ id: 'fs-0a1b2c3d4e5f60001', mountTargets: known([IN_A]) }] })

describe('create-mount-target', () => {
  test('with the security groups of another one, or those that the reader names', () => {
    expectForms('create-mount-target', { 'like another one': [target(C)], 'the first': [target(C, null)] })
  })

  test('it is in the zone of its subnet', () => {
    expect(factAfter(BEFORE, 'configuration', target(C))).toMatchObject({
      fileSystems: [
        { mountTargets: known([IN_A, { subnetId: C, availabilityZoneId: 'apne2-az3', state: 'available' }]) },
      ],
    })
  })

  test('AWS refuses a second one in a zone', () => {
    expect(factAfter(BEFORE, 'configuration', target(A))).toEqual({ refused: 'MountTargetConflict' })
  })

  test('nobody foresees what no fact holds', () => {
    expect(factAfter(BEFORE, 'configuration', target('subnet-other'))).toBeNull()
    expect(factAfter(facts(), 'configuration', target(C))).toBeNull()
    const unseen = configuredFacts({
      fileSystems: [{ id: 'fs-0a1b2c3d4e5f60001', mountTargets: unread('denied', 'x') }],
    })
    expect(factAfter(unseen, 'configuration', target(C))).toBeNull()
  })
})
