/** Whose role a start uses: the execution role, or on EC2 the container instance's. */
import type { Missing } from '../domain/path.ts'
import type { Compute, Service } from '../domain/service.ts'
import { launchesOf } from '../task-start/launch.ts'

export interface RoleUsers {
  /** Some tasks pull and log with the execution role: Fargate, Managed Instances, ECS Anywhere. */
  readonly execution: boolean
  /** Some tasks run on EC2, where the instance's role pulls, or the execution role: AWS does not document which. */
  readonly instances: boolean
  /** Why it is not known what the tasks run on. */
  readonly unknown: Missing | null
}

/** Source: Amazon ECS Developer Guide, Task execution IAM role; Amazon ECR User Guide, Using ECR images with ECS. */
export function roleUsers(service: Service, compute: Compute): RoleUsers {
  const launches = launchesOf(service, compute)
  const lost = service.launchType === 'EXTERNAL' ? undefined : launches.find(({ on }) => on === 'unknown')
  return {
    execution:
      service.launchType === 'EXTERNAL' || launches.some(({ on }) => on === 'fargate' || on === 'managed-instances'),
    instances: launches.some(({ on }) => on === 'ec2'),
    unknown: lost?.on === 'unknown' ? lost.missing : null,
  }
}
