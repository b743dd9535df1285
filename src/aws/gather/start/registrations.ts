/** Reads where else than with a load balancer the tasks of a service are registered: VPC Lattice, Cloud Map, Service Connect. */
import { type Answer, known, mapped } from '../../../domain/answer.ts'
import { distinct } from '../../../domain/collections.ts'
import type { ConfigurationFacts, LatticeTargetGroup } from '../../../domain/configuration.ts'
import type { Service } from '../../../domain/service.ts'
import type { Call } from '../../calls/call.ts'
import { getNamespace, getService } from '../../calls/servicediscovery.ts'
import { getTargetGroup } from '../../calls/vpc-lattice.ts'
import { lastPart } from '../../facts/service.ts'
import { at, idOf, type RawAnswer, word } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'

type Registrations = Pick<ConfigurationFacts, 'latticeTargetGroups' | 'discovery'>

export async function readRegistrations(reader: Reader, service: Service | null): Promise<Registrations> {
  if (service === null) return { latticeTargetGroups: [], discovery: [] }
  const { serviceRegistries, serviceConnect, vpcLatticeConfigurations } = service
  const groups = distinct(
    vpcLatticeConfigurations.flatMap((one) =>
      [one.targetGroupArn, one.alternateTargetGroupArn].filter((arn) => arn !== null),
    ),
  )
  const namespace = serviceConnect?.namespace ?? null
  const read = async (call: Call<unknown>, arn: string) => orNone(await reader.read(call, { id: [lastPart(arn)] }))
  const exists = async (call: Call<unknown>, arn: string) => mapped(await read(call, arn), (all) => all.length > 0)
  const [latticeTargetGroups, services, namespaces] = await Promise.all([
    Promise.all(groups.map(async (arn) => ({ arn, group: mapped(await read(getTargetGroup, arn), toGroup) }))),
    Promise.all(
      distinct(serviceRegistries.map(({ registryArn }) => registryArn)).map(async (arn) => ({
        kind: 'service' as const,
        arn,
        exists: await exists(getService, arn),
      })),
    ),
    // A namespace that is named and not identified can only be looked for among all of the account.
    namespace?.startsWith('arn:') === true
      ? exists(getNamespace, namespace).then((found) => [{ kind: 'namespace' as const, arn: namespace, exists: found }])
      : [],
  ])
  return { latticeTargetGroups, discovery: [...services, ...namespaces] }
}

/** What is not found is nothing, and not unread. */
function orNone(answer: RawAnswer): Answer<readonly unknown[]> {
  return !answer.known && answer.because === 'not-found' ? known([]) : answer
}

function toGroup([answer]: readonly unknown[]): LatticeTargetGroup | null {
  if (answer === undefined) return null
  return {
    type: word(at(answer, 'type')),
    status: word(at(answer, 'status')),
    vpcId: idOf(at(answer, 'config', 'vpcIdentifier')),
  }
}
