/** What is known before the first write. */
import type { Registration } from '../../aws/task-definition/registration.ts'
import type { SubnetPlaces } from '../../deployment/bad-subnets.ts'
import type { Deployment, DeployStarts } from '../../domain/deployment.ts'
import type { Report } from '../../domain/report.ts'
import type { Service } from '../../domain/service.ts'
import type { PlanRequest } from '../rehearse/plan.ts'
import type { Prepared } from '../watch/request.ts'

export interface Ready {
  /** Preflight's, as the report of a deploy; of a deploy without a service a blank one. */
  readonly report: Report
  /** What a watch is handed; null without a service. */
  readonly evidence: Omit<Prepared, 'report'> | null
  readonly service: Service | null
  /** Where its tasks may start, and what has to reach them there; null without a service. */
  readonly places: SubnetPlaces | null
  /** Null without a service. */
  readonly rehearsable: Pick<PlanRequest, 'facts' | 'definition'> | null
  readonly accountId: string | null
  /** What to register; null where a revision is deployed that exists. */
  readonly registration: Registration | null
  /** ARN of a revision that exists and is what is wanted; null where it has to be registered. */
  readonly existing: string | null
  /** The newest revision of the family; 0 where there is none, or nobody could tell. */
  readonly newest: number
  /** Containers whose image is another one than what runs, behind the same reference. */
  readonly moved: readonly string[]
  readonly deployment: Deployment
  readonly starts: DeployStarts
}
