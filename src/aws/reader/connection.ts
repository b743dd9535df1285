/** Sends requests to AWS. A client is loaded when its first request is sent, so that a run pays only for the services it asks. */
import type { AwsService, Loose } from '../calls/call.ts'

export interface ConnectionOptions {
  readonly region: string
  /** Where to send everything instead of AWS, for instance `http://127.0.0.1:4566`; the SDK's own variables work as well. */
  readonly endpoint?: string
  /** Instead of those that the SDK finds. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Attempts a request, the first one included. */
  readonly maxAttempts?: number
  /** `adaptive`, the default, learns the rate that AWS allows and holds requests back for it; `standard` only waits before it tries again. */
  readonly retryMode?: 'adaptive' | 'standard'
  readonly connectionTimeoutMs?: number
  readonly requestTimeoutMs?: number
  readonly signal?: AbortSignal
}

export interface Connection {
  readonly region: string
  /** The SDK's answer, from the connection's own Region unless told. Rejects with the SDK's error, or when the signal aborts. */
  readonly send: (service: AwsService, operation: string, input: Loose, region?: string) => Promise<Loose>
}

interface Client {
  readonly config: Loose
  readonly send: (command: unknown, options: { abortSignal?: AbortSignal }) => Promise<Loose>
}

type Module = Readonly<Record<string, unknown>> & { readonly Client: new (config: Loose) => Client }
type Command = new (input: Loose) => unknown

/** EFS, Service Quotas and Route 53 Resolver are read from recordings alone and have no client. */
const MODULES: Readonly<Partial<Record<AwsService, () => Promise<unknown>>>> = {
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

/** Whether a service can be asked live. */
export function hasClient(service: AwsService): boolean {
  return MODULES[service] !== undefined
}

export function connect(options: ConnectionOptions): Connection {
  const clients = new Map<string, Promise<{ readonly module: Module; readonly client: Client }>>()
  let first: Client | undefined

  async function open(service: AwsService, region: string) {
    const load = MODULES[service]
    if (load === undefined) throw new TypeError(`There is no client for ${service}`)
    const module = (await load()) as Module
    // One set of credentials for all clients: with a web identity each further one would be a call to STS.
    const credentials = first === undefined ? {} : { credentials: first.config['credentials'] }
    const client = new module.Client({ ...configOf({ ...options, region }), ...credentials })
    first ??= client
    return { module, client }
  }

  return {
    region: options.region,
    send: async (service, operation, input, region = options.region) => {
      const name = `${service} ${region}`
      const opening = clients.get(name) ?? open(service, region)
      clients.set(name, opening)
      const { module, client } = await opening
      const Request = module[`${operation}Command`] as Command
      return client.send(new Request(input), options.signal === undefined ? {} : { abortSignal: options.signal })
    },
  }
}

function configOf(options: ConnectionOptions): Loose {
  return {
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    maxAttempts: options.maxAttempts ?? 5,
    // Where the account's other tools share the rate, it is better learnt than tried.
    retryMode: options.retryMode ?? 'adaptive',
    requestHandler: {
      connectionTimeout: options.connectionTimeoutMs ?? 5_000,
      requestTimeout: options.requestTimeoutMs ?? 20_000,
      // Without it the SDK warns and goes on waiting.
      throwOnRequestTimeout: true,
    },
  }
}
