/** Every kind of change. */
import type { Change, ChangeKind } from '../domain/change.ts'
import type { ChangeDefinition, Definitions } from './change-kind.ts'
import { keys } from './configuration/keys.ts'
import { loadBalancing } from './configuration/load-balancing.ts'
import { logsAndParameters } from './configuration/logs-and-parameters.ts'
import { requests } from './configuration/requests.ts'
import { secrets } from './configuration/secrets.ts'
import { repositories } from './ecr/repositories.ts'
import { deletedServices } from './ecs/create-service.ts'
import { taskDefinitions } from './ecs/register-task-definition.ts'
import { expressServices } from './ecs/update-express-gateway-service.ts'
import { services } from './ecs/update-service.ts'
import { vpcEndpointSettings } from './endpoints/modify-vpc-endpoint.ts'
import { vpcEndpoints } from './endpoints/vpc-endpoints.ts'
import { networkAclEntries } from './filters/network-acl-entry.ts'
import { securityGroups } from './filters/security-groups.ts'
import { roles } from './iam/roles.ts'
import { names } from './names/names.ts'
import { packetAttributes } from './routes/attributes.ts'
import { connections } from './routes/connections.ts'
import { gateways } from './routes/gateways.ts'
import { routes } from './routes/routes.ts'

const DEFINITIONS: Definitions<ChangeKind> = {
  ...gateways,
  ...routes,
  ...connections,
  ...packetAttributes,
  ...names,
  ...vpcEndpoints,
  ...vpcEndpointSettings,
  ...networkAclEntries,
  ...securityGroups,
  ...roles,
  ...repositories,
  ...secrets,
  ...keys,
  ...logsAndParameters,
  ...loadBalancing,
  ...requests,
  ...deletedServices,
  ...taskDefinitions,
  ...services,
  ...expressServices,
}

export const CHANGE_KINDS: readonly ChangeKind[] = Object.keys(DEFINITIONS) as readonly ChangeKind[]

/** The definition of a change's kind; the pair belongs together, which no type can say of a union. */
export function definitionOf<Kind extends ChangeKind>({
  kind,
}: Change & { readonly kind: Kind }): ChangeDefinition<Kind> {
  return DEFINITIONS[kind]
}
