/** Real SDK clients pointed at a simulator, and folders for it to serve. */

import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ECRClient } from '@aws-sdk/client-ecr'
import { ECSClient } from '@aws-sdk/client-ecs'
import { IAMClient } from '@aws-sdk/client-iam'
import { Route53Client } from '@aws-sdk/client-route-53'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'

export { simulate } from './simulate.ts'

export function clientsOf({ url }: { readonly url: string }, options: { region?: string; maxAttempts?: number } = {}) {
  const shared = {
    endpoint: url,
    region: options.region ?? 'ap-northeast-2',
    maxAttempts: options.maxAttempts ?? 1,
    credentials: { accessKeyId: 'AKIDSIMULATED', secretAccessKey: 'none' },
  }
  return {
    ec2: new EC2Client(shared),
    ecr: new ECRClient(shared),
    ecs: new ECSClient(shared),
    iam: new IAMClient(shared),
    logs: new CloudWatchLogsClient(shared),
    route53: new Route53Client(shared),
    secretsManager: new SecretsManagerClient(shared),
    ssm: new SSMClient(shared),
    sts: new STSClient(shared),
  }
}

/** The files of a folder with one account and Region and nothing else, plus `files`. */
export function folderWith(files: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { 'meta.json': { schemaVersion: 1, region: 'ap-northeast-2', accountId: '123456789012' }, ...files }
}

/** What the SDK decoded, as JSON: without its metadata, with times as ISO texts. */
export function decoded(output: object): unknown {
  const { $metadata: _, ...members } = output as { readonly $metadata?: unknown }
  return JSON.parse(JSON.stringify(members))
}

/** What a file holds, with its times written as `decoded` writes them. */
export function recorded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, one: unknown) =>
    typeof one === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)$/.test(one)
      ? new Date(one).toISOString()
      : one,
  )
}

/** The error that a call ends with. Fails the test when it succeeds. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string; status: number }> {
  try {
    await call
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { name, message, status: $metadata?.httpStatusCode ?? 0 }
  }
  throw new Error('the call succeeded')
}
