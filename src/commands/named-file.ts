/** The files that inputs name, read as files that anybody may have put there. */
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
