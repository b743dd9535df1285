/** A poll without what earlier polls showed already, so that a tape holds each thing once. Joined, the two are the same. */
import { type Answer, known } from '../../domain/answer.ts'
import type { EcsTask, Poll } from '../../domain/rollout.ts'
import type { Observed } from '../state.ts'

export function deltaOf(poll: Poll, observed: Observed): Poll {
  const { service, running, stopped, serviceDeployments } = poll
  const tasks = (answer: Answer<readonly EcsTask[]>) =>
    answer.known ? known(answer.value.filter((task) => isNews(task, observed))) : answer
  return {
    ...poll,
    service:
      service.known && service.value !== null
        ? known({
            ...service.value,
            events: service.value.events.filter(({ id }) => observed.events[id] === undefined),
          })
        : service,
    running: tasks(running),
    stopped: tasks(stopped),
    serviceDeployments: serviceDeployments.known
      ? known(serviceDeployments.value.filter((one) => !isSame(one, observed.serviceDeployments[one.arn]?.value)))
      : serviceDeployments,
  }
}

/** One that was missing before is news by being there at all. */
function isNews(task: EcsTask, { tasks, absent }: Observed): boolean {
  return absent[task.id] !== undefined || !isSame(task, tasks[task.id]?.task)
}

function isSame(one: unknown, other: unknown): boolean {
  return other !== undefined && JSON.stringify(one) === JSON.stringify(other)
}
