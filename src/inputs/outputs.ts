/** What the action hands to later steps. */
import type { Text } from '../domain/text.ts'

export const OUTPUTS: Readonly<Record<string, Text>> = {
  verdict: {
    en: 'One of `pass`, `warn`, `fail` and `unknown`; of several services the worst. Empty for `explain` and `snapshot`.',
    ko: '`pass`, `warn`, `fail`, `unknown` 중 하나입니다. 서비스가 여러 개이면 가장 나쁜 판정입니다. `explain` 및 `snapshot` 모드에서는 비어 있습니다.',
  },
  'failing-step': {
    en: 'The id of the first step that fails, such as `routes`; of several services, of the worst one. Empty when none does.',
    ko: '처음 실패한 단계의 ID입니다(예: `routes`). 서비스가 여러 개이면 가장 나쁜 서비스의 단계입니다. 실패한 단계가 없으면 비어 있습니다.',
  },
  headline: {
    en: 'What came out, in one sentence; of several services, how many came to what, and of the worst what happened.',
    ko: '결과를 한 문장으로 요약합니다. 서비스가 여러 개이면 판정별 개수와 가장 나쁜 서비스의 결과입니다.',
  },
  fix: {
    en: 'The commands that mend it, to paste in this order, those of the worst service first; empty where there are none.',
    ko: '해결 명령입니다. 순서대로 붙여 넣으며 가장 나쁜 서비스의 명령이 먼저입니다. 명령이 없으면 비어 있습니다.',
  },
  findings: {
    en: 'The findings, as a JSON array, worst first; of several services each with its `service`.',
    ko: '결과를 심각한 순서로 담은 JSON 배열입니다. 서비스가 여러 개이면 항목마다 `service` 필드가 있습니다.',
  },
  report: {
    en: 'The folder that holds the report files, or the snapshot; of several services with a folder each.',
    ko: '보고서 파일 또는 스냅샷이 있는 폴더입니다. 서비스가 여러 개이면 서비스별 폴더가 더해집니다.',
  },
  'service-deployment-arn': {
    en: 'The ARN of the service deployment that `watch` followed; empty where ECS names none. Of several services one a line, the worst first.',
    ko: '`watch` 모드가 추적한 서비스 배포의 ARN입니다. ECS가 알려 주지 않으면 비어 있습니다. 서비스가 여러 개이면 가장 나쁜 서비스부터 한 줄에 하나씩입니다.',
  },
  'task-definition-arn': {
    en: 'The ARN of the task definition that the followed deployment runs, or that `deploy` registered. Of several services one a line, the worst first.',
    ko: '추적한 배포가 실행하거나 `deploy` 모드가 등록한 태스크 정의의 ARN입니다. 서비스가 여러 개이면 가장 나쁜 서비스부터 한 줄에 하나씩입니다.',
  },
  'codedeploy-deployment-id': {
    en: 'The id of the CodeDeploy deployment that `deploy` made; empty where ECS deploys the service itself.',
    ko: '`deploy` 모드가 만든 CodeDeploy 배포의 ID입니다. ECS가 직접 배포하는 서비스에서는 비어 있습니다.',
  },
  'run-task-arn': {
    en: 'The ARNs of the tasks that `run-task` started, as a JSON array; empty where there are none.',
    ko: '`run-task` 입력으로 시작한 태스크의 ARN을 담은 JSON 배열입니다. 없으면 비어 있습니다.',
  },
  'task-success-rate': {
    en: 'The share of the started tasks of the rollout that did not fail, from 0 to 1; of several services, of all of them together.',
    ko: '롤아웃에서 시작된 태스크 중 실패하지 않은 비율(0~1)입니다. 서비스가 여러 개이면 모두 합한 비율입니다.',
  },
  'rollout-seconds': {
    en: 'How long the rollout took, in seconds; of several services, the longest one.',
    ko: '롤아웃에 걸린 시간(초)입니다. 서비스가 여러 개이면 가장 오래 걸린 시간입니다.',
  },
}
