/** What Fargate says of a start that fails, word for word as in recorded stopped reasons, and how long each failure takes. */
import type { Item } from '../item.ts'
import type { Behaviour } from './scenario.ts'
import { hex, type Span, uuid } from './seeded-random.ts'
import type { Setting } from './state.ts'

type Kind = Behaviour['kind']

/** Seconds from the beginning of the pull to the end of the start, where the scenario does not say. */
const SECONDS: Readonly<Partial<Record<Kind, Span>>> = {
  's3-timeout': [180, 300],
  'registry-timeout': [180, 300],
  'token-timeout': [150, 240],
  dns: [20, 60],
  denied: [5, 20],
  'image-not-found': [20, 60],
  platform: [15, 40],
  'log-group-missing': [10, 30],
  text: [20, 60],
  exits: [2, 6],
  unhealthy: [60, 90],
}

export function secondsOf(behaviour: Behaviour): Span {
  return behaviour.seconds ?? SECONDS[behaviour.kind] ?? [0, 0]
}

/** Ends before RUNNING. */
export function failsToStart({ kind }: Behaviour): boolean {
  return !['ok', 'exits', 'unhealthy', 'stuck', 'no-capacity'].includes(kind)
}

/** Ends when the image is on the machine already. */
export function failsAfterPull({ kind }: Behaviour): boolean {
  return kind === 'log-group-missing'
}

/** The image as the task definition writes it, and its parts. */
interface Image {
  readonly text: string
  readonly host: string
  readonly repository: string
  readonly tag: string
}

function imageOf(definition: Item): Image {
  const [container] = (definition['containerDefinitions'] ?? []) as readonly Item[]
  const text = String(container?.['image'] ?? 'image')
  const [, host = 'registry-1.docker.io', repository = text, tag = 'latest'] =
    /^(?:([^/]+\.[^/]+)\/)?([^:@]+)(?:[:@](.+))?$/.exec(text) ?? []
  return { text, host, repository, tag }
}

const DIALLED: Readonly<Partial<Record<Kind, string>>> = {
  's3-timeout': '52.219.148.62',
  'registry-timeout': '3.38.90.210',
  'token-timeout': '3.38.90.8',
}

/** The address that gave no answer; null for a start that fails otherwise. */
export function dialled({ kind, address }: Behaviour): string | null {
  const usual = DIALLED[kind]
  return usual === undefined ? null : (address ?? usual)
}

/** The stopped reason of a start that fails. */
export function reasonOf(behaviour: Behaviour, setting: Setting, definition: Item, taskId: string): string {
  return REASONS[behaviour.kind]?.({ behaviour, setting, definition, taskId, image: imageOf(definition) }) ?? ''
}

interface Telling {
  readonly behaviour: Behaviour
  readonly setting: Setting
  readonly definition: Item
  readonly taskId: string
  readonly image: Image
}

const REASONS: Readonly<Partial<Record<Kind, (telling: Telling) => string>>> = {
  text: ({ behaviour }) => behaviour.text ?? 'Task failed to start',
  // Fargate puts the image where the address of the layer was: what does not answer is S3.
  's3-timeout': ({ behaviour, image }) =>
    `CannotPullContainerError: The task cannot pull ${image.text} from the registry ${image.text}. There is a connection issue between the task and the registry. Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: Get ${image.text}: dial tcp ${dialled(behaviour)}:443: i/o timeout`,
  'registry-timeout': ({ behaviour, image }) =>
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image.text}: failed to do request: Head "https://${image.host}/v2/${image.repository}/manifests/${image.tag}": dial tcp ${dialled(behaviour)}:443: i/o timeout`,
  'token-timeout': ({ behaviour, setting }) =>
    `ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.${setting.region}.amazonaws.com/": dial tcp ${dialled(behaviour)}:443: i/o timeout`,
  dns: ({ behaviour, image }) =>
    `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${image.text}: failed to do request: Head "https://${image.host}/v2/${image.repository}/manifests/${image.tag}": dial tcp: lookup ${image.host} on ${behaviour.address ?? '10.0.0.2'}:53: no such host`,
  denied: ({ setting, definition, taskId }) =>
    `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: arn:${setting.partition}:sts::${setting.accountId}:assumed-role/${roleName(definition)}/${taskId} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action status code: 400, request id: ${uuid(setting.scenario.seed, 'request', taskId)}`,
  'image-not-found': ({ image }) =>
    `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image.text}: not found`,
  platform: () =>
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
  'log-group-missing': () =>
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
}

function roleName(definition: Item): string {
  return String(definition['executionRoleArn'] ?? 'ecsTaskExecutionRole').replace(/^.*\//, '')
}

export const NO_CAPACITY =
  'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.'

/** Pieces of a task that only need to be stable. */
export function taskId(seed: number, number: number): string {
  return hex(32, seed, 'task', number)
}
