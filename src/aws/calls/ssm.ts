/** The Parameter Store calls: which parameters exist, never their values. */
import type { ParameterMetadata } from '@aws-sdk/client-ssm'
import { call, elsewhere } from './call.ts'

export const describeParameters = call<ParameterMetadata>({
  service: 'ssm',
  operation: 'DescribeParameters',
  list: 'Parameters',
  by: {
    name: {
      input: (names) => ({ ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: names }] }),
      of: (parameter) => [parameter['Name']],
      chunk: 50,
    },
    region: elsewhere,
  },
})
