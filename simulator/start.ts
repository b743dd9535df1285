/** Starts AWS on loopback: one HTTP server that speaks every protocol and answers from a snapshot folder. */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { brokenOperation } from './broken-operation.ts'
import type { Chaos } from './chaos.ts'
import type { ExecSessions } from './exec/sessions.ts'
import type { Fault, FaultKind } from './fault.ts'
import { faultsOf } from './faults.ts'
import type { Item } from './item.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS, type OperationsByService } from './operations.ts'
import { Refusal, Unrecorded } from './refusal.ts'
import { play } from './rollout/play.ts'
import { bareWorld, withRollout } from './rollout/rollout-world.ts'
import type { Scenario } from './rollout/scenario.ts'
import type { Rollout } from './rollout/state.ts'
import type { Interval } from './rounds.ts'
import { callerArn } from './services/sts.ts'
import { answerWith, type FrontDoor, frontDoor, type HttpAnswer, isJson, refuseWith } from './wire/answer.ts'
import { answerInstead } from './wire/answer-instead.ts'
import { type Call, callOf } from './wire/call.ts'
import { send } from './wire/send.ts'
import { emptyRegion, type Files, readFiles, type World, worldOf } from './world.ts'

export interface SimulatorOptions {
  /** A snapshot folder, or the files of one, or a world made elsewhere: one of them, or none for a scenario that stands alone. */
  readonly folder?: string
  readonly files?: Files
  readonly world?: World
  /** A rollout that plays in the folder's service, or in one of its own. */
  readonly scenario?: Scenario
  /** Simulated seconds in one real second of the scenario; 1 unless told. */
  readonly speed?: number
  /** What the scenario takes for real time, in milliseconds. */
  readonly clock?: { readonly now: () => number }
  /** Added to every answer. */
  readonly latencyMs?: number
  /** Cuts every list into pages of at most so many. */
  readonly pageSize?: number
  readonly faults?: readonly Fault[]
  /** Besides them, a fault drawn for every call. */
  readonly chaos?: Chaos
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Operations besides ours, or instead of them. */
  readonly operations?: OperationsByService
  /** Sessions of ECS Exec, which run in this machine; without them no agent is connected. */
  readonly exec?: ExecSessions
}

/** A request as it came in. */
export interface SimulatedRequest extends Interval {
  readonly service: string
  readonly operation: string
  readonly params: Item
  /** The Region that it was signed for. */
  readonly region: string | null
  /** What it met; null where nothing was wrong. */
  readonly fault: FaultKind | null
}

export interface Simulator {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL. */
  readonly url: string
  readonly port: number
  /** Of the folder: sign for another one, and you find an empty Region. */
  readonly region: string
  readonly accountId: string
  /** The scenario under way; null without one. */
  readonly rollout: Rollout | null
  /** Everything asked so far, in order of arrival. */
  readonly requests: () => readonly SimulatedRequest[]
  /** Resolves when the port is free again; connections that are open are cut. */
  readonly stop: () => Promise<void>
}

/** Binds 127.0.0.1 and nothing else. Rejects with UsageError for a folder that cannot be read, and when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const bare = await worldFrom(options)
  const world = options.exec === undefined ? bare : { ...bare, exec: options.exec }
  const seen: Seen[] = []
  const respond = responder(world, options, seen)
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  options.exec?.listenAt(server, port)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    region: world.region,
    accountId: world.accountId,
    rollout: world.rollout ?? null,
    requests: () => seen.map((one) => ({ ...one })),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function worldFrom(options: SimulatorOptions): Promise<World> {
  const { folder, files, scenario } = options
  const alone = scenario !== undefined && options.world === undefined && files === undefined && folder === undefined
  const world = alone ? null : (options.world ?? worldOf(files ?? (await readFiles(folder ?? ''))))
  if (scenario === undefined) return world ?? worldOf({})
  const { clock, speed } = options
  const rollout = play({ scenario, world, ...(clock ? { clock } : {}), ...(speed === undefined ? {} : { speed }) })
  return withRollout(world ?? bareWorld(rollout), rollout)
}

type Seen = { -readonly [Member in keyof SimulatedRequest]: SimulatedRequest[Member] }

/** Services that are one for all Regions of a partition. */
const GLOBAL = ['iam', 'organizations', 'sts', 'route53']

function responder(world: World, options: SimulatorOptions, seen: Seen[]) {
  const { rollout } = world
  const openedAt = performance.now()
  const elapsed = rollout
    ? () => (rollout.now() - rollout.setting.beganAt) / 1000
    : () => (performance.now() - openedAt) / 1000
  const scripted = [...(options.faults ?? []), ...(options.scenario?.faults ?? [])]
  const faults = faultsOf(scripted, elapsed, options.chaos ?? options.scenario?.chaos ?? null)
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now()
    const call = callOf({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body: await bodyOf(request),
    })
    const { service, operation, params, region } = call
    const { delayMs, spoiledBy, chance } = faults.meet(service, operation, params)
    const fault = spoiledBy?.kind ?? (delayMs > 0 ? 'slow' : null)
    const entry: Seen = { service, operation, params, region, at, answeredAt: null, fault }
    seen.push(entry)
    const delay = delayMs + (options.latencyMs ?? 0)
    if (delay > 0) await pause(delay)
    const instead = spoiledBy === null ? undefined : answerInstead(spoiledBy, call, callerArn(world))
    const how = { chance, isXml: !isJson(call.protocol) }
    const broken = (one: Operation) => (spoiledBy === null ? one : brokenOperation(spoiledBy, how, one))
    const answer = instead === undefined ? await answered(call, world, options, broken) : instead
    entry.answeredAt = performance.now()
    await send(response, answer, spoiledBy)
  }
}

async function answered(
  call: Call,
  world: World,
  options: SimulatorOptions,
  broken: (operation: Operation) => Operation,
): Promise<HttpAnswer> {
  const requestId = randomUUID()
  const operation = operationOf(call, options)
  const refuse = (kind: FrontDoor) => refuseWith(call, frontDoor(kind, call, callerArn(world)), requestId)
  if (!operation) return refuse('unknown-operation')
  const elsewhere = call.region !== null && call.region !== world.region && !GLOBAL.includes(call.service)
  const here = elsewhere && call.region !== null ? emptyRegion(world, call.region) : world
  try {
    const { service, params } = call
    const request = { service, operation: call.operation, params, pageSize: options.pageSize ?? null }
    return answerWith(call, await broken(operation)(request, here), requestId)
  } catch (error) {
    if (error instanceof Refusal) return refuseWith(call, error, requestId)
    return refuse(error instanceof Unrecorded ? 'denied' : 'internal')
  }
}

function operationOf(call: Call, options: SimulatorOptions): Operation | null {
  for (const operations of [options.operations ?? {}, OPERATIONS]) {
    const ofService = Object.hasOwn(operations, call.service) ? operations[call.service] : undefined
    if (ofService && Object.hasOwn(ofService, call.operation)) return ofService[call.operation] ?? null
  }
  return null
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
