/** Sends requests to AWS. A client is loaded when its first request is sent, so that a run pays only for the services it asks. */
import type { AwsService, Loose } from '../calls/call.ts'
import type { ServiceClient } from '../protocols/any-service.ts'
import type { UnbundledService } from '../protocols/services.ts'
import { bodyBounds, type Response, TimeLimitExceeded, type TimeLimits, timeLimited } from './bounds.ts'
import { nextTurn } from './next-turn.ts'

export interface ConnectionOptions {
  readonly region: string
  /** Where to send everything instead of AWS, for instance `http://127.0.0.1:4566`; the SDK's own variables work as well. */
  readonly endpoint?: string
  /** Instead of those that the SDK finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Attempts a request, the first one included. */
  readonly maxAttempts?: number
  readonly connectionTimeoutMs?: number
  readonly requestTimeoutMs?: number
  /** Beyond them a call fails as one that was never answered. */
  readonly limits?: TimeLimits
  /** Told once, of the first service that keeps a caller waiting for ten seconds. */
  readonly slow?: (service: AwsService) => void
  readonly signal?: AbortSignal
  /** Told of every call once it is over, its attempts included. */
  readonly called?: (call: Called) => void
}

export interface Called {
  readonly service: AwsService
  readonly operation: string
  readonly region: string
  readonly milliseconds: number
  /** Name of the SDK's error; null for an answer. */
  readonly error: string | null
}

export interface Connection {
  readonly region: string
  /** The SDK's answer, from the connection's own Region unless told. Rejects with the SDK's error, or when the signal aborts. */
  readonly send: (service: AwsService, operation: string, input: Loose, region?: string) => Promise<Loose>
  /** Loads the clients of services that will be asked in a moment, while what was asked before is on its way. */
  readonly expect: (services: readonly AwsService[]) => void
}

type Sent = { readonly response: Response }
type Middleware = (next: (request: unknown) => Promise<Sent>) => (request: unknown) => Promise<Sent>

interface Place {
  readonly step: 'deserialize'
  /** `low` stands next to the network. */
  readonly priority: 'low'
}

interface Client {
  readonly config: Loose
  readonly middlewareStack: {
    readonly add: (middleware: Middleware, options: Place) => void
  }
  readonly send: (command: unknown, options: { abortSignal?: AbortSignal }) => Promise<Loose>
}

type Module = Readonly<Record<string, unknown>> & { readonly Client: new (config: Loose) => Client }
type Command = ReturnType<ServiceClient['command']>

const MODULES: Readonly<Record<Exclude<AwsService, UnbundledService>, () => Promise<unknown>>> = {
  ec2: () => import('../clients/ec2.ts'),
  ecs: () => import('../clients/ecs.ts'),
  ecr: () => import('../clients/ecr.ts'),
  elbv2: () => import('../clients/elbv2.ts'),
  iam: () => import('../clients/iam.ts'),
  logs: () => import('../clients/logs.ts'),
  secretsmanager: () => import('../clients/secretsmanager.ts'),
  ssm: () => import('../clients/ssm.ts'),
  route53: () => import('../clients/route53.ts'),
  sts: () => import('../clients/sts.ts'),
}

interface Loaded extends ServiceClient {
  readonly Client: Module['Client']
  readonly expectTypes: typeof import('../protocols/expected-types.ts').expectTypes
}

/** The SDK's client of a service, or the one of ECS speaking for it. */
async function load(service: AwsService): Promise<Loaded> {
  const bundled = isBundled(service)
  const [module, { expectTypes }, other] = await Promise.all([
    MODULES[bundled ? service : 'ecs']() as Promise<Module>,
    import('../protocols/expected-types.ts'),
    bundled ? null : import('../protocols/any-service.ts'),
  ])
  const own = { config: {}, command: (operation: string) => module[`${operation}Command`] as Command, answer: same }
  return { Client: module.Client, expectTypes, ...(bundled || other === null ? own : other.clientOf(service)) }
}

function isBundled(service: AwsService): service is keyof typeof MODULES {
  return Object.hasOwn(MODULES, service)
}

function same(answer: Loose): Loose {
  return answer
}

