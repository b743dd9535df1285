/** Who asks. */
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { call } from './call.ts'

export const getCallerIdentity = call<GetCallerIdentityResponse>({
  service: 'sts',
  operation: 'GetCallerIdentity',
  list: null,
})
