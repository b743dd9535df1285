/**
 * The one table of inputs. `action.yml`, `--help` and the tables of both READMEs are drawn from it,
 * and both doors read their input through it.
 */
import { type Command, MODES } from './commands.ts'
import type { Text } from './domain/text.ts'
import { choice, flag, id, ids, lines, someOf, type Takes, text, wholeNumber } from './takes.ts'

export type Group = 'target' | 'flow' | 'judgement' | 'words'

export const GROUPS: Readonly<Record<Group, Text>> = {
  target: { en: 'What to look at', ko: '확인할 대상' },
  flow: { en: 'The flow to follow', ko: '따라갈 흐름' },
  judgement: { en: 'What counts', ko: '판정 기준' },
  words: { en: 'What comes out', ko: '출력' },
}

export interface Input<T = unknown> {
  readonly takes: Takes<T>
  readonly commands: readonly Command[]
  readonly group: Group
  /** Whole sentences. */
  readonly description: Text
  /** Written as the user would write it; null where there is none. */
  readonly default: string | null
  /** The one door it exists at; both when absent. */
  readonly door?: 'action' | 'cli'
  /** Commands that take it as a plain argument, too. */
  readonly positional?: readonly Command[]
}

const FILE: Text = { en: 'the path of a file', ko: '파일 경로' }
const FOLDER: Text = { en: 'the path of a folder', ko: '폴더 경로' }
const NAME_OR_ARN: Text = { en: 'a name or an ARN', ko: '이름 또는 ARN' }

