/** The JSON of a report is the contract's: these keys, this order, one language, nothing of the inside. */
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../../src/domain/report.ts'
import type { RolloutReport } from '../../../src/domain/rollout.ts'
import { renderJson, reportJson } from '../../../src/report/json/json.ts'
import { findingsOutput, outputsOf } from '../../../src/report/outputs.ts'
import { WATCHED } from '../rollout-full.ts'
import { ALL_CLEAR, SEOUL, SIXTY } from '../samples.ts'

const ROLLOUT = WATCHED.rollout as RolloutReport

describe('report.json', () => {
  const report = reportJson(SEOUL, 'ko')

  // biome-ignore format: as the contract lists them
  test('has the keys of the contract in its order', () => {
    expect(Object.keys(report)).toEqual([
      'schemaVersion', 'tool', 'mode', 'target', 'verdict', 'enforced', 'headline', 'failingStep', 'steps', 'paths',
      'findings', 'ignored', 'unknowns', 'forecast', 'repairs', 'readAt',
    ])
    expect(Object.keys(report.target)).toEqual(['region', 'accountId', 'cluster', 'service', 'taskDefinition'])
    expect(Object.keys(report.paths[0] ?? {})).toEqual(['from', 'destination', 'host', 'port', 'neededBy', 'via', 'outcome', 'hops'])
    expect(Object.keys(report.findings[0] ?? {})).toEqual([
      'check', 'step', 'severity', 'subject', 'title', 'what', 'why', 'evidence', 'affects', 'remedy', 'docs',
    ])
    expect(Object.keys(report.findings[0]?.remedy ?? {})).toEqual(['console', 'cli', 'terraform', 'changes', 'verified'])
    expect(Object.keys(report.unknowns[0] ?? {})).toEqual(['check', 'because', 'permission', 'matters', 'step'])
    expect(Object.keys(report.forecast ?? {})).toEqual(['expectedFailedTasks', 'expectedMinutes', 'cleanMinutes', 'basis'])
  })

  test('keeps what is only for the inside to itself', () => {
    const blocked = report.paths.find(({ outcome }) => outcome === 'blocked')
    expect(Object.keys(blocked?.hops[0] ?? {})).toEqual(['at', 'id', 'decision', 'why'])
    expect(renderJson(SEOUL, 'ko')).not.toMatch(/"(fault|missing|required)":/)
  })

  test('speaks one language and translates no other word', () => {
    expect(report.failingStep).toEqual({ id: 'routes', title: '라우팅' })
    expect(report.findings[0]?.title).toBe('태스크 서브넷에 S3로 가는 경로가 없습니다')
    expect(report.verdict).toBe('fail')
    expect(reportJson(SEOUL, 'en').findings[0]?.title).toBe('A task subnet has no route to S3')
  })

  test('is null where there is nothing, and ends in a newline', () => {
    const json = renderJson(ALL_CLEAR, 'en')
    expect(JSON.parse(json)).toMatchObject({ failingStep: null, forecast: null, findings: [] })
    expect(json.endsWith('}\n')).toBe(true)
  })
})

describe('the outputs of the action', () => {
  test('name the failing step, or nothing', () => {
    expect(outputsOf(SEOUL, 'en')).toMatchObject({ verdict: 'fail', 'failing-step': 'routes' })
    expect(outputsOf(ALL_CLEAR, 'en')).toEqual({
      verdict: 'pass',
      'failing-step': '',
      headline: 'A task can start in every subnet.',
      fix: '',
      findings: '[]',
      'task-definition-arn': '',
      'service-deployment-arn': '',
      'task-success-rate': '',
      'rollout-seconds': '',
      'codedeploy-deployment-id': '',
      'run-task-arn': '',
    })
  })

  test('say what came of a rollout, and no name that is no ARN', () => {
    const taskDefinitionArn = 'arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/web_1:8'
    const { deployment: _, ...alone } = WATCHED
    const report = (change: Partial<RolloutReport>): Report => ({ ...alone, rollout: { ...ROLLOUT, ...change } })
    expect(outputsOf(report({ taskDefinitionArn }), 'en')).toMatchObject({
      'task-definition-arn': taskDefinitionArn,
      'service-deployment-arn': 'arn:aws:ecs:ap-northeast-2:123456789012:service-deployment/demo/web/aaaa',
      'task-success-rate': '0.333',
      'rollout-seconds': '467',
    })
    const tasks = { started: 4, failed: 4, successRate: 0 }
    expect(
      outputsOf(
        report({ tasks, seconds: null, taskDefinitionArn: null, serviceDeploymentArn: 'arn:aws:ecs:x;rm -r /' }),
        'en',
      ),
    ).toMatchObject({
      'task-definition-arn': '',
      'service-deployment-arn': '',
      'task-success-rate': '0',
      'rollout-seconds': '',
    })
  })

  test('of a deploy name what it made, and nothing that is no name of AWS', () => {
    const { deployment = null } = WATCHED
    if (deployment === null) throw new Error('the sample is of a deploy')
    const tasks = ['arn:aws:ecs:eu-west-1:123456789012:task/demo/0f', 'arn:aws:ecs:x;rm -r /']
    const made = { ...ALL_CLEAR, deployment, starts: { tasks, codeDeployDeploymentId: 'd-A1B2C3D4E' } }
    expect(outputsOf(made, 'en')).toMatchObject({
      'task-definition-arn': deployment.revision,
      'codedeploy-deployment-id': 'd-A1B2C3D4E',
      'run-task-arn': JSON.stringify(tasks.slice(0, 1)),
    })
    const odd = { ...made, starts: { tasks: [], codeDeployDeploymentId: 'd-1 && x' } }
    expect(outputsOf(odd, 'en')).toMatchObject({ 'codedeploy-deployment-id': '', 'run-task-arn': '' })
  })

  test('hold the findings as JSON on one line', () => {
    const { findings = '' } = outputsOf(SEOUL, 'ko')
    expect(findings).not.toContain('\n')
    expect(JSON.parse(findings)).toEqual(reportJson(SEOUL, 'ko').findings)
  })

  test('hold as many whole findings as an output may', () => {
    const short = findingsOutput(SIXTY, 'en', 10_000)
    expect(short.length).toBeLessThanOrEqual(10_000)
    const kept: unknown[] = JSON.parse(short)
    expect(kept.length).toBeGreaterThan(2)
    expect(kept).toEqual(reportJson(SIXTY, 'en').findings.slice(0, kept.length))
  })
})
