/**
 * Reads a file that somebody else may have put there: only what is a file of its own and of a sane size, so that a pipe cannot keep a
 * run waiting, a device cannot fill its memory, and a link cannot show what a pull request has no right to.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Text } from '../domain/text.ts'
import { isWithin } from './own-files.ts'

export type FileRead = { readonly ok: true; readonly bytes: Uint8Array } | Unreadable

/** `code` is the system's, `ENOENT`; empty where it has none. */
export interface Unreadable {
  readonly ok: false
  readonly because: 'not-plain' | 'too-large' | 'leads-out' | 'unreadable'
  readonly code: string
}

export const MEBIBYTE = 1024 * 1024

/**
 * Opened without following a link and without waiting for a writer, and asked what it is only then, so that nothing changes in between.
 * `atMost` is in bytes. At once: forty small files are read in less time than a pool of threads takes to hand them around.
 */
export function readPlainFile(path: string, atMost: number): FileRead {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  try {
    const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const status = fstatSync(file)
      if (!status.isFile()) return unreadable('not-plain')
      return status.size > atMost ? unreadable('too-large') : { ok: true, bytes: readFileSync(file) }
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const code = codeOf(error)
    // FreeBSD says EMLINK of a link; a socket has no reader (ENXIO).
    return ['ELOOP', 'EMLINK', 'ENXIO'].includes(code) ? unreadable('not-plain') : unreadable('unreadable', code)
  }
}

/**
 * The same of a file that the user has named, which may be a link: one whose name lies `within` a folder (the working directory unless
 * told) is not to lead out of it, as whoever writes there does not choose what else is read.
 */
export async function readNamedFile(path: string, atMost: number, within = '.'): Promise<FileRead> {
  try {
    const around = resolve(within)
    const real = await realpath(path)
    const isInside = isWithin(resolve(path), around)
    return isInside && !isWithin(real, await realpath(around)) ? unreadable('leads-out') : readPlainFile(real, atMost)
  } catch (error) {
    const code = codeOf(error)
    return code === 'ELOOP' ? unreadable('not-plain') : unreadable('unreadable', code)
  }
}

/** Completes "the file …, which"; in Korean a reason in brackets. `atMost` as it was asked for. */
export function whyUnreadable({ because, code }: Unreadable, atMost: number): Text {
  switch (because) {
    case 'not-plain':
      return { en: 'is no plain file, and nothing else is read', ko: '일반 파일이 아님' }
    case 'too-large':
      return { en: `is larger than ${atMost / MEBIBYTE} MiB`, ko: `${atMost / MEBIBYTE}MiB 초과` }
    case 'leads-out':
      return {
        en: 'is a link that leads out of the working directory, and is not followed',
        ko: '작업 디렉터리 밖으로 이어지는 링크',
      }
    case 'unreadable':
      return { en: `cannot be read (${code})`, ko: code }
  }
}

function unreadable(because: Unreadable['because'], code = ''): Unreadable {
  return { ok: false, because, code }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? error)
}
