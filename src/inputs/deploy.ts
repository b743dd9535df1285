/** What `deploy` changes. Names and meanings are those of aws-actions/amazon-ecs-deploy-task-definition; the first three are ours. */
import { FILE, type Input } from './input.ts'
import { choice, commaSeparated, flag, json, text, wholeNumber } from './takes.ts'

const JSON_ARRAY = { en: 'a JSON array', ko: 'JSON 배열' }
const JSON_OBJECT = { en: 'a JSON object', ko: 'JSON 객체' }
const VOLUME_NAME = { en: 'the name of a volume of the task definition', ko: '태스크 정의의 볼륨 이름' }

export const DEPLOY = {
  'dry-run': {
    takes: flag(),
    commands: ['deploy'],
    default: 'false',
    description: {
      en: 'Does everything but the writes: preflight, the difference from the running revision, what the caller may do. Nothing is registered, updated or started.',
      ko: '쓰기를 제외한 모든 것을 실행합니다. 사전 점검, 실행 중인 개정과의 차이, 호출자의 권한을 확인하며 아무것도 등록, 업데이트, 시작하지 않습니다.',
    },
  },
  'on-busy': {
    takes: choice('wait', 'fail', 'proceed'),
    commands: ['deploy'],
    default: 'wait',
    description: {
      en: "What to do when somebody else's deployment of the service is in progress: `wait` for its end (within `wait-for-minutes`), `fail`, or `proceed` and replace it.",
      ko: '서비스에 다른 배포가 진행 중일 때 할 일입니다. `wait`: 끝날 때까지 기다립니다(`wait-for-minutes` 이내). `fail`: 실패로 끝냅니다. `proceed`: 진행하여 그 배포를 대체합니다.',
    },
  },
  'on-cancel': {
    takes: choice('nothing', 'rollback'),
    commands: ['deploy'],
    default: 'nothing',
    description: {
      en: 'What to do when the job is cancelled (Ctrl-C) while the rollout is followed: `nothing` lets it go on; `rollback` asks ECS to bring the old revision back (StopServiceDeployment).',
      ko: '롤아웃을 추적하는 동안 작업이 취소되었을 때(Ctrl-C) 할 일입니다. `nothing`: 롤아웃은 계속됩니다. `rollback`: ECS에 이전 개정으로의 롤백을 요청합니다(StopServiceDeployment).',
    },
  },
  'task-definition-arn': {
    takes: text('ARN', { en: 'the ARN of a task definition', ko: '태스크 정의의 ARN' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'A revision that is registered already, to deploy as it is. `task-definition` takes ARNs as well, and wins where both are given.',
      ko: '그대로 배포할, 이미 등록된 개정입니다. `task-definition` 입력에도 ARN을 지정할 수 있으며 둘 다 지정하면 `task-definition` 입력을 사용합니다.',
    },
  },
  'desired-count': {
    takes: wholeNumber('N', 0, 100_000),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'How many tasks the service is to run. Without it, as many as before.',
      ko: '서비스가 실행할 태스크 수입니다. 지정하지 않으면 이전과 같습니다.',
    },
  },
  'force-new-deployment': {
    takes: flag(),
    commands: ['deploy'],
    default: 'false',
    description: {
      en: 'Starts a deployment even where the service runs this very revision. Without it, that happens where the image behind a tag has changed, or the last deployment of the revision failed.',
      ko: '서비스가 같은 개정을 실행 중이어도 배포를 시작합니다. 지정하지 않으면 태그가 가리키는 이미지가 바뀌었거나 그 개정의 마지막 배포가 실패했을 때만 시작합니다.',
    },
  },
  'wait-for-service-stability': {
    takes: flag(),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Whether the rollout is followed to its end. Unlike in the official action it is unless this is `false`, with which the step ends once ECS has taken the update.',
      ko: '롤아웃을 끝까지 추적할지 정합니다. 공식 액션과 달리 지정하지 않으면 추적하며, `false`로 지정하면 ECS가 업데이트를 받아들인 뒤 단계가 끝납니다.',
    },
  },
  'wait-max-delay-seconds': {
    takes: wholeNumber('SECONDS', 1, 3600),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The longest time between two polls, in seconds. A rollout is polled every two to four seconds anyway, so that this matters while AWS throttles, and for `wait-for-task-stopped`.',
      ko: '두 번의 확인 사이의 최대 시간(초)입니다. 롤아웃은 원래 2~4초마다 확인하므로, AWS가 스로틀링할 때와 `wait-for-task-stopped` 입력에서 의미가 있습니다.',
    },
  },
  'enable-ecs-managed-tags': {
    takes: flag(),
    commands: ['deploy'],
    default: null,
    description: {
      en: "Whether tasks get Amazon ECS's managed tags. Without it, as before.",
      ko: '태스크에 Amazon ECS 관리형 태그를 붙일지 정합니다. 지정하지 않으면 이전과 같습니다.',
    },
  },
  'propagate-tags': {
    takes: choice('SERVICE', 'TASK_DEFINITION', 'NONE'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Whose tags the tasks get. Without it, as before.',
      ko: '태스크에 어느 태그를 전파할지 정합니다. 지정하지 않으면 이전과 같습니다.',
    },
  },
  'keep-null-value-keys': {
    takes: commaSeparated('KEYS', { en: 'a comma list of keys', ko: '쉼표로 구분한 키 목록' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Keys of the task definition whose empty values (text, array, object) are registered as they are. Other empty values are left out.',
      ko: '빈 값(텍스트, 배열, 객체)을 그대로 등록할 태스크 정의의 키입니다. 다른 빈 값은 제외됩니다.',
    },
  },
  'service-managed-ebs-volume-name': {
    takes: text('NAME', VOLUME_NAME),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The volume of the task definition, `configuredAtLaunch`, that `service-managed-ebs-volume` configures.',
      ko: '`service-managed-ebs-volume` 입력으로 구성할 태스크 정의의 볼륨(`configuredAtLaunch`) 이름입니다.',
    },
  },
  'service-managed-ebs-volume': {
    takes: json('JSON', JSON_OBJECT, 'object'),
    commands: ['deploy'],
    default: null,
    description: {
      en: "The EBS volume of each of the service's tasks: `roleArn` and further members of ServiceManagedEBSVolumeConfiguration.",
      ko: '서비스의 태스크마다 만들 EBS 볼륨입니다. `roleArn` 및 ServiceManagedEBSVolumeConfiguration의 다른 멤버를 지정합니다.',
    },
  },
  'codedeploy-appspec': {
    takes: text('FILE', FILE),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The AppSpec file of a service that CodeDeploy deploys, YAML or JSON: its `TaskDefinition` becomes the revision that is deployed. `appspec.yaml` unless given.',
      ko: 'CodeDeploy로 배포하는 서비스의 AppSpec 파일(YAML 또는 JSON)입니다. `TaskDefinition` 값은 배포할 개정으로 바뀝니다. 지정하지 않으면 `appspec.yaml` 파일입니다.',
    },
  },
  'codedeploy-application': {
    takes: text('NAME', { en: 'a name', ko: '이름' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The CodeDeploy application. `AppECS-CLUSTER-SERVICE` unless given.',
      ko: 'CodeDeploy 애플리케이션입니다. 지정하지 않으면 `AppECS-CLUSTER-SERVICE` 형식의 이름입니다.',
    },
  },
  'codedeploy-deployment-group': {
    takes: text('NAME', { en: 'a name', ko: '이름' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The CodeDeploy deployment group. `DgpECS-CLUSTER-SERVICE` unless given.',
      ko: 'CodeDeploy 배포 그룹입니다. 지정하지 않으면 `DgpECS-CLUSTER-SERVICE` 형식의 이름입니다.',
    },
  },
  'codedeploy-deployment-description': {
    takes: text('TEXT', { en: 'a text', ko: '텍스트' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'A description of the CodeDeploy deployment, cut after 512 characters.',
      ko: 'CodeDeploy 배포의 설명입니다. 512자까지 사용합니다.',
    },
  },
  'codedeploy-deployment-config': {
    takes: text('NAME', { en: 'a name', ko: '이름' }),
    commands: ['deploy'],
    default: null,
    description: {
      en: "The CodeDeploy deployment configuration. The deployment group's own unless given.",
      ko: 'CodeDeploy 배포 구성입니다. 지정하지 않으면 배포 그룹의 구성을 사용합니다.',
    },
  },
  'run-task': {
    takes: flag(),
    commands: ['deploy'],
    default: 'false',
    description: {
      en: 'Runs a task of the revision outside of the service, before the service is updated.',
      ko: '서비스를 업데이트하기 전에 이 개정의 태스크를 서비스와 별도로 실행합니다.',
    },
  },
  'run-task-container-overrides': {
    takes: json('JSON', JSON_ARRAY, 'array'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Container overrides of that task. Whoever may set it decides what runs in your account: never fill it from untrusted input.',
      ko: '이 태스크의 컨테이너 재정의입니다. 이 값을 정하는 사람이 계정에서 실행할 것을 정하므로 신뢰할 수 없는 입력으로 채우면 안 됩니다.',
    },
  },
  'run-task-security-groups': {
    takes: commaSeparated('sg-…,sg-…', { en: 'a comma list of security group ids', ko: '쉼표로 구분한 보안 그룹 ID' }),
    commands: ['deploy'],
    default: null,
    description: { en: 'Security groups of that task.', ko: '이 태스크의 보안 그룹입니다.' },
  },
  'run-task-subnets': {
    takes: commaSeparated('subnet-…,subnet-…', { en: 'a comma list of subnet ids', ko: '쉼표로 구분한 서브넷 ID' }),
    commands: ['deploy'],
    default: null,
    description: { en: 'Subnets of that task.', ko: '이 태스크의 서브넷입니다.' },
  },
  'run-task-assign-public-IP': {
    takes: choice('ENABLED', 'DISABLED'),
    commands: ['deploy'],
    default: 'DISABLED',
    description: {
      en: 'Whether that task gets a public address; only where `run-task-subnets` or `run-task-security-groups` is given.',
      ko: '이 태스크에 퍼블릭 IP 주소를 할당할지 정합니다. `run-task-subnets` 또는 `run-task-security-groups` 입력이 있을 때만 적용됩니다.',
    },
  },
  'run-task-capacity-provider-strategy': {
    takes: json('JSON', JSON_ARRAY, 'array'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The capacity provider strategy of that task, in place of `run-task-launch-type`.',
      ko: '`run-task-launch-type` 입력 대신 사용할 이 태스크의 용량 공급자 전략입니다.',
    },
  },
  'run-task-launch-type': {
    takes: choice('FARGATE', 'EC2', 'EXTERNAL', 'MANAGED_INSTANCES'),
    commands: ['deploy'],
    default: 'FARGATE',
    description: { en: 'The launch type of that task.', ko: '이 태스크의 시작 유형입니다.' },
  },
  'run-task-started-by': {
    takes: text('TEXT', { en: 'a text of at most 128 characters', ko: '128자 이하의 텍스트' }, /^[\s\S]{1,128}$/),
    commands: ['deploy'],
    default: 'GitHub-Actions',
    description: {
      en: 'What stands as `startedBy` of that task.',
      ko: '이 태스크의 `startedBy` 값입니다.',
    },
  },
  'run-task-tags': {
    takes: json('JSON', JSON_ARRAY, 'array'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'Tags of that task: `[{"key": "project", "value": "shop"}]`.',
      ko: '이 태스크의 태그를 `[{"key": "project", "value": "shop"}]` 형식으로 지정합니다.',
    },
  },
  'run-task-managed-ebs-volume-name': {
    takes: text('NAME', VOLUME_NAME),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The volume of the task definition, `configuredAtLaunch`, that `run-task-managed-ebs-volume` configures.',
      ko: '`run-task-managed-ebs-volume` 입력으로 구성할 태스크 정의의 볼륨(`configuredAtLaunch`) 이름입니다.',
    },
  },
  'run-task-managed-ebs-volume': {
    takes: json('JSON', JSON_OBJECT, 'object'),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'The EBS volume of that task: `roleArn` and further members of TaskManagedEBSVolumeConfiguration.',
      ko: '이 태스크의 EBS 볼륨입니다. `roleArn` 및 TaskManagedEBSVolumeConfiguration의 다른 멤버를 지정합니다.',
    },
  },
  'wait-for-task-stopped': {
    takes: flag(),
    commands: ['deploy'],
    default: 'false',
    description: {
      en: 'Waits until that task has stopped. The service is updated only where all of its containers ended with 0.',
      ko: '이 태스크가 중지될 때까지 기다립니다. 모든 컨테이너가 0으로 끝났을 때만 서비스를 업데이트합니다.',
    },
  },
  'max-retries': {
    takes: wholeNumber('N', 0, 20),
    commands: ['deploy'],
    default: '3',
    description: {
      en: 'How often a write is sent again that AWS left unanswered, after it was looked up whether it was done. What AWS throttles is waited for in any case.',
      ko: 'AWS가 응답하지 않은 쓰기를 다시 보내는 최대 횟수입니다. 보내기 전에 이미 처리되었는지 확인합니다. AWS가 스로틀링하면 항상 기다립니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
