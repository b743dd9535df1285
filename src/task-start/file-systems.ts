/** Which file systems the volumes of a task definition name. */

import type { FileSystemKind } from '../domain/configuration.ts'
import type { TaskDefinition } from '../domain/service.ts'

export interface MountedFileSystem {
  readonly id: string
  readonly kind: FileSystemKind
  readonly volume: string
  /** EFS: the access point that it is mounted through; null for the whole of it. */
  readonly accessPointId: string | null
}

/** In the order of the volumes: several may name the same. */
export function fileSystemsOf({ volumes }: TaskDefinition): readonly MountedFileSystem[] {
  return volumes.flatMap(({ name: volume, efs, s3FilesFileSystemArn, fsx }): readonly MountedFileSystem[] => {
    if (efs !== null) return [{ id: efs.fileSystemId, kind: 'efs', volume, accessPointId: efs.accessPointId }]
    if (fsx !== null) return [{ id: fsx.fileSystemId, kind: 'fsx', volume, accessPointId: null }]
    // `arn:aws:s3files:REGION:ACCOUNT:file-system/fs-…`
    const id = s3FilesFileSystemArn?.split('/').at(-1) ?? ''
    return id === '' ? [] : [{ id, kind: 's3files', volume, accessPointId: null }]
  })
}
