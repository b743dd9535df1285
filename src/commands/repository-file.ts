/** The task-definition file as the repository knows it, for annotations and code scanning; null where it is none of its files. */
import { realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { MEBIBYTE, readPlainFile } from '../files/plain-file.ts'
import type { TaskDefinitionText } from '../report/source-lines/locate.ts'

/**
 * `workspace`: where a job has its repository (GITHUB_WORKSPACE). Elsewhere, and for a checkout in a folder of it, the
 * nearest folder with `.git`. A file that a step has made beside it, such as in RUNNER_TEMP, belongs to none.
 */
export async function repositoryFile(
  path: string,
  images: TaskDefinitionText['images'],
  workspace: string | undefined,
): Promise<TaskDefinitionText | null> {
  try {
    const { decodeText } = await import('../aws/reader/json-text.ts')
    const file = await realpath(path)
    const around = workspace === undefined || workspace === '' ? null : await realpath(workspace)
    const root = await rootOf(dirname(file), around)
    if (root === null) return null
    const read = readPlainFile(file, MEBIBYTE)
    if (!read.ok) return null
    const text = decodeText(read.bytes)
    return { file: relative(root, file).split(sep).join('/'), text, images }
  } catch {
    // It was read a moment ago; that it is gone now takes a place away, no more.
    return null
  }
}

async function rootOf(folder: string, workspace: string | null): Promise<string | null> {
  if (workspace !== null && folder !== workspace && !folder.startsWith(workspace + sep)) return null
  const isRoot = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  )
  if (isRoot || folder === workspace) return folder
  const above = dirname(folder)
  return above === folder ? null : rootOf(above, workspace)
}
