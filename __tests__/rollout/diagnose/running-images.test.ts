/** After a rollout: does every task run the image that was wanted, and where was nothing tried? */
import { describe, expect, test } from '@jest/globals'
import { concludeWatch } from '../../../src/commands/watch/conclusion.ts'
import { known, unread } from '../../../src/domain/answer.ts'
import type { EcrAnswers, ImageFacts } from '../../../src/domain/image.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { EcsContainer, EcsTask } from '../../../src/domain/rollout.ts'
import type { TaskDefinition } from '../../../src/domain/service.ts'
import { annotationsOf } from '../../../src/report/annotations/annotations.ts'
import { headOf } from '../../../src/report/document/head.ts'
import { renderText } from '../../../src/report/terminal/text.ts'
import { untriedSubnets } from '../../../src/rollout/counts.ts'
import { evidenceOf, type PreflightEvidence } from '../../../src/rollout/diagnose/preflight-evidence.ts'
import { newsOf } from '../../../src/rollout/news.ts'
import { learn } from '../../../src/rollout/step.ts'
import { at, container, deployment, followed, OURS, poll, running, SUBNET_C, service, task } from '../world.ts'

const IMAGE = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:8'
const [A, B, C] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string]
const ARN = deployment().taskDefinitionArn
const MISSING = unread('denied', 'ecr:DescribeImages')

/** A task definition with a container an image, and what the registry has under each. */
function evidence(
  images: Readonly<Record<string, string>>,
  ecr: Partial<EcrAnswers> | null,
  arn: string | null = ARN,
): PreflightEvidence {
  const named = Object.entries(images)
  const taskDefinition = {
    arn,
    containers: named.map(([name, image]) => ({ name, image })),
  } as unknown as TaskDefinition
  const facts = named.map(([name, image]) => ({ image, containers: [name], ecr: ecr as EcrAnswers | null }))
  return evidenceOf(
    { paths: [], findings: [] },
    {
      ...{ network: MISSING, compute: MISSING, tasks: MISSING },
      taskDefinition: known(taskDefinition),
      images: known({ images: facts, running: MISSING } satisfies ImageFacts),
    },
  )
}

function found(digest: string, manifests: readonly string[] = []): Partial<EcrAnswers> {
  const image = { digest, tags: ['8'], bytes: null, pushedAt: null, pulledAt: null, status: null }
  return { found: known(image), manifests }
}

function runs(id: string, digest: string | null, fields: Partial<EcsTask> = {}, more: readonly EcsContainer[] = []) {
  const web = container({ lastStatus: 'RUNNING', image: IMAGE, digest })
  return running(id, { containers: [web, ...more], ...fields })
}

const BLANK: Report = {
  ...{ schemaVersion: 1, tool: { name: 't', version: '0' }, mode: 'watch', verdict: 'unknown', enforced: false },
  target: { region: 'ap-northeast-2', accountId: null, cluster: 'demo', service: 'web', taskDefinition: 'web:8' },
  ...{ failingStep: null, steps: [], paths: [], findings: [], unknowns: [], forecast: null, ignored: [] },
}

/** A rollout that ended steady with these tasks. */
function ended(tasks: readonly EcsTask[], preflight: PreflightEvidence) {
  const done = deployment({ runningCount: tasks.length, rolloutState: 'COMPLETED', updatedAt: at(60) })
  const before = followed([poll(90, { service: service({ deployments: [done] }), tasks })])
  const state = learn(before, { preflight }, at(91))
  const report = concludeWatch({ state, report: BLANK }, 'watch')
  return { state, report, rollout: report.rollout, said: newsOf(before, state) }
}

