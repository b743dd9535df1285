/** Labels that are mended in more than one way: what in the message says which, and what to do then. The first that matches counts. */
import type { Label } from '../domain/label.ts'
import type { Text } from '../domain/text.ts'
import { COMPARE_URI } from './labels/pull.ts'
import type { Reading } from './reading.ts'

interface Repair {
  /** In the message as it was printed, in lower case. */
  readonly when: RegExp
  readonly remedy: readonly Text[]
}

function repair(when: RegExp, ...remedy: readonly (readonly [en: string, ko: string])[]): Repair {
  return { when, remedy: remedy.map(([en, ko]) => ({ en, ko })) }
}

/** What each registry takes for a login, as a secret that `repositoryCredentials` names. */
const OF_REGISTRIES: readonly Repair[] = [
  repair(/\bghcr\.io\b/, [
    'Store a personal access token (classic) with read:packages, and the user name, as a secret in Secrets Manager, and name it in repositoryCredentials; or make the package public.',
    'read:packages 권한이 있는 개인용 액세스 토큰(classic)과 사용자 이름을 Secrets Manager 보안 암호로 저장하고 repositoryCredentials 항목에 지정하거나, 패키지를 공개로 변경합니다.',
  ]),
  repair(/\bquay\.io\b/, [
    'Store the name and the token of a robot account that may read the repository as a secret in Secrets Manager, and name it in repositoryCredentials; or make the repository public.',
    '리포지토리를 읽을 수 있는 로봇 계정의 이름과 토큰을 Secrets Manager 보안 암호로 저장하고 repositoryCredentials 항목에 지정하거나, 리포지토리를 공개로 변경합니다.',
  ]),
  repair(/\bnvcr\.io\b/, [
    'Store the user name $oauthtoken and an NGC API key as a secret in Secrets Manager, and name it in repositoryCredentials.',
    '사용자 이름 $oauthtoken과 NGC API 키를 Secrets Manager 보안 암호로 저장하고 repositoryCredentials 항목에 지정합니다.',
  ]),
  repair(/\bgitlab\./, [
    'Store the name and the token of a deploy token with read_registry as a secret in Secrets Manager, and name it in repositoryCredentials.',
    'read_registry 범위가 있는 배포 토큰의 이름과 토큰을 Secrets Manager 보안 암호로 저장하고 repositoryCredentials 항목에 지정합니다.',
  ]),
  repair(/docker\.(io|com)|docker hub/, [
    'Store a Docker Hub access token, and the user name, as a secret in Secrets Manager, and name it in repositoryCredentials.',
    'Docker Hub 액세스 토큰과 사용자 이름을 Secrets Manager 보안 암호로 저장하고 repositoryCredentials 항목에 지정합니다.',
  ]),
]

