import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { placedInTheEnd } from '../../../src/deployment/placement/surge.ts'
import { draws } from '../../draws.ts'
import { type Box, mostPlaced, type Rules } from './brute-force.ts'
import { host, LEFT, placed, placement } from './world.ts'

describe('a rolling update', () => {
  test.each<[string, number[][], [wanted: number, running: number, lower: number, upper: number], number]>([
    [
      'room beside the old tasks',
      [
        [1, 2],
        [1, 2],
      ],
      [2, 2, 2, 4],
      2,
    ],
    [
      'room for one, which frees the next',
      [
        [1, 2],
        [0, 1],
      ],
      [2, 2, 2, 4],
      2,
    ],
    [
      'no room, and none may stop',
      [
        [0, 1],
        [0, 1],
      ],
      [2, 2, 2, 4],
      0,
    ],
    [
      'no room, but one may stop',
      [
        [0, 1],
        [0, 1],
      ],
      [2, 2, 1, 4],
      2,
    ],
    ['a place only where two old ones stop', [[0, 0, 1]], [1, 2, 1, 4], 0],
    ['room, but no task more may run', [[4]], [2, 2, 2, 2], 0],
    ['nothing runs yet', [[1], [1]], [2, 0, 2, 4], 2],
    ['fewer run than must stay', [[0, 1]], [4, 1, 4, 8], 0],
    ['larger than the old ones: not all of it fits', [[0, 0, 1, 1, 2]], [4, 4, 0, 8], 2],
    ['no instance', [], [2, 0, 0, 4], 0],
    ['an instance without limits', [[Infinity]], [3, 0, 0, 6], 3],
  ])('%s', (_, instances, [wanted, running, lower, upper], found) => {
    expect(placedInTheEnd(instances, { wanted, running, lower, upper })).toBe(found)
  })
})

const RULES = fc.record({
  cpu: fc.integer({ min: 1, max: 3 }),
  memory: fc.integer({ min: 1, max: 3 }),
  hasPort: fc.boolean(),
  distinct: fc.boolean(),
  minimum: fc.constantFrom(0, 34, 50, 67, 100),
  maximum: fc.constantFrom(100, 134, 150, 200),
})
const BOX = fc.record({
  cpu: fc.integer({ min: 0, max: 4 }),
  memory: fc.integer({ min: 0, max: 4 }),
  portTaken: fc.boolean(),
  old: fc.integer({ min: 0, max: 2 }),
})

test('places as many as a packer that tries every order of starts and stops', () => {
  fc.assert(
    fc.property(fc.array(BOX, { maxLength: 3 }), RULES, fc.integer({ min: 1, max: 3 }), (drawn, rules, desired) => {
      // A port of the host goes to one task at a time.
      const boxes = drawn.map(
        (box): Box => (rules.hasPort ? { ...box, old: box.portTaken ? 0 : Math.min(1, box.old) } : box),
      )
      const running = boxes.reduce((sum, { old }) => sum + old, 0)
      const lower = Math.ceil((desired * rules.minimum) / 100)
      const upper = Math.floor((desired * rules.maximum) / 100)
      // The check of the percentages speaks where nothing moves at all.
      fc.pre(Math.max(0, upper - desired) + Math.max(0, desired - lower) > 0)
      const ours = placement(worldOf(boxes, { ...rules, desired, running })).placed
      const brute: Rules = { ...rules, wanted: desired, lower, upper }
      expect(ours).toBe(mostPlaced(boxes, brute))
    }),
    { numRuns: draws(300) },
  )
})

function worldOf(
  boxes: readonly Box[],
  rules: Pick<Rules, 'cpu' | 'memory' | 'hasPort' | 'distinct'> & {
    readonly minimum: number
    readonly maximum: number
    readonly desired: number
    readonly running: number
  },
) {
  const { cpu, memory, hasPort, distinct, minimum, maximum, desired, running } = rules
  const tcpPorts = hasPort ? [80] : []
  return {
    service: {
      desiredCount: desired,
      runningCount: running,
      placementConstraints: distinct ? [{ type: 'distinctInstance', expression: null }] : [],
      deploymentConfiguration: {
        minimumHealthyPercent: minimum,
        maximumPercent: maximum,
        circuitBreaker: null,
        strategy: 'ROLLING',
        lifecycleHooks: [],
        raw: {},
      },
    },
    task: { cpu: null, memory: null },
    container: {
      reservation: { cpu, memory, gpus: 0 },
      portMappings: [{ containerPort: 8080, hostPort: hasPort ? 80 : 0, protocol: 'tcp' }],
    },
    hosts: boxes.map((box, n) => {
      const isTaken = hasPort && (box.portTaken || box.old > 0)
      const remaining = { ...LEFT, cpu: box.cpu, memory: box.memory, tcpPorts: isTaken ? [22, 80] : [22] }
      return host(n, { remaining, runningTasksCount: box.old + 1 })
    }),
    tasks: boxes.flatMap((box, n) => Array.from({ length: box.old }, () => placed(n, { tcpPorts }))),
  }
}