describe('the image that was wanted', () => {
  test('every task runs it: a note says so, and nothing warns', () => {
    const { report, rollout } = ended([runs('t1', A), runs('t2', A)], evidence({ web: IMAGE }, found(A)))
    expect(rollout?.digests).toEqual([{ container: 'web', image: IMAGE, wanted: A, running: A, tasks: 2, same: true }])
    expect(report.verdict).toBe('pass')
    expect(rollout?.notes.map(({ en }) => en)).toContain(
      'Every task (2) runs the image that was wanted: web sha256:aaaaaaaaaaaa.',
    )
  })

  test('a platform of an image index is the index', () => {
    const { rollout } = ended([runs('t1', B)], evidence({ web: IMAGE }, found(A, [B])))
    expect(rollout?.digests).toMatchObject([{ wanted: A, running: B, same: true }])
  })

  test('one task runs another: the tag that moved is named in the log, the head, the annotation and the verdict', () => {
    const { report, rollout, said } = ended([runs('t1', A), runs('t2', B)], evidence({ web: IMAGE }, found(A)))
    expect(rollout).toMatchObject({
      phase: 'steady',
      digests: [
        { running: A, tasks: 1, same: true },
        { running: B, tasks: 1, same: false },
      ],
    })
    expect(report).toMatchObject({ verdict: 'warn', enforced: false })
    const line =
      /Container web runs sha256:b{12} in 1 of 2 tasks; the tag led to sha256:a{12} when it was read: it has moved \(.*\/web:8\)/
    expect(said.map(({ en }) => en).join('\n')).toMatch(line)
    const head = headOf(report)
    expect(head.because.map(({ en }) => en).join('\n')).toMatch(line)
    expect(head.because.map(({ ko }) => ko).join('\n')).toMatch(/태스크 2개 중 1개.*태그가 다른 이미지로 옮겨졌습니다/)
    expect(head.title?.en).toMatch(/not every task runs the image/)
    expect(renderText(report, { language: 'en', columns: 200 })).toMatch(/sha256:b{12}/)
    const annotations = annotationsOf(report, 'en', () => null)
    expect(annotations.map(({ level }) => level)).toContain('warning')
    expect(rollout?.notes.map(({ en }) => en).join()).not.toMatch(/Every task/)
  })

  test('a digest in the task definition is wanted whatever the registry says', () => {
    const { rollout, report } = ended([runs('t1', B)], evidence({ web: `${IMAGE}@${A}` }, { found: MISSING }))
    expect(rollout?.digests).toMatchObject([{ wanted: A, running: B, same: false }])
    expect(
      headOf(report)
        .because.map(({ en }) => en)
        .join(),
    ).toMatch(/the task definition names sha256:a{12}/)
  })

  test('where nobody could read the tag, tasks that differ among themselves show that it moved', () => {
    const unreadable = evidence({ web: IMAGE }, { found: MISSING })
    const split = ended([runs('t1', A), runs('t2', B), runs('t3', B)], unreadable)
    expect(split.rollout?.digests).toMatchObject([
      { running: A, wanted: null, same: null },
      { running: B, wanted: null, same: null },
    ])
    expect(split.report.verdict).toBe('warn')
    expect(
      headOf(split.report)
        .because.map(({ en }) => en)
        .join(),
    ).toMatch(/the tag moved during the rollout/)
    const alike = ended([runs('t1', B), runs('t2', B)], unreadable)
    expect(alike.report.verdict).toBe('pass')
    expect(alike.state.situations).toEqual([])
  })

  test.each<[string, readonly EcsTask[], PreflightEvidence]>([
    [
      'a task that has ended',
      [runs('t1', A), runs('t2', B, { desiredStatus: 'STOPPED' })],
      evidence({ web: IMAGE }, found(A)),
    ],
    [
      'a task of another deployment',
      [runs('t1', A), runs('t2', B, { startedBy: 'ecs-svc/7' })],
      evidence({ web: IMAGE }, found(A)),
    ],
    ['a digest that ECS does not show yet', [runs('t1', A), runs('t2', null)], evidence({ web: IMAGE }, found(A))],
    [
      'what AWS adds to a task',
      [runs('t1', A), runs('t2', A, {}, [container({ name: 'aws-guardduty-agent-x', digest: C })])],
      evidence({ web: IMAGE }, found(A)),
    ],
    ['a preflight of another revision', [runs('t1', B), runs('t2', B)], evidence({ web: IMAGE }, found(A), `${ARN}0`)],
  ])('%s warns of nothing', (_, tasks, preflight) => {
    const { report, state } = ended(tasks, preflight)
    expect(state.situations).toEqual([])
    expect(report.verdict).toBe('pass')
  })

  test('"every task" is not said while a task shows no digest, or one that ECS counts was not seen', () => {
    const one = ended([runs('t1', A), runs('t2', null)], evidence({ web: IMAGE }, found(A)))
    expect(one.rollout?.notes.map(({ en }) => en).join()).not.toMatch(/Every task/)
    const done = deployment({ runningCount: 3, rolloutState: 'COMPLETED' })
    const seen = followed([poll(90, { service: service({ deployments: [done] }), tasks: [runs('t1', A)] })])
    const state = learn(seen, { preflight: evidence({ web: IMAGE }, found(A)) }, at(91))
    const { rollout } = concludeWatch({ state, report: BLANK }, 'watch')
    expect(rollout?.notes.map(({ en }) => en).join()).not.toMatch(/Every task/)
  })

  test('a revision that was yet to be registered is held against whatever runs', () => {
    const { rollout } = ended([runs('t1', B)], evidence({ web: IMAGE }, found(A), null))
    expect(rollout?.digests).toMatchObject([{ same: false }])
  })
})

describe('subnets in which nothing was tried', () => {
  test('are those of the service without any task of the rollout, failed ones included', () => {
    const all = evidence({ web: IMAGE }, found(A))
    expect(ended([runs('t1', A)], all).rollout?.untriedSubnets).toEqual([SUBNET_C])
    const failed = task('t2', { subnetId: SUBNET_C, desiredStatus: 'STOPPED', lastStatus: 'STOPPED' })
    expect(ended([runs('t1', A), failed], all).rollout?.untriedSubnets).toEqual([])
    const others = runs('t3', A, { subnetId: SUBNET_C, startedBy: 'ecs-svc/7' })
    expect(ended([runs('t1', A), others], all).rollout?.untriedSubnets).toEqual([SUBNET_C])
  })

  test('are not told where no task was seen', () => {
    expect(untriedSubnets(followed([poll(10)]))).toEqual([])
  })
})

test('the pulls that came to their end, by subnet', () => {
  const slow = runs('t2', A, { subnetId: SUBNET_C, pullStartedAt: at(10), pullStoppedAt: at(41.5) })
  const hanging = task('t3', { startedBy: OURS, pullStartedAt: at(10) })
  const { rollout } = ended([runs('t1', A), slow, hanging], evidence({}, null))
  expect(rollout?.pulls?.map(({ seconds }) => seconds)).toEqual([10, 31.5])
  expect(rollout?.pulls?.at(1)).toEqual({ subnetId: SUBNET_C, seconds: 31.5 })
})