/** An expression for the runner. Read as it stands here, the input was given empty: by a secret that is not set, for instance. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the runner's syntax
export const JOB_TOKEN = '${{ github.token }}'

export const INPUTS = {
  mode: {
    takes: choice(...MODES),
    commands: MODES,
    group: 'target',
    door: 'action',
    default: 'preflight',
    description: {
      en: 'What to do. `preflight` says whether a task can start in every subnet of the service; `trace` follows one flow; `explain` says what an ECS error text means; `snapshot` saves what preflight reads. None of them writes to AWS.',
      ko: '실행할 작업입니다. `preflight`: 서비스의 모든 서브넷에서 태스크가 시작될 수 있는지 확인합니다. `trace`: 한 흐름을 따라갑니다. `explain`: ECS 오류 텍스트의 뜻을 알려 줍니다. `snapshot`: preflight 명령이 읽는 것을 저장합니다. 모두 AWS에 아무것도 쓰지 않습니다.',
    },
  },
  cluster: {
    takes: text('NAME', NAME_OR_ARN),
    commands: ['preflight', 'snapshot'],
    group: 'target',
    default: null,
    description: {
      en: "The ECS cluster of the service, by name or ARN. Without it, the one that the service's ARN names, and `default` otherwise.",
      ko: '서비스가 있는 ECS 클러스터의 이름 또는 ARN입니다. 지정하지 않으면 서비스 ARN의 클러스터를, ARN이 아니면 `default` 클러스터를 확인합니다.',
    },
  },
  service: {
    takes: text('NAME', NAME_OR_ARN),
    commands: ['preflight', 'snapshot'],
    group: 'target',
    default: null,
    description: {
      en: 'The ECS service, by name or ARN. A snapshot that holds one service only needs none.',
      ko: 'ECS 서비스의 이름 또는 ARN입니다. 서비스가 하나뿐인 스냅샷에서는 생략할 수 있습니다.',
    },
  },
  region: {
    takes: text(
      'REGION',
      { en: 'the code of an AWS Region, such as `ap-northeast-2`', ko: '`ap-northeast-2` 형식의 AWS 리전 코드' },
      /^\s*[a-z]{2,5}(-[a-z]+){1,3}-\d{1,2}\s*$/,
    ),
    commands: ['preflight', 'trace', 'snapshot'],
    group: 'target',
    default: null,
    description: {
      en: 'The AWS Region. Without it, AWS_REGION or AWS_DEFAULT_REGION decides; a snapshot knows its own.',
      ko: 'AWS 리전입니다. 지정하지 않으면 AWS_REGION 또는 AWS_DEFAULT_REGION 환경 변수를 따르며, 스냅샷은 자체 리전을 압니다.',
    },
  },
  'task-definition': {
    takes: text('FILE|NAME', {
      en: 'the path of a JSON file, `family`, `family:revision` or an ARN',
      ko: 'JSON 파일 경로, `family`, `family:revision` 또는 ARN',
    }),
    commands: ['preflight', 'snapshot'],
    group: 'target',
    default: null,
    description: {
      en: 'The task definition to check: the path of a JSON file, `family`, `family:revision` or an ARN. Without it, the one that the service runs.',
      ko: '점검할 태스크 정의입니다. JSON 파일 경로, `family`, `family:revision` 또는 ARN을 지정합니다. 지정하지 않으면 서비스가 실행 중인 태스크 정의를 점검합니다.',
    },
  },
  image: {
    takes: lines(
      'CONTAINER=IMAGE',
      { en: '`container=image`, one a line', ko: '한 줄에 하나씩 `container=image`' },
      /^[^=\s]+=\S+$/,
    ),
    commands: ['preflight'],
    group: 'target',
    default: null,
    description: {
      en: 'Images to put into the task definition before it is checked, as `container=image`, one a line.',
      ko: '점검 전에 태스크 정의에 넣을 이미지입니다. 한 줄에 하나씩 `container=image` 형식으로 지정합니다.',
    },
  },
  snapshot: {
    takes: text('DIR', FOLDER),
    commands: ['preflight', 'trace', 'simulate'],
    positional: ['simulate'],
    group: 'target',
    default: null,
    description: {
      en: 'A snapshot folder to read instead of AWS.',
      ko: 'AWS 대신 읽을 스냅샷 폴더입니다.',
    },
  },
  text: {
    takes: text('TEXT', { en: 'the text of an ECS error or event', ko: 'ECS 오류 또는 이벤트 텍스트' }),
    commands: ['explain'],
    positional: ['explain'],
    group: 'target',
    default: null,
    description: {
      en: 'The text of an ECS error or event, as it was printed.',
      ko: '출력된 그대로의 ECS 오류 또는 이벤트 텍스트입니다.',
    },
  },
  lines: {
    takes: flag(),
    commands: ['explain'],
    group: 'target',
    door: 'cli',
    default: 'false',
    description: {
      en: 'Reads standard input and explains each of its lines.',
      ko: '표준 입력을 읽고 각 줄을 설명합니다.',
    },
  },
  'from-subnet': {
    takes: id('subnet-'),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'The subnet that the flow starts in. Give `security-groups` with it.',
      ko: '흐름이 시작되는 서브넷입니다. `security-groups` 입력과 함께 지정합니다.',
    },
  },
  'security-groups': {
    takes: ids('sg-'),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'The security groups of the sender, separated by commas.',
      ko: '보내는 쪽의 보안 그룹입니다. 쉼표로 구분합니다.',
    },
  },
  'public-ip': {
    takes: flag(),
    commands: ['trace'],
    group: 'flow',
    default: 'false',
    description: {
      en: 'The sender has a public IPv4 address.',
      ko: '보내는 쪽에 퍼블릭 IPv4 주소가 있습니다.',
    },
  },
  from: {
    takes: id('eni-'),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'An existing network interface to start from: its subnet, security groups and public address are taken.',
      ko: '흐름이 시작되는 기존 네트워크 인터페이스입니다. 그 서브넷, 보안 그룹, 퍼블릭 주소를 사용합니다.',
    },
  },
  to: {
    takes: text('HOST[:PORT]', {
      en: 'a host name, an IP address, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` or `internet`, with an optional `:PORT`',
      ko: '호스트 이름, IP 주소, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` 또는 `internet`, 필요하면 뒤에 `:PORT`',
    }),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'Where the flow goes: a host name, an IP address, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` or `internet`, with `:PORT` where it is not 443.',
      ko: '흐름의 목적지입니다. 호스트 이름, IP 주소, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` 또는 `internet`을 지정하고, 포트가 443이 아니면 `:PORT`를 붙입니다.',
    },
  },
  protocol: {
    takes: choice('tcp', 'udp'),
    commands: ['trace'],
    group: 'flow',
    default: 'tcp',
    description: { en: 'The protocol of the flow.', ko: '흐름의 프로토콜입니다.' },
  },
  'source-port': {
    takes: wholeNumber('PORT', 1, 65535),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'Asks about this source port only, instead of the whole ephemeral range.',
      ko: '전체 임시 포트 범위 대신 이 소스 포트만 확인합니다.',
    },
  },
  flows: {
    takes: text('FILE', FILE),
    commands: ['trace'],
    group: 'flow',
    default: null,
    description: {
      en: 'A JSON file with an array of flows to follow instead of one: objects with `from` or `fromSubnet` and `securityGroups`, `to`, `port`, `protocol`, `sourcePort`.',
      ko: '한 흐름 대신 여러 흐름을 담은 JSON 배열 파일입니다. 각 항목은 `from` 또는 `fromSubnet` 및 `securityGroups`, `to`, `port`, `protocol`, `sourcePort` 필드를 가집니다.',
    },
  },
  'fail-on': {
    takes: someOf('blocker', 'warning', 'unknown'),
    commands: ['preflight'],
    group: 'judgement',
    default: 'blocker',
    description: {
      en: 'What fails the run: a comma list of `blocker`, `warning` and `unknown`, or `never`.',
      ko: '실행을 실패로 처리할 기준입니다. `blocker`, `warning`, `unknown` 중에서 쉼표로 나열하거나 `never`를 지정합니다.',
    },
  },
  'registry-check': {
    takes: flag(),
    commands: ['preflight'],
    group: 'judgement',
    default: 'false',
    description: {
      en: 'Asks registries outside ECR whether they have the images, and for which platforms. The request goes to the registry from the machine that runs this program, without an account; Docker Hub counts it as a pull. Images with `repositoryCredentials` are not asked for.',
      ko: 'ECR 외부 레지스트리에 이미지가 있는지, 어떤 플랫폼용인지 확인합니다. 이 프로그램을 실행하는 컴퓨터에서 레지스트리로 계정 없이 요청을 보내며, Docker Hub에서는 이미지 가져오기 횟수에 포함됩니다. `repositoryCredentials` 설정이 있는 이미지는 확인하지 않습니다.',
    },
  },
  'read-secrets': {
    takes: flag(),
    commands: ['preflight'],
    group: 'judgement',
    default: 'false',
    description: {
      en: 'Reads each secret of Secrets Manager that a container takes a JSON key from, and keeps nothing of it but whether the key is there. Needs `secretsmanager:GetSecretValue` for these secrets, which no other input asks for.',
      ko: '컨테이너가 JSON 키로 값을 꺼내는 Secrets Manager 보안 암호를 읽고, 키가 있는지 여부만 남깁니다. 해당 보안 암호에 대한 `secretsmanager:GetSecretValue` 권한이 필요하며, 다른 입력은 이 권한을 사용하지 않습니다.',
    },
  },
  ignore: {
    takes: lines(
      'CHECK',
      {
        en: '`check-id`, optionally `check-id subject # reason`, one a line',
        ko: '한 줄에 하나씩 `check-id` 또는 `check-id subject # reason`',
      },
      /^[a-z0-9-]+(\s+[^\s#]+)?(\s*#.*)?$/,
    ),
    commands: ['preflight'],
    group: 'judgement',
    default: null,
    description: {
      en: 'Findings to leave out of the verdict: check ids, one a line, optionally `id subject # reason`. The report still lists them as ignored.',
      ko: '판정에서 제외할 결과입니다. 한 줄에 하나씩 점검 ID를 쓰며, `id subject # reason` 형식도 가능합니다. 보고서에는 제외된 항목으로 남습니다.',
    },
  },
  language: {
    takes: choice('en', 'ko'),
    commands: ['preflight', 'trace', 'explain', 'snapshot', 'simulate'],
    group: 'words',
    default: 'en',
    description: {
      en: 'The language of every sentence: English or Korean. Ids, commands and JSON names stay as they are.',
      ko: '모든 문장의 언어입니다. 영어(`en`) 또는 한국어(`ko`)를 지정합니다. ID, 명령, JSON 이름은 바뀌지 않습니다.',
    },
  },
  format: {
    takes: choice('text', 'json', 'markdown', 'html'),
    commands: ['preflight', 'trace', 'explain'],
    group: 'words',
    door: 'cli',
    default: 'text',
    description: {
      en: 'The form of standard output. With `json` it holds one JSON document and nothing else. `explain` knows `text` and `json`.',
      ko: '표준 출력의 형식입니다. `json` 형식에서는 JSON 문서 하나만 출력합니다. `explain` 명령은 `text` 및 `json` 형식만 지원합니다.',
    },
  },
  output: {
    takes: text('DIR', FOLDER),
    commands: ['preflight', 'snapshot'],
    group: 'words',
    default: null,
    description: {
      en: 'A folder to write to: the report as `report.json`, `report.md`, `report.html`, `report.sarif` and `report.junit.xml`, or the snapshot itself.',
      ko: '결과를 쓸 폴더입니다. 보고서는 `report.json`, `report.md`, `report.html`, `report.sarif`, `report.junit.xml` 파일로, 스냅샷은 폴더 그대로 저장됩니다.',
    },
  },
  comment: {
    takes: choice('auto', 'always', 'never'),
    commands: ['preflight'],
    group: 'words',
    door: 'action',
    default: 'auto',
    description: {
      en: 'Whether the report goes into a comment of the pull request: `auto` when there is a blocker or a warning, or an earlier comment to bring up to date. Needs the permission `pull-requests: write`; without it, a notice says so and nothing else changes.',
      ko: '풀 리퀘스트에 보고서를 댓글로 쓸지 정합니다. `auto`: 차단 또는 경고가 있거나 이전 댓글을 갱신해야 할 때 씁니다. `pull-requests: write` 권한이 필요하며, 권한이 없으면 알림만 남기고 다른 결과는 바뀌지 않습니다.',
    },
  },
  'github-token': {
    takes: text('TOKEN', { en: 'a token of GitHub', ko: 'GitHub 토큰' }),
    commands: ['preflight'],
    group: 'words',
    door: 'action',
    default: JOB_TOKEN,
    description: {
      en: "The token that writes the comment. Without it, the job's own.",
      ko: '댓글을 쓸 때 사용하는 토큰입니다. 지정하지 않으면 작업의 기본 토큰을 사용합니다.',
    },
  },
  'print-policy': {
    takes: flag(),
    commands: ['preflight', 'trace', 'snapshot'],
    group: 'words',
    door: 'cli',
    default: 'false',
    description: {
      en: 'Prints the IAM policy that the command needs, as JSON, and asks AWS nothing. All of it reads.',
      ko: '명령에 필요한 IAM 정책을 JSON으로 출력하고 AWS를 호출하지 않습니다. 모두 읽기 권한입니다.',
    },
  },
  port: {
    takes: wholeNumber('PORT', 0, 65535),
    commands: ['simulate'],
    group: 'target',
    door: 'cli',
    default: '0',
    description: {
      en: 'The port to listen on; 0 takes a free one.',
      ko: '수신할 포트입니다. 0을 지정하면 비어 있는 포트를 사용합니다.',
    },
  },
  latency: {
    takes: wholeNumber('MS', 0, 60_000),
    commands: ['simulate'],
    group: 'target',
    door: 'cli',
    default: '0',
    description: {
      en: 'Milliseconds to wait before every answer.',
      ko: '모든 응답 전에 기다릴 시간(밀리초)입니다.',
    },
  },
  'page-size': {
    takes: wholeNumber('N', 1, 1000),
    commands: ['simulate'],
    group: 'target',
    door: 'cli',
    default: null,
    description: {
      en: 'Cuts every list into pages of at most so many entries.',
      ko: '모든 목록을 지정한 개수 이하의 페이지로 나눕니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[]

type Read<N extends InputName> = (typeof INPUTS)[N]['takes'] extends Takes<infer T> ? T : never
/** Every input, read; null where it was not given and has no default. */
export type Values = {
  readonly [N in InputName]: (typeof INPUTS)[N]['default'] extends null ? Read<N> | null : Read<N>
}

export function inputOf(name: InputName): Input {
  return INPUTS[name]
}

export interface Output {
  readonly name: string
  readonly description: Text
}

/** What the action hands to later steps. */
export const OUTPUTS: readonly Output[] = [
  {
    name: 'verdict',
    description: {
      en: 'One of `pass`, `warn`, `fail` and `unknown`. Empty for `explain` and `snapshot`.',
      ko: '`pass`, `warn`, `fail`, `unknown` 중 하나입니다. `explain` 및 `snapshot` 모드에서는 비어 있습니다.',
    },
  },
  {
    name: 'failing-step',
    description: {
      en: 'The id of the first step that fails, such as `routes`; empty when none does.',
      ko: '처음 실패한 단계의 ID입니다(예: `routes`). 실패한 단계가 없으면 비어 있습니다.',
    },
  },
  { name: 'findings', description: { en: 'The findings, as a JSON array.', ko: '결과의 JSON 배열입니다.' } },
  {
    name: 'report',
    description: {
      en: 'The folder that holds the report files, or the snapshot.',
      ko: '보고서 파일 또는 스냅샷이 있는 폴더입니다.',
    },
  },
]
