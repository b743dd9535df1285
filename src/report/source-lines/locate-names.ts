/** What a task definition names: images, roles, secrets, log groups, files, with the place of each; and which checks speak of them. */
import type { CheckId } from '../../domain/check-id.ts'
import type { NameKind } from '../../ecs-errors/label-row.ts'
import type { JsonScalar } from './json-scalars.ts'

const NAMING: readonly (readonly [NameKind, RegExp])[] = [
  ['image', /^containerDefinitions\.\d+\.image$/],
  ['role', /^(?:execution|task)RoleArn$/],
  ['secret', /^containerDefinitions\.\d+\.(?:secrets|logConfiguration\.secretOptions)\.\d+\.valueFrom$/],
  ['secret', /^containerDefinitions\.\d+\.repositoryCredentials\.credentialsParameter$/],
  ['log group', /^containerDefinitions\.\d+\.logConfiguration\.options\.awslogs-group$/],
  ['file', /^containerDefinitions\.\d+\.environmentFiles\.\d+\.value$/],
  ['file system', /^volumes\.\d+\.efsVolumeConfiguration\.fileSystemId$/],
]

/** A service called `web` is not the log group `web`. */
// biome-ignore format: a few lines a kind
const SPOKEN_OF: Readonly<Record<NameKind, readonly CheckId[]>> = {
  image: [
    'repository-policy-denies', 'pull-through-cache-without-rights', 'pull-through-cache-needs-internet', 'image-reference-invalid',
    'image-repository-not-found', 'image-not-found', 'image-archived', 'image-platform-mismatch', 'docker-hub-anonymous',
    'running-digest-gone', 'image-expires-by-lifecycle-policy', 'image-grew',
  ],
  role: [
    'execution-role-missing', 'execution-role-not-found', 'execution-role-not-assumable', 'execution-role-without-ecr',
    'instance-role-without-ecr', 'pull-through-cache-without-rights', 'execution-role-without-secrets', 'execution-role-without-kms',
    'execution-role-without-env-files', 'execution-role-without-logs', 'task-role-not-found', 'task-role-not-assumable',
  ],
  secret: [
    'secret-missing', 'secret-being-deleted', 'secret-key-missing', 'parameter-missing', 'secret-arn-incomplete',
    'secret-reference-malformed', 'registry-credentials-of-other-account',
  ],
  'log group': ['log-group-missing'],
  file: ['environment-file-unusable'],
  'file system': ['efs-mount-target-missing-in-zone'],
}

export interface NamedValue {
  readonly kind: NameKind
  readonly value: string
  readonly container: string
  readonly scalar: JsonScalar
}

/** `images`: container → the image that was put in its place. */
export function namesIn(
  scalars: readonly JsonScalar[],
  images: Readonly<Record<string, string>>,
): readonly NamedValue[] {
  return scalars.flatMap((scalar) => {
    const [kind] = NAMING.find(([, pattern]) => pattern.test(scalar.path)) ?? []
    if (kind === undefined) return []
    const of = /^containerDefinitions\.\d+\./.exec(scalar.path)?.[0]
    const container = of === undefined ? '' : (scalars.find(({ path }) => path === `${of}name`)?.value ?? '')
    const value = (kind === 'image' && Object.hasOwn(images, container) ? images[container] : undefined) ?? scalar.value
    return [{ kind, value, container, scalar }]
  })
}

export function speaksOf(check: CheckId, kind: NameKind): boolean {
  return SPOKEN_OF[kind].includes(check)
}
