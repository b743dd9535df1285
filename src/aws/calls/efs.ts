/** The EFS calls: read from recordings only, because no client of it is bundled. The type is this file's own for the same reason. */
import { call, listAt, single } from './call.ts'

export interface AwsMountTarget {
  readonly MountTargetId?: string
  readonly FileSystemId?: string
  readonly SubnetId?: string
  readonly LifeCycleState?: string
  readonly AvailabilityZoneId?: string
}

export const describeMountTargets = call<AwsMountTarget>({
  service: 'efs',
  operation: 'DescribeMountTargets',
  list: 'MountTargets',
  keyed: true,
  by: {
    id: single('FileSystemId', (answer, stem) => [
      stem,
      ...listAt(answer, 'MountTargets').map((one) => one['FileSystemId']),
    ]),
  },
})
