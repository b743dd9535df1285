/** The Organizations calls: which organization the account is in. Types are this file's own: no client of the service is bundled. */
import { call } from './call.ts'

/** An account in no organization is answered with AWSOrganizationsNotInUseException, and has an answer without one. */
export const describeOrganization = call<{ readonly Organization?: { readonly Id?: string } }>({
  service: 'organizations',
  operation: 'DescribeOrganization',
  list: null,
  goneIsNone: true,
})
