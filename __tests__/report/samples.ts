/** Finished reports made by hand: all clear, the Seoul incident, nothing readable, sixty findings. */
import { toolIn } from '../../src/commands/tool.ts'
import type { Hop, Outcome, Path } from '../../src/domain/path.ts'
import type { Finding, IgnoredFinding, Report, Severity, Unknown } from '../../src/domain/report.ts'
import { PREFLIGHT_STEPS, STEP_TITLES, type StepId, type StepState } from '../../src/domain/step.ts'
import type { Text } from '../../src/domain/text.ts'

export const SUBNETS = [
  ['subnet-0a41c7d2e9b35f608', 'ap-northeast-2a'],
  ['subnet-0b52d8e3fac46a719', 'ap-northeast-2b'],
  ['subnet-0c63e9f40bd57b82a', 'ap-northeast-2c'],
] as const

const GROUP = 'sg-09f1e2d3c4b5a6978'
const ROUTE_TABLE = 'rtb-0c9e8d7f6a5b4c3d2'
const S3_ENDPOINT = 'vpce-0f1e2d3c4b5a69788'
const IMAGE = '123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/nestjs-second:2024-11-07.3'

const HOSTS: Readonly<Record<string, readonly [string, string]>> = {
  'ecr-api': ['api.ecr.ap-northeast-2.amazonaws.com', 'vpce-0a9b8c7d6e5f40312'],
  'ecr-dkr': ['123456789012.dkr.ecr.ap-northeast-2.amazonaws.com', 'vpce-0b8c7d6e5f4031224'],
  's3-layers': ['prod-ap-northeast-2-starport-layer-bucket.s3.ap-northeast-2.amazonaws.com', S3_ENDPOINT],
  logs: ['logs.ap-northeast-2.amazonaws.com', 'vpce-0d6e5f40312243546'],
}

function path(
  subnet: (typeof SUBNETS)[number],
  destination: string,
  outcome: Outcome,
  hops: readonly Hop[] = [],
): Path {
  const [host, endpoint] = HOSTS[destination] ?? [destination, '']
  return {
    from: {
      kind: 'task-eni',
      subnetId: subnet[0],
      availabilityZone: subnet[1],
      securityGroupIds: [GROUP],
      publicIp: false,
    },
    destination,
    host,
    port: 443,
    neededBy: [{ en: `container web: image ${IMAGE}`, ko: `컨테이너 web: 이미지 ${IMAGE}` }],
    required: true,
    via:
      outcome === 'reachable'
        ? { kind: destination === 's3-layers' ? 'gateway-endpoint' : 'interface-endpoint', id: endpoint }
        : { kind: 'none', id: null },
    outcome,
    hops,
  }
}

function paths(
  outcome: (subnetId: string, destination: string) => Outcome,
  hops: readonly Hop[] = [],
): readonly Path[] {
  return SUBNETS.flatMap((subnet) =>
    Object.keys(HOSTS).map((destination) => {
      const judged = outcome(subnet[0], destination)
      return path(subnet, destination, judged, judged === 'reachable' ? [] : hops)
    }),
  )
}

function steps(states: Partial<Record<StepId, StepState>>, otherwise: StepState = 'ok'): Report['steps'] {
  return PREFLIGHT_STEPS.map((id) => ({ id, title: STEP_TITLES[id], state: states[id] ?? otherwise }))
}

export const ALL_CLEAR: Report = {
  schemaVersion: 1,
  tool: { ...toolIn({}), version: '0.1.0' },
  mode: 'preflight',
  target: {
    region: 'ap-northeast-2',
    accountId: '123456789012',
    cluster: 'cluster-nestjs-second',
    service: 'role-nestjs-second-service-d85kzfam',
    taskDefinition: 'nestjs-second:42',
  },
  verdict: 'pass',
  enforced: false,
  failingStep: null,
  steps: steps({}),
  paths: paths(() => 'reachable'),
  findings: [],
  unknowns: [],
  forecast: null,
  readAt: Date.UTC(2025, 10, 2, 23, 59),
  reads: [
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeRouteTables',
    'ec2:DescribeSecurityGroups',
    'ecr:DescribeImages',
    'iam:GetRole',
  ],
  ignored: [],
}

