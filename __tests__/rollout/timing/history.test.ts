/** Earlier rollouts of the service are remembered, newest first; ours and those after it are not among them. */
import { expect, test } from '@jest/globals'
import type { EcsServiceDeployment } from '../../../src/domain/rollout.ts'
import { rolloutReport } from '../../../src/rollout/report.ts'
import { at, followed, poll, serviceDeployment } from '../world.ts'

function past(n: number, fields: Partial<EcsServiceDeployment> = {}): EcsServiceDeployment {
  const startedAt = at(-n * 1000)
  return serviceDeployment({
    arn: `arn:past-${n}`,
    targetRevisionArn: `x/90${n}`,
    status: 'SUCCESSFUL',
    ...{ createdAt: startedAt, startedAt, finishedAt: startedAt + (100 + n) * 1000 },
    ...fields,
  })
}

function history(serviceDeployments: readonly EcsServiceDeployment[]) {
  return rolloutReport(followed([poll(60, { serviceDeployments })])).history
}

test('newest first, whatever their order and end', () => {
  const failed = past(2, { status: 'ROLLBACK_SUCCESSFUL' })
  expect(history([past(3), serviceDeployment(), failed, past(1)])).toEqual([
    { seconds: 101, status: 'SUCCESSFUL', finishedAt: at(-899) },
    { seconds: 102, status: 'ROLLBACK_SUCCESSFUL', finishedAt: at(-1898) },
    { seconds: 103, status: 'SUCCESSFUL', finishedAt: at(-2897) },
  ])
})

test('at most ten', () => {
  expect(history(Array.from({ length: 12 }, (_, n) => past(n + 1))).map(({ seconds }) => seconds)).toEqual([
    101, 102, 103, 104, 105, 106, 107, 108, 109, 110,
  ])
})

test('neither ours, nor one that came after it, nor one that is not over', () => {
  const later = serviceDeployment({
    arn: 'arn:later',
    targetRevisionArn: 'x/3333333333333333333',
    ...{ status: 'SUCCESSFUL', createdAt: at(30), startedAt: at(30), finishedAt: at(50) },
  })
  const ours = serviceDeployment({ status: 'SUCCESSFUL', finishedAt: at(40) })
  expect(history([ours, later, past(1, { finishedAt: null })])).toEqual([])
})
