/** Reads a JSON file that an input names. What is wrong with it is said with the file, and where in it. */
import { readFile } from 'node:fs/promises'
import { decodeText, parseJson } from '../aws/reader/json-text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { unreadableFile } from './error-message.ts'

/** `label` is the input as the user writes it. Throws UsageError. */
export async function readJsonFile(path: string, label: string): Promise<unknown> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadableFile(label, path, error)
  })
  const parsed = parseJson(decodeText(bytes))
  if (parsed.ok) return parsed.value
  const { line, column } = parsed.at
  throw new UsageError({
    en: `${label} names the file ${path}, which is not JSON: see line ${line}, column ${column}.`,
    ko: `${label} 입력의 파일이 올바른 JSON 형식이 아닙니다. 파일: ${path}, 줄: ${line}, 열: ${column}`,
  })
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