const S3_ROUTE_MISSING: Finding = {
  check: 's3-route-missing',
  step: 'routes',
  severity: 'blocker',
  subject: ROUTE_TABLE,
  title: {
    en: 'A task subnet has no route to S3',
    ko: '태스크 서브넷에 S3로 가는 경로가 없습니다',
  },
  what: {
    en: `The S3 gateway endpoint ${S3_ENDPOINT} is not associated with route table ${ROUTE_TABLE}, which ${SUBNETS[2][0]} uses, and no other route leads out.`,
    ko: `S3 게이트웨이 엔드포인트와 연결되지 않은 라우팅 테이블: ${ROUTE_TABLE} (서브넷 ${SUBNETS[2][0]}에서 사용, 엔드포인트 ${S3_ENDPOINT}). 외부로 나가는 다른 경로도 없습니다.`,
  },
  why: {
    en: 'ECR hands out image layers from S3. A task placed in this subnet signs in, reads the manifest, then times out on the first layer and stops with CannotPullContainerError.',
    ko: 'ECR은 이미지 레이어를 S3에서 내려 줍니다. 이 서브넷에 배치된 태스크는 로그인과 매니페스트 조회까지는 성공하지만 첫 레이어에서 시간이 초과되어 CannotPullContainerError로 중지됩니다.',
  },
  evidence: [
    {
      en: `${ROUTE_TABLE}: 10.20.0.0/16 → local (active), nothing else`,
      ko: `${ROUTE_TABLE}: 10.20.0.0/16 → local (active), 그 외 경로 없음`,
    },
    {
      en: `${S3_ENDPOINT} (com.amazonaws.ap-northeast-2.s3, gateway): route tables rtb-0a1b2c3d4e5f60718, rtb-0b2c3d4e5f6071829`,
      ko: `${S3_ENDPOINT} (com.amazonaws.ap-northeast-2.s3, 게이트웨이)의 라우팅 테이블: rtb-0a1b2c3d4e5f60718, rtb-0b2c3d4e5f6071829`,
    },
  ],
  remedy: {
    console: [
      {
        en: `VPC → Endpoints → ${S3_ENDPOINT} → Actions → Manage route tables`,
        ko: `VPC → 엔드포인트 → ${S3_ENDPOINT} → 작업 → 라우팅 테이블 관리`,
      },
      {
        en: `Select ${ROUTE_TABLE} too, then choose Modify route tables`,
        ko: `라우팅 테이블 ${ROUTE_TABLE} 항목도 선택한 뒤 [라우팅 테이블 수정]을 클릭합니다.`,
      },
    ],
    cli: [
      `aws ec2 modify-vpc-endpoint --region ap-northeast-2 --vpc-endpoint-id ${S3_ENDPOINT} --add-route-table-ids ${ROUTE_TABLE}`,
    ],
    terraform: `resource "aws_vpc_endpoint_route_table_association" "s3_private_c" {\n  vpc_endpoint_id = "${S3_ENDPOINT}"\n  route_table_id  = "${ROUTE_TABLE}"\n}\n`,
    changes: [{ kind: 'modify-vpc-endpoint', vpcEndpointId: S3_ENDPOINT, addRouteTableIds: [ROUTE_TABLE] }],
    verified: true,
  },
  affects: [{ subnetId: SUBNETS[2][0], destination: 's3-layers' }],
  docs: 'docs/en/checks/s3-route-missing.md',
}

