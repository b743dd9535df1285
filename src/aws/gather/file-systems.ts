/** Reads the file systems that volumes are mounted from, and the interfaces through which. */
import { listed, mapped } from '../../domain/answer.ts'
import { distinctBy } from '../../domain/collections.ts'
import type { FileSystemRecord } from '../../domain/configuration.ts'
import type { TaskDefinition } from '../../domain/service.ts'
import { fileSystemsOf, type MountedFileSystem } from '../../task-start/file-systems.ts'
import * as ec2 from '../calls/ec2.ts'
import * as efs from '../calls/efs.ts'
import * as fsx from '../calls/fsx.ts'
import { listMountTargets } from '../calls/s3files.ts'
import { toFileServers, toMountTarget } from '../facts/file-systems.ts'
import { at, idOf, translate } from '../facts/shape.ts'
import type { Reader } from '../reader/reader.ts'
import type { Reading } from './reading.ts'

/** Two rounds of calls, of which the second stays in `reading`. */
export async function readFileSystems(
  reading: Reading,
  taskDefinition: TaskDefinition,
): Promise<readonly FileSystemRecord[]> {
  const named = distinctBy(fileSystemsOf(taskDefinition), ({ kind, id }) => `${kind} ${id}`)
  const systems = await Promise.all(named.map((one) => readFileSystem(reading.reader, one)))
  const targets = systems.flatMap(({ mountTargets }) => listed(mountTargets))
  const interfaceIds = targets.flatMap(({ interfaceId }) => interfaceId ?? [])
  if (interfaceIds.length > 0) await reading.ask(ec2.describeNetworkInterfaces, 'id', interfaceIds)
  return systems
}

async function readFileSystem(reader: Reader, { id, kind }: MountedFileSystem): Promise<FileSystemRecord> {
  switch (kind) {
    case 'efs':
      return readEfs(reader, id)
    case 's3files': {
      const answer = await reader.read(listMountTargets, { id: [id] })
      return { id, kind, mountTargets: translate(answer, listMountTargets.permission, toMountTarget) }
    }
    default:
      return { id, kind, mountTargets: toFileServers(await reader.read(fsx.describeFileSystems, { id: [id] })) }
  }
}

async function readEfs(reader: Reader, id: string): Promise<FileSystemRecord> {
  const [targets, described] = await Promise.all([
    reader.read(efs.describeMountTargets, { id: [id] }),
    reader.read(efs.describeFileSystems, { id: [id] }),
  ])
  const oneZone = mapped(described, ([system]) => idOf(at(system, 'AvailabilityZoneId')) !== null)
  return {
    id,
    kind: 'efs',
    mountTargets: translate(targets, efs.describeMountTargets.permission, toMountTarget),
    oneZone: oneZone.known ? oneZone.value : null,
  }
}
