/** The worlds of a soak: services rebuilt from public reports, broken and fixed, measured VPCs, generated services of ordinary shapes, rollouts. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { filesOf } from '../../__tests__/checks/shapes/files.ts'
import { CLUSTER as SHAPE_CLUSTER, SERVICE as SHAPE_SERVICE, type Shape } from '../../__tests__/checks/shapes/shape.ts'
import { oneOf } from '../../simulator/rollout/seeded-random.ts'
import { type Files, readFiles } from '../../simulator/world.ts'
import { SCENARIOS } from '../scenarios.ts'

const FIXTURES = fileURLToPath(new URL('../../__tests__/fixtures/', import.meta.url))

export interface ServiceWorld {
  readonly name: string
  readonly files: Files
  readonly cluster: string
  readonly service: string
  readonly taskDefinition: string | null
}

interface FieldCase {
  readonly id: string
  readonly removed: Readonly<Record<string, readonly string[]>>
  readonly expect: { readonly arguments?: readonly string[] }
}

const FIELD: readonly FieldCase[] = JSON.parse(readFileSync(`${FIXTURES}field/index.json`, 'utf8'))
const SHAPES = 60
const VPCS = readdirSync(`${FIXTURES}vpc`).filter((name) => /^\d+$/.test(name))

/** Names of services that a preflight looks at. */
export const SERVICES: readonly string[] = [
  ...FIELD.flatMap(({ id }) => [`field/${id}/broken`, `field/${id}/fixed`]),
  ...VPCS.map((number) => `vpc/${number}`),
  ...Array.from({ length: SHAPES }, (_, at) => `shape/${at}`),
]

/** Names of rollouts that a watch follows: a scenario, and the seed of its chance. */
export const ROLLOUTS: readonly string[] = SCENARIOS.flatMap((name) => [1, 2, 3].map((seed) => `${name}/${seed}`))

export async function serviceWorld(name: string): Promise<ServiceWorld> {
  const [kind, id = '', state = ''] = name.split('/')
  if (kind === 'vpc') return named(name, await readFiles(`${FIXTURES}vpc/${id}`))
  if (kind === 'shape')
    return { ...named(name, filesOf(shapeOf(Number(id)))), cluster: SHAPE_CLUSTER, service: SHAPE_SERVICE }
  const one = FIELD.find((each) => each.id === id)
  if (one === undefined) throw new TypeError(`no such world: ${name}`)
  const own = `${FIXTURES}field/${id}/${state}`
  const healthy = await readFiles(`${FIXTURES}field/healthy`)
  const files = { ...healthy, ...(existsSync(own) ? await readFiles(own) : {}) }
  const removed = one.removed[state] ?? []
  const kept = Object.entries(files).filter(
    ([path]) => !removed.some((each) => path === each || path.startsWith(`${each}/`)),
  )
  return { ...named(name, Object.fromEntries(kept)), taskDefinition: one.expect.arguments?.[1] ?? null }
}

/** The service of its folder. */
function named(name: string, files: Files): ServiceWorld {
  const [path, raw] = Object.entries(files).find(([each]) => each.startsWith('ecs/describe-services')) ?? []
  if (path === undefined) throw new TypeError(`no service in ${name}`)
  const answer = (typeof raw === 'string' ? JSON.parse(raw) : raw) as {
    services: { serviceName: string; clusterArn: string }[]
  }
  const [service] = answer.services
  if (service === undefined) throw new TypeError(`no service in ${path} of ${name}`)
  const cluster = service.clusterArn.slice(service.clusterArn.lastIndexOf('/') + 1)
  return { name, files, cluster, service: service.serviceName, taskDefinition: null }
}

/** Drawn; the same for the same number. */
function shapeOf(number: number): Shape {
  const draw = <T>(what: string, ...of: readonly T[]) => oneOf(of, number, 'shape', what) as T
  const secrets = draw('secrets', undefined, 'ssm', 'secretsmanager')
  return {
    by: draw('by', 'terraform', 'cdk'),
    zones: draw('zones', 1, 2, 3),
    way: draw('way', 'public', 'nat', 'one-nat', 'regional-nat', 'endpoints', 'nat-and-s3'),
    compute: draw('compute', 'fargate', 'fargate', 'spot', 'arm', 'windows', 'ec2-bridge', 'ec2-awsvpc', 'asg'),
    balancer: draw('balancer', null, 'application', 'network'),
    ...(secrets === undefined ? {} : { secrets }),
    dualStack: draw('dualStack', false, false, true),
    exec: draw('exec', false, true),
    efs: draw('efs', false, false, true),
    autoscaling: draw('autoscaling', false, true),
  }
}
