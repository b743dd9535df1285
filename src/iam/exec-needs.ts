/** What ECS Exec asks of the task role: a session, the key that encrypts it, and where it is logged. No start needs it. */
import type { Place } from '../domain/named-resources.ts'
import { partitionOf } from '../domain/partition.ts'
import type { Statement } from '../domain/path.ts'
import type { Compute, Service } from '../domain/service.ts'
import { callsOfPull } from './policy/pull-calls.ts'
import { keyArn, type RoleNeed } from './role-needs.ts'

/** Amazon ECS Developer Guide, Monitor Amazon ECS containers with ECS Exec. Empty where it is off. */
export function execNeeds(
  service: Service | null,
  { executeCommand }: Pick<Compute, 'executeCommand'>,
  { region, accountId }: Place,
): readonly RoleNeed[] {
  if (!service?.enableExecuteCommand) return []
  const { id: partition } = partitionOf(region)
  const settings = executeCommand?.known ? executeCommand.value : null
  const { kmsKeyId = null, logGroupName = null, s3BucketName = null } = settings ?? {}
  const streams = `arn:${partition}:logs:${region}:${accountId ?? '*'}:log-group:${logGroupName}:log-stream:*`
  return [
    ...callsOfPull('ssmmessages', { partition, region, account: accountId, roleArn: null }),
    ...(kmsKeyId === null ? [] : [{ action: 'kms:Decrypt', resource: keyArn(kmsKeyId, region, accountId) }]),
    ...(logGroupName === null
      ? []
      : ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({ action, resource: streams }))),
    ...(s3BucketName === null ? [] : [{ action: 's3:PutObject', resource: `arn:${partition}:s3:::${s3BucketName}/*` }]),
  ].map(({ action, resource }) => ({ feature: 'exec', action, resource, region, owner: null, neededBy: [EXEC] }))
}

export const EXEC: Statement = {
  reason: ['ecs-exec'],
  why: { en: 'ECS Exec, enabled for the service', ko: '서비스에 활성화된 ECS Exec' },
}
