/** What a task definition names: images, roles, secrets, log groups, files, with the place of each. */
import type { JsonScalar } from './json-scalars.ts'

export type Kind = 'image' | 'role' | 'secret' | 'log group' | 'file' | 'file system'

/** What a check looks up by its name. */
const NAMING: readonly (readonly [Kind, RegExp])[] = [
  ['image', /^containerDefinitions\.\d+\.image$/],
  ['role', /^(?:execution|task)RoleArn$/],
  ['secret', /^containerDefinitions\.\d+\.(?:secrets|logConfiguration\.secretOptions)\.\d+\.valueFrom$/],
  ['secret', /^containerDefinitions\.\d+\.repositoryCredentials\.credentialsParameter$/],
  ['log group', /^containerDefinitions\.\d+\.logConfiguration\.options\.awslogs-group$/],
  ['file', /^containerDefinitions\.\d+\.environmentFiles\.\d+\.value$/],
  ['file system', /^volumes\.\d+\.efsVolumeConfiguration\.fileSystemId$/],
]

export interface Name {
  readonly kind: Kind
  readonly value: string
  readonly container: string
  readonly scalar: JsonScalar
}

/** `images`: container → the image that was put in its place. */
export function namesIn(scalars: readonly JsonScalar[], images: Readonly<Record<string, string>>): readonly Name[] {
  return scalars.flatMap((scalar) => nameIn(scalar, scalars, images))
}

function nameIn(scalar: JsonScalar, scalars: readonly JsonScalar[], images: Readonly<Record<string, string>>): Name[] {
  const [kind] = NAMING.find(([, pattern]) => pattern.test(scalar.path)) ?? []
  if (kind === undefined) return []
  const of = /^containerDefinitions\.\d+\./.exec(scalar.path)?.[0]
  const container = of === undefined ? '' : (scalars.find(({ path }) => path === `${of}name`)?.value ?? '')
  const value = (kind === 'image' && Object.hasOwn(images, container) ? images[container] : undefined) ?? scalar.value
  return [{ kind, value, container, scalar }]
}

/** As a whole: `app:1` is not said by `app:12`. */
export function says(sentence: string, name: string): boolean {
  const at = sentence.indexOf(name)
  return name !== '' && at >= 0 && !/[\w.-]/.test(sentence.charAt(at + name.length))
}
