/** AWS Secrets Manager: what a secret is called, never what it holds. */
import { type Item, textOf } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { answersOf, type World } from '../world.ts'

export const SECRETS_MANAGER: Operations = { DescribeSecret: describeSecret }

/** By name, by ARN, or by an ARN without its six random characters (Secrets Manager API Reference, SecretId). */
function describeSecret({ params }: Request, world: World): Item {
  const asked = textOf(params, 'SecretId') ?? ''
  const recorded = answersOf(world, 'secretsmanager/describe-secret').find(({ content }) => {
    const arn = textOf(content, 'ARN') ?? ''
    return asked !== '' && (content['Name'] === asked || arn === asked || arn.replace(/-[A-Za-z0-9]{6}$/, '') === asked)
  })
  if (recorded) return recorded.content
  throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
}
