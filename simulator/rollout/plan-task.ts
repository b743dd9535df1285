/** Plans a simulated task: its whole life ahead, unless somebody stops it. */
import { type Item, itemsOf } from '../item.ts'
import { failsAfterPull, failsToStart, reasonOf, secondsOf, taskId } from './failures.ts'
import type { Behaviour } from './scenario.ts'
import { between, hex, type Span, unit, uuid } from './seeded-random.ts'
import type { Deployment, Identity, Setting, SimulatedTask, Stop, Subnet } from './state.ts'

const NOTHING_RECORDED = { running: false, healthy: false, end: false, gone: false }
const OK: Behaviour = { kind: 'ok', logs: [], chance: 1 }

export interface NewTask {
  readonly number: number
  readonly deployment: Pick<Deployment, 'id' | 'revision' | 'definitionArn'>
  readonly definition: Item
  readonly subnet: Subnet
  /** Of the revision; where it is `ok`, the subnet decides. */
  readonly behaviour: Behaviour
  /** `enableExecuteCommand` of the service. */
  readonly exec?: boolean
  readonly at: number
}

export function planTask(task: NewTask, setting: Setting): SimulatedTask {
  const { number, deployment, definition, subnet, at } = task
  const { seed, timing } = setting.scenario
  const draw = (span: Span, what: string) => Math.round(between(span, seed, what, number) * 1000)
  const wanted = task.behaviour.kind === 'ok' ? subnet.behaviour : task.behaviour
  const behaviour = unit(seed, 'chance', number) < wanted.chance ? wanted : OK
  const common = {
    id: taskId(seed, number),
    identity: identityOf(number, definition, setting),
    number,
    startedBy: deployment.id,
    countsFor: deployment.id,
    revision: deployment.revision,
    definitionArn: deployment.definitionArn,
    subnet,
    behaviour,
    exec: task.exec ?? false,
    createdAt: at,
    recorded: NOTHING_RECORDED,
  }
  const never = { provisionedAt: null, pullStartedAt: null, pullStoppedAt: null, startedAt: null, healthyAt: null }
  if (behaviour.kind === 'stuck') return { ...common, ...never, stop: null }

  const provisionedAt = at + draw(timing.provision, 'provision')
  const pullStartedAt = provisionedAt + draw([1, 4], 'begin')
  const lasts = draw(secondsOf(behaviour), 'fails')
  if (failsToStart(behaviour)) {
    const reason = reasonOf(behaviour, setting, definition, common.id)
    const stop = stopOf({ at: pullStartedAt + lasts, code: 'TaskFailedToStart', reason }, common, setting)
    const pulledAt = failsAfterPull(behaviour) ? pullStartedAt + Math.round(lasts / 2) : null
    return { ...common, ...never, provisionedAt, pullStartedAt, pullStoppedAt: pulledAt, stop }
  }
  const pullStoppedAt = pullStartedAt + draw(timing.pull, 'pull')
  const registered = setting.loadBalancer === null ? 0 : draw(setting.loadBalancer.registerSeconds, 'register')
  const startedAt = pullStoppedAt + draw(timing.start, 'start') + registered
  const healthyAfter = setting.loadBalancer
    ? draw(setting.loadBalancer.healthySeconds, 'healthy')
    : timing.healthy * 1000
  const started = { ...common, provisionedAt, pullStartedAt, pullStoppedAt, startedAt }
  if (behaviour.kind === 'exits') {
    const exit = {
      at: startedAt + lasts,
      code: 'EssentialContainerExited',
      reason: 'Essential container in task exited',
    }
    const stop = { ...stopOf(exit, common, setting), exitCode: behaviour.exitCode ?? 1 }
    return { ...started, healthyAt: startedAt + healthyAfter, stop }
  }
  if (behaviour.kind === 'unhealthy') {
    const stop = orderedStop(started, startedAt + lasts, unhealthyReason(setting), setting)
    return { ...started, healthyAt: null, stop }
  }
  return { ...started, healthyAt: startedAt + healthyAfter, stop: null }
}

function identityOf(number: number, definition: Item, { scenario: { seed }, digests }: Setting): Identity {
  return {
    interfaceId: `eni-0${hex(16, seed, 'interface', number)}`,
    macAddress: `0a:${hex(10, seed, 'mac', number).match(/../g)?.join(':')}`,
    attachmentId: uuid(seed, 'attachment', number),
    loadBalancerAttachmentId: uuid(seed, 'elb', number),
    containers: itemsOf(definition['containerDefinitions']).map(({ name, image }) => ({
      id: uuid(seed, 'container', number, String(name)),
      // The same image is the same digest, whoever pulls it.
      digest: digests[nameIn(String(image))] ?? `sha256:${hex(64, seed, 'digest', String(image))}`,
    })),
  }
}

/** `repository:tag`, without the registry. */
function nameIn(image: string): string {
  return image.slice(image.indexOf('/') + 1)
}

function unhealthyReason({ loadBalancer }: Setting): string {
  return loadBalancer === null
    ? 'Task failed container health checks'
    : `Task failed ELB health checks in (target-group ${loadBalancer.targetGroupArn})`
}

/** The end of a task that stops by itself at `at`. */
function stopOf(
  end: { readonly at: number; readonly code: string; readonly reason: string },
  { number }: { readonly number: number },
  { scenario }: Setting,
): Stop {
  const stoppedAt = end.at + Math.round(between(scenario.timing.deprovision, scenario.seed, 'gone', number) * 1000)
  return { ...end, drainedAt: end.at, exitedAt: end.at, stoppedAt, exitCode: null }
}

/** The end that the scheduler orders: out of the load balancer first, then SIGTERM. */
export function orderedStop(
  task: { readonly number: number; readonly startedAt: number | null },
  at: number,
  reason: string,
  { scenario, loadBalancer }: Setting,
): Stop {
  const { seed, timing } = scenario
  const draw = (span: Span, what: string) => Math.round(between(span, seed, what, task.number) * 1000)
  const runs = task.startedAt !== null && task.startedAt <= at
  const drainedAt = at + (runs && loadBalancer !== null ? loadBalancer.deregistrationSeconds * 1000 : 0)
  const exitedAt = drainedAt + (runs ? draw(timing.exit, 'exit') : 0)
  const stoppedAt = exitedAt + draw(timing.deprovision, 'gone')
  // SIGTERM ends most programs with 143.
  return { at, drainedAt, exitedAt, stoppedAt, code: 'ServiceSchedulerInitiated', reason, exitCode: runs ? 143 : null }
}
