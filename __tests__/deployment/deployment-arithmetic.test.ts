import { DeploymentControllerType, DeploymentStrategy, SchedulingStrategy } from '@aws-sdk/client-ecs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  circuitBreakerThreshold,
  type DeploymentShape,
  deploymentArithmetic,
} from '../../src/deployment/deployment-arithmetic.ts'

function shape(
  desiredCount: number,
  minimumHealthyPercent: number,
  maximumPercent: number,
  changes: Partial<DeploymentShape> & { readonly strategy?: string } = {},
): DeploymentShape {
  const { strategy = 'ROLLING', ...others } = changes
  return {
    desiredCount,
    schedulingStrategy: 'REPLICA',
    deploymentController: 'ECS',
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent, strategy },
    ...others,
  }
}

describe('a rolling update', () => {
  test.each([
    // desired, min, max, lower, upper, deadlock, batch, waves
    [1, 100, 200, 1, 2, false, 1, 1],
    [1, 100, 150, 1, 1, true, 0, 0],
    [1, 50, 100, 1, 1, true, 0, 0],
    [1, 0, 100, 0, 1, false, 1, 1],
    [2, 75, 100, 2, 2, true, 0, 0],
    [2, 50, 100, 1, 2, false, 1, 2],
    [3, 100, 125, 3, 3, true, 0, 0],
    [4, 100, 125, 4, 5, false, 1, 4],
    [10, 100, 100, 10, 10, true, 0, 0],
    [10, 50, 200, 5, 20, false, 10, 1],
    [10, 90, 120, 9, 12, false, 3, 4],
    [10, 0, 50, 0, 5, false, 10, 1],
    [0, 100, 200, 0, 0, false, 0, 0],
    [0, 100, 100, 0, 0, false, 0, 0],
  ])('of %i tasks with %i/%i', (desired, min, max, lower, upper, deadlock, batch, waves) => {
    const { extra, ...numbers } = deploymentArithmetic(shape(desired, min, max))
    expect(numbers).toMatchObject({ lower, upper, deadlock, batch, waves, applies: true })
    expect(extra).toBe(Math.max(0, upper - desired))
  })

  test('it is stuck exactly when it may neither start nor stop a task, and else its waves cover every task', () => {
    const percents = fc.tuple(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 300 }),
    )
    fc.assert(
      fc.property(percents, ([desired, min, max]) => {
        const { lower, upper, deadlock, batch, waves } = deploymentArithmetic(shape(desired, min, max))
        expect(deadlock).toBe(upper <= desired && lower >= desired)
        expect(batch).toBeLessThanOrEqual(desired)
        if (deadlock) return
        expect(batch * waves).toBeGreaterThanOrEqual(desired)
        expect(batch * (waves - 1)).toBeLessThan(desired)
      }),
    )
  })
})

describe('a daemon', () => {
  test('has no room beside its one task an instance', () => {
    expect(deploymentArithmetic(shape(4, 0, 100, { schedulingStrategy: 'DAEMON' }))).toMatchObject({
      deadlock: false,
      batch: 4,
    })
    expect(deploymentArithmetic(shape(4, 50, 100, { schedulingStrategy: 'DAEMON' }))).toMatchObject({
      batch: 2,
      waves: 2,
    })
    expect(deploymentArithmetic(shape(4, 100, 200, { schedulingStrategy: 'DAEMON' }))).toMatchObject({
      upper: 4,
      extra: 0,
      deadlock: true,
    })
  })
})

describe('what is not a rolling update of ECS', () => {
  test.each([
    ['CODE_DEPLOY', 'ROLLING'],
    ['EXTERNAL', 'ROLLING'],
    ['ECS', 'BLUE_GREEN'],
    ['ECS', 'LINEAR'],
    ['ECS', 'CANARY'],
    ['ECS', 'SOMETHING_NEW'],
    ['SOMETHING_NEW', 'ROLLING'],
  ])('%s %s starts a second set and cannot be stuck', (deploymentController, strategy) => {
    expect(deploymentArithmetic(shape(3, 100, 100, { deploymentController, strategy }))).toMatchObject({
      applies: false,
      deadlock: false,
      batch: 3,
      waves: 1,
      extra: 3,
    })
  })
})

test.each([
  [0, 3],
  [1, 3],
  [6, 3],
  [7, 4],
  [10, 5],
  [25, 13],
  [100, 50],
  [400, 200],
  [1000, 200],
])('the circuit breaker of %i tasks trips after %i failures', (desired, threshold) => {
  expect(circuitBreakerThreshold(desired)).toBe(threshold)
  expect(deploymentArithmetic(shape(desired, 100, 200)).circuitBreakerThreshold).toBe(threshold)
})

test('the words are the SDK’s own', () => {
  expect(Object.values(DeploymentStrategy)).toContain('ROLLING')
  expect(Object.values(DeploymentControllerType)).toContain('ECS')
  expect(Object.values(SchedulingStrategy)).toContain('DAEMON')
})
