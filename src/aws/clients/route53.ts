/** What is used of the Route 53 client, and nothing else, so that a bundle holds no more. */
export {
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  Route53Client as Client,
} from '@aws-sdk/client-route-53'
