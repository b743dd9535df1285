/** What the action hands to later steps. */
import type { Text } from '../domain/text.ts'

export const OUTPUTS: Readonly<Record<string, Text>> = {
  verdict: {
    en: 'One of `pass`, `warn`, `fail` and `unknown`. Empty for `explain` and `snapshot`.',
    ko: '`pass`, `warn`, `fail`, `unknown` 중 하나입니다. `explain` 및 `snapshot` 모드에서는 비어 있습니다.',
  },
  'failing-step': {
    en: 'The id of the first step that fails, such as `routes`; empty when none does.',
    ko: '처음 실패한 단계의 ID입니다(예: `routes`). 실패한 단계가 없으면 비어 있습니다.',
  },
  headline: { en: 'What came out, in one sentence.', ko: '결과를 한 문장으로 요약합니다.' },
  fix: {
    en: 'The commands that mend it, to paste in this order; empty where there are none.',
    ko: '해결 명령입니다. 순서대로 붙여 넣습니다. 명령이 없으면 비어 있습니다.',
  },
  findings: {
    en: 'The findings, as a JSON array, worst first.',
    ko: '결과를 심각한 순서로 담은 JSON 배열입니다.',
  },
  report: {
    en: 'The folder that holds the report files, or the snapshot.',
    ko: '보고서 파일 또는 스냅샷이 있는 폴더입니다.',
  },
  'service-deployment-arn': {
    en: 'The ARN of the service deployment that `watch` followed; empty where ECS names none.',
    ko: '`watch` 모드가 추적한 서비스 배포의 ARN입니다. ECS가 알려 주지 않으면 비어 있습니다.',
  },
  'task-definition-arn': {
    en: 'The ARN of the task definition that the followed deployment runs.',
    ko: '추적한 배포가 실행하는 태스크 정의의 ARN입니다.',
  },
  'task-success-rate': {
    en: 'The share of the started tasks of the rollout that did not fail, from 0 to 1.',
    ko: '롤아웃에서 시작된 태스크 중 실패하지 않은 비율(0~1)입니다.',
  },
  'rollout-seconds': { en: 'How long the rollout took, in seconds.', ko: '롤아웃에 걸린 시간(초)입니다.' },
}
