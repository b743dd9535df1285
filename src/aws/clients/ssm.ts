/** What is used of the Systems Manager client, and nothing else, so that a bundle holds no more. */
export { DescribeParametersCommand, SSMClient as Client } from '@aws-sdk/client-ssm'
