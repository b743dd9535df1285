/** What mounting EFS volumes asks of the task role, where the policy of a file system leaves it to those of the role. */
import type { Place } from '../domain/named-resources.ts'
import { partitionOf } from '../domain/partition.ts'
import type { EfsVolume, TaskDefinition, Volume } from '../domain/service.ts'
import { CLIENT_MOUNT } from './file-system-policy.ts'
import type { RoleNeed } from './role-needs.ts'

export function mountNeeds({ volumes }: TaskDefinition, place: Place): readonly RoleNeed[] {
  return volumes.flatMap((volume) => (volume.efs?.iam === true ? mountNeed(volume, volume.efs, place) : []))
}

export function mountNeed({ name }: Volume, { fileSystemId }: EfsVolume, place: Place): RoleNeed {
  return {
    feature: 'mount',
    action: CLIENT_MOUNT,
    resource: fileSystemArn(fileSystemId, place),
    region: place.region,
    owner: place.accountId,
    neededBy: [
      {
        reason: ['volume', name, fileSystemId],
        why: { en: `volume ${name}: file system ${fileSystemId}`, ko: `볼륨 ${name}: 파일 시스템 ${fileSystemId}` },
      },
    ],
  }
}

export function fileSystemArn(fileSystemId: string, { region, accountId }: Place): string {
  return `arn:${partitionOf(region).id}:elasticfilesystem:${region}:${accountId ?? '*'}:file-system/${fileSystemId}`
}
