/** Deploys, with what they changed: the difference is what two revisions really have. */
import { revisionDiff } from '../../src/aws/task-definition/revision/diff.ts'
import type { Deployment } from '../../src/domain/deployment.ts'
import type { Report } from '../../src/domain/report.ts'
import { ROLLOUTS } from './rollout-samples.ts'

const FAMILY = 'arn:aws:ecs:ap-northeast-2:123456789012:task-definition/web'
const REGISTRY = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com'
const LOGS = { 'awslogs-region': 'ap-northeast-2', 'awslogs-stream-prefix': 'web' }

const RUNNING = {
  taskDefinitionArn: `${FAMILY}:41`,
  status: 'ACTIVE',
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::123456789012:role/exec',
  containerDefinitions: [
    {
      name: 'web',
      image: `${REGISTRY}/web:1.4.0`,
      command: ['node', 'server.js', '--token', 'abc123'],
      environment: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'OLD_FLAG', value: 'on' },
      ],
      secrets: [{ name: 'DB', valueFrom: 'arn:aws:ssm:ap-northeast-2:123456789012:parameter/web/db' }],
      logConfiguration: { logDriver: 'awslogs', options: { ...LOGS, 'awslogs-group': '/ecs/web' } },
    },
  ],
}

const NEXT = {
  ...RUNNING,
  cpu: '512',
  memory: '1024',
  taskRoleArn: 'arn:aws:iam::123456789012:role/web',
  containerDefinitions: [
    {
      ...RUNNING.containerDefinitions[0],
      image: `${REGISTRY}/web:1.5.0`,
      command: ['node', 'server.js', '--token', 'def456'],
      environment: [
        { name: 'LOG_LEVEL', value: 'debug' },
        { name: 'NEW_FLAG', value: 'on' },
      ],
      logConfiguration: { logDriver: 'awslogs', options: { ...LOGS, 'awslogs-group': '/ecs/web-next' } },
      healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:3000/ || exit 1'] },
    },
    { name: 'proxy', image: 'envoy:1.30' },
  ],
}

const DIGESTS = { before: { web: `sha256:${'a1'.repeat(32)}` }, after: { web: `sha256:${'b2'.repeat(32)}` } }

export const DEPLOYMENT: Deployment = {
  revision: `${FAMILY}:42`,
  registered: true,
  reused: false,
  updated: true,
  diff: revisionDiff(
    { definition: RUNNING, digests: DIGESTS.before, service: { desiredCount: 2 } },
    { definition: NEXT, digests: DIGESTS.after, service: { desiredCount: 3 } },
  ),
  untriedSubnets: [],
  digests: [],
  restored: null,
}

function deployed(ending: string, deployment: Deployment): Report {
  const watched = ROLLOUTS[`rollout-${ending}`]
  if (watched === undefined) throw new Error(`no rollout ${ending}`)
  return { ...watched, mode: 'deploy', deployment }
}

export const DEPLOYS: Readonly<Record<string, Report>> = {
  'deploy-failed': deployed('failed', DEPLOYMENT),
  'deploy-steady': deployed('steady', { ...DEPLOYMENT, registered: false, reused: true, diff: [] }),
  'deploy-unread': deployed('steady', { ...DEPLOYMENT, diff: null }),
}
