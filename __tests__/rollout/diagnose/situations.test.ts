/** States of a rollout as a whole that have a name: each in the log once when it begins and when it passes, in the head and in the report. */
import { describe, expect, test } from '@jest/globals'
import { concludeWatch, exitCodeOfWatch } from '../../../src/commands/watch/conclusion.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { EcsTask, Poll, ServicePlacement, SituationKind } from '../../../src/domain/rollout.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { renderJson } from '../../../src/report/json/json.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { newsOf } from '../../../src/rollout/news.ts'
import { beginRollout, type Rollout, type WatchPlan } from '../../../src/rollout/state.ts'
import { step } from '../../../src/rollout/step.ts'
import {
  at,
  deployment,
  exited,
  followed,
  NEXT,
  OLD,
  OURS,
  old,
  plan,
  poll,
  running,
  type Sight,
  service,
  task,
} from '../world.ts'

const USUAL: ServicePlacement = {
  launchType: 'FARGATE',
  capacityProviders: [],
  minimumHealthyPercent: 100,
  maximumPercent: 200,
}

const BLANK: Report = {
  ...{ schemaVersion: 1, tool: { name: 't', version: '0' }, mode: 'watch', verdict: 'unknown', enforced: false },
  target: { region: 'ap-northeast-2', accountId: null, cluster: 'demo', service: 'web', taskDefinition: 'web:8' },
  ...{ failingStep: null, steps: [], paths: [], findings: [], unknowns: [], forecast: null, ignored: [] },
}

/** What a watch of these polls said, and the report that it ends with. */
function told(polls: readonly Poll[], fields: Partial<WatchPlan> = {}) {
  let state: Rollout = beginRollout(plan(fields))
  const said = polls.flatMap((one) => {
    const before = state
    state = step(before, one, one.at)
    return newsOf(before, state)
  })
  const report = concludeWatch({ state, report: BLANK }, 'watch')
  return { state, said, report }
}

function situation({ situations }: Rollout, kind: SituationKind) {
  return situations.find((one) => one.kind === kind) ?? null
}

/** In the log so often; in the head, the JSON and the text of the report, in both languages. */
function expectNamed({ said, report }: ReturnType<typeof told>, words: { en: RegExp; ko: RegExp }, times = 1): void {
  for (const language of ['en', 'ko'] as const) {
    expect([language, said.filter((line) => words[language].test(line[language])).length]).toEqual([language, times])
    const head = headOf(report)
    const inHead = [head.sentence, ...head.because].map((one) => one[language]).join('\n')
    expect(inHead).toMatch(words[language])
    expect(renderText(report, { language, columns: 120 }).replace(/\s+/g, ' ')).toMatch(words[language])
    const { rollout } = JSON.parse(renderJson(report, language))
    const inJson = [rollout.because, ...rollout.situations.map(({ what }: { what: string }) => what)].join('\n')
    expect(inJson).toMatch(words[language])
  }
}

