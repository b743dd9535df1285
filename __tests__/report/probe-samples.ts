/** A probe that has everything that one can have: what agrees, what does not, what is known now, and places where it could not be tried. */
import type { ProbeAttempt } from '../../src/domain/probe.ts'
import type { Report } from '../../src/domain/report.ts'
import { SEOUL, SUBNETS } from './samples.ts'

const TASK = '3f8a1c7e5b2d4906a1e7c3f9d5b80246'

function attempt(own: Partial<ProbeAttempt>): ProbeAttempt {
  return {
    taskId: TASK,
    subnetId: SUBNETS[0][0],
    destination: 'logs',
    host: 'logs.ap-northeast-2.amazonaws.com',
    port: 443,
    required: true,
    resolvedTo: ['10.0.1.52'],
    is: 'endpoint',
    connect: 'connected',
    by: 'curl',
    predicted: 'reachable',
    agrees: true,
    ...own,
  }
}

export const PROBED: Report = {
  ...SEOUL,
  mode: 'probe',
  verdict: 'fail',
  enforced: true,
  foretold: 'fail',
  forecast: null,
  probe: {
    attempts: [
      attempt({}),
      attempt({
        destination: 'ecr-api',
        host: 'api.ecr.ap-northeast-2.amazonaws.com',
        by: 'nc',
        predicted: 'indeterminate',
        agrees: null,
      }),
      attempt({
        destination: 'ecr-dkr',
        host: 'dkr.ecr.ap-northeast-2.amazonaws.com',
        resolvedTo: [],
        is: 'nothing',
        connect: 'not-tried',
        by: null,
        agrees: false,
      }),
      attempt({
        destination: 's3-layers',
        host: 's3.ap-northeast-2.amazonaws.com',
        resolvedTo: ['52.219.148.62'],
        is: 'public',
        connect: 'timed-out',
        predicted: 'blocked',
      }),
      attempt({
        destination: 'ssm',
        host: 'ssm.ap-northeast-2.amazonaws.com',
        resolvedTo: ['10.9.0.4'],
        is: 'private',
        connect: 'tls-failed',
        by: 'openssl',
        agrees: false,
      }),
      attempt({
        destination: 'kms',
        host: 'kms.ap-northeast-2.amazonaws.com',
        connect: 'refused',
        predicted: null,
        agrees: null,
        required: false,
      }),
      attempt({
        destination: 'registry:a',
        host: 'a.test',
        resolvedTo: [],
        is: null,
        connect: 'not-tried',
        by: null,
        predicted: 'intermittent',
        agrees: null,
      }),
    ],
    notProbed: [SUBNETS[1], SUBNETS[2]].map(([subnetId]) => ({
      subnetId,
      taskId: TASK,
      kind: 'agent-not-running',
      because: { en: 'The agent runs in no container.', ko: '에이전트가 실행 중인 컨테이너가 없습니다.' },
      detail: 'STOPPED no ssmmessages',
      remedy: [{ en: 'Give the task role its four actions.', ko: '태스크 역할에 작업 네 가지를 허용합니다.' }],
      cli: ['aws ecs update-service --cluster c --service s --enable-execute-command --force-new-deployment'],
    })),
  },
}
