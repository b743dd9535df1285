/** AWS STS: who is asking. */

import type { Item } from '../item.ts'
import type { Operations, Request } from '../operation.ts'
import type { World } from '../world.ts'

export const STS: Operations = { GetCallerIdentity: getCallerIdentity }

/** The recorded caller, or a user of the account that the folder comes from. */
function getCallerIdentity(_request: Request, world: World): Item {
  const recorded = world.answers('sts/get-caller-identity')?.[0]?.content
  return recorded ?? { UserId: 'AIDASIMULATEDUSER0001', Account: world.accountId, Arn: callerArn(world) }
}

/** Whose permissions a denial speaks of. */
export function callerArn(world: World): string {
  return `arn:${world.partition}:iam::${world.accountId}:user/simulated`
}
