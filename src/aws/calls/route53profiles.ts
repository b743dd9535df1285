/** The Route 53 Profiles calls: zones, rules and endpoints that other accounts share with a VPC. Types are this file's own. */
import { call, listAt, single } from './call.ts'

const spec = { service: 'route53profiles' } as const

/** Of every VPC of the Region: asked before the VPC is known, it costs no round. */
export const listProfileAssociations = call<{
  readonly ProfileId?: string
  readonly ResourceId?: string
  readonly Status?: string
}>({ ...spec, operation: 'ListProfileAssociations', list: 'ProfileAssociations' })

export const listProfileResourceAssociations = call<{
  readonly ProfileId?: string
  readonly ResourceArn?: string
  readonly ResourceType?: string
  /** JSON: `{"priority":102}` of a DNS Firewall rule group. */
  readonly ResourceProperties?: string
  readonly Status?: string
  readonly OwnerId?: string
}>({
  ...spec,
  operation: 'ListProfileResourceAssociations',
  list: 'ProfileResourceAssociations',
  keyed: true,
  by: {
    id: single('ProfileId', (answer, stem) => [
      stem,
      ...listAt(answer, 'ProfileResourceAssociations').map((one) => one['ProfileId']),
    ]),
  },
})
