/** A look without what earlier looks told already, so that a tape holds each thing once. Joined, the two are the same. */
import { type Answer, known } from '../../domain/answer.ts'
import type { Look, TaskSeen } from '../../domain/rollout.ts'
import type { Seen } from '../state.ts'

export function freshOf(look: Look, seen: Seen): Look {
  const { service, running, stopped, serviceDeployments } = look
  const tasks = (answer: Answer<readonly TaskSeen[]>) =>
    answer.known ? known(answer.value.filter((task) => isNews(task, seen))) : answer
  return {
    ...look,
    service:
      service.known && service.value !== null
        ? known({ ...service.value, events: service.value.events.filter(({ id }) => seen.events[id] === undefined) })
        : service,
    running: tasks(running),
    stopped: tasks(stopped),
    serviceDeployments: serviceDeployments.known
      ? known(serviceDeployments.value.filter((one) => !isSame(one, seen.serviceDeployments[one.arn]?.value)))
      : serviceDeployments,
  }
}

/** One that was missing before is news by being there at all. */
function isNews(task: TaskSeen, { tasks, absent }: Seen): boolean {
  return absent[task.id] !== undefined || !isSame(task, tasks[task.id]?.task)
}

function isSame(one: unknown, other: unknown): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other)
}
