/** Words for what went wrong: one sentence for a wrong input, and for a fault of ours what to report. */
import { maskSecrets } from '../domain/credential-masking.ts'
import type { Language, Text } from '../domain/text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { TOOL } from '../domain/version.ts'
import { terminalLines } from '../report/text/untrusted.ts'

/** Ends with a line break. A stack only for a fault of ours, and only when DEBUG is set. Names in it are other people's. */
export function complaint(error: unknown, language: Language, env: NodeJS.ProcessEnv): string {
  return `${terminalLines(maskSecrets(said(error, language, env))).join('\n')}\n`
}

function said(error: unknown, language: Language, env: NodeJS.ProcessEnv): string {
  if (error instanceof UsageError) return `${TOOL.name}: ${error.text[language]}`
  const stack = error instanceof Error && env['DEBUG'] !== undefined ? `\n${error.stack}` : ''
  return `${faultText(error)[language]}${stack}`
}

/** A fault of ours, with what to do about it. */
export function faultText(error: unknown): Text {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    en: `This is a fault of ${TOOL.name} ${TOOL.version}, please report it (DEBUG=1 shows where): ${message}`,
    ko: `${TOOL.name} ${TOOL.version} 자체의 오류입니다. 다음 내용을 알려 주시기 바랍니다(DEBUG=1 환경 변수로 위치 확인): ${message}`,
  }
}

/** `label` is the input as the user writes it. */
export function unwritableFolder(label: string, folder: string, error: unknown): UsageError {
  const code = codeOf(error)
  return new UsageError({
    en: `${label} takes a folder that can be written, and ${folder} cannot (${code}).`,
    ko: `${label} 입력의 폴더에 쓸 수 없습니다: ${folder} (${code})`,
  })
}

/** Of the system, where the error has one. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
