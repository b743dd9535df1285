/** A finished watch that has everything a rollout can have: logs, suspicions, notes, a slow phase, an endpoint's address. */
import type { Report } from '../../src/domain/report.ts'
import type { RolloutReport } from '../../src/domain/rollout.ts'
import { STEP_TITLES } from '../../src/domain/step.ts'
import { DEPLOYMENT } from './deploy-samples.ts'
import { ROLLOUTS } from './rollout-samples.ts'

const FAILED = ROLLOUTS['rollout-failed']

function full(): Report {
  const rollout = FAILED?.rollout
  if (FAILED === undefined || rollout === undefined) throw new Error('a sample without a rollout')
  const [first] = rollout.failures
  const taskId = first?.taskId ?? ''
  const at = rollout.startedAt ?? 0
  const more: RolloutReport = {
    ...rollout,
    serviceDeploymentArn: 'arn:aws:ecs:ap-northeast-2:123456789012:service-deployment/demo/web/aaaa',
    slow: {
      is: true,
      because: { en: 'The pull takes 210 s.', ko: '이미지 풀에 210초가 걸립니다.' },
      phase: 'pull',
      baselineSeconds: 30,
      setting: { en: 'The size of the image governs it.', ko: '이미지 크기에 따라 달라집니다.' },
    },
    failures: rollout.failures.map((failure, number) => ({
      ...failure,
      address: { ip: '10.20.1.9', port: 443, is: 'private', endpointId: 'vpce-0a9b8c7d6e5f40312' },
      remedy: [{ en: 'Associate the route table.', ko: '라우팅 테이블을 연결합니다.' }],
      text: `${failure.text} (${number})`,
    })),
    suspicions: [
      {
        taskId,
        subnetId: 'subnet-0c63e9f40bd57b82a',
        at,
        destination: 's3-layers',
        cause: 's3-route-missing',
        state: 'confirmed',
      },
    ],
    timeline: [
      ...rollout.timeline,
      {
        at: at + 1_000,
        kind: 'service-event',
        subnetId: null,
        availabilityZone: null,
        what: { en: '(service web) was unable to place a task.', ko: 'ECS 이벤트: web' },
        taskId: null,
      },
    ],
    logs: [
      { taskId, container: 'web', lines: ['Listening on 3000', 'Error: connect ECONNREFUSED'], missing: null },
      {
        taskId,
        container: 'proxy',
        lines: [],
        missing: { en: 'The log group could not be read.', ko: '로그 그룹을 읽지 못했습니다.' },
      },
    ],
    phases: [{ phase: 'pull', seconds: 210 }],
    notes: [
      { en: 'VPC Flow Logs: REJECT 10.20.3.57 52.219.148.62', ko: 'VPC 흐름 로그: REJECT' },
      { en: 'Load balancer on target 10.20.1.15: unhealthy.', ko: '로드 밸런서의 대상 상태: 10.20.1.15' },
    ],
  }
  return {
    ...FAILED,
    steps: [...FAILED.steps, { id: 'pull', title: STEP_TITLES.pull, state: 'failed' }],
    unknowns: FAILED.unknowns.map((unknown) => ({ ...unknown, matters: true })),
    rollout: more,
    deployment: DEPLOYMENT,
  }
}

export const WATCHED: Report = full()
