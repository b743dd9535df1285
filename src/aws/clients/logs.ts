/** What is used of the CloudWatch Logs client, and nothing else, so that a bundle holds no more. */
export {
  CloudWatchLogsClient as Client,
  CreateLogStreamCommand,
  DescribeDeliveriesCommand,
  DescribeDeliverySourcesCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetDeliveryDestinationCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs'
