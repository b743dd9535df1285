/** Forty VPCs whose answers were measured on real packets (see fixtures/vpc/truth.json). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { gatherService } from '../../../src/aws/gather/index.ts'
import { openFolder } from '../../../src/aws/reader/folder.ts'
import type { Path } from '../../../src/domain/path.ts'
import { indexNetwork } from '../../../src/network/network-index.ts'
import { judgePaths } from '../../../src/network/reachability/judge.ts'
import { startupPolicy } from '../../../src/network/reachability/startup-policy.ts'
import { startupNeeds } from '../../../src/task-start/startup-needs.ts'

const FIXTURES = '__tests__/fixtures/vpc'
type Truth = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>
const TRUTH: Truth = JSON.parse(readFileSync(`${FIXTURES}/truth.json`, 'utf8'))

async function pathsOf(id: string): Promise<readonly Path[]> {
  const reader = await openFolder(`${FIXTURES}/${id}`)
  const { facts, target } = await gatherService(reader, { cluster: 'demo', service: 'web' })
  const { service, taskDefinition, compute, network } = facts
  if (!service.known || !taskDefinition.known || !compute.known || !network.known)
    throw new Error(`${id} could not be read`)
  const needs = startupNeeds(service.value, taskDefinition.value, compute.value, target.region)
  const policy = startupPolicy(taskDefinition.value, target, taskDefinition.value.executionRoleArn)
  return judgePaths(indexNetwork(network.value), needs, policy)
}

describe('measured VPCs', () => {
  test('there are forty of them', () => {
    expect(Object.keys(TRUTH)).toHaveLength(40)
  })

  test.each(Object.keys(TRUTH))('VPC %s: every path is judged as the packets fared', async (id) => {
    const paths = await pathsOf(id)
    const wrong: string[] = []
    for (const [subnetId, destinations] of Object.entries(TRUTH[id] ?? {})) {
      for (const [destination, accepted] of Object.entries(destinations)) {
        const path = paths.find((one) => one.from.subnetId === subnetId && one.destination === destination)
        if (path === undefined || !accepted.includes(path.outcome)) {
          wrong.push(`${subnetId} → ${destination}: ${path?.outcome}, not ${accepted.join(' or ')}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test.each(Object.keys(TRUTH))('VPC %s: a path that does not get through says at which hop and why', async (id) => {
    for (const path of await pathsOf(id)) {
      if (path.outcome === 'reachable') continue
      const telling = path.hops.filter((hop) => hop.decision !== 'allow')
      expect(telling.length).toBeGreaterThan(0)
      for (const { why } of telling) expect(why.en.length * why.ko.length).toBeGreaterThan(0)
      if (path.outcome === 'blocked') expect(telling.some((hop) => hop.fault !== undefined)).toBe(true)
      if (path.outcome === 'indeterminate')
        expect(telling.some((hop) => hop.missing !== undefined || hop.decision === 'partial')).toBe(true)
    }
  })
})