const REPAIRS: Readonly<Partial<Record<Label, readonly Repair[]>>> = {
  'iam/role': [
    repair(
      /service[- ]linked role/,
      [
        'Create the service-linked role once in the account: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
        '계정에 서비스 연결 역할을 한 번 생성합니다: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com',
      ],
      [
        'Where it exists, try again: a role that was just made takes a few seconds to be seen.',
        '역할이 이미 있다면 다시 시도합니다. 방금 만든 역할이 반영되기까지 몇 초가 걸립니다.',
      ],
    ),
    repair(/iam:passrole/, [
      "Allow iam:PassRole for the instance role of the Managed Instances provider in the policy of the infrastructure role that the message names; AWS's managed policy covers roles whose names begin with ecsInstanceRole.",
      '메시지에 나온 인프라 역할의 정책에서 관리형 인스턴스 용량 공급자의 인스턴스 역할에 대한 iam:PassRole 권한을 허용합니다. AWS 관리형 정책은 이름이 ecsInstanceRole로 시작하는 역할만 허용합니다.',
    ]),
    repair(/elasticloadbalancing:|listener|target ?group/, [
      'Attach AmazonECSInfrastructureRolePolicyForLoadBalancers to the infrastructure role of the load balancer settings, and let ecs.amazonaws.com assume it.',
      '로드 밸런서 설정의 인프라 역할에 AmazonECSInfrastructureRolePolicyForLoadBalancers 정책을 연결하고 ecs.amazonaws.com 서비스가 역할을 수임하도록 신뢰 정책을 설정합니다.',
    ]),
    repair(/ebs|volume|ec2:(create|attach)volume/, [
      'Attach AmazonECSInfrastructureRolePolicyForVolumes to the infrastructure role of the volume, and let ecs.amazonaws.com assume it.',
      '볼륨의 인프라 역할에 AmazonECSInfrastructureRolePolicyForVolumes 정책을 연결하고 ecs.amazonaws.com 서비스가 역할을 수임하도록 신뢰 정책을 설정합니다.',
    ]),
  ],
  'deploy/lb-config': [
    repair(
      /test ?listener/,
      [
        'Give the service a test listener rule, or let the production listener rule forward to both target groups.',
        '서비스에 테스트 리스너 규칙을 지정하거나 프로덕션 리스너 규칙이 두 대상 그룹으로 전달하도록 설정합니다.',
      ],
      [
        'Set testListenerRule in the advanced configuration of the load balancer.',
        '로드 밸런서의 고급 구성에서 testListenerRule 항목을 설정합니다.',
      ],
    ),
    repair(/advancedconfiguration field is required/, [
      'Set advancedConfiguration (alternate target group, production listener rule, role) for every load balancer of the service, or deploy with the rolling strategy.',
      '서비스의 모든 로드 밸런서에 advancedConfiguration(대체 대상 그룹, 프로덕션 리스너 규칙, 역할)을 설정하거나 롤링 전략으로 배포합니다.',
    ]),
    repair(/listener ?rule|rules not found|listener/, [
      'Let the production listener rule forward to the target group and the alternate target group of the service, and to no other; its ARN must be that of a rule, not of a listener.',
      '프로덕션 리스너 규칙이 서비스의 대상 그룹과 대체 대상 그룹으로만 전달하도록 설정합니다. 리스너가 아니라 규칙의 ARN을 지정해야 합니다.',
    ]),
  ],
  'deploy/lifecycle-hook': [
    repair(
      /unable to (invoke|assume|call)|not authorized|access ?denied|permission/,
      [
        'Allow lambda:InvokeFunction on the function for the role of the hook.',
        '후크의 역할에 해당 함수에 대한 lambda:InvokeFunction 권한을 허용합니다.',
      ],
      [
        'Let ecs.amazonaws.com assume the role of the hook.',
        'ecs.amazonaws.com 서비스가 후크의 역할을 수임하도록 신뢰 정책을 설정합니다.',
      ],
    ),
    repair(/unable to parse|must not be null/, [
      'Return {"hookStatus": "SUCCEEDED"}, "FAILED" or "IN_PROGRESS" from the function in every case, errors included.',
      '함수가 오류를 포함한 모든 경우에 {"hookStatus": "SUCCEEDED"}, "FAILED" 또는 "IN_PROGRESS" 값을 반환하도록 수정합니다.',
    ]),
    repair(/time(d ?| ?)out|timeout/, [
      'Answer before the time-out of the function and of the hook: return "IN_PROGRESS", and ECS asks again after callBackDelay seconds.',
      '함수와 후크의 제한 시간 안에 응답해야 합니다. "IN_PROGRESS"를 반환하면 ECS가 callBackDelay초 후에 다시 호출합니다.',
    ]),
  ],
  'placement/resources': [
    repair(/gpu/, [
      'Add an instance with a free GPU: a container holds its GPUs alone, so that a rolling deployment needs a spare one, or minimumHealthyPercent below 100.',
      '사용 가능한 GPU가 있는 인스턴스를 추가합니다. 컨테이너는 GPU를 독점하므로 롤링 배포에는 여분의 GPU가 필요하거나 minimumHealthyPercent 값이 100보다 작아야 합니다.',
    ]),
    repair(/\bports?\b/, [
      'Set hostPort to 0 (dynamic port mapping) or use the awsvpc network mode; with a fixed port one instance holds one task, so that a deployment needs a spare instance or minimumHealthyPercent below 100.',
      'hostPort 값을 0(동적 포트 매핑)으로 설정하거나 awsvpc 네트워크 모드를 사용합니다. 고정 포트에서는 인스턴스당 태스크 하나만 실행되므로 배포에 여분의 인스턴스가 필요하거나 minimumHealthyPercent 값이 100보다 작아야 합니다.',
    ]),
    repair(/memory/, [
      'Add or enlarge instances, or lower the memory of the task: placement counts memory (or memoryReservation, where it is set), not what is used. During a rollout, old and new tasks need room together.',
      '인스턴스를 추가하거나 키우거나 태스크의 메모리를 줄입니다. 배포 중에는 이전 태스크와 새 태스크를 함께 실행할 공간이 필요합니다. 배치에는 실제 사용량이 아니라 memory 값(memoryReservation 값이 있으면 그 값)이 사용됩니다.',
    ]),
  ],
  'config-invalid': [
    repair(
      /invalid '?(cpu|memory)'?|no fargate configuration|cpu or memory|(cpu|memory) .{0,40}(value|setting|combination)/,
      [
        'Choose a pair of CPU and memory that Fargate has, for instance 512 CPU units with 1024 to 4096 MiB; Windows needs at least 1024 units.',
        'Fargate에서 지원하는 CPU와 메모리 조합을 선택합니다. 예를 들어 CPU 512단위에는 1024~4096MiB를 사용할 수 있습니다. Windows에는 1024단위 이상이 필요합니다.',
      ],
    ),
    repair(/is inactive|inactive/, [
      'Deploy an ACTIVE revision: register the task definition again, and deploy the revision that comes of it.',
      'ACTIVE 상태의 개정을 배포합니다. 태스크 정의를 다시 등록하고 새로 만들어진 개정을 배포합니다.',
    ]),
    repair(/code_?deploy deployment controller|codedeploy/, [
      'Deploy through CodeDeploy (an AppSpec file names the revision): a service with this controller takes no task definition from UpdateService.',
      'CodeDeploy로 배포합니다(AppSpec 파일에 개정을 지정). 이 배포 컨트롤러를 사용하는 서비스의 태스크 정의는 UpdateService로 변경할 수 없습니다.',
    ]),
    repair(/container \S+ does not exist|does not exist in the task definition/, [
      'Name the container of the load balancer entry as the task definition names it, and its port as a port mapping has it.',
      '로드 밸런서 항목의 컨테이너 이름과 포트를 태스크 정의의 컨테이너 이름 및 포트 매핑과 같게 지정합니다.',
    ]),
    repair(/does not have an associated load balancer/, [
      'Attach the target group to a listener of a load balancer before the service uses it.',
      '서비스에서 사용하기 전에 대상 그룹을 로드 밸런서의 리스너에 연결합니다.',
    ]),
  ],
  'pull/auth-denied': [
    repair(/proxy ?(authentication|error)|proxyconnect|\b407\b/, [
      'The proxy refused, not the registry: allow the registry and S3 on the proxy, or name them in NO_PROXY where an endpoint serves them.',
      '레지스트리가 아니라 프록시가 거부했습니다. 프록시에서 레지스트리와 S3를 허용하거나, 엔드포인트로 연결되는 주소라면 NO_PROXY에 추가합니다.',
    ]),
    ...OF_REGISTRIES,
    repair(/token (has |is )?expired|expiredtoken|tokens? .{0,30}expired/, [
      'On EC2: the credentials of the instance or the cached ECR token are out of date. Check the clock of the instance, restart the ECS agent, or replace the instance.',
      'EC2에서는 인스턴스의 자격 증명이나 캐시된 ECR 토큰이 만료된 것입니다. 인스턴스의 시계를 확인하고 ECS 에이전트를 다시 시작하거나 인스턴스를 교체합니다.',
    ]),
  ],
  // It may also be missing.
  'pull/access-denied-or-missing': OF_REGISTRIES.map((one) => ({ ...one, remedy: [COMPARE_URI, ...one.remedy] })),
  'pull/unpack-failed': [
    repair(/text\/html|character '<'/, [
      'What arrived is a web page, not the image: a proxy or a login page answered for the registry. Let the registry and S3 pass it, or name them in NO_PROXY where an endpoint serves them.',
      '이미지가 아니라 웹 페이지를 받았습니다. 프록시나 로그인 페이지가 레지스트리 대신 응답한 것이므로, 프록시가 레지스트리와 S3를 통과시키도록 설정하거나 엔드포인트로 연결되는 주소라면 NO_PROXY에 추가합니다.',
    ]),
    repair(
      /unexpected eof|size validation|unexpected commit (size|digest)/,
      [
        'Start the task again: the download was cut or changed on its way, and the image itself may be whole.',
        '태스크를 다시 시작합니다. 다운로드가 중간에 끊겼거나 변경된 것이며 이미지 자체는 정상일 수 있습니다.',
      ],
      [
        'If it repeats: pull the same digest elsewhere. Whole there: look for a proxy, a firewall or an MTU on the way; broken there too: push the image again.',
        '반복되면 다른 곳에서 같은 다이제스트를 풀합니다. 정상이면 경로의 프록시, 방화벽, MTU를 확인하고 그곳에서도 손상되어 있으면 이미지를 다시 푸시합니다.',
      ],
    ),
  ],
  'run/essential-exited': [
    repair(/exit ?(code|status)?\W{0,4}137\b/, [
      'Exit code 137 is a kill: raise the memory if OutOfMemory stands beside it; else the process did not end within stopTimeout after SIGTERM.',
      '종료 코드 137은 강제 종료입니다. OutOfMemory가 함께 있으면 메모리를 늘립니다. 그렇지 않으면 프로세스가 SIGTERM 신호 후 stopTimeout 안에 끝나지 않은 것입니다.',
    ]),
    repair(/exit ?(code|status)?\W{0,4}139\b/, [
      'Exit code 139 is a crash (segmentation fault): look for native modules that were built for another CPU or C library.',
      '종료 코드 139는 비정상 종료(세그먼테이션 오류)입니다. 다른 CPU나 C 라이브러리용으로 빌드된 네이티브 모듈이 있는지 확인합니다.',
    ]),
    repair(/exit ?(code|status)?\W{0,4}143\b/, [
      'Exit code 143 is the answer to SIGTERM: ECS stopped the task; the reason stands in its events, not in the application.',
      '종료 코드 143은 SIGTERM 신호에 따른 종료입니다. ECS가 태스크를 중지했으며 이유는 애플리케이션이 아니라 이벤트에 있습니다.',
    ]),
    repair(/exit ?(code|status)?\W{0,4}12[67]\b/, [
      'Exit codes 126 and 127 come from a shell: the command is not executable or not there. Check its path inside the image.',
      '종료 코드 126과 127은 셸이 반환합니다. 명령을 실행할 수 없거나 명령이 없는 것이므로 이미지 안의 경로를 확인합니다.',
    ]),
    repair(/exit ?(code|status)?\W{0,4}0\b/, [
      'Exit code 0: the command ended by itself. A service needs a process that stays in the foreground, or essential: false for a container that only prepares.',
      '종료 코드 0은 명령이 스스로 끝났다는 뜻입니다. 서비스에는 포그라운드에서 계속 실행되는 프로세스가 필요합니다. 준비 작업만 하는 컨테이너라면 essential: false로 설정합니다.',
    ]),
  ],
  'init/efs': [
    repair(/access ?denied|not authorized|iam/, [
      'Allow elasticfilesystem:ClientMount in the task role and in the policy of the file system, and turn on iam and transitEncryption for the volume.',
      '태스크 역할과 파일 시스템 정책에서 elasticfilesystem:ClientMount 작업을 허용하고 볼륨의 iam 및 transitEncryption 설정을 활성화합니다.',
    ]),
    repair(/resolve|no such host|dns|name or service/, [
      'The name of the file system resolves only in the VPC and the zones of its mount targets: make a mount target in the zone of the task, and turn on DNS support and DNS hostnames in the VPC.',
      '파일 시스템 이름의 DNS 확인은 탑재 대상이 있는 VPC와 가용 영역에서만 가능합니다. 태스크의 가용 영역에 탑재 대상을 만들고 VPC의 DNS 확인과 DNS 호스트 이름을 활성화합니다.',
    ]),
    repair(/time(d ?| ?)out|timeout/, [
      "Allow TCP 2049 (NFS) from the task's security group in the inbound rules of the mount targets' security group.",
      '탑재 대상의 보안 그룹 인바운드 규칙에서 태스크 보안 그룹의 TCP 2049(NFS)를 허용합니다.',
    ]),
    repair(/no such file|not found|does not exist/, [
      'Create the folder that rootDirectory names on the file system, or use an access point that creates it.',
      '파일 시스템에 rootDirectory로 지정한 디렉터리를 만들거나, 디렉터리를 만들어 주는 액세스 포인트를 사용합니다.',
    ]),
  ],
  'health/elb': [
    repair(/target\.timeout|request timed out|timeout/, [
      "No answer came: allow the traffic port from the load balancer's security group in the task's security group, and let the application listen on 0.0.0.0, not on 127.0.0.1.",
      '응답이 없었습니다. 태스크 보안 그룹에서 로드 밸런서 보안 그룹의 트래픽 포트를 허용하고, 애플리케이션이 127.0.0.1이 아니라 0.0.0.0에서 수신하도록 설정합니다.',
    ]),
    repair(/codes?:? ?\[?(3\d\d|4\d\d)/, [
      'The application answered, with a code that the target group does not take: set the health check path to one that answers 200 without a login, or add the code to the matcher.',
      '애플리케이션이 응답했지만 대상 그룹이 허용하지 않는 코드입니다. 로그인 없이 200으로 응답하는 경로를 상태 확인 경로로 지정하거나 성공 코드에 추가합니다.',
    ]),
    repair(/codes?:? ?\[?5\d\d/, [
      'The application answered with an error of its own: read its logs, and check what it needs at its start (database, configuration).',
      '애플리케이션이 자체 오류로 응답했습니다. 로그를 읽고 시작할 때 필요한 항목(데이터베이스, 구성)을 확인합니다.',
    ]),
    repair(/availability zone that is not enabled/, [
      'Add a subnet in the zone of the task to the load balancer, or take that zone out of the service.',
      '로드 밸런서에 태스크의 가용 영역에 있는 서브넷을 추가하거나 서비스에서 해당 가용 영역을 제외합니다.',
    ]),
  ],
  'placement/eni': [
    repair(/insufficientfreeaddresses|(free|available) (ipv?[46]? )?addresses|enough/, [
      'The subnet has no free address left: add a subnet to the service, or end what holds addresses there. A rolling deployment needs addresses for old and new tasks.',
      '서브넷에 남은 주소가 없습니다. 서비스에 서브넷을 추가하거나 주소를 사용하는 리소스를 정리합니다. 롤링 배포에는 이전 태스크와 새 태스크의 주소가 모두 필요합니다.',
    ]),
    repair(/security ?group .{0,60}(not|different|same)|invalidgroup|groups? .{0,40}different networks/, [
      "Name security groups of the subnets' own VPC that exist.",
      '서브넷과 같은 VPC에 실제로 있는 보안 그룹을 지정합니다.',
    ]),
  ],
}

/** Which of a label's repairs a message asks for; null where the label has only its own. */
export function repairOf(label: Label, { plain }: Reading): number | null {
  const at = REPAIRS[label]?.findIndex(({ when }) => when.test(plain)) ?? -1
  return at < 0 ? null : at
}

export function remedyOf(label: Label, repair: number | null): readonly Text[] | null {
  return repair === null ? null : (REPAIRS[label]?.[repair]?.remedy ?? null)
}

/** For tests: how many a label has. */
export function repairsOf(label: Label): number {
  return REPAIRS[label]?.length ?? 0
}
