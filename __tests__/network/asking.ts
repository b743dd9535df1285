/** Asks the path engine one flow of a world, and says in a line each what it answered. */
import type { Hop, Path } from '../../src/domain/path.ts'
import { indexNetwork } from '../../src/network/network-index.ts'
import { type TraceQuestion, trace } from '../../src/network/reachability/trace.ts'
import { A, TASK_GROUP, type World } from '../checks/world.ts'

interface Asked extends Partial<Omit<TraceQuestion, 'to'>> {
  readonly subnetId?: string
  readonly groupIds?: readonly string[]
  readonly publicIp?: boolean
}

export function ask({ network }: World, to: string, asked: Asked = {}): Path {
  const { subnetId = A, groupIds = [TASK_GROUP], publicIp = false, ...rest } = asked
  const path = trace(indexNetwork(network), {
    from: { subnetId, groupIds, publicIp },
    port: 443,
    protocol: 'tcp',
    sourcePort: null,
    ...rest,
    to,
  })
  if (path === null) throw new Error('nobody sends')
  return path
}

/** The outcome, then every hop that is no plain yes: where, by which reason, and with what to repair or to read. */
export function answer({ outcome, hops }: Path): readonly string[] {
  return [outcome, ...hops.filter(({ decision }) => decision !== 'allow').map(lineOf)]
}

function lineOf({ at, decision, reason, fault, missing }: Hop): string {
  const more = fault?.kind ?? (missing === undefined ? '' : (missing.permission ?? 'nothing would tell'))
  return `${at} ${decision}: ${reason.join(' ')} (${more})`
}

/** Where the packets went: `dns name-leads-to …`, of every hop that let all of them through. */
export function way({ hops }: Path): readonly string[] {
  return hops.filter(({ decision }) => decision === 'allow').map(({ at, id }) => `${at} ${id}`)
}
