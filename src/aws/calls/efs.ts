/** The EFS calls: where a file system can be mounted. Its types are this file's own: no client of the service is bundled. */
import { call, type Loose, listAt, single } from './call.ts'

const spec = { service: 'efs', next: nextByMarker } as const

export const describeMountTargets = call<{
  readonly MountTargetId?: string
  readonly FileSystemId?: string
  readonly SubnetId?: string
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

function nextByMarker(answer: Loose): Loose | null {
  const marker = answer['NextMarker']
  return typeof marker === 'string' && marker !== '' ? { Marker: marker } : null
}
