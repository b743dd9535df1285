/** What a preflight of the Seoul network knows: subnet C has no route to S3, everything else is open. */
import type { CheckId } from '../../src/domain/check-id.ts'
import type { Outcome, Path } from '../../src/domain/path.ts'
import type { Finding } from '../../src/domain/report.ts'
import type { PreflightEvidence } from '../../src/rollout/diagnose/preflight-evidence.ts'
import { SUBNET_A, SUBNET_C } from './world.ts'

const HOSTS: Readonly<Record<string, string>> = {
  'ecr-api': 'api.ecr.ap-northeast-2.amazonaws.com',
  'ecr-dkr': '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com',
  's3-layers': 'prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com',
}

export function path(subnetId: string, destination: string, outcome: Outcome): Path {
  return {
    from: {
      kind: 'task-eni',
      subnetId,
      availabilityZone: subnetId === SUBNET_A ? 'ap-northeast-2a' : 'ap-northeast-2c',
      securityGroupIds: ['sg-09f1e2d3c4b5a6978'],
      publicIp: false,
    },
    destination,
    host: HOSTS[destination] ?? destination,
    port: 443,
    neededBy: [],
    required: true,
    via: { kind: 'none', id: null },
    outcome,
    hops:
      outcome === 'blocked'
        ? [
            {
              at: 'route',
              id: 'rtb-0c9e8d7f6a5b4c3d2',
              decision: 'deny',
              reason: ['no-route', 'rtb-0c9e8d7f6a5b4c3d2', 'S3'],
              why: {
                en: 'rtb-0c9e8d7f6a5b4c3d2 has no route to S3.',
                ko: 'S3 경로가 없는 라우팅 테이블: rtb-0c9e8d7f6a5b4c3d2',
              },
            },
          ]
        : [],
  }
}

export function finding(check: CheckId, affects: Finding['affects'], fields: Partial<Finding> = {}): Finding {
  const text = { en: check, ko: check }
  return {
    check,
    step: 'routes',
    severity: 'blocker',
    subject: 'rtb-0c9e8d7f6a5b4c3d2',
    title: text,
    what: text,
    why: text,
    evidence: [],
    remedy: { console: [], cli: [], terraform: '', changes: [], verified: true },
    affects,
    docs: `docs/en/checks/${check}.md`,
    ...fields,
  }
}

export function seoul(
  outcomes: Readonly<Record<string, Outcome>> = { [`${SUBNET_C} s3-layers`]: 'blocked' },
): PreflightEvidence {
  return {
    paths: [SUBNET_A, SUBNET_C].flatMap((subnetId) =>
      Object.keys(HOSTS).map((to) => path(subnetId, to, outcomes[`${subnetId} ${to}`] ?? 'reachable')),
    ),
    findings: [finding('s3-route-missing', [{ subnetId: SUBNET_C, destination: 's3-layers' }])],
    endpoints: {
      '10.20.1.77': { endpointId: 'vpce-0b8c7d6e5f4031224', serviceName: 'com.amazonaws.ap-northeast-2.ecr.dkr' },
    },
    s3Prefixes: ['52.219.148.0/23', '3.5.184.0/21'],
    instanceSubnets: { 'arn:aws:ecs:ap-northeast-2:123456789012:container-instance/demo/abc': SUBNET_C },
    pullSeconds: [9, 11],
    startSeconds: [20, 24],
  }
}
