/** What to look at. */
import { MODES } from './commands.ts'
import { FOLDER, type Input, NAME_OR_ARN } from './input.ts'
import { choice, flag, lines, several, text } from './takes.ts'

export const TARGET = {
  mode: {
    takes: choice(...MODES),
    commands: MODES,
    frontend: 'action',
    default: 'preflight',
    description: {
      en: 'What to do. `preflight` says whether a task can start in every subnet of the service; `deploy` checks that, registers the task definition, updates the service and follows the rollout; `watch` follows a deployment until it ends and says why tasks fail; `rehearse` starts a throw-away task in each subnet and removes it again; `probe` tries the needed hosts from inside a running task; `trace` follows one flow; `explain` says what an ECS error text means; `snapshot` saves what preflight reads. None of them writes to AWS, except `deploy`, `rehearse`, `watch` with `on-failure: rollback`, and `probe` with `enable-exec`.',
      ko: '실행할 작업입니다. `preflight`: 서비스의 모든 서브넷에서 태스크가 시작될 수 있는지 확인합니다. `deploy`: 이를 확인한 뒤 태스크 정의를 등록하고 서비스를 업데이트하며 롤아웃을 추적합니다. `watch`: 배포가 끝날 때까지 추적하고 태스크가 실패하는 이유를 알려 줍니다. `rehearse`: 서브넷마다 일회용 태스크를 시작하고 다시 제거합니다. `probe`: 실행 중인 태스크 안에서 필요한 호스트에 연결해 봅니다. `trace`: 한 흐름을 따라갑니다. `explain`: ECS 오류 텍스트의 뜻을 알려 줍니다. `snapshot`: preflight 명령이 읽는 것을 저장합니다. `deploy`와 `rehearse`, `on-failure: rollback`을 지정한 `watch`, `enable-exec`를 지정한 `probe` 외에는 AWS에 아무것도 쓰지 않습니다.',
    },
  },
  cluster: {
    takes: text('NAME', NAME_OR_ARN),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'snapshot'],
    default: null,
    description: {
      en: "The ECS cluster of the service, by name or ARN. Without it, the one that the service's ARN names, and `default` otherwise.",
      ko: '서비스가 있는 ECS 클러스터의 이름 또는 ARN입니다. 지정하지 않으면 서비스 ARN의 클러스터를, ARN이 아니면 `default` 클러스터를 확인합니다.',
    },
  },
  service: {
    takes: several('NAME', NAME_OR_ARN, /[\n,]/),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'snapshot'],
    severalFor: ['watch'],
    default: null,
    description: {
      en: 'The ECS service, by name or ARN. A snapshot that holds one service only needs none; `deploy` without one registers the task definition and no more. `watch` takes several services of one cluster, one a line or separated by commas (on the command line also as several `--service`), and follows them at the same time.',
      ko: 'ECS 서비스의 이름 또는 ARN입니다. 서비스가 하나뿐인 스냅샷에서는 생략할 수 있으며, `deploy` 모드에서 생략하면 태스크 정의를 등록하기만 합니다. `watch` 모드에서는 한 클러스터의 여러 서비스를 한 줄에 하나씩 또는 쉼표로 구분하여 지정할 수 있으며(명령줄에서는 `--service` 반복 가능) 동시에 추적합니다.',
    },
  },
  region: {
    takes: text(
      'REGION',
      { en: 'the code of an AWS Region, such as `ap-northeast-2`', ko: '`ap-northeast-2` 형식의 AWS 리전 코드' },
      /^\s*[a-z]{2,5}(-[a-z]+){1,3}-\d{1,2}\s*$/,
    ),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'probe', 'trace', 'snapshot'],
    default: null,
    description: {
      en: 'The AWS Region. Without it, AWS_REGION or AWS_DEFAULT_REGION decides; a snapshot knows its own.',
      ko: 'AWS 리전입니다. 지정하지 않으면 AWS_REGION 또는 AWS_DEFAULT_REGION 환경 변수를 따르며, 스냅샷에는 자체 리전이 들어 있습니다.',
    },
  },
  'task-definition': {
    takes: several(
      'FILE|NAME',
      {
        en: 'the path of a JSON file, `family`, `family:revision` or an ARN',
        ko: 'JSON 파일 경로, `family`, `family:revision` 또는 ARN',
      },
      /\n/,
    ),
    commands: ['preflight', 'deploy', 'watch', 'rehearse', 'snapshot'],
    severalFor: ['watch'],
    default: null,
    description: {
      en: 'The task definition to check or to deploy: the path of a JSON file, `family`, `family:revision` or an ARN. Without it, the one that the service runs. `deploy` registers a file, and an existing one where `image` changes it. For `watch`, `family:revision` or an ARN: the newest deployment of it is followed; without it, the one in progress when the watch begins. With several services, `service=family:revision` or `service=ARN`, one a line; those without a line need none.',
      ko: '점검하거나 배포할 태스크 정의입니다. JSON 파일 경로, `family`, `family:revision` 또는 ARN을 지정합니다. 지정하지 않으면 서비스가 실행 중인 태스크 정의를 점검합니다. `deploy` 모드에서는 파일을 등록하며, 기존 태스크 정의는 `image` 입력으로 바뀔 때만 등록합니다. `watch` 모드에서는 `family:revision` 또는 ARN을 지정하며 그 태스크 정의의 최신 배포를 추적합니다. 지정하지 않으면 관찰을 시작할 때 진행 중인 배포를 추적합니다. 서비스가 여러 개이면 한 줄에 하나씩 `service=family:revision` 또는 `service=ARN` 형식으로 지정하며, 필요 없는 서비스의 줄은 생략합니다.',
    },
  },
  image: {
    takes: lines(
      'CONTAINER=IMAGE',
      { en: '`container=image`, one a line', ko: '한 줄에 하나씩 `container=image`' },
      /^[^=\s]+=\S+$/,
    ),
    commands: ['preflight', 'deploy', 'rehearse'],
    default: null,
    description: {
      en: 'Images to put into the task definition before it is checked or registered, as `container=image`, one a line.',
      ko: '점검하거나 등록하기 전에 태스크 정의에 넣을 이미지입니다. 한 줄에 하나씩 `container=image` 형식으로 지정합니다.',
    },
  },
  snapshot: {
    takes: text('DIR', FOLDER),
    commands: ['preflight', 'trace', 'simulate'],
    positional: ['simulate'],
    default: null,
    description: { en: 'A snapshot folder to read instead of AWS.', ko: 'AWS 대신 읽을 스냅샷 폴더입니다.' },
  },
  text: {
    takes: text('TEXT', { en: 'the text of an ECS error or event', ko: 'ECS 오류 또는 이벤트 텍스트' }),
    commands: ['explain'],
    positional: ['explain'],
    default: null,
    description: {
      en: 'The text of an ECS error or event, or a whole log that holds some. Without it, the command line reads standard input.',
      ko: 'ECS 오류나 이벤트 텍스트, 또는 이런 텍스트가 들어 있는 로그 전체입니다. 생략하면 명령줄에서는 표준 입력을 읽습니다.',
    },
  },
  lines: {
    takes: flag(),
    commands: ['explain'],
    frontend: 'cli',
    default: 'false',
    description: {
      en: 'Reads standard input and explains each of its lines as it comes in; with `--format json` one JSON object a line.',
      ko: '표준 입력을 읽고 들어오는 줄마다 설명합니다. `--format json` 형식에서는 한 줄에 JSON 객체 하나를 출력합니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