const ENDPOINT_ZONE_MISSING: Finding = {
  check: 'endpoint-zone-gap',
  step: 'endpoints',
  severity: 'warning',
  subject: 'vpce-0d6e5f40312243546',
  title: {
    en: 'A zone has no endpoint address of its own',
    ko: '엔드포인트 주소가 없는 가용 영역이 있습니다',
  },
  what: {
    en: 'vpce-0d6e5f40312243546 (com.amazonaws.ap-northeast-2.logs) has no subnet in ap-northeast-2c.',
    ko: 'ap-northeast-2c에 서브넷이 없는 엔드포인트: vpce-0d6e5f40312243546 (com.amazonaws.ap-northeast-2.logs)',
  },
  why: {
    en: 'Tasks in that zone use an address in another one: it works, but an outage over there stops their logs.',
    ko: '이 영역의 태스크는 다른 영역의 주소를 사용합니다. 평소에는 동작하지만 그 영역에 장애가 나면 로그 전송이 멈춥니다.',
  },
  evidence: [
    {
      en: 'subnets of the endpoint: ap-northeast-2a, ap-northeast-2b',
      ko: '엔드포인트의 서브넷: ap-northeast-2a, ap-northeast-2b',
    },
  ],
  remedy: {
    console: [
      {
        en: 'VPC → Endpoints → vpce-0d6e5f40312243546 → Actions → Manage subnets',
        ko: 'VPC → 엔드포인트 → vpce-0d6e5f40312243546 → 작업 → 서브넷 관리',
      },
    ],
    cli: [
      `aws ec2 modify-vpc-endpoint --region ap-northeast-2 --vpc-endpoint-id vpce-0d6e5f40312243546 --add-subnet-ids ${SUBNETS[2][0]}`,
    ],
    terraform: '',
    changes: [{ kind: 'modify-vpc-endpoint', vpcEndpointId: 'vpce-0d6e5f40312243546', addSubnetIds: [SUBNETS[2][0]] }],
    verified: false,
  },
  affects: [],
  docs: 'docs/en/checks/endpoint-zone-gap.md',
}

const NO_ROUTE: Hop = {
  at: 'route',
  id: ROUTE_TABLE,
  decision: 'deny',
  reason: ['s3-route-missing', ROUTE_TABLE],
  why: {
    en: `${ROUTE_TABLE} has no route that covers S3.`,
    ko: `S3를 포함하는 경로가 없는 라우팅 테이블: ${ROUTE_TABLE}`,
  },
  fault: {
    kind: 's3-route-missing',
    routeTableId: ROUTE_TABLE,
    endpointId: S3_ENDPOINT,
    vpcId: 'vpc-0e5f403122435465',
    prefixListId: 'pl-78a54011',
  },
}

const CIRCUIT_BREAKER_OFF: IgnoredFinding = {
  check: 'circuit-breaker-off',
  step: 'configuration',
  severity: 'advice',
  subject: 'role-nestjs-second-service-d85kzfam',
  title: { en: 'The circuit breaker is off', ko: '배포 회로 차단기가 꺼져 있습니다' },
  what: { en: 'A deployment that fails goes on for hours.', ko: '실패하는 배포가 몇 시간 동안 계속됩니다.' },
  why: { en: 'Nobody is told that it failed.', ko: '실패를 알리는 신호가 없습니다.' },
  evidence: [],
  remedy: { console: [], cli: [], terraform: '', changes: [], verified: false },
  affects: [],
  docs: 'docs/en/checks/circuit-breaker-off.md',
  reason: 'INFRA-212, until March',
}

export const SEOUL: Report = {
  ...ALL_CLEAR,
  verdict: 'fail',
  enforced: true,
  failingStep: { id: 'routes', title: STEP_TITLES.routes },
  steps: steps({ endpoints: 'warning', routes: 'failed', configuration: 'ignored' }),
  paths: [
    ...paths(
      (subnetId, destination) => (subnetId === SUBNETS[2][0] && destination === 's3-layers' ? 'blocked' : 'reachable'),
      [NO_ROUTE],
    ),
    ...SUBNETS.map((subnet) => ({ ...path(subnet, 'ssmmessages', 'reachable'), required: false })),
  ],
  findings: [S3_ROUTE_MISSING, ENDPOINT_ZONE_MISSING],
  unknowns: [
    {
      check: 'hosted-zone-shadows-endpoint',
      step: 'dns',
      reason: ['hosted-zones-unread'],
      because: {
        en: 'The private hosted zones of vpc-0e5f4031224354657 could not be listed.',
        ko: '프라이빗 호스팅 영역 목록을 읽지 못했습니다: vpc-0e5f4031224354657',
      },
      permission: 'route53:ListHostedZonesByVPC',
      matters: false,
    },
  ],
  forecast: {
    expectedFailedTasks: 2.25,
    expectedMinutes: [9, 17],
    cleanMinutes: [2, 3],
    basis: [
      {
        en: '1 of 3 subnets cannot pull; 4 tasks are to be placed',
        ko: '서브넷 3개 중 1개에서 이미지를 받을 수 없음, 배치할 태스크 4개',
      },
      { en: 'a failed pull takes 3 to 5 minutes', ko: '이미지 풀 실패 1회에 3~5분 소요' },
    ],
  },
  ignored: [CIRCUIT_BREAKER_OFF],
}