export function connect(options: ConnectionOptions): Connection {
  const clients = new Map<string, ReturnType<typeof open>>()
  let first: Client | undefined
  const limits = options.limits ?? NO_LIMITS
  const boundBody = bodyBounds()
  let underWay = 0
  let firstAt: number | undefined
  let isSlow = false
  let turn: Promise<unknown> = Promise.resolve()
  let depart = () => {}
  const departed = new Promise<void>((resolve) => {
    depart = resolve
  })

  async function open(service: AwsService, region: string) {
    const { Client, config, ...own } = await load(service)
    // One set of credentials for all clients: with a web identity each further one would be a call to STS.
    const credentials = first === undefined ? {} : { credentials: first.config['credentials'] }
    const client = new Client({ ...configOf({ ...options, region }), ...config, ...credentials })
    client.middlewareStack.add(onTheWire, { step: 'deserialize', priority: 'low' })
    first ??= client
    return { client, ...own }
  }

  const onTheWire: Middleware = (next) => async (request) => {
    depart()
    const sent = await next(request)
    boundBody(sent.response)
    return sent
  }

  /** Loading one stops the program for a while: the first request is on its way by then, and answers are taken in between. */
  function clientOf(service: AwsService, region: string) {
    const name = `${service} ${region}`
    const opening = clients.get(name) ?? turn.then(() => open(service, region))
    if (!clients.has(name)) turn = opening.then(() => departed, depart).then(nextTurn)
    clients.set(name, opening)
    return opening
  }

  function tellSlow(service: AwsService): void {
    if (!isSlow) options.slow?.(service)
    isSlow = true
  }

  /** Whoever asks is told why a client cannot be had. */
  async function openWhileWaiting(service: AwsService): Promise<void> {
    const name = `${service} ${options.region}`
    if (underWay === 0 || clients.has(name)) return
    const opening = open(service, options.region)
    clients.set(name, opening)
    await opening
  }

  return {
    region: options.region,
    expect: (services) => {
      for (const service of services) turn = turn.then(() => openWhileWaiting(service)).then(nextTurn, nextTurn)
    },
    send: async (service, operation, input, region = options.region) => {
      const opening = clientOf(service, region)
      const began = performance.now()
      firstAt ??= began
      const ms = Math.min(limits.callMs, firstAt + limits.runMs - began)
      const limited = timeLimited(options.signal, Math.max(ms, 0))
      const slow = setTimeout(tellSlow, SLOW_MS, service)
      const tell = (error: string | null) =>
        options.called?.({ service, operation, region, milliseconds: performance.now() - began, error })
      underWay += 1
      try {
        const { client, command, answer, expectTypes } = await opening
        if (ms <= 0) throw new TimeLimitExceeded(service, limits.runMs)
        const request = new (command(operation))(input)
        const sent = await client.send(request, { abortSignal: limited.signal })
        expectTypes(request as Parameters<Loaded['expectTypes']>[0], sent)
        tell(null)
        return answer(sent)
      } catch (caught) {
        const error = limited.isTimeUp() ? new TimeLimitExceeded(service, ms) : caught
        tell(error instanceof Error ? error.name : String(error))
        throw error
      } finally {
        limited.release()
        clearTimeout(slow)
        underWay -= 1
        depart()
      }
    },
  }
}

const SLOW_MS = 10_000
const NO_LIMITS: TimeLimits = { callMs: 60_000, runMs: Number.POSITIVE_INFINITY }

function configOf(options: ConnectionOptions): Loose {
  return {
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    maxAttempts: options.maxAttempts ?? 6,
    // Tries again after a wait that doubles, within the SDK's budget of retries a client. `adaptive` would learn a rate instead, and hold
    // back what AWS would have answered: with 30 % of the calls throttled a preflight took five times as long and read less.
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: options.connectionTimeoutMs ?? 5_000,
      requestTimeout: options.requestTimeoutMs ?? 20_000,
      // Of an answer that stands still half way.
      socketTimeout: options.requestTimeoutMs ?? 20_000,
      // Without it the SDK warns and goes on waiting.
      throwOnRequestTimeout: true,
    },
  }
}
