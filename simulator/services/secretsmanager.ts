/** AWS Secrets Manager: what a secret is called, and what it holds where somebody wrote a file of it, which no snapshot does. */
import { type Item, textOf, textsOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal, Unrecorded } from '../refusal.ts'
import { answersOf, type World } from '../world.ts'

export const SECRETS_MANAGER: Operations = { DescribeSecret: describeSecret, GetSecretValue: getSecretValue }

/** One that no file tells of was not read, which is not that it is gone. */
function describeSecret({ params }: Request, world: World): Item {
  const all = answersOf(world, 'secretsmanager/describe-secret')
  const recorded = all.find(({ content }) => isAsked(content, params))
  if (recorded) return recorded.content
  if (all.length > 0) throw new Unrecorded(`secretsmanager/describe-secret ${textOf(params, 'SecretId')}`)
  throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}

/** `AWSCURRENT` unless told (Secrets Manager API Reference, GetSecretValue). */
function getSecretValue({ params }: Request, world: World): Item {
  const version = textOf(params, 'VersionId')
  const stage = textOf(params, 'VersionStage') ?? (version === null ? 'AWSCURRENT' : null)
  const own = answersOf(world, 'secretsmanager/get-secret-value').filter(({ content }) => isAsked(content, params))
  const recorded = own.find(
    ({ content }) =>
      (version === null || content['VersionId'] === version) &&
      (stage === null || textsOf(content['VersionStages']).includes(stage)),
  )
  if (recorded) return recorded.content
  const what = stage === null ? `VersionId: ${version}` : `staging label: ${stage}`
  throw new Refusal(
    'ResourceNotFoundException',
    own.length === 0
      ? "Secrets Manager can't find the specified secret."
      : `Secrets Manager can't find the specified secret value for ${what}`,
  )
}

/** By name, by ARN, or by an ARN without its six random characters (Secrets Manager API Reference, SecretId). */
function isAsked(content: Item, params: Item): boolean {
  const requested = textOf(params, 'SecretId') ?? ''
  const arn = textOf(content, 'ARN') ?? ''
  return (
    requested !== '' &&
    (content['Name'] === requested || arn === requested || arn.replace(/-[A-Za-z0-9]{6}$/, '') === requested)
  )
}
