/** Health, deployments, roles and settings, and messages that are no failure. */

import type { CheckId } from '../../domain/check-id.ts'
import type { Label } from '../../domain/label.ts'
import type { LabelRows } from '../label-row.ts'

const TARGETS: readonly CheckId[] = [
  'health-check-grace-too-short',
  'target-group-missing',
  'target-group-does-not-fit',
  'load-balancer-zone-gap',
  'load-balancer-closed-to-tasks',
]
const HEALTH = { family: 'health', step: 'health', isAfterPull: true, checks: TARGETS } as const
const DEPLOY = { family: 'deploy' } as const
const SERVICE = { family: 'service' } as const

type ServiceLabel = Exclude<
  Label,
  `${'pull' | 'init' | 'start' | 'run' | 'placement'}/${string}` | 'host/terminated' | 'spot'
>

export const SERVICE_LABELS: LabelRows<ServiceLabel> = {
  'health/elb': {
    ...HEALTH,
    retryable: ({ prose }) => (/availability zone that is not enabled/.test(prose) ? false : null),
    title: { en: 'The load balancer health check fails', ko: '로드 밸런서 상태 확인에 실패했습니다' },
    why: {
      en: 'The task runs, but the load balancer gets no healthy answer from it, so ECS replaces it.',
      ko: '태스크는 실행 중이지만 로드 밸런서가 정상 응답을 받지 못해 ECS가 태스크를 교체합니다.',
    },
    remedy: [
      {
        en: 'EC2 → Target Groups → Health checks: compare path, port and success codes with the application.',
        ko: 'EC2 → 대상 그룹 → 상태 확인: 경로, 포트, 성공 코드를 애플리케이션과 비교합니다.',
      },
      {
        en: "Allow the traffic port from the load balancer's security group, and raise healthCheckGracePeriodSeconds for a slow start.",
        ko: '로드 밸런서 보안 그룹에서 오는 트래픽 포트를 허용하고, 시작이 느리면 healthCheckGracePeriodSeconds를 늘립니다.',
      },
    ],
  },
  'health/container': {
    ...HEALTH,
    title: { en: 'The container health check fails', ko: '컨테이너 상태 확인에 실패했습니다' },
    why: {
      en: 'The health check command of a container failed, or ECS replaced a task as unhealthy.',
      ko: '컨테이너의 상태 확인 명령이 실패했거나 ECS가 비정상 태스크를 교체했습니다.',
    },
    remedy: [
      {
        en: 'Run the health check command inside the image: the tool it uses (curl, wget) must be there.',
        ko: '이미지 안에서 상태 확인 명령을 실행합니다. 명령에 사용하는 도구(curl, wget)가 이미지에 있어야 합니다.',
      },
      { en: 'Raise startPeriod and retries for a slow start.', ko: '시작이 느리면 startPeriod와 retries를 늘립니다.' },
    ],
  },
  'health/target-group': {
    ...HEALTH,
    retryable: ({ prose }) =>
      /target group is not found|target group .{0,40}does not exist/.test(prose) ? false : null,
    title: { en: 'Targets cannot be registered', ko: '대상을 등록할 수 없습니다' },
    why: {
      en: 'The target group or the target is gone, or the load balancer refused the registration.',
      ko: '대상 그룹이나 대상이 없거나 로드 밸런서가 등록을 거부했습니다.',
    },
    remedy: [
      {
        en: 'Create the service anew with an existing target group; never delete a target group before its service.',
        ko: '기존 대상 그룹으로 서비스를 다시 생성합니다. 서비스보다 먼저 대상 그룹을 삭제하면 안 됩니다.',
      },
    ],
  },
  'iam/role': {
    family: 'role',
    step: 'role',
    isBeforeTask: true,
    retryable: ({ prose }) => (/configured ecs infrastructure role/.test(prose) ? null : false),
    names: 'role',
    checks: [
      'execution-role-missing',
      'execution-role-not-found',
      'execution-role-not-assumable',
      'task-role-not-found',
      'task-role-not-assumable',
      'infrastructure-role-not-found',
      'infrastructure-role-not-assumable',
      'infrastructure-role-without-rights',
    ],
    title: { en: 'ECS cannot use a role', ko: 'ECS가 역할을 사용할 수 없습니다' },
    why: {
      en: 'ECS may not assume the role, or the role lacks a right that ECS needs (load balancer, volumes, instances).',
      ko: 'ECS가 역할을 수임할 수 없거나 ECS에 필요한 권한(로드 밸런서, 볼륨, 인스턴스)이 역할에 없습니다.',
    },
    remedy: [
      {
        en: 'Trust policy: ecs-tasks.amazonaws.com for task roles, ecs.amazonaws.com for infrastructure roles.',
        ko: '신뢰 정책: 태스크 역할에는 ecs-tasks.amazonaws.com, 인프라 역할에는 ecs.amazonaws.com을 지정합니다.',
      },
      {
        en: 'Allow iam:PassRole for the role to whoever deploys, and add the action that the message names.',
        ko: '배포하는 주체에 이 역할에 대한 iam:PassRole을 허용하고 메시지에 나온 작업을 추가합니다.',
      },
    ],
  },
  'deploy/not-permitted': {
    ...DEPLOY,
    step: 'update',
    retryable: false,
    title: { en: 'Whoever deploys is not permitted to', ko: '배포하는 주체에 권한이 없습니다' },
    why: {
      en: 'The caller itself lacks a right of Amazon ECS, AWS CodeDeploy or iam:PassRole. Nothing was deployed; the roles of the task are not concerned.',
      ko: '호출한 주체에 Amazon ECS, AWS CodeDeploy 또는 iam:PassRole 권한이 없습니다. 아무것도 배포되지 않았으며 태스크의 역할과는 관계가 없습니다.',
    },
    remedy: [
      {
        en: 'Allow the action that the message names, on the resource that it names, in a policy of the role or user after "User:".',
        ko: '"User:" 다음에 나오는 역할 또는 사용자의 정책에서 메시지에 나온 작업을 메시지에 나온 리소스에 대해 허용합니다.',
      },
      {
        en: 'The right iam:PassRole is asked for once for each role of the task definition and of the service: allow it on their ARNs, with the condition iam:PassedToService.',
        ko: 'iam:PassRole 권한은 태스크 정의와 서비스의 역할마다 필요합니다. 각 역할의 ARN에 대해 iam:PassedToService 조건과 함께 허용합니다.',
      },
    ],
  },
  'deploy/failed': {
    ...DEPLOY,
    step: 'steady',
    title: { en: 'The deployment failed', ko: '배포에 실패했습니다' },
    why: {
      en: 'This is the verdict of the circuit breaker, an alarm, or whoever waited for the deployment. The cause stands in the stopped tasks of this deployment.',
      ko: '배포 회로 차단기, 경보 또는 배포를 기다린 도구의 판정입니다. 원인은 이 배포의 중지된 태스크에 있습니다.',
    },
    remedy: [
      {
        en: 'Read the reasons of the stopped tasks: aws ecs list-tasks --cluster CLUSTER --service-name SERVICE --desired-status STOPPED',
        ko: '중지된 태스크의 사유를 확인합니다: aws ecs list-tasks --cluster CLUSTER --service-name SERVICE --desired-status STOPPED',
      },
    ],
  },
  'deploy/crash-loop': {
    ...DEPLOY,
    step: 'start',
    title: { en: 'Tasks keep failing, ECS slows down', ko: '태스크가 계속 실패하여 ECS가 시작 속도를 늦춥니다' },
    why: {
      en: 'Several tasks in a row did not start. ECS waits longer and longer between tries, up to 27 minutes.',
      ko: '태스크가 연속으로 시작되지 못했습니다. ECS의 재시도 간격이 최대 27분까지 늘어납니다.',
    },
    remedy: [
      {
        en: 'Mend the cause in the stopped tasks, then force a new deployment: that resets the wait.',
        ko: '중지된 태스크에서 원인을 해결한 후 새 배포를 강제로 시작하면 대기 시간이 초기화됩니다.',
      },
    ],
  },
  'deploy/config-blocked': {
    ...DEPLOY,
    step: 'configuration',
    isBeforeTask: true,
    retryable: ({ prose }) => (/percent/.test(prose) ? false : null),
    checks: ['deployment-deadlock'],
    title: { en: 'The deployment has no room to move', ko: '배포 구성 때문에 진행할 수 없습니다' },
    why: {
      en: 'ECS may neither stop nor start a task: minimumHealthyPercent, maximumPercent or task protection forbids it.',
      ko: 'minimumHealthyPercent, maximumPercent 또는 태스크 보호 때문에 ECS가 태스크를 중지하거나 시작할 수 없습니다.',
    },
    remedy: [
      {
        en: 'Raise maximumPercent (200) or lower minimumHealthyPercent.',
        ko: 'maximumPercent를 높이거나(200) minimumHealthyPercent를 낮춥니다.',
      },
      {
        en: 'Protected tasks: wait until the protection ends, or remove it with update-task-protection.',
        ko: '보호된 태스크: 보호가 끝날 때까지 기다리거나 update-task-protection으로 해제합니다.',
      },
    ],
  },
  'deploy/lb-config': {
    ...DEPLOY,
    step: 'configuration',
    isBeforeTask: true,
    retryable: false,
    checks: TARGETS,
    title: { en: 'Listener rules and target groups do not fit', ko: '리스너 규칙과 대상 그룹이 맞지 않습니다' },
    why: {
      en: 'A blue/green deployment needs both target groups at the production or test rule, and exactly one of them with traffic.',
      ko: '블루/그린 배포에는 두 대상 그룹이 모두 프로덕션 또는 테스트 규칙에 연결되어야 하며 그중 하나만 트래픽을 받아야 합니다.',
    },
    remedy: [
      {
        en: 'EC2 → Load Balancers → Listeners and rules: associate both target groups, and set the weight of the idle one to 0.',
        ko: 'EC2 → 로드 밸런서 → 리스너 및 규칙: 두 대상 그룹을 연결하고 사용하지 않는 그룹의 가중치를 0으로 설정합니다.',
      },
    ],
  },
  'deploy/lifecycle-hook': {
    ...DEPLOY,
    step: 'update',
    retryable: ({ prose, answered }) => (/unable to assume/.test(prose) || answered('denied') ? false : null),
    title: { en: 'A deployment hook failed', ko: '배포 수명 주기 후크가 실패했습니다' },
    why: {
      en: 'A lifecycle hook said no, timed out, answered nonsense or could not be called; ECS rolled the deployment back.',
      ko: '수명 주기 후크가 실패를 반환했거나, 시간이 초과되었거나, 잘못 응답했거나, 호출할 수 없어 ECS가 배포를 롤백했습니다.',
    },
    remedy: [
      {
        en: 'Read the log of the Lambda function; it must return {"hookStatus":"SUCCEEDED"} in time.',
        ko: 'Lambda 함수의 로그를 확인합니다. 함수는 제때 {"hookStatus":"SUCCEEDED"}를 반환해야 합니다.',
      },
      {
        en: 'The hook role must trust ecs.amazonaws.com and allow lambda:InvokeFunction.',
        ko: '후크의 역할은 ecs.amazonaws.com을 신뢰하고 lambda:InvokeFunction을 허용해야 합니다.',
      },
    ],
  },
  rollback: {
    ...DEPLOY,
    step: 'steady',
    clarity: 'wanted',
    title: { en: 'ECS rolls back', ko: 'ECS가 롤백합니다' },
    why: {
      en: 'A consequence, not a cause: an earlier failure made ECS return to the last good revision, or there was none to return to.',
      ko: '원인이 아니라 결과입니다. 앞선 실패 때문에 ECS가 마지막 정상 개정으로 돌아가거나, 돌아갈 개정이 없었습니다.',
    },
    remedy: [
      {
        en: 'Look for the cause in the events and stopped tasks before the rollback.',
        ko: '롤백 이전의 이벤트와 중지된 태스크에서 원인을 찾습니다.',
      },
    ],
  },
  progress: {
    ...SERVICE,
    step: 'steady',
    clarity: 'routine',
    title: { en: 'Normal progress', ko: '정상적으로 진행 중입니다' },
    why: {
      en: 'The scheduler starts, stops, registers or drains tasks as it should.',
      ko: '스케줄러가 정상적으로 태스크를 시작, 중지, 등록 또는 드레이닝합니다.',
    },
    remedy: [],
  },
  steady: {
    ...SERVICE,
    step: 'steady',
    clarity: 'routine',
    title: { en: 'Steady state', ko: '안정 상태입니다' },
    why: {
      en: 'The service runs the desired number of tasks, or the deployment is complete.',
      ko: '서비스가 원하는 수의 태스크를 실행 중이거나 배포가 완료되었습니다.',
    },
    remedy: [],
  },
  throttled: {
    ...SERVICE,
    step: 'service',
    isBeforeTask: true,
    retryable: true,
    title: { en: 'AWS throttles the calls', ko: 'AWS가 API 호출을 제한합니다' },
    why: {
      en: 'Too many API calls in this account. ECS tries again by itself; the rollout only gets slower.',
      ko: '이 계정의 API 호출이 너무 많습니다. ECS가 스스로 다시 시도하며 배포가 느려질 뿐입니다.',
    },
    remedy: [
      {
        en: 'Deploy fewer services at a time, or ask for a higher API rate.',
        ko: '한 번에 배포하는 서비스 수를 줄이거나 API 속도 할당량 증가를 요청합니다.',
      },
    ],
  },
  scaling: {
    ...SERVICE,
    step: 'service',
    clarity: 'routine',
    retryable: false,
    title: { en: 'Stopped by scaling or a newer deployment', ko: '크기 조정 또는 새 배포로 중지되었습니다' },
    why: {
      en: 'ECS stopped the task on purpose: fewer tasks are wanted, or a newer deployment replaces it.',
      ko: 'ECS가 의도적으로 태스크를 중지했습니다. 원하는 태스크 수가 줄었거나 새 배포가 이 태스크를 대체합니다.',
    },
    remedy: [],
  },
  'user-stopped': {
    ...SERVICE,
    step: 'service',
    clarity: 'wanted',
    retryable: false,
    title: { en: 'Stopped by a person or a tool', ko: '사용자 또는 도구가 중지했습니다' },
    why: {
      en: 'Somebody called StopTask or stopped the deployment. CloudTrail tells who.',
      ko: '누군가 StopTask를 호출했거나 배포를 중지했습니다. 누구인지는 CloudTrail에서 확인할 수 있습니다.',
    },
    remedy: [],
  },
  'config-invalid': {
    ...SERVICE,
    step: 'configuration',
    isBeforeTask: true,
    retryable: false,
    title: { en: 'The settings are refused', ko: '설정이 거부되었습니다' },
    why: {
      en: 'The task definition, the log options or the service settings do not fit together or are not valid.',
      ko: '태스크 정의, 로그 옵션 또는 서비스 설정이 서로 맞지 않거나 올바르지 않습니다.',
    },
    remedy: [
      {
        en: 'Correct the setting that the message names and register a new revision. For compute: requiresCompatibilities must match the launch type or capacity provider.',
        ko: '메시지에 나온 설정을 수정하고 새 개정을 등록합니다. 컴퓨팅 설정이라면 requiresCompatibilities가 시작 유형 또는 용량 공급자와 맞아야 합니다.',
      },
    ],
  },
  'internal-error': {
    ...SERVICE,
    step: 'placement',
    clarity: 'vague',
    retryable: ({ prose }) => (/internal/.test(prose) ? true : null),
    title: { en: 'A fault inside AWS or its agent', ko: 'AWS 또는 에이전트의 내부 오류입니다' },
    why: {
      en: 'ECS, Fargate or the agent failed by itself. A subnet in a zone that Fargate does not support looks the same.',
      ko: 'ECS, Fargate 또는 에이전트 내부에서 오류가 발생했습니다. Fargate가 지원하지 않는 가용 영역의 서브넷도 같은 메시지로 나타납니다.',
    },
    remedy: [
      {
        en: 'Try again; if it repeats in one subnet only, check that its zone is supported.',
        ko: '다시 시도하고, 한 서브넷에서만 반복되면 해당 가용 영역이 지원되는지 확인합니다.',
      },
      {
        en: 'Update the agent, or open a support case with the task ARN.',
        ko: '에이전트를 업데이트하거나 태스크 ARN으로 지원 사례를 생성합니다.',
      },
    ],
  },
  unknown: {
    ...SERVICE,
    step: null,
    clarity: 'unknown',
    title: { en: 'Not a known ECS failure', ko: '알려진 ECS 오류가 아닙니다' },
    why: {
      en: 'The text is no message that ECS, docker or containerd prints for a failed start, or it says nothing about a cause.',
      ko: 'ECS, Docker 또는 containerd가 시작 실패 시 출력하는 메시지가 아니거나 원인에 대한 내용이 없습니다.',
    },
    remedy: [
      {
        en: 'Paste the whole stoppedReason, container reason or service event.',
        ko: 'stoppedReason, 컨테이너의 reason 또는 서비스 이벤트 전체를 붙여 넣습니다.',
      },
    ],
  },
}
