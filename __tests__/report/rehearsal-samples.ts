/** Finished rehearsals: one that proves preflight right and wrong, one where all is well, one that could not be tried. */
import { concludeRehearsal } from '../../src/commands/rehearse/conclusion.ts'
import type { Rehearsal } from '../../src/domain/rehearsal.ts'
import type { Report } from '../../src/domain/report.ts'
import { ALL_CLEAR, SEOUL, SUBNETS } from './samples.ts'

const [[a, zoneA], [b, zoneB], [c, zoneC]] = SUBNETS

const NO_PROGRAM =
  'CannotStartContainerError: … exec: "/ecs-pull-guard-rehearsal-nothing-here": no such file or directory'
const TIMED_OUT = 'CannotPullContainerError: … dial tcp 52.219.148.62:443: i/o timeout'

const PULLED = { outcome: 'pulled', label: null, text: NO_PROGRAM, predicted: 'reachable', agrees: true } as const
const FAILED = { outcome: 'failed', pullSeconds: null, label: 'pull/network-timeout', text: TIMED_OUT } as const

const OVER = {
  vcpuSeconds: 165,
  removed: ['task/1f0e9d8c7b6a49588776655443322110', 'task-definition/web-pull-rehearsal:3'],
  leftovers: [],
  because: null,
  notes: [],
} as const satisfies Partial<Rehearsal>

export const REHEARSALS: Readonly<Record<string, Report>> = {
  'rehearsal-proved': concludeRehearsal(SEOUL, {
    ...OVER,
    subnets: [
      { subnetId: a, availabilityZone: zoneA, pullSeconds: 12.4, ...PULLED },
      { subnetId: b, availabilityZone: zoneB, ...FAILED, predicted: 'reachable', agrees: false },
      { subnetId: c, availabilityZone: zoneC, ...FAILED, predicted: 'blocked', agrees: true },
    ],
    leftovers: [
      {
        what: 'task-definition/web-pull-rehearsal:3',
        because: 'AccessDeniedException: not authorized to perform: ecs:DeleteTaskDefinitions',
        cli: ['aws ecs delete-task-definitions --task-definitions web-pull-rehearsal:3 --region ap-northeast-2'],
      },
    ],
  }),
  'rehearsal-pulled': concludeRehearsal(ALL_CLEAR, {
    ...OVER,
    subnets: SUBNETS.map(([subnetId, availabilityZone], at) => {
      const unclear = at === 2 ? ({ predicted: 'indeterminate', agrees: null } as const) : {}
      return { subnetId, availabilityZone, pullSeconds: 9 + at, ...PULLED, ...unclear }
    }),
  }),
  'rehearsal-not-placed': concludeRehearsal(ALL_CLEAR, {
    ...OVER,
    subnets: [
      { subnetId: a, availabilityZone: zoneA, pullSeconds: 9, ...PULLED },
      {
        subnetId: b,
        availabilityZone: zoneB,
        outcome: 'not-placed',
        pullSeconds: null,
        label: null,
        text: 'Capacity is unavailable at this time. Please try again later or in a different availability zone',
        predicted: 'reachable',
        agrees: null,
      },
    ],
  }),
}
