/** The CloudWatch Logs calls: which log groups exist. */
import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import { call, elsewhere, single } from './call.ts'

/** Live, every group whose name begins so; a recording tells the one of that very name. */
export const describeLogGroups = call<LogGroup>({
  service: 'logs',
  operation: 'DescribeLogGroups',
  list: 'logGroups',
  by: { name: single('logGroupNamePrefix', (group) => [group['logGroupName']]), region: elsewhere },
})
