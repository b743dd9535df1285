/** The files that inputs name, read as files that anybody may have put there. */
import { decodeText, parseJson } from '../aws/reader/json-text.ts'
import { UsageError } from '../domain/usage-error.ts'
import { readNamedFile, whyUnreadable } from '../files/plain-file.ts'

/**
 * `label` is the input as the user writes it. Throws `UsageError` for what is no plain file of at most so many bytes, or leads out of the
 * working directory by a link.
 */
export async function namedFile(label: string, path: string, atMost: number): Promise<Uint8Array> {
  const read = await readNamedFile(path, atMost)
  if (read.ok) return read.bytes
  const why = whyUnreadable(read, atMost)
  throw new UsageError({
    en: `${label} names the file ${path}, which ${why.en}.`,
    ko: `${label} 입력의 파일을 읽을 수 없습니다: ${path} (${why.ko})`,
  })
}

/** The same of a file that holds JSON. Throws `UsageError` for one that does not, too. */
export async function namedJson(label: string, path: string, atMost: number): Promise<unknown> {
  const parsed = parseJson(decodeText(await namedFile(label, path, atMost)))
  if (parsed.ok) return parsed.value
  const { line, column } = parsed.at
  throw new UsageError({
    en: `${label} names the file ${path}, which is not JSON: see line ${line}, column ${column}.`,
    ko: `${label} 입력의 파일이 올바른 JSON 형식이 아닙니다. 파일: ${path}, 줄: ${line}, 열: ${column}`,
  })
}
