/** The commands (`mode` of the action): what each does, with examples that a test runs through the parser. */
import type { Text } from '../domain/text.ts'

export const COMMANDS = [
  'preflight',
  'deploy',
  'watch',
  'rehearse',
  'probe',
  'trace',
  'explain',
  'snapshot',
  'simulate',
  'demo',
] as const
export type Command = (typeof COMMANDS)[number]

/** `mode` of the action: everything that ends by itself. */
export const MODES = [
  'preflight',
  'deploy',
  'watch',
  'rehearse',
  'probe',
  'trace',
  'explain',
  'snapshot',
] as const satisfies readonly Command[]
export type Mode = (typeof MODES)[number]

/** Announced, not built: they answer with a sentence and are listed nowhere. */
export const LATER = ['audit'] as const

/** Contract of the command line and of the action's step; 3: the end of a rollout is not known. */
export type ExitCode = 0 | 1 | 2 | 3

interface CommandPage {
  readonly does: Text
  /** Arguments after the command's name; what follows the program's name in each example. */
  readonly examples: Readonly<Record<string, Text>>
  readonly exits: Readonly<Partial<Record<ExitCode, Text>>>
}

const BAD_INPUT: Text = {
  en: 'An input is wrong, or nothing could be read at all. One sentence on standard error says which.',
  ko: '입력이 잘못되었거나 아무것도 읽지 못했습니다. 표준 오류의 한 문장이 원인을 알려 줍니다.',
}

