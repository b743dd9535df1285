/** The Service Quotas calls: what the account may run at once. Types are this file's own: no client of the service is bundled. */
import { at, call, single } from './call.ts'

/** All that is asked about are quotas of Fargate. */
export const getServiceQuota = call<{ readonly Quota?: { readonly QuotaCode?: string; readonly Value?: number } }>({
  service: 'service-quotas',
  operation: 'GetServiceQuota',
  list: null,
  keyed: true,
  always: { ServiceCode: 'fargate' },
  by: { id: single('QuotaCode', (answer) => [at(answer, 'Quota', 'QuotaCode')]) },
})
