/** What is used of the ECR client, and nothing else, so that a bundle holds no more. */
export {
  DescribePullThroughCacheRulesCommand,
  ECRClient as Client,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