export const COMMAND_PAGES: Readonly<Record<Command, CommandPage>> = {
  preflight: {
    does: {
      en: 'Reads an ECS service, its task definition and its network, and says whether a task can start in every subnet. Writes nothing to AWS.',
      ko: 'ECS 서비스, 태스크 정의, 네트워크를 읽고 모든 서브넷에서 태스크가 시작될 수 있는지 알려 줍니다. AWS에 아무것도 쓰지 않습니다.',
    },
    examples: {
      'preflight --cluster prod --service web --region ap-northeast-2': {
        en: 'Check a running service.',
        ko: '실행 중인 서비스를 점검합니다.',
      },
      'preflight --cluster prod --service web --task-definition task-definition.json': {
        en: 'Check it with the task definition that is about to be deployed.',
        ko: '곧 배포할 태스크 정의로 점검합니다.',
      },
      'preflight --snapshot ./snapshot --service web --format json': {
        en: 'Check a saved folder instead of AWS; standard output is JSON and nothing else.',
        ko: 'AWS 대신 저장된 폴더를 점검합니다. 표준 출력에는 JSON만 나옵니다.',
      },
    },
    exits: {
      0: {
        en: 'The verdict is `pass` or `warn`, or an `unknown` that `fail-on` does not name.',
        ko: '판정이 `pass` 또는 `warn`이거나, `fail-on` 목록에 없는 `unknown`입니다.',
      },
      1: {
        en: '`fail-on` names what was found: a blocker, unless you say otherwise.',
        ko: '`fail-on` 목록에 있는 문제가 발견되었습니다. 따로 지정하지 않으면 `blocker`입니다.',
      },
      2: BAD_INPUT,
    },
  },
  deploy: {
    does: {
      en: 'One step for it all: preflight of the revision that is about to go out, then register, update the service and follow that very deployment to its end. What `fail-on` names stops it before anything is written. A drop-in for aws-actions/amazon-ecs-deploy-task-definition.',
      ko: '한 단계로 모두 실행합니다. 배포할 개정을 사전 점검하고, 등록하고, 서비스를 업데이트하고, 그 배포를 끝까지 추적합니다. `fail-on` 목록에 있는 문제가 발견되면 아무것도 쓰지 않고 끝납니다. aws-actions/amazon-ecs-deploy-task-definition 액션을 그대로 대신할 수 있습니다.',
    },
    examples: {
      'deploy --cluster prod --service web --task-definition task-definition.json': {
        en: 'Check, register, update and follow.',
        ko: '점검, 등록, 업데이트, 추적을 차례로 실행합니다.',
      },
      'deploy --cluster prod --service web --task-definition task-definition.json --image web=registry/web:42 --dry-run':
        {
          en: 'Everything but the writes, with another image.',
          ko: '다른 이미지로, 쓰기를 제외한 모든 것을 실행합니다.',
        },
      'deploy --cluster prod --service web --image web=registry/web:42 --on-failure rollback': {
        en: 'The running revision with another image; roll it back when it is hopeless.',
        ko: '실행 중인 개정에 다른 이미지를 넣어 배포하고, 가망이 없으면 롤백합니다.',
      },
      'deploy --task-definition task-definition.json': {
        en: 'Register it, and no more.',
        ko: '등록만 합니다.',
      },
    },
    exits: {
      0: {
        en: 'The rollout ended steady on the revision; or everything was done that was asked for: registered (without `service`), updated (`wait-for-service-stability: false`), or only looked at (`dry-run`).',
        ko: '롤아웃이 이 개정으로 안정 상태에 도달했거나, 요청한 것이 모두 끝났습니다: 등록(`service` 생략), 업데이트(`wait-for-service-stability: false`), 확인(`dry-run`).',
      },
      1: {
        en: '`fail-on` names what preflight found, the caller may not do what is needed, AWS refused a write, or somebody deploys already (`on-busy: fail`): the report says what was written and what was not. Or the rollout failed, was rolled back, or cannot succeed any more.',
        ko: '사전 점검에서 `fail-on` 목록에 있는 문제가 발견되었거나, 호출자에게 권한이 없거나, AWS가 쓰기를 거부했거나, 다른 배포가 진행 중입니다(`on-busy: fail`). 무엇을 썼고 쓰지 않았는지는 보고서에 있습니다. 또는 롤아웃이 실패했거나 롤백되었거나 더 이상 성공할 수 없습니다.',
      },
      2: BAD_INPUT,
      3: {
        en: 'The end is not known: out of time, contact lost, superseded by a newer deployment, or cancelled. Also where AWS did not say whether a write was done, and nobody could find out.',
        ko: '결과를 알 수 없습니다. 시간 초과, 연결 끊김, 새 배포로 대체, 취소 중 하나입니다. 쓰기가 처리되었는지 AWS가 답하지 않고 확인할 수도 없을 때도 해당합니다.',
      },
    },
  },
  watch: {
    does: {
      en: 'Follows a deployment that somebody else started, until it ends: says at the first failed task why, where and since when, and stops waiting where waiting is hopeless. Writes to AWS only with `on-failure: rollback`.',
      ko: '다른 도구가 시작한 배포를 끝날 때까지 추적합니다. 첫 태스크가 실패하면 이유, 위치, 시점을 알려 주고, 기다려도 소용이 없으면 관찰을 끝냅니다. `on-failure: rollback`을 지정할 때만 AWS에 씁니다.',
    },
    examples: {
      'watch --cluster prod --service web --region ap-northeast-2': {
        en: 'Follow the deployment that is in progress, for up to 30 minutes.',
        ko: '진행 중인 배포를 최대 30분 동안 추적합니다.',
      },
      'watch --cluster prod --service web --task-definition web:42 --on-failure rollback --output ./report': {
        en: 'Follow the deployment of a revision, roll it back when it is hopeless, and keep the report and the tape.',
        ko: '지정한 개정의 배포를 추적하고, 가망이 없으면 롤백하며, 보고서와 테이프를 저장합니다.',
      },
      'watch --cluster prod --service web,api --task-definition web=web:42 --task-definition api=api:7': {
        en: 'Follow the deployments of two services at the same time, each of its revision.',
        ko: '두 서비스의 배포를 각각 지정한 개정으로 동시에 추적합니다.',
      },
      'watch --replay ./report/tape.ndjson --language ko': {
        en: 'Make the same report again from the tape, without AWS.',
        ko: 'AWS 없이 테이프에서 같은 보고서를 다시 만듭니다.',
      },
    },
    exits: {
      0: {
        en: 'The rollout ended steady on the revision that was followed; of several services, every one.',
        ko: '추적한 개정으로 롤아웃이 안정 상태에 도달했습니다. 서비스가 여러 개이면 모두 도달했습니다.',
      },
      1: {
        en: 'The rollout failed, was rolled back, or cannot succeed any more; of several services, one of them. This code counts before 2, and 2 before 3.',
        ko: '롤아웃이 실패했거나 롤백되었거나 더 이상 성공할 수 없습니다. 서비스가 여러 개이면 그중 하나가 해당합니다. 코드는 1, 2, 3 순서로 우선합니다.',
      },
      2: {
        en: `${BAD_INPUT.en} Of several services: one of them is not there; the others are followed and reported all the same.`,
        ko: `${BAD_INPUT.ko} 서비스가 여러 개이면 그중 하나가 존재하지 않습니다. 나머지 서비스는 그대로 추적하고 보고합니다.`,
      },
      3: {
        en: 'The end of the rollout is not known: out of time, contact lost, superseded by a newer deployment, or cancelled (Ctrl-C). The rollout itself goes on.',
        ko: '롤아웃의 결과를 알 수 없습니다. 시간 초과, 연결 끊김, 새 배포로 대체, 취소(Ctrl-C) 중 하나이며 롤아웃 자체는 계속됩니다.',
      },
    },
  },
  rehearse: {
    does: {
      en: 'Starts one throw-away task in each subnet of the service: it pulls the very images, resolves the secrets and opens the log streams, and its entry point is a program that does not exist, so that not one line of the application runs. What it makes, it removes again. For tasks on Fargate.',
      ko: '서비스의 서브넷마다 일회용 태스크 하나를 시작합니다. 태스크는 같은 이미지를 풀하고, 보안 암호를 가져오고, 로그 스트림을 만듭니다. 엔트리포인트가 존재하지 않는 프로그램이므로 애플리케이션은 한 줄도 실행되지 않습니다. 만든 것은 다시 제거합니다. Fargate 태스크에 사용할 수 있습니다.',
    },
    examples: {
      'rehearse --cluster prod --service web': {
        en: 'In every subnet of the service, with what it runs.',
        ko: '서비스의 모든 서브넷에서 실행 중인 이미지로 예행 실행합니다.',
      },
      'rehearse --cluster prod --service web --task-definition task-definition.json --rehearse-subnets subnet-0a1,subnet-0b2':
        {
          en: 'In two of them, with the revision that is about to be deployed.',
          ko: '두 서브넷에서 곧 배포할 태스크 정의로 예행 실행합니다.',
        },
    },
    exits: {
      0: { en: 'The images were pulled in every subnet.', ko: '모든 서브넷에서 이미지 풀이 완료되었습니다.' },
      1: {
        en: 'In one of the subnets the task failed before its program was to be started.',
        ko: '프로그램을 시작하기 전에 태스크가 실패한 서브넷이 있습니다.',
      },
      2: BAD_INPUT,
      3: {
        en: 'It could not be tried in one of the subnets, or its end was not seen: no capacity, a missing permission, tasks on container instances, out of time, or cancelled (Ctrl-C). The report says which.',
        ko: '시도하지 못했거나 결과를 확인하지 못한 서브넷이 있습니다. 용량 부족, 권한 부족, 컨테이너 인스턴스의 태스크, 시간 초과, 취소(Ctrl-C) 중 하나이며 보고서에 표시됩니다.',
      },
    },
  },
  probe: {
    does: {
      en: 'Runs a preflight, then looks up every needed host and connects to it from inside a running task of each subnet (ECS Exec), and holds the two against each other. Opens a session in each task, and changes nothing in AWS unless `enable-exec` is given.',
      ko: 'preflight를 실행한 다음, 서브넷마다 실행 중인 태스크 안에서(ECS Exec) 필요한 호스트의 이름을 조회하고 연결해 보며 두 결과를 대조합니다. 태스크마다 세션을 열며, `enable-exec` 입력을 지정하지 않으면 AWS에서 변경하는 것은 없습니다.',
    },
    examples: {
      'probe --cluster prod --service web --region ap-northeast-2': {
        en: 'From one running task in each subnet of the service.',
        ko: '서비스의 서브넷마다 실행 중인 태스크 하나에서 시험합니다.',
      },
      'probe --cluster prod --service web --container debug --format json': {
        en: 'From a container that has a shell beside the others; standard output is JSON and nothing else.',
        ko: '셸이 있는 컨테이너를 지정하여 시험합니다. 표준 출력에는 JSON만 나옵니다.',
      },
      'probe --cluster prod --service web --enable-exec': {
        en: 'Where ECS Exec is off: start a deployment that turns it on, probe, and put the setting back.',
        ko: 'ECS Exec가 꺼져 있으면 켜는 배포를 시작하고, 시험한 뒤 설정을 되돌립니다.',
      },
    },
    exits: {
      0: {
        en: 'Every needed host answered from every subnet.',
        ko: '모든 서브넷에서 필요한 모든 호스트에 연결했습니다.',
      },
      1: {
        en: 'A needed host did not answer: no address, refused, timed out, or no TLS.',
        ko: '연결하지 못한 필요 호스트가 있습니다(주소 없음, 거부, 시간 초과 또는 TLS 실패).',
      },
      2: BAD_INPUT,
      3: {
        en: 'It could not be tried everywhere: ECS Exec is off, no agent, no shell, no task. The report says what to switch on.',
        ko: '시험하지 못한 곳이 있습니다(ECS Exec 꺼짐, 에이전트 없음, 셸 없음, 태스크 없음). 무엇을 켜야 하는지는 보고서에 있습니다.',
      },
    },
  },
  trace: {
    does: {
      en: 'Follows one flow: can something in this subnet, with these security groups, reach that host and port, and if not, which hop stops it.',
      ko: '한 흐름을 따라갑니다. 이 서브넷과 보안 그룹에서 그 호스트와 포트에 연결할 수 있는지, 연결할 수 없다면 어느 홉에서 막히는지 알려 줍니다.',
    },
    examples: {
      'trace --from-subnet subnet-0a1 --security-groups sg-0a1 --to db.example.com:5432': {
        en: 'From a subnet to a database.',
        ko: '서브넷에서 데이터베이스까지 확인합니다.',
      },
      'trace --from eni-0a1 --to ecr-dkr --snapshot ./snapshot': {
        en: 'From an existing network interface to the image registry, in a saved folder.',
        ko: '저장된 폴더에서 기존 네트워크 인터페이스부터 이미지 레지스트리까지 확인합니다.',
      },
    },
    exits: {
      0: {
        en: 'Reachable, or degraded. With `flows`: all of them.',
        ko: '연결할 수 있습니다(`reachable` 또는 `degraded`). `flows` 입력에서는 모든 흐름이 해당합니다.',
      },
      1: {
        en: 'Blocked, intermittent, or not to be told from the facts at hand.',
        ko: '막혔거나, 간헐적이거나, 읽은 정보로는 알 수 없습니다.',
      },
      2: BAD_INPUT,
    },
  },
  explain: {
    does: {
      en: 'Says what a pasted ECS error or event text means and what to do about it. Needs no AWS.',
      ko: '붙여 넣은 ECS 오류나 이벤트 텍스트의 뜻과 조치를 알려 줍니다. AWS 연결이 필요 없습니다.',
    },
    examples: {
      "explain 'CannotPullContainerError: … dial tcp 52.219.148.62:443: i/o timeout'": {
        en: 'One text.',
        ko: '텍스트 하나를 설명합니다.',
      },
      explain: {
        en: 'Every failure in what is piped in: a log, an answer of the AWS CLI.',
        ko: '로그, AWS CLI 응답 등 표준 입력에 들어 있는 모든 오류를 설명합니다.',
      },
      'explain --lines --format json': {
        en: 'One text a line, from standard input.',
        ko: '표준 입력의 각 줄을 텍스트 하나로 읽습니다.',
      },
    },
    exits: {
      0: {
        en: 'The text was read. A text that is not known is answered with `unknown`, never with a guess.',
        ko: '텍스트를 읽었습니다. 알 수 없는 텍스트에는 추측 대신 `unknown` 값으로 답합니다.',
      },
      2: BAD_INPUT,
    },
  },
  snapshot: {
    does: {
      en: 'Saves everything that preflight reads into a folder of plain JSON files. Values of environment variables and secrets are never written.',
      ko: 'preflight 명령이 읽는 모든 것을 JSON 파일 폴더로 저장합니다. 환경 변수와 보안 암호의 값은 절대 쓰지 않습니다.',
    },
    examples: {
      'snapshot --cluster prod --service web --output ./snapshot': {
        en: 'Save it, for a second look without AWS.',
        ko: 'AWS 없이 다시 볼 수 있도록 저장합니다.',
      },
    },
    exits: {
      0: {
        en: 'The folder is written. What could not be read is listed on standard error and left out.',
        ko: '폴더를 저장했습니다. 읽지 못한 것은 표준 오류에 나열되고 폴더에서 빠집니다.',
      },
      2: BAD_INPUT,
    },
  },
  simulate: {
    does: {
      en: 'Serves a snapshot folder as AWS on loopback, in the protocols of the real SDKs, until it is interrupted; a scenario plays a rollout in it. For tests, demos and bug reports.',
      ko: '스냅샷 폴더를 루프백의 AWS처럼 제공합니다. 실제 SDK의 프로토콜로 답하며 중단할 때까지 실행됩니다. 시나리오를 지정하면 그 안에서 롤아웃을 재생합니다. 테스트, 데모, 버그 보고에 사용합니다.',
    },
    examples: {
      'simulate ./snapshot --port 4566': {
        en: 'Then set AWS_ENDPOINT_URL to the address that it prints.',
        ko: '출력된 주소를 AWS_ENDPOINT_URL 환경 변수에 지정하여 사용합니다.',
      },
      'simulate ./snapshot --scenario seoul.json --speed 10': {
        en: 'A rollout plays in the service of the folder, ten times as fast as in reality.',
        ko: '폴더의 서비스에서 롤아웃을 실제보다 10배 빠르게 재생합니다.',
      },
    },
    exits: { 0: { en: 'It was interrupted.', ko: '실행이 중단되었습니다.' }, 2: BAD_INPUT },
  },
  demo: {
    does: {
      en: 'Plays the Seoul case on loopback in four acts: the preflight that would have stopped it, the rollout as it went, the next one with the fix in place, and a deploy that rehearses first and refuses until the fix is there. Takes less than a minute and needs neither AWS nor an account.',
      ko: '서울 사례를 루프백에서 4막으로 재생합니다. 배포를 막았을 사전 점검, 실제로 진행된 롤아웃, 해결 명령을 적용한 다음 롤아웃, 그리고 예행 실행 뒤 해결될 때까지 거부하는 배포를 차례로 보여 줍니다. 1분이 걸리지 않으며 AWS 연결이나 계정이 필요 없습니다.',
    },
    examples: {
      demo: { en: 'In English.', ko: '영어로 재생합니다.' },
      'demo --language ko': { en: 'In Korean.', ko: '한국어로 재생합니다.' },
    },
    exits: {
      0: { en: 'It was played to its end, or interrupted.', ko: '끝까지 재생했거나 실행이 중단되었습니다.' },
      1: {
        en: 'An act ended otherwise than the case did: a fault of this program.',
        ko: '실제 사례와 다르게 끝난 막이 있습니다. 이 프로그램의 오류입니다.',
      },
      2: BAD_INPUT,
    },
  },
}
