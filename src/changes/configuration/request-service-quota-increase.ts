/** Asks AWS for a higher quota, which it may take a day to grant. Service Quotas API Reference, RequestServiceQuotaIncrease. */
import type { ChangeDefinition } from '../change-kind.ts'
import { text } from '../terraform.ts'

export const requestServiceQuotaIncrease: ChangeDefinition<'request-service-quota-increase'> = {
  kind: 'request-service-quota-increase',

  console: ({ serviceCode, quotaCode, desiredValue }) => [
    {
      en: `Service Quotas → ${serviceCode} → ${quotaCode} → Request increase at account level: ${desiredValue} or more`,
      ko: `Service Quotas → ${serviceCode} → ${quotaCode} → 계정 수준에서 증가 요청에 다음 값 이상을 넣습니다: ${desiredValue}`,
    },
  ],

  cli: ({ serviceCode, quotaCode, desiredValue }) => [
    {
      aws: ['service-quotas', 'request-service-quota-increase'],
      flags: [
        ['--service-code', serviceCode],
        ['--quota-code', quotaCode],
        ['--desired-value', String(desiredValue)],
      ],
    },
  ],

  terraform: ({ serviceCode, quotaCode, desiredValue }) => [
    {
      type: 'aws_servicequotas_service_quota',
      name: `${serviceCode}_${quotaCode}`,
      fields: [
        ['service_code', text(serviceCode)],
        ['quota_code', text(quotaCode)],
        ['value', String(desiredValue)],
      ],
    },
  ],

  apply: () => null,
}
