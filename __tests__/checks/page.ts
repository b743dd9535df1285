/** The page of a check, drawn from the check and from a real finding of its test. UPDATE_GOLDEN=1 writes it; else it must not be stale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'
import { CHECKS } from '../../src/checks/index.ts'
import type { Check } from '../../src/domain/check.ts'
import { FACT_WORDS } from '../../src/domain/facts.ts'
import type { Finding, Severity } from '../../src/domain/report.ts'
import { STEP_TITLES } from '../../src/domain/step.ts'
import { LANGUAGES, type Language, type Text } from '../../src/domain/text.ts'

export const DOCS = join(import.meta.dirname, '..', '..', 'docs')

/** `example` is a finding of the check, best the one that readers meet most. */
export function expectPages(example: Finding): void {
  const check = CHECKS.find(({ id }) => id === example.check)
  if (check === undefined) throw new Error(`${example.check} is not in the list of checks`)
  for (const language of LANGUAGES) {
    const file = join(DOCS, language, 'checks', `${check.id}.md`)
    const page = pageOf(check, example, language)
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, page)
    }
    expect(readFileSync(file, 'utf8')).toBe(page)
  }
}

const SEVERITIES: Readonly<Record<Severity, Text>> = {
  blocker: { en: 'blocker: a task will not start', ko: '차단: 태스크가 시작되지 않습니다' },
  warning: {
    en: 'warning: a task may not start, or not for long',
    ko: '경고: 태스크가 시작되지 않거나 오래가지 못할 수 있습니다',
  },
  advice: { en: 'advice', ko: '권장' },
}

const WORDS = {
  step: { en: 'Step', ko: '단계' },
  severity: { en: 'Severity', ko: '심각도' },
  id: { en: 'Id', ko: 'ID' },
  why: { en: 'Why it matters', ko: '그대로 두면' },
  reads: { en: 'What it reads', ko: '확인하는 정보' },
  permissions: { en: 'IAM actions behind it', ko: '필요한 IAM 작업' },
  unread: {
    en: 'Where one of these cannot be read, the check answers *unknown* and says which.',
    ko: '이 중 하나라도 읽지 못하면 이 점검은 *판단 불가*로 응답하고 그 항목을 알려 줍니다.',
  },
  example: { en: 'Example', ko: '예시' },
  evidence: { en: 'Evidence', ko: '근거' },
  fix: { en: 'How to mend it', ko: '해결 방법' },
  console: { en: 'Console', ko: '콘솔' },
} as const satisfies Record<string, Text>

function pageOf(check: Check, example: Finding, language: Language): string {
  const say = (text: Text) => text[language]
  const { console: steps, cli, terraform } = example.remedy
  const parts = [
    `# ${say(check.title)}`,
    `| ${say(WORDS.id)} | ${say(WORDS.step)} | ${say(WORDS.severity)} |\n| --- | --- | --- |\n| \`${check.id}\` | ${say(STEP_TITLES[check.step])} | ${say(SEVERITIES[check.severity])} |`,
    `## ${say(WORDS.why)}`,
    say(check.why),
    `## ${say(WORDS.reads)}`,
    check.needs.map((name) => `- ${say(FACT_WORDS[name])}`).join('\n'),
    `${say(WORDS.permissions)}: ${check.permissions.map((action) => `\`${action}\``).join(', ')}`,
    say(WORDS.unread),
    `## ${say(WORDS.example)}`,
    `> ${say(example.what)}`,
    `**${say(WORDS.evidence)}**`,
    example.evidence.map((line) => `- ${say(line)}`).join('\n'),
    `## ${say(WORDS.fix)}`,
    `### ${say(WORDS.console)}`,
    steps.map((line, at) => `${at + 1}. ${say(line)}`).join('\n'),
    ...(cli.length === 0 ? [] : ['### AWS CLI', `\`\`\`sh\n${cli.join('\n')}\n\`\`\``]),
    ...(terraform === '' ? [] : ['### Terraform', `\`\`\`hcl\n${terraform.trimEnd()}\n\`\`\``]),
  ]
  return `${parts.join('\n\n')}\n`
}