const UNREAD: readonly (readonly [string, StepId, string, Text])[] = [
  [
    's3-route-missing',
    'routes',
    'ec2:DescribeRouteTables',
    { en: 'The route tables could not be read.', ko: '라우팅 테이블을 읽지 못했습니다.' },
  ],
  [
    'blackhole-route',
    'routes',
    'ec2:DescribeRouteTables',
    { en: 'The route tables could not be read.', ko: '라우팅 테이블을 읽지 못했습니다.' },
  ],
  [
    'network-acl-closed',
    'network-acls',
    'ec2:DescribeNetworkAcls',
    { en: 'The network ACLs could not be read.', ko: '네트워크 ACL을 읽지 못했습니다.' },
  ],
  [
    'endpoint-closed-to-tasks',
    'security-groups',
    'ec2:DescribeSecurityGroups',
    { en: 'The security groups could not be read.', ko: '보안 그룹을 읽지 못했습니다.' },
  ],
  [
    'role-not-assumable',
    'role',
    'iam:GetRole',
    { en: 'The role ecsTaskExecutionRole could not be read.', ko: '역할을 읽지 못했습니다: ecsTaskExecutionRole' },
  ],
  [
    'image-missing',
    'image',
    'ecr:DescribeImages',
    { en: 'The images of nestjs-second could not be read.', ko: 'nestjs-second의 이미지를 읽지 못했습니다.' },
  ],
]

export const ALL_UNKNOWN: Report = {
  ...ALL_CLEAR,
  target: { ...ALL_CLEAR.target, accountId: null },
  verdict: 'unknown',
  steps: steps({ service: 'ok', subnets: 'ok', configuration: 'skipped' }, 'unknown'),
  paths: paths(() => 'indeterminate'),
  unknowns: [
    ...UNREAD.map(
      ([check, step, permission, because]): Unknown => ({
        check,
        step,
        reason: [permission ?? check],
        because,
        permission,
        matters: true,
      }),
    ),
    {
      check: 'custom-dns-servers',
      step: 'dns',
      reason: ['custom-dns-servers', '10.20.0.53'],
      because: {
        en: 'Whether 10.20.0.53 answers with endpoint addresses is known only to that server.',
        ko: '10.20.0.53에서 엔드포인트 주소로 응답하는지는 해당 서버만 알 수 있습니다.',
      },
      permission: null,
      matters: true,
    },
  ],
}

/** Twenty of each severity, numbered, as from a service in very many subnets. */
export const SIXTY: Report = {
  ...SEOUL,
  steps: steps({ routes: 'failed', configuration: 'ignored' }),
  findings: (['blocker', 'warning', 'advice'] as const).flatMap((severity) => twenty(severity)),
}

function twenty(severity: Severity): readonly Finding[] {
  return Array.from({ length: 20 }, (_, at) => ({
    ...S3_ROUTE_MISSING,
    severity,
    subject: `rtb-${severity.length}${String(at).padStart(16, '0')}`,
    affects: Array.from({ length: at }, (__, n) => ({
      subnetId: `subnet-${String(n).padStart(17, '0')}`,
      destination: 's3-layers',
    })),
  }))
}

export const SAMPLES: Readonly<Record<string, Report>> = {
  'all-clear': ALL_CLEAR,
  seoul: SEOUL,
  'all-unknown': ALL_UNKNOWN,
}