describe('deadlock', () => {
  const percents = { ...USUAL, maximumPercent: 100 }
  const stuck = (fields: Parameters<typeof service>[0] = {}): Sight => ({
    service: service({ placement: percents, ...fields }),
    tasks: ['o1', 'o2'].map((id) =>
      running(id, { startedBy: OLD, createdAt: at(-99), pullStartedAt: null, pullStoppedAt: null, startedAt: at(-90) }),
    ),
  })
  const BLOCKED =
    '(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.'
  const named = {
    en: /^Deadlock: with minimumHealthyPercent 100 and maximumPercent 100, none of the 2 old/m,
    ko: /교착 상태: minimumHealthyPercent 100/,
  }

  test('is named at the first poll, and hopeless as soon as ECS says so, which ends the watch with 1', () => {
    const early = told([poll(10, stuck())])
    expect(early.state).toMatchObject({ phase: 'rolling', over: false })
    expectNamed(early, { ...named, en: /Deadlock: with minimumHealthyPercent 100/ })
    const event = { id: 'e1', at: at(15), message: BLOCKED }
    const late = told([poll(10, stuck()), poll(20, stuck({ events: [event] }))])
    expect(late.state).toMatchObject({ phase: 'failed', over: true, hopeless: { kind: 'deadlock' } })
    expect(exitCodeOfWatch(late.report)).toBe(1)
    expectNamed(late, { ...named, en: /Deadlock: with minimumHealthyPercent 100/ })
  })

  test('is hopeless after a minute in which nothing began, whatever ECS says', () => {
    expect(told([poll(10, stuck()), poll(59.9, stuck())]).state.over).toBe(false)
    expect(told([poll(10, stuck()), poll(60, stuck())]).state).toMatchObject({
      over: true,
      hopeless: { kind: 'deadlock' },
    })
  })

  test.each<[string, Sight]>([
    ['percentages with room', stuck({ placement: USUAL })],
    ['an old task too few, whose place is free', stuck({ runningCount: 1 })],
    ['a task of ours', { ...stuck(), tasks: [task('t1')] }],
    ['a task of ours that is counted and not listed', stuck({ deployments: [deployment({ pendingCount: 1 }), old()] })],
    ['another strategy', stuck({ strategy: 'BLUE_GREEN' })],
    ['percentages that a tape of before does not tell', { service: service(), tasks: [] }],
  ])('not with %s', (_, sight) => {
    const { state } = told([poll(10, sight), poll(100, sight)])
    expect(situation(state, 'deadlock')).toBeNull()
    expect(state.hopeless).toBeNull()
  })
})

describe('capacity that does not come', () => {
  const NONE =
    '(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.'
  const refused = (placement: ServicePlacement, ...seconds: readonly number[]) =>
    service({ placement, events: seconds.map((second) => ({ id: `e${second}`, at: at(second), message: NONE })) })
  const spot = { ...USUAL, launchType: null, capacityProviders: ['FARGATE_SPOT'] }

  test('is called Spot where it is, until the budget ends the watch', () => {
    const watched = told(
      [poll(40, { service: refused(spot, 30) }), poll(300, { service: refused(spot, 30, 90, 290) })],
      { deadlineAt: at(300) },
    )
    expect(watched.report.rollout?.phase).toBe('timed-out')
    expectNamed(watched, {
      en: /Spot capacity does not come \(FARGATE_SPOT\)/,
      ko: /스팟 용량이 확보되지 않습니다\(FARGATE_SPOT\)|스팟 용량이 확보되지 않습니다 \(FARGATE_SPOT\)/,
    })
    expect(watched.report.rollout?.situations[0]?.what.en).toContain('for 4 min 30 s and goes on trying')
  })

  test('and is not, where it is not', () => {
    const watched = told([poll(40, { service: refused(USUAL, 30) })])
    expectNamed(watched, { en: /Capacity does not come: ECS/, ko: /용량이 확보되지 않습니다/ })
    expect(JSON.stringify(watched.said)).not.toMatch(/Spot|스팟/)
  })

  test('came late where a task was made after all, which makes its refusal one that passed', () => {
    const tasks = [running('t1', { createdAt: at(151) })]
    const watched = told([
      poll(40, { service: refused(spot, 30) }),
      poll(200, { service: refused(spot, 30, 90), tasks }),
    ])
    expect(situation(watched.state, 'capacity-missing')).toMatchObject({ since: at(30), until: at(151) })
    expectNamed(watched, {
      en: /Spot capacity came late .*after 2 min 1 s/,
      ko: /스팟 용량이 늦게 확보되었습니다.*2분 1초/,
    })
    const [failure] = watched.report.rollout?.failures ?? []
    expect(failure).toMatchObject({ label: 'placement/capacity', transient: true })
    expect(failure?.notes.map(({ en }) => en)).toEqual(['It passed by itself: ECS has placed a task since.'])
  })
})

