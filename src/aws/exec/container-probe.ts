/** Looks names up and connects from inside a container: one ExecuteCommand, one session, one script. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../../domain/clock.ts'
import type { NotProbedKind } from '../../domain/probe.ts'
import { isLoose } from '../calls/call.ts'
import { executeCommand } from '../calls/writes.ts'
import type { Writer } from '../writer/writer.ts'
import { type ContainerAnswer, containerAnswers, isWhole } from './container-answers.ts'
import { type ContainerTarget, containerCommand, longestSeconds } from './container-script.ts'
import { type ChannelResult, runInChannel, type Session } from './data-channel.ts'

export interface ContainerProbeRequest {
  readonly clusterArn: string
  readonly taskArn: string
  readonly container: string
  /** Each can be tried (`canBeTried`). */
  readonly targets: readonly ContainerTarget[]
}

export interface ContainerProbe {
  /** By the place of its target; null for one that was not come to. */
  readonly answers: readonly (ContainerAnswer | null)[]
  /** Why there are none, or not all; null where there are. */
  readonly missing: { readonly kind: NotProbedKind; readonly detail: string } | null
}

export interface ContainerProbeDeps {
  readonly writer: Writer
  readonly clock: Clock
  readonly signal?: AbortSignal
}

/** Beside the script: the channel opens, both sides shake hands. */
const SESSION_SECONDS = 30

export async function probeContainer(
  { clusterArn, taskArn, container, targets }: ContainerProbeRequest,
  { writer, clock, signal }: ContainerProbeDeps,
): Promise<ContainerProbe> {
  const mark = `ecs_pull_guard_${randomBytes(6).toString('hex')}`
  const command = containerCommand(targets, mark)
  const input = { cluster: clusterArn, task: taskArn, container, command, interactive: true }
  const written = await writer.write(executeCommand, input, signal)
  if (written.outcome === 'unsure') return without(targets, 'unsure', written.detail)
  if (written.outcome === 'refused') return without(targets, refusalKind(written), written.detail)
  const session = sessionIn(written.answer['session'])
  if (session === null) return without(targets, 'unsure', `${executeCommand.operation}: no session`)
  const limitMs = (longestSeconds(targets) + SESSION_SECONDS) * 1000
  const isEnough = (output: string) => isWhole(output, mark)
  const result = await runInChannel({ session, isEnough, limitMs, clock, ...(signal === undefined ? {} : { signal }) })
  const answers = containerAnswers(result.output, mark, targets.length)
  const hasBegun = answers.some((one) => one !== null)
  return { answers, missing: missingIn(result, hasBegun) }
}

function without(targets: readonly ContainerTarget[], kind: NotProbedKind, detail: string): ContainerProbe {
  return { answers: targets.map(() => null), missing: { kind, detail } }
}

/** Amazon ECS API Reference, ExecuteCommand: the agent is not connected, or Exec was off when the task started. */
const NOT_CONNECTED: ReadonlySet<string> = new Set(['TargetNotConnectedException', 'InvalidParameterException'])

function refusalKind({ because, code }: { readonly because: string; readonly code: string }): NotProbedKind {
  if (because === 'denied') return 'denied'
  return NOT_CONNECTED.has(code) ? 'not-connected' : 'refused'
}

function sessionIn(value: unknown): Session | null {
  if (!isLoose(value)) return null
  const { streamUrl, tokenValue } = value
  return typeof streamUrl === 'string' && typeof tokenValue === 'string' && tokenValue !== ''
    ? { streamUrl, tokenValue }
    : null
}

/** How Go says that a program is not there, which the agent passes on when it cannot start the command. */
const NO_PROGRAM = /executable file not found|no such file or directory/i

function missingIn({ ended, detail }: ChannelResult, hasBegun: boolean): ContainerProbe['missing'] {
  switch (ended) {
    case 'enough':
      return null
    case 'encrypted':
    case 'timed-out':
      return { kind: ended, detail }
    case 'unopened':
      return { kind: 'no-channel', detail }
    case 'closed':
      return { kind: !hasBegun && NO_PROGRAM.test(detail) ? 'no-shell' : 'cut-off', detail }
    case 'lost':
    case 'stopped':
    case 'too-much':
      return { kind: 'cut-off', detail }
  }
}
