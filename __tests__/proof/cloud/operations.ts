/** Every API call that a printed line makes, by the name that the CLI gives it. */

import type { Folder } from '../folder.ts'
import type { Call } from '../real-cli/real-cli.ts'
import { type Cloud, cloudOf, type Operations, Refused } from './cloud.ts'
import { endpointOperations, settleEndpoints } from './endpoints.ts'
import { filterOperations } from './filters.ts'
import { gatewayOperations } from './gateways.ts'
import { roleOperations } from './roles.ts'
import { routeOperations } from './routes.ts'
import { serviceOperations } from './services.ts'
import {
  balancerOperations,
  ecrOperations,
  fileSystemOperations,
  keyOperations,
  logOperations,
  parameterOperations,
  quotaOperations,
  resolverOperations,
  secretOperations,
  zoneOperations,
} from './stores.ts'
import { vpcOperations } from './vpcs.ts'

const OPERATIONS: Readonly<Record<string, Operations>> = {
  ec2: { ...routeOperations, ...gatewayOperations, ...endpointOperations, ...filterOperations, ...vpcOperations },
  ecs: serviceOperations,
  iam: roleOperations,
  ecr: ecrOperations,
  secretsmanager: secretOperations,
  kms: keyOperations,
  ssm: parameterOperations,
  logs: logOperations,
  route53: zoneOperations,
  route53resolver: resolverOperations,
  efs: fileSystemOperations,
  elbv2: balancerOperations,
  'service-quotas': quotaOperations,
}

/** Calls that change nothing, and tell nothing that time had to pass for. */
const READS = /^(Describe|Get|List|Head)/

/** The folder after the calls, and what AWS refused of them; a refused call changes nothing, and the next ones still come. */
export function applied(folder: Folder, calls: readonly Call[]): { folder: Folder; refused: readonly string[] } {
  const refused: string[] = []
  const cloud = cloudOf(folder.copy())
  for (const call of calls) {
    const refusal = refusalOf(cloud, call)
    if (refusal !== null) refused.push(`${call.service} ${call.operation}: ${refusal.message}`)
  }
  settleEndpoints(cloud)
  return { folder: cloud.folder, refused }
}

export function refusalOf(cloud: Cloud, call: Call): Refused | null {
  const before = cloud.folder.copy()
  try {
    if (call.region !== cloud.region && call.region !== 'aws-global')
      throw new Refused('WrongRegion', `the line goes to ${call.region}`)
    const apply = OPERATIONS[call.service]?.[call.operation]
    if (apply !== undefined) apply(cloud, call.params, call.answer, call)
    else if (!READS.test(call.operation))
      throw new Error(`no one taught the proof what ${call.service} ${call.operation} does`)
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    cloud.folder.restore(before)
    return error
  }
}
