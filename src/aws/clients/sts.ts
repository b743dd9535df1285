/** What is used of the STS client, and nothing else, so that a bundle holds no more. */
export { GetCallerIdentityCommand, STSClient as Client } from '@aws-sdk/client-sts'
