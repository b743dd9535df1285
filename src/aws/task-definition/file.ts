/** A task definition from a JSON file: what `describe-task-definition` prints, or what `register-task-definition` takes. */
import type { TaskDefinition } from '../../domain/service.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { MEBIBYTE, readNamedFile, whyUnreadable } from '../../files/plain-file.ts'
import { isLoose, type Loose } from '../facts/shape.ts'
import { toTaskDefinition } from '../facts/task-definition.ts'
import { decodeText, parseJson } from '../reader/json-text.ts'
import { taskDefinitionFaults } from './rules.ts'

export interface TaskDefinitionFile {
  /** As the checks read it: no ARN and no revision, because it is not registered yet. */
  readonly definition: TaskDefinition
  /** The definition as it stands in the file, for RegisterTaskDefinition. */
  readonly document: Loose
}

/** A family, `family:revision` or ARN, as opposed to the path of a file. */
export function namesTaskDefinition(input: string): boolean {
  return /^arn:aws[a-z-]*:ecs:/.test(input) || /^[a-zA-Z0-9_-]{1,255}(:\d+)?$/.test(input)
}

/** Throws `UsageError` for a file that cannot be read, is not JSON, or breaks a rule of ECS: it names file, place and rule. */
export async function taskDefinitionFromFile(path: string): Promise<TaskDefinitionFile> {
  const parsed = parseJson(decodeText(await bytesOf(path)))
  if (!parsed.ok) throw notJson(path, parsed.at.line, parsed.at.column)
  const answer = parsed.value
  const document = isLoose(answer) && isLoose(answer['taskDefinition']) ? answer['taskDefinition'] : answer
  if (!isLoose(document)) throw broken(path, '$', { en: 'has to be an object', ko: '객체여야 합니다' })
  const [fault] = taskDefinitionFaults(document)
  if (fault !== undefined) throw broken(path, fault.path, fault.rule)
  const definition = toTaskDefinition(document)
  if (definition === null) throw broken(path, '$', { en: 'is not a task definition', ko: '태스크 정의가 아닙니다' })
  return { definition: { ...definition, arn: null, revision: null, status: null, isNamed: true }, document }
}

/** RegisterTaskDefinition takes 64 KiB (Amazon ECS service quotas). */
const MOST_BYTES = MEBIBYTE

async function bytesOf(path: string): Promise<Uint8Array> {
  const read = await readNamedFile(path, MOST_BYTES)
  if (read.ok) return read.bytes
  const why = whyUnreadable(read, MOST_BYTES)
  throw new UsageError({
    en: `The input "task-definition" names the file ${path}, which ${why.en}: give the path of a JSON file, a family, family:revision or an ARN.`,
    ko: `"task-definition" 입력의 파일을 읽을 수 없습니다: ${path} (${why.ko}). JSON 파일의 경로, 패밀리, 패밀리:개정 또는 ARN을 지정합니다.`,
  })
}

function notJson(path: string, line: number, column: number): UsageError {
  return new UsageError({
    en: `The task definition file ${path} is not JSON: see line ${line}, column ${column}.`,
    ko: `태스크 정의 파일이 올바른 JSON 형식이 아닙니다. 파일: ${path}, 줄: ${line}, 열: ${column}`,
  })
}

function broken(path: string, at: string, rule: { readonly en: string; readonly ko: string }): UsageError {
  return new UsageError({
    en: `The task definition file ${path} would be refused by ECS: ${at} ${rule.en}.`,
    ko: `ECS가 거부할 태스크 정의 파일입니다. 파일: ${path}, 위치: ${at}, 규칙: ${rule.ko}`,
  })
}
