/** What is fetched and set up before a container starts. */

import type { Label } from '../../domain/label.ts'
import { logStore, secretStore, storeNamed } from '../destination.ts'
import type { LabelRows } from '../label-row.ts'
import type { Reading } from '../reading.ts'
import { ECR_RIGHTS } from './pull.ts'

const INIT = { family: 'init', step: 'init' } as const

/** Cut before the answer that would tell. */
function unlessCut({ prose, answered }: Reading): false | null {
  return !answered('silent') && !answered('networkAdvice') && /\.\.\.$/.test(prose) ? null : false
}

export const INIT_LABELS: LabelRows<Extract<Label, `init/${string}`>> = {
  'init/registry-auth-network': {
    ...INIT,
    network: 'silent',
    destination: 'ecr-api',
    retryable: unlessCut,
    title: { en: 'Amazon ECR gave no token: not reachable', ko: 'Amazon ECR에 연결할 수 없어 토큰을 받지 못했습니다' },
    why: {
      en: 'The task asks the ECR API (api.ecr) for a token before it pulls anything, and that call got no answer.',
      ko: '태스크는 이미지를 풀하기 전에 ECR API(api.ecr)에 토큰을 요청하며, 이 요청에 응답이 없었습니다.',
    },
    remedy: [
      {
        en: 'Without internet access, a task needs all three: the ecr.api and ecr.dkr interface endpoints and a route to Amazon S3.',
        ko: '인터넷에 연결되지 않은 태스크에는 ecr.api 및 ecr.dkr 인터페이스 엔드포인트와 Amazon S3 경로가 모두 필요합니다.',
      },
    ],
  },
  'init/registry-auth-denied': {
    ...INIT,
    destination: 'ecr-api',
    retryable: false,
    names: 'role',
    checks: ECR_RIGHTS,
    title: { en: 'The role may not ask Amazon ECR for a token', ko: '역할에 Amazon ECR 토큰을 요청할 권한이 없습니다' },
    why: {
      en: 'The network worked; the task execution role or the endpoint policy does not allow ecr:GetAuthorizationToken.',
      ko: '네트워크는 정상입니다. 태스크 실행 역할이나 엔드포인트 정책이 ecr:GetAuthorizationToken을 허용하지 않습니다.',
    },
    remedy: [
      {
        en: 'Attach AmazonECSTaskExecutionRolePolicy to the task execution role.',
        ko: '태스크 실행 역할에 AmazonECSTaskExecutionRolePolicy를 연결합니다.',
      },
      {
        en: 'If the message names a VPC endpoint policy, allow the action there on resource *.',
        ko: '메시지에 VPC 엔드포인트 정책이 있으면 그 정책에서 리소스 *에 대해 이 작업을 허용합니다.',
      },
    ],
  },
  'init/secrets-network': {
    ...INIT,
    network: 'silent',
    destination: secretStore,
    retryable: unlessCut,
    title: { en: 'The secret store did not answer', ko: '보안 암호 저장소가 응답하지 않았습니다' },
    why: {
      en: 'The task could not reach Secrets Manager or Systems Manager Parameter Store, so its secrets (or registry credentials) are missing and it does not start.',
      ko: '태스크가 Secrets Manager 또는 Systems Manager 파라미터 스토어에 연결하지 못해 보안 암호(또는 레지스트리 자격 증명)를 받지 못해 시작되지 않습니다.',
    },
    remedy: [
      {
        en: 'Check the security group (outbound 443), the route table of the task subnet and DNS resolution in the VPC: a missing DNS shows as a time-out here.',
        ko: '보안 그룹(아웃바운드 443), 태스크 서브넷의 라우팅 테이블, VPC의 DNS 확인 설정을 점검합니다. DNS 문제도 여기서는 시간 초과로 나타납니다.',
      },
    ],
  },
  'init/secrets-denied': {
    ...INIT,
    destination: secretStore,
    retryable: false,
    names: 'secret',
    checks: [
      'endpoint-policy-denies',
      'execution-role-without-secrets',
      'execution-role-without-kms',
      'secret-arn-incomplete',
      'key-policy-denies',
      'registry-credentials-of-other-account',
    ],
    title: { en: 'The role may not read the secret', ko: '역할에 보안 암호를 읽을 권한이 없습니다' },
    why: {
      en: 'Secrets Manager, Parameter Store or KMS was reached and refused the task execution role, or an endpoint policy did.',
      ko: 'Secrets Manager, 파라미터 스토어 또는 KMS에 연결되었지만 태스크 실행 역할이나 엔드포인트 정책 때문에 거부되었습니다.',
    },
    remedy: [
      {
        en: 'Allow secretsmanager:GetSecretValue or ssm:GetParameters on the very ARN. The ARN of a secret ends in a hyphen and six characters: use NAME-??????.',
        ko: '해당 ARN에 secretsmanager:GetSecretValue 또는 ssm:GetParameters를 허용합니다. 보안 암호의 ARN은 하이픈과 6글자로 끝나므로 NAME-?????? 형식을 사용합니다.',
      },
      {
        en: 'With a customer managed key, allow kms:Decrypt in the role and in the key policy.',
        ko: '고객 관리형 키를 사용하면 역할과 키 정책에서 kms:Decrypt를 허용합니다.',
      },
    ],
  },
  'init/secrets-missing': {
    ...INIT,
    destination: secretStore,
    retryable: false,
    names: 'secret',
    checks: [
      'secret-missing',
      'secret-being-deleted',
      'secret-key-missing',
      'parameter-missing',
      'secret-arn-incomplete',
      'secret-reference-malformed',
      'encryption-key-unusable',
    ],
    title: { en: 'The secret or its key does not exist', ko: '보안 암호 또는 해당 키가 없습니다' },
    why: {
      en: 'The secret, parameter, version or JSON key named in the task definition is not there, or the secret is not the JSON it is taken for.',
      ko: '태스크 정의에 있는 보안 암호, 파라미터, 버전 또는 JSON 키가 없거나 보안 암호가 JSON 형식이 아닙니다.',
    },
    remedy: [
      {
        en: 'Compare valueFrom in the task definition with the secret: Region, name, key, version. Create what is missing.',
        ko: '태스크 정의의 valueFrom을 보안 암호(리전, 이름, 키, 버전)와 비교하고 없는 항목을 생성합니다.',
      },
      {
        en: 'A secret that Terraform or CloudFormation created has no value until somebody sets one.',
        ko: 'Terraform이나 CloudFormation으로 만든 보안 암호는 값을 설정하기 전까지 비어 있습니다.',
      },
    ],
  },
  'init/unspecified': {
    ...INIT,
    clarity: 'unspecified',
    destination: storeNamed,
    title: {
      en: 'Start-up resources were not ready, cause not given',
      ko: '시작에 필요한 리소스를 준비하지 못했지만 원인이 없습니다',
    },
    why: {
      en: 'The message is a heading for several faults (ECR token, Secrets Manager, Parameter Store, logs, volumes) and ends before the cause.',
      ko: '이 메시지는 여러 오류(ECR 토큰, Secrets Manager, 파라미터 스토어, 로그, 볼륨)의 제목이며 원인이 나오기 전에 끝납니다.',
    },
    remedy: [
      {
        en: 'Read the full stopped reason: aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query "tasks[].stoppedReason"',
        ko: '전체 중지 사유를 확인합니다: aws ecs describe-tasks --cluster CLUSTER --tasks TASK --query "tasks[].stoppedReason"',
      },
      {
        en: 'Check the network path of the task subnet and the permissions of the task execution role.',
        ko: '태스크 서브넷의 네트워크 경로와 태스크 실행 역할의 권한을 확인합니다.',
      },
    ],
  },
  'init/log-group-missing': {
    ...INIT,
    destination: logStore,
    retryable: false,
    names: 'log group',
    checks: ['log-group-missing'],
    title: { en: 'The log group does not exist', ko: '로그 그룹이 없습니다' },
    why: {
      en: 'The awslogs driver found no log group of that name in that Region, so the container does not start.',
      ko: 'awslogs 드라이버가 해당 리전에서 그 이름의 로그 그룹을 찾지 못해 컨테이너가 시작되지 않습니다.',
    },
    remedy: [
      {
        en: 'Create it: aws logs create-log-group --log-group-name NAME --region REGION',
        ko: '로그 그룹을 생성합니다: aws logs create-log-group --log-group-name NAME --region REGION',
      },
      {
        en: 'Check awslogs-group and awslogs-region in the task definition.',
        ko: '태스크 정의의 awslogs-group과 awslogs-region을 확인합니다.',
      },
    ],
  },
  'init/log-denied': {
    ...INIT,
    destination: logStore,
    retryable: false,
    names: 'log group',
    checks: ['endpoint-policy-denies', 'execution-role-without-logs', 'instance-role-without-logs'],
    title: { en: 'The role may not write logs', ko: '역할에 로그를 쓸 권한이 없습니다' },
    why: {
      en: 'CloudWatch Logs was reached and refused to create the log stream or the log group.',
      ko: 'CloudWatch Logs에 연결되었지만 로그 스트림 또는 로그 그룹 생성이 거부되었습니다.',
    },
    remedy: [
      {
        en: 'Allow logs:CreateLogStream and logs:PutLogEvents in the task execution role.',
        ko: '태스크 실행 역할에 logs:CreateLogStream과 logs:PutLogEvents를 허용합니다.',
      },
      {
        en: 'With awslogs-create-group, allow logs:CreateLogGroup too; the managed policy does not have it.',
        ko: 'awslogs-create-group을 사용하면 logs:CreateLogGroup도 허용합니다. 관리형 정책에는 이 권한이 없습니다.',
      },
    ],
  },
  'init/log-network': {
    ...INIT,
    network: 'silent',
    destination: logStore,
    retryable: ({ plain, answered }) => {
      if (/\.sock\b|dial unix/.test(plain)) return true
      return answered('networkAdvice') || answered('silent') ? false : null
    },
    title: { en: 'The log destination did not answer', ko: '로그 대상이 응답하지 않았습니다' },
    why: {
      en: 'The log driver could not reach its destination (CloudWatch Logs, fluentd, syslog) when the container started.',
      ko: '컨테이너가 시작될 때 로그 드라이버가 대상(CloudWatch Logs, fluentd, syslog)에 연결하지 못했습니다.',
    },
    remedy: [
      {
        en: 'For fluentd or syslog: start the collector first, and check its address and port.',
        ko: 'fluentd 또는 syslog라면 수집기를 먼저 시작하고 주소와 포트를 확인합니다.',
      },
    ],
  },
  'init/efs': {
    ...INIT,
    destination: 'efs',
    retryable: ({ prose }) => /connection reset/.test(prose),
    names: 'file system',
    checks: [
      'mount-targets-in-other-vpc',
      'vpc-dns-off',
      'task-egress-closed',
      'mount-target-closed-to-tasks',
      'network-acl-closed',
      'file-system-policy-denies',
      'file-system-missing',
      'efs-mount-target-missing-in-zone',
      'efs-access-point-missing',
    ],
    title: { en: 'The EFS file system could not be mounted', ko: 'EFS 파일 시스템을 마운트하지 못했습니다' },
    why: {
      en: 'The mount failed: no path to a mount target, an unknown name, a missing directory, or access refused.',
      ko: '마운트에 실패했습니다. 탑재 대상까지 경로가 없거나, 이름의 DNS 확인에 실패했거나, 디렉터리가 없거나, 액세스가 거부되었습니다.',
    },
    remedy: [
      {
        en: "EFS → Network: a mount target in every task zone, whose security group allows NFS (2049) from the task's security group.",
        ko: 'EFS → 네트워크: 모든 태스크 가용 영역에 탑재 대상이 있고 그 보안 그룹이 태스크 보안 그룹의 NFS(2049)를 허용해야 합니다.',
      },
      {
        en: 'Create the root directory, or use an access point that creates it. With IAM authorization, allow elasticfilesystem:ClientMount in the task role.',
        ko: '루트 디렉터리를 생성하거나 이를 생성하는 액세스 포인트를 사용합니다. IAM 권한 부여를 사용하면 태스크 역할에 elasticfilesystem:ClientMount를 허용합니다.',
      },
    ],
  },
  'init/env-file': {
    ...INIT,
    destination: 's3-env-files',
    retryable: ({ answered }) => (answered('denied') || answered('missing') || answered('silent') ? false : null),
    names: 'file',
    checks: ['execution-role-without-env-files', 'environment-file-unusable'],
    title: { en: 'The environment file could not be fetched', ko: '환경 파일을 가져오지 못했습니다' },
    why: {
      en: 'An object of environmentFiles in Amazon S3 was not readable: refused, missing or not reachable.',
      ko: 'Amazon S3에 있는 environmentFiles 객체를 읽을 수 없습니다. 거부되었거나, 없거나, 연결할 수 없습니다.',
    },
    remedy: [
      {
        en: 'Check that the object exists, and allow s3:GetObject and s3:GetBucketLocation in the task execution role. S3 answers 403 for a missing object too.',
        ko: '객체가 있는지 확인하고 태스크 실행 역할에 s3:GetObject와 s3:GetBucketLocation을 허용합니다. S3는 객체가 없을 때도 403으로 응답합니다.',
      },
      {
        en: 'Check the route of the task subnet to Amazon S3.',
        ko: '태스크 서브넷에서 Amazon S3로 가는 경로를 확인합니다.',
      },
    ],
  },
  'init/volume': {
    ...INIT,
    destination: ({ plain }) => (/\bkms|idempotentparametermismatch/.test(plain) ? 'kms' : null),
    retryable: ({ prose }) => /ephemeral/.test(prose),
    title: { en: 'A volume could not be made or attached', ko: '볼륨을 생성하거나 연결하지 못했습니다' },
    why: {
      en: 'The EBS or docker volume of the task was not ready in time, or its settings do not fit (key, snapshot, file system, plugin).',
      ko: '태스크의 EBS 또는 Docker 볼륨이 제때 준비되지 않았거나 설정(키, 스냅샷, 파일 시스템, 플러그인)이 맞지 않습니다.',
    },
    remedy: [
      {
        en: 'Check the file system type, the snapshot, the KMS key and the ECS infrastructure role of the volume.',
        ko: '볼륨의 파일 시스템 유형, 스냅샷, KMS 키, ECS 인프라 역할을 확인합니다.',
      },
      {
        en: 'For docker volumes: install the volume plugin on every instance.',
        ko: 'Docker 볼륨이라면 모든 인스턴스에 볼륨 플러그인을 설치합니다.',
      },
    ],
  },
}
