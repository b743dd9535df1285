/** The last lines that the containers of a task wrote to CloudWatch Logs, with what looks like a credential hidden. */

import type { Unread } from '../../domain/answer.ts'
import { maskSecretLines } from '../../domain/credential-masking.ts'
import type { ContainerLog, EcsTask } from '../../domain/rollout.ts'
import type { Container } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { getLogEvents } from '../calls/watch.ts'
import { text } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'

/** A line may be 1 MB long (CloudWatch Logs quotas); a report is no place for it. */
const LINE = 2_000

/**
 * One entry a container that ran. `containers` are those of the task definition; `most` lines each. The stream of a container is
 * `prefix/container/task` (ECS Developer Guide, "Send Amazon ECS logs to CloudWatch").
 */
export async function readTaskLogs(
  reader: Reader,
  task: Pick<EcsTask, 'id' | 'containers'>,
  containers: readonly Container[],
  most: number,
): Promise<readonly ContainerLog[]> {
  if (most <= 0) return []
  const ran = containers.filter(({ name }) =>
    task.containers.some((one) => one.name === name && one.lastStatus !== 'PENDING'),
  )
  return Promise.all(ran.map((container) => readContainer(reader, task.id, container, most)))
}

async function readContainer(
  reader: Reader,
  taskId: string,
  { name, logDriver, logOptions }: Container,
  most: number,
): Promise<ContainerLog> {
  const none = (missing: Text): ContainerLog => ({ taskId, container: name, lines: [], missing })
  if (logDriver !== 'awslogs') return none(logDriver === null ? NO_DRIVER : otherDriver(logDriver))
  const group = logOptions['awslogs-group']
  const prefix = logOptions['awslogs-stream-prefix']
  if (group === undefined || prefix === undefined) return none(NO_PREFIX)
  const region = logOptions['awslogs-region']
  const answer = await reader.read(getLogEvents, {
    name: [group],
    id: [`${prefix}/${name}/${taskId}`],
    ...(region === undefined ? {} : { region: [region] }),
  })
  if (!answer.known) return none(answer.because === 'not-found' ? NO_STREAM : refused(answer))
  const lines = maskSecretLines(answer.value.map(({ message }) => text(message) ?? ''))
  return { taskId, container: name, lines: lines.slice(-most).map((line) => line.slice(0, LINE)), missing: null }
}

const NO_DRIVER: Text = {
  en: 'The container has no log configuration.',
  ko: '컨테이너에 로그 구성이 없습니다.',
}
const NO_PREFIX: Text = {
  en: 'Without awslogs-stream-prefix the log stream does not carry the id of the task.',
  ko: 'awslogs-stream-prefix 옵션이 없으면 로그 스트림 이름에 태스크 ID가 포함되지 않습니다.',
}
const NO_STREAM: Text = {
  en: 'The container wrote nothing: it has no log stream.',
  ko: '컨테이너가 기록한 로그가 없습니다. 로그 스트림이 존재하지 않습니다.',
}

function otherDriver(driver: string): Text {
  return {
    en: `The container logs with ${driver}, not to CloudWatch Logs.`,
    ko: `컨테이너가 CloudWatch Logs를 사용하지 않습니다. 로그 드라이버: ${driver}`,
  }
}

function refused({ permission, detail }: Unread): Text {
  return {
    en: `The log could not be read (${permission}): ${detail}`,
    ko: `로그를 읽지 못했습니다(${permission}): ${detail}`,
  }
}