describe('instances that come late', () => {
  const provider = { ...USUAL, launchType: null, capacityProviders: ['cp-web'] }
  const waiting = (id: string) => task(id, { createdAt: at(10) })
  const late = (id: string, pulls: number) =>
    running(id, { createdAt: at(10), pullStartedAt: at(pulls), containerInstanceArn: 'arn:i' })
  const see = (tasks: readonly EcsTask[], placement: ServicePlacement = provider): Sight => ({
    service: service({ placement }),
    tasks,
  })

  test('are awaited after a minute in PROVISIONING, and have come when the image is pulled', () => {
    expect(situation(followed([poll(69, see([waiting('t1')]))]), 'instances-late')).toBeNull()
    const awaited = told([poll(69, see([waiting('t1')])), poll(71, see([waiting('t1')]))])
    expectNamed(awaited, { en: /Instances are awaited \(cp-web\)/, ko: /컨테이너 인스턴스를 기다립니다 \(cp-web\)/ })
    const come = told([
      poll(71, see([waiting('t1'), waiting('t2')])),
      poll(240, see([late('t1', 200), waiting('t2')])),
      poll(260, see([late('t1', 200), late('t2', 250)])),
    ])
    expectNamed(come, {
      en: /Instances came late \(cp-web\): a task found room only after 4 min\./,
      ko: /늦게 준비되었습니다 \(cp-web\).*4분/,
    })
  })

  test('on Fargate a task in PROVISIONING waits for something else', () => {
    expect(situation(followed([poll(300, see([waiting('t1')], USUAL))]), 'instances-late')).toBeNull()
    expect(
      situation(followed([poll(300, see([waiting('t1')], { ...USUAL, launchType: 'EC2' }))]), 'instances-late'),
    ).not.toBeNull()
  })

  test('a steady end is not headed by a refusal that passed', () => {
    const FULL =
      '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 9a7d1a10-0b37-4d49-8f1a-d4f3fd3d8c8d) has insufficient memory available.'
    const events = [{ id: 'e1', at: at(20), message: FULL }]
    const tasks = [running('t1', { createdAt: at(140) }), running('t2', { createdAt: at(141) })]
    const done = deployment({ runningCount: 2, rolloutState: 'COMPLETED', updatedAt: at(200) })
    const watched = told([
      poll(30, { service: service({ placement: provider, events }) }),
      poll(210, { service: service({ placement: provider, events, deployments: [done] }), tasks }),
    ])
    expectNamed(watched, { en: /Instances came late \(cp-web\): a task found room only after 2 min\./, ko: /2분/ })
    const head = headOf(watched.report)
    expect(head.line.en).not.toContain('No instance has room')
    expect([head.advice, head.commands]).toEqual([[], []])
    expect(watched.report.verdict).toBe('warn')
  })
})

describe('a crash loop', () => {
  const crash = (id: string, from: number, exitCode = 3) =>
    exited(id, exitCode, {
      createdAt: at(from),
      startedAt: at(from + 10),
      stoppingAt: at(from + 15),
      stoppedAt: at(from + 20),
    })

  test('is one where what ECS started in place of the first ended so, too', () => {
    const both = [crash('c1', 5), crash('c2', 6)]
    expect(situation(followed([poll(40, { tasks: both })]), 'crash-loop')).toBeNull()
    const watched = told([poll(40, { tasks: both }), poll(70, { tasks: [...both, crash('c3', 45)] })])
    expect(situation(watched.state, 'crash-loop')).toMatchObject({ tasks: 3, container: 'web', exitCode: 3 })
    expectNamed(watched, {
      en: /Crash loop: 3 tasks started, and their container ended again \(web, exit code 3\)/,
      ko: /크래시 루프: 태스크 3개.*\(web, 종료 코드 3\)/,
    })
  })

  test('with another exit code it is another story', () => {
    expect(situation(followed([poll(70, { tasks: [crash('c1', 5), crash('c2', 45, 1)] })]), 'crash-loop')).toBeNull()
  })
})

