/** The list of all checks, for who browses: a line each, under the step that it speaks for. */
import { CHECKS } from '../../src/checks/index.ts'
import type { Severity } from '../../src/domain/report.ts'
import { STEP_TITLES, STEPS } from '../../src/domain/step.ts'
import type { Language, Text } from '../../src/domain/text.ts'

const HEAD: Text = {
  en: `# Checks

What a preflight looks for, by the steps of a start. A *blocker* keeps tasks from starting, a *warning* may, or slows the rollout, *advice* costs
nothing today. Each page has an example, what is read, and the repair; the id is what the input \`ignore\` and the reports name.
`,
  ko: `# 점검 목록

사전 점검에서 확인하는 항목을 시작 단계별로 정리했습니다. *차단*은 태스크가 시작되지 못하는 문제, *경고*는 시작되지 못할 수 있거나 롤아웃이 느려지는 문제,
*권장*은 지금은 영향이 없는 항목입니다. 각 페이지에는 예시, 읽는 정보, 해결 방법이 있으며 \`ignore\` 입력과 보고서에서는 이 ID를 사용합니다.
`,
}

const SEVERITIES: Readonly<Record<Severity, Text>> = {
  blocker: { en: 'blocker', ko: '차단' },
  warning: { en: 'warning', ko: '경고' },
  advice: { en: 'advice', ko: '권장' },
}

export function checksIndex(language: Language): string {
  const steps = STEPS.map((step) => ({ step, checks: CHECKS.filter((check) => check.step === step) }))
  const parts = steps
    .filter(({ checks }) => checks.length > 0)
    .map(({ step, checks }) => {
      const lines = checks.map(
        ({ id, severity, title }) => `- [\`${id}\`](${id}.md) (${SEVERITIES[severity][language]}): ${title[language]}`,
      )
      return `\n## ${STEP_TITLES[step][language]}\n\n${lines.join('\n')}\n`
    })
  return [HEAD[language], ...parts].join('')
}
