/** The EFS calls: where a file system can be mounted, and by whom. Its types are this file's own: no client of the service is bundled. */
import { call, field, hasMore, type Loose, listAt, single } from './call.ts'

const spec = { service: 'efs', next: nextByMarker } as const

export const describeMountTargets = call<{
  readonly MountTargetId?: string
  readonly FileSystemId?: string
  readonly SubnetId?: string
  readonly VpcId?: string
  readonly IpAddress?: string
  readonly NetworkInterfaceId?: string
  readonly LifeCycleState?: string
  readonly AvailabilityZoneId?: string
}>({
  ...spec,
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

export const describeFileSystems = call<{ readonly FileSystemId?: string; readonly AvailabilityZoneId?: string }>({
  ...spec,
  operation: 'DescribeFileSystems',
  list: 'FileSystems',
  by: { id: single('FileSystemId', field('FileSystemId')) },
})

export const describeFileSystemPolicy = call<{ readonly FileSystemId?: string; readonly Policy?: string }>({
  ...spec,
  operation: 'DescribeFileSystemPolicy',
  list: null,
  keyed: true,
  by: { id: single('FileSystemId', (answer, stem) => [stem, answer['FileSystemId']]) },
})

/** By the access point's id, so that one of another file system is seen as such. */
export const describeAccessPoints = call<{
  readonly AccessPointId?: string
  readonly AccessPointArn?: string
  readonly FileSystemId?: string
  readonly LifeCycleState?: string
}>({
  service: 'efs',
  operation: 'DescribeAccessPoints',
  list: 'AccessPoints',
  goneIsNone: true,
  by: { id: single('AccessPointId', field('AccessPointId')) },
})

function nextByMarker(answer: Loose): Loose | null {
  const marker = answer['NextMarker']
  return hasMore(marker) ? { Marker: marker } : null
}
