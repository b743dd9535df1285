/** What is used of the Secrets Manager client, and nothing else, so that a bundle holds no more. */
export {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient as Client,
} from '@aws-sdk/client-secrets-manager'
