/** The S3 Files calls: where a file system can be mounted. Its types are this file's own: no client of the service is bundled. */
import { call, listAt, single } from './call.ts'

export const listMountTargets = call<{
  readonly mountTargetId?: string
  readonly fileSystemId?: string
  readonly subnetId?: string
  readonly vpcId?: string
  readonly ipv4Address?: string
  readonly networkInterfaceId?: string
  readonly status?: string
  readonly availabilityZoneId?: string
}>({
  service: 's3files',
  operation: 'ListMountTargets',
  list: 'mountTargets',
  keyed: true,
  by: {
    id: single('fileSystemId', (answer, stem) => [
      stem,
      ...listAt(answer, 'mountTargets').map((one) => one['fileSystemId']),
    ]),
  },
})
