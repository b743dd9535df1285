/** Which missing facts leave a verdict open: all that decide, and what a warning rests on where AWS may answer the next time. */
import { describe, expect, test } from '@jest/globals'
import { runCheck } from '../../../src/checks/engine/run.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import { unread } from '../../../src/domain/answer.ts'
import type { Check } from '../../../src/domain/check.ts'
import { FACT_WORDS, type FactName, type GatheredFacts } from '../../../src/domain/facts.ts'
import {
  type ConfiguredWorld,
  configured,
  HEALTHY,
  judge,
  withDefinition,
  withGroup,
  withService,
} from '../configuration-world.ts'

const THROTTLED = unread('throttled', 'service:Action')
const DENIED = unread('denied', 'service:Action')
const NAMES = Object.keys(FACT_WORDS) as readonly FactName[]

function mattering(check: Check, answer: typeof THROTTLED): readonly boolean[] {
  const facts = Object.fromEntries(NAMES.map((name) => [name, answer])) as unknown as GatheredFacts
  return runCheck(check, facts).unknowns.map(({ matters }) => matters)
}

describe('a whole fact that is missing', () => {
  const beside = CHECKS.filter(({ needs }) => needs.some((name) => name === 'compute' || name === 'tasks'))

  test.each(CHECKS.map((check) => [check.id, check] as const))('%s: throttled, it leaves no verdict', (_, check) => {
    expect(mattering(check, THROTTLED)).toContain(true)
  })

  test.each(beside.map((check) => [check.id, check] as const))('%s: beside those that decide', (_, check) => {
    const leavesAlone = check.severity === 'advice' || check.id === 'fargate-vcpu-quota-exceeded'
    const ofBeside = (answer: typeof THROTTLED) =>
      check.needs.flatMap((name, at) => (name === 'compute' || name === 'tasks' ? [mattering(check, answer)[at]] : []))
    expect(new Set(ofBeside(DENIED))).toEqual(new Set([false]))
    expect(new Set(ofBeside(THROTTLED))).toEqual(new Set([!leavesAlone]))
  })
})

describe('a part of a fact that is missing', () => {
  /** Eight tasks of one vCPU while they are replaced: more than the default quota. */
  const four = withDefinition(withService(HEALTHY, { desiredCount: 4, runningCount: 4 }), {
    cpu: '1024',
    memory: '2048',
  })
  const mattersIn = (world: ConfiguredWorld) => judge(world).unknowns.map(({ matters }) => matters)

  test.each<[string, (answer: typeof THROTTLED) => ConfiguredWorld, whenThrottled: boolean]>([
    ['a target group, which warnings rest on', (group) => withGroup(HEALTHY, { group }), true],
    ['its load balancers, which warnings rest on', (loadBalancers) => withGroup(HEALTHY, { loadBalancers }), true],
    ['a quota, which reveals a rare override', (fargateVcpus) => configured(four, { fargateVcpus }), false],
  ])('%s', (_, without, whenThrottled) => {
    expect(new Set(mattersIn(without(DENIED)))).toEqual(new Set([false]))
    expect(new Set(mattersIn(without(THROTTLED)))).toEqual(new Set([whenThrottled]))
  })
})
