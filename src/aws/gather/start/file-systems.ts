/** Reads the file systems that volumes are mounted from, and the interfaces through which. */
import { known, listed, mapped } from '../../../domain/answer.ts'
import { distinct, distinctBy } from '../../../domain/collections.ts'
import type { AccessPointRecord, ConfigurationFacts, FileSystemRecord } from '../../../domain/configuration.ts'
import type { TaskDefinition } from '../../../domain/service.ts'
import { fileSystemsOf, type MountedFileSystem } from '../../../task-start/file-systems.ts'
import * as ec2 from '../../calls/ec2.ts'
import * as efs from '../../calls/efs.ts'
import * as fsx from '../../calls/fsx.ts'
import { listMountTargets } from '../../calls/s3files.ts'
import { toAccessPoint, toFileServers, toMountTarget } from '../../facts/file-systems.ts'
import { at, idOf, translate } from '../../facts/shape.ts'
import type { Reader } from '../../reader/reader.ts'
import type { Reading } from '../reading.ts'

export type Volumes = Pick<ConfigurationFacts, 'fileSystems' | 'accessPoints'>

/** Two rounds of calls, of which the second stays in `reading`. */
export async function readVolumes(reading: Reading, taskDefinition: TaskDefinition): Promise<Volumes> {
  const named = fileSystemsOf(taskDefinition)
  const [fileSystems, accessPoints] = await Promise.all([
    Promise.all(distinctBy(named, ({ kind, id }) => `${kind} ${id}`).map((one) => readFileSystem(reading.reader, one))),
    Promise.all(
      distinct(named.flatMap(({ accessPointId }) => accessPointId ?? [])).map((id) => readPoint(reading.reader, id)),
    ),
  ])
  const targets = fileSystems.flatMap(({ mountTargets }) => listed(mountTargets))
  const interfaceIds = targets.flatMap(({ interfaceId }) => interfaceId ?? [])
  if (interfaceIds.length > 0) await reading.ask(ec2.describeNetworkInterfaces, 'id', interfaceIds)
  return { fileSystems, accessPoints }
}

async function readPoint(reader: Reader, id: string): Promise<AccessPointRecord> {
  const { permission } = efs.describeAccessPoints
  const answer = translate(await reader.read(efs.describeAccessPoints, { id: [id] }), permission, toAccessPoint)
  return { id, accessPoint: mapped(answer, (all) => all[0] ?? null) }
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
  const [targets, described, policy] = await Promise.all([
    reader.read(efs.describeMountTargets, { id: [id] }),
    reader.read(efs.describeFileSystems, { id: [id] }),
    reader.read(efs.describeFileSystemPolicy, { id: [id] }),
  ])
  return {
    id,
    kind: 'efs',
    mountTargets: translate(targets, efs.describeMountTargets.permission, toMountTarget),
    oneZone: described.known ? idOf(at(described.value[0], 'AvailabilityZoneId')) !== null : null,
    // EFS says of one without a policy that the policy is not found.
    policy:
      !policy.known && policy.because === 'not-found'
        ? known(null)
        : mapped(policy, ([one]) => idOf(at(one, 'Policy'))),
  }
}
