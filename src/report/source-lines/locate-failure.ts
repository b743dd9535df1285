/** The name in a task definition that a failed start is about: by its label, then by what ECS says, its container, or as the only one. */
import type { RolloutFailure } from '../../domain/rollout.ts'
import { type Kind, type Name, says } from './locate-names.ts'

/** Only where the name itself may be wrong, or what it names: that the network is closed is no fault of an image's line. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [
    /^pull\/(?:image-not-found|access-denied-or-missing|auth-denied|rate-limited|platform-mismatch|unpack-failed)$/,
    'image',
  ],
  [/^pull\/pull-through-cache$|^start\/exec-format$/, 'image'],
  [/^init\/log-(?:group-missing|denied)$/, 'log group'],
  [/^init\/secrets-(?:missing|denied)$/, 'secret'],
  [/^init\/registry-auth-denied$|^iam\/role$/, 'role'],
  [/^init\/env-file$/, 'file'],
  [/^init\/efs$/, 'file system'],
]

export function nameOfFailure({ label, text, container }: RolloutFailure, names: readonly Name[]): Name | undefined {
  const [, kind] = KINDS.find(([labels]) => labels.test(label)) ?? []
  // What the application calls with its own role comes after the start.
  const candidates = names.filter((name) => name.kind === kind && name.scalar.path !== 'taskRoleArn')
  const said = candidates.find(({ value }) => says(text, withoutKey(value)))
  if (said !== undefined) return said
  const own = candidates.filter((name) => container !== null && name.container === container)
  return onlyOne(own) ?? onlyOne(candidates)
}

function onlyOne(names: readonly Name[]): Name | undefined {
  return new Set(names.map(({ value }) => value)).size === 1 ? names[0] : undefined
}

/** Behind a secret's ARN may stand a key, a stage and a version, which no error repeats. */
function withoutKey(value: string): string {
  return /^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+)/.exec(value)?.[1] ?? value
}
