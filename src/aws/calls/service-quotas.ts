/** The Service Quotas calls: read from recordings only, because no client of it is bundled. */
import { at, call, single } from './call.ts'

export interface AwsQuotaAnswer {
  readonly Quota?: { readonly QuotaCode?: string; readonly Value?: number }
}

export const getServiceQuota = call<AwsQuotaAnswer>({
  service: 'service-quotas',
  operation: 'GetServiceQuota',
  list: null,
  keyed: true,
  by: { id: single('QuotaCode', (answer) => [at(answer, 'Quota', 'QuotaCode')]) },
})
