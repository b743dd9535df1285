/** Metrics of rollouts, and what looks at them. */
import type { Input } from './input.ts'
import { choice, text } from './takes.ts'

/** CloudWatch Logs API Reference, `logGroupName`. */
const LOG_GROUP = /^\s*[.\-_/#A-Za-z0-9]{1,512}\s*$/

export const MONITORING = {
  metrics: {
    takes: text('LOG_GROUP', { en: 'the name of a log group', ko: '로그 그룹 이름' }, LOG_GROUP),
    commands: ['deploy'],
    default: null,
    description: {
      en: 'A log group of CloudWatch Logs that exists, to which the rollout is written once as metrics (embedded metric format, namespace `ecs-pull-guard`): TaskSuccessRate, FailedStarts, PullSeconds and RolloutSeconds, by service and by subnet. Where that fails, a line says so and nothing else changes.',
      ko: '롤아웃의 지표를 한 번 기록할, 이미 있는 CloudWatch Logs 로그 그룹입니다(임베디드 지표 형식, 네임스페이스 `ecs-pull-guard`). 지표: TaskSuccessRate, FailedStarts, PullSeconds, RolloutSeconds (서비스별, 서브넷별). 실패하면 한 줄로 알리며 다른 결과는 바뀌지 않습니다.',
    },
  },
  'print-monitoring': {
    takes: choice('cli', 'terraform', 'cloudformation'),
    commands: ['deploy'],
    frontend: 'cli',
    default: null,
    description: {
      en: 'Prints an alarm on failed starts and a dashboard over the metrics of the service, to be made once: as commands, Terraform or a CloudFormation template. Asks AWS nothing and deploys nothing.',
      ko: '시작 실패 경보와 서비스 지표의 대시보드를 명령, Terraform 또는 CloudFormation 템플릿으로 출력합니다. 한 번만 만들면 됩니다. AWS를 호출하거나 배포하지 않습니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
