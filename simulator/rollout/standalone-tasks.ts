/** Tasks that RunTask starts beside the service: they start as their subnet has it, and end where their program is not there. */
import { type Item, itemsOf, textOf, textsOf } from '../item.ts'
import { describedTask } from './answer-tasks.ts'
import { planTask } from './plan-task.ts'
import type { Behaviour } from './scenario.ts'
import { between } from './seeded-random.ts'
import {
  isGone,
  type RolloutState,
  type Setting,
  type SimulatedTask,
  type StandaloneTask,
  type Stop,
  type Subnet,
} from './state.ts'

/** What is the same for all tasks of one request. */
export interface Launch {
  readonly definition: Item
  readonly subnets: readonly string[]
  readonly count: number
  readonly clientToken: string | null
  /** Members that ECS shows as they were asked for. */
  readonly shown: Item
}

/** Apart from the tasks of the service, whose numbers say where the scenario places them. */
const FIRST_NUMBER = 10_000

export function standaloneTasks(setting: Setting, state: RolloutState, launch: Launch): readonly StandaloneTask[] {
  const { definition, clientToken, shown } = launch
  return Array.from({ length: launch.count }, (_, at) => {
    const number = FIRST_NUMBER + state.standalone.length + at
    const task = plannedTask(setting, state, launch, number)
    const isProgramMissing = programsMissing(definition)
    return {
      task: isProgramMissing ? endedAtItsProgram(task, setting, definition) : task,
      clientToken,
      shown,
      isProgramMissing,
    }
  })
}

function plannedTask(setting: Setting, state: RolloutState, { definition, subnets }: Launch, number: number) {
  const subnet = subnetNamed(setting, subnets[number % subnets.length] ?? '')
  const deployment = { id: '', revision: '', definitionArn: textOf(definition, 'taskDefinitionArn') ?? '' }
  const behaviour = behaviourOf(setting, definition)
  return planTask({ number, deployment, definition, subnet, behaviour, at: state.now }, withoutLoadBalancer(setting))
}

function withoutLoadBalancer(setting: Setting): Setting {
  return { ...setting, loadBalancer: null }
}

/** New images behave as the scenario's new revisions, those that run already as their subnet has it. */
export function behaviourOf(setting: Setting, definition: Item): Behaviour {
  const images = (one: Item) => itemsOf(one['containerDefinitions']).map((container) => container['image'])
  const before = images(setting.definition)
  const isNew = images(definition).some((image) => !before.includes(image))
  return isNew ? setting.scenario.behaviour : OK
}

const OK: Behaviour = { kind: 'ok', logs: [], chance: 1 }

/** Of a subnet that the scenario does not name, nothing is known but that it works. */
export function subnetNamed({ subnets, region }: Setting, id: string): Subnet {
  const unnamed = { id, availabilityZone: `${region}a`, cidr: '10.0.0.0/20', behaviour: OK }
  return subnets.find((one) => one.id === id) ?? unnamed
}

/** Programs lie where images keep them; elsewhere there is none. Without an entry point the image's own is started. */
const PROGRAM = /^([^/]+$|\/(usr\/(local\/)?)?s?bin\/|\/app\/|\/opt\/|\/docker-entrypoint)/

function programsMissing(definition: Item): boolean {
  return itemsOf(definition['containerDefinitions'])
    .filter((one) => one['essential'] !== false)
    .some((one) => {
      const [program] = textsOf(one['entryPoint'])
      return program !== undefined && !PROGRAM.test(program)
    })
}

/** Containerd on Fargate, of a program that the image does not have. */
function missingProgram(program: string): string {
  return `CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": stat ${program}: no such file or directory: unknown`
}

function endedAtItsProgram(task: SimulatedTask, setting: Setting, definition: Item): SimulatedTask {
  if (task.startedAt === null) return task
  const { scenario } = setting
  const [first] = itemsOf(definition['containerDefinitions'])
  const at = task.startedAt
  const stoppedAt = at + Math.round(between(scenario.timing.deprovision, scenario.seed, 'gone', task.number) * 1000)
  const reason = missingProgram(textsOf(first?.['entryPoint'])[0] ?? '')
  const stop: Stop = { at, drainedAt: at, exitedAt: at, stoppedAt, code: 'TaskFailedToStart', reason, exitCode: null }
  return { ...task, startedAt: null, healthyAt: null, stop }
}

/** Stopped ones for an hour. */
export function describedStandaloneTasks(setting: Setting, state: RolloutState): readonly Item[] {
  const forgotten = state.now - setting.scenario.timing.forgotten * 1000
  return state.standalone
    .filter(({ task }) => !isGone(task, forgotten))
    .map((one) => describedStandaloneTask(setting, state, one))
}

export function describedStandaloneTask(setting: Setting, state: RolloutState, one: StandaloneTask): Item {
  const item = describedTask(withoutLoadBalancer(setting), state, one.task)
  const isPulled = one.task.pullStoppedAt !== null && one.task.pullStoppedAt <= state.now
  const isEnded = one.isProgramMissing && one.task.stop?.code === 'TaskFailedToStart' && item['stopCode'] !== undefined
  const containers = itemsOf(item['containers']).map((container, at) => ({
    ...container,
    imageDigest: isPulled ? one.task.identity.containers[at]?.digest : undefined,
    reason: isEnded && isPulled ? one.task.stop?.reason : container['reason'],
  }))
  return { ...item, containers, ...one.shown }
}