describe('another deployment in place of ours', () => {
  const family = old().taskDefinitionArn
  const other = (fields: Parameters<typeof deployment>[0]) =>
    poll(60, {
      service: service({
        deployments: [deployment({ id: NEXT, createdAt: at(50), ...fields }), deployment({ status: 'ACTIVE' })],
      }),
    })

  test('that brings an older revision back is told so, waited for, and ends with 1', () => {
    const under = told([poll(20), other({ taskDefinitionArn: family, runningCount: 1 })])
    expect(under.state).toMatchObject({ phase: 'rolling-back', over: false })
    expectNamed(under, {
      en: /older revision was deployed in place of this one.*ecs-svc\/3333333333333333333 brings back web:7/,
      ko: /이전 개정을 다시 배포했습니다.*web:7/,
    })
    const over = told([poll(20), other({ taskDefinitionArn: family, runningCount: 2, rolloutState: 'COMPLETED' })])
    expect(over.state).toMatchObject({ phase: 'rolled-back', over: true })
    expect(exitCodeOfWatch(over.report)).toBe(1)
    expectNamed(over, {
      en: /runs an older revision again.*web:7 \(ecs-svc\/3333333333333333333\)/,
      ko: /이전 개정을 실행하고 있습니다: web:7/,
    })
  })

  test.each([
    ['a newer revision', { taskDefinitionArn: family.replace(':7', ':9') }],
    ['another family with a smaller number', { taskDefinitionArn: family.replace('web:7', 'api:7') }],
    ['an older revision that failed as well', { taskDefinitionArn: family, rolloutState: 'FAILED' }],
  ])('%s supersedes it', (_, fields) => {
    expect(told([poll(20), other(fields)]).state).toMatchObject({ phase: 'superseded', over: true })
  })

  test('of the same revision is followed, said once, and stands in the report', () => {
    const watched = told([poll(20), other({})])
    expect(watched.state).toMatchObject({ phase: 'rolling', followed: { id: NEXT, ids: [OURS, NEXT] } })
    expect(watched.said.filter(({ en }) => en.startsWith('The same revision is deployed once more'))).toHaveLength(1)
    expectNamed(watched, {
      en: /same revision (is|was) deployed once more.*ecs-svc\/3333333333333333333/,
      ko: /같은 개정이 .*배포되었습니다.*ecs-svc\/3333333333333333333/,
    })
  })
})

describe('a revision that was named and does not appear', () => {
  const nothing = { service: service({ deployments: [old({ status: 'PRIMARY' })] }) }

  test('is said to be awaited at once, and at the end that it never was started', () => {
    const named = { taskDefinition: 'web:8' }
    const early = told([poll(10, nothing)], named)
    expect(early.said.map(({ en }) => en).join('\n')).toMatch(
      /No deployment of web:8 has appeared yet; the primary deployment is ecs-svc\/1{19}, which runs web:7\. .* up to 1 min/,
    )
    expect(early.said.map(({ ko }) => ko).join('\n')).toContain('찾는 배포가 아직 나타나지 않았습니다: web:8')
    const late = told([poll(10, nothing), poll(70, nothing)], named)
    expect(late.state).toMatchObject({ phase: 'not-started', over: true })
    expect(exitCodeOfWatch(late.report)).toBe(1)
    expectNamed(late, { en: /The service has no deployment of web:8/, ko: /서비스에 찾는 배포가 없습니다: web:8/ })
    expect(late.report.rollout?.situations).toEqual([])
  })

  test('is no situation of a watch that takes any revision, nor once it is there', () => {
    expect(situation(followed([poll(10)]), 'not-appeared')).toBeNull()
    expect(situation(followed([poll(10, nothing), poll(20)], { taskDefinition: 'web:8' }), 'not-appeared')).toBeNull()
  })
})
