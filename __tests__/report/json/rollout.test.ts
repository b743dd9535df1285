/** The rollout as the contract's JSON, and as sections of the terminal and Markdown reports. */
import { expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { reportJson } from '../../../src/report/json/json.ts'
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { rolloutReport } from '../../../src/rollout/report.ts'
import { learn } from '../../../src/rollout/step.ts'
import { seoul } from '../../rollout/grounds.ts'
import { at, failedToStart, followed, poll, running, S3_TIMEOUT, SUBNET_C } from '../../rollout/world.ts'
import { ROLLOUTS } from '../rollout-samples.ts'
import { ALL_CLEAR } from '../samples.ts'

const failing = failedToStart('0f1e2d3c', `${S3_TIMEOUT} ::error::injected`, {
  subnetId: SUBNET_C,
  availabilityZone: 'ap-northeast-2c',
})
const state = learn(followed([poll(220, { tasks: [failing, running('t2')] })]), { preflight: seoul() }, at(221))
const logs = [{ taskId: 't9', container: 'web', lines: ['fatal: no table', '##[error]x'], missing: null }]
const report: Report = { ...ALL_CLEAR, mode: 'watch', rollout: { ...rolloutReport(state), logs } }

test('every key of the contract, in its order', () => {
  const { rollout } = reportJson(report, 'en')
  expect(Object.keys(rollout ?? {}).slice(0, 14)).toEqual([
    'phase',
    'hopeless',
    'deploymentId',
    'serviceDeploymentArn',
    'startedAt',
    'endedAt',
    'seconds',
    'slow',
    'tasks',
    'bySubnet',
    'failures',
    'firstFailureSeenAt',
    'diagnosedAt',
    'timeline',
  ])
  expect(rollout).toMatchObject({
    phase: 'rolling',
    startedAt: '2025-11-03T00:00:00Z',
    endedAt: null,
    tasks: { started: 2, failed: 1, successRate: 0.5 },
    bySubnet: expect.arrayContaining([
      { subnetId: SUBNET_C, availabilityZone: 'ap-northeast-2c', started: 1, failed: 1, succeeded: 0 },
    ]),
    failures: [
      {
        taskId: '0f1e2d3c',
        at: '2025-11-03T00:03:35Z',
        subnetId: SUBNET_C,
        privateIp: '10.20.1.15',
        label: 'pull/network-timeout',
        destination: 's3-layers',
        address: { ip: '52.219.148.62', port: 443, is: 's3' },
        cause: 's3-route-missing',
        confidence: 'proved',
      },
    ],
    firstFailureSeenAt: '2025-11-03T00:03:40Z',
    logs: [{ taskId: 't9', container: 'web', lines: ['fatal: no table', '##[error]x'] }],
  })
})

test('what came later stands behind, and each entry of the timeline says what it is', () => {
  const { rollout } = reportJson(ROLLOUTS['rollout-steady-after-failures'] as Report, 'en')
  expect(Object.keys(rollout ?? {}).slice(14)).toEqual([
    ...[
      'logs',
      'because',
      'byZone',
      'suspicions',
      'phases',
      'looks',
      'notes',
      'timelineLeftOut',
      'history',
      'situations',
      'advice',
      'untriedSubnets',
      'digests',
    ],
  ])
  expect(rollout?.timeline.map((entry) => Object.keys(entry))[0]).toEqual(['at', 'what', 'taskId', 'kind'])
  expect(new Set(rollout?.timeline.map(({ kind }) => kind))).toEqual(
    new Set([
      ...['deployment-began', 'task-created', 'pull-began', 'task-started', 'task-failed', 'service-event'],
      'deployment-ended',
    ]),
  )
  expect(rollout?.history[1]).toEqual({
    seconds: 410,
    status: 'ROLLBACK_SUCCESSFUL',
    finishedAt: '2025-11-01T00:06:50Z',
  })
})

test('what would tell the next time stands with its commands, or is null', () => {
  expect(reportJson(report, 'en').rollout?.advice).toBeNull()
  const rollout = {
    ...(report.rollout as RolloutReport),
    advice: { what: { en: 'On', ko: '켜기' }, cli: ['aws logs x'] },
  }
  expect(reportJson({ ...report, rollout }, 'ko').rollout?.advice).toEqual({ what: '켜기', cli: ['aws logs x'] })
})

test('a report without a rollout has no such key', () => {
  expect(reportJson(ALL_CLEAR, 'en')).not.toHaveProperty('rollout')
})

test.each(['en', 'ko'] as const)('the terminal shows phase, subnets, cause and last lines: %s', (language) => {
  const text = renderText(report, { language, columns: 100 })
  for (const part of [SUBNET_C, 's3-route-missing', 'fatal: no table', '52.219.148.62']) expect(text).toContain(part)
  expect(text).not.toMatch(/^\s*::error/m)
  expect(text).not.toContain('##[error]')
})

test.each(['en', 'ko'] as const)('Markdown does as well: %s', (language) => {
  const markdown = renderMarkdown(report, { language })
  for (const part of [SUBNET_C, 's3-route-missing', 'fatal: no table']) expect(markdown).toContain(part)
})

test('Korean prose has no English sentence', () => {
  for (const one of [report, ...Object.values(ROLLOUTS)]) {
    const { rollout, steps } = reportJson(one, 'ko')
    const prose = [
      rollout?.because,
      ...(rollout?.failures.flatMap(({ title, why, notes, remedy }) => [title, why, ...notes, ...remedy]) ?? []),
      ...(rollout?.timeline.map(({ what }) => what) ?? []),
      ...(rollout?.notes ?? []),
      ...steps.flatMap(({ title }) => (title === 'DNS' ? [] : title)),
    ]
    for (const sentence of prose) expect(sentence).toMatch(/[가-힣]/)
  }
})

/** What AWS said stays as it is; an English sentence of ours would be four plain words in a row. */
const SAID =
  /Service deployment rolled back .*? exceeded|ECS deployment circuit breaker: .*? start|ExpiredTokenException: .*? expired|\(service web\) .*? available/g

test.each(Object.entries(ROLLOUTS))('no English sentence of ours in a Korean report: %s', (_, one) => {
  const own = renderMarkdown(one, { language: 'ko' })
    .replace(/```[\s\S]*?```/g, '')
    .replace(SAID, '')
  expect(own).not.toMatch(/\b[A-Za-z]?[a-z]+ [a-z]+ [a-z]+ [a-z]+\b/)
})
