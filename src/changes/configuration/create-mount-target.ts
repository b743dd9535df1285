/** A way into a file system in one zone, with security groups that let NFS in. EFS API Reference, CreateMountTarget. */
import { known } from '../../domain/answer.ts'
import type { MountTarget } from '../../domain/configuration.ts'
import type { ChangeDefinition } from '../change-kind.ts'
import { variable } from '../command-line.ts'
import { itemsOf } from '../network-facts.ts'
import { text } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const createMountTarget: ChangeDefinition<'create-mount-target'> = {
  kind: 'create-mount-target',

  console: ({ fileSystemId, subnetId, like }) => [
    {
      en: `EFS → File systems → ${fileSystemId} → Network → Manage → Add mount target: ${subnetId}, ${like === null ? 'a security group that lets TCP 2049 in from the tasks' : `the security groups of ${like}`} → Save`,
      ko: `EFS → 파일 시스템 → ${fileSystemId} → 네트워크 → 관리 → 탑재 대상 추가에서 다음과 같이 지정하고 저장을 누릅니다. 서브넷: ${subnetId}, 보안 그룹: ${like === null ? '태스크의 TCP 2049 연결을 허용하는 그룹' : `${like}의 보안 그룹`}`,
    },
  ],

  cli: ({ fileSystemId, subnetId, like }) => [
    like === null
      ? { comment: 'SECURITY_GROUPS: a group that lets TCP 2049 in from the tasks, set by you' }
      : {
          aws: ['efs', 'describe-mount-target-security-groups'],
          flags: [['--mount-target-id', like]],
          // The list as one word of JSON, which bash and zsh take alike.
          into: { name: 'SECURITY_GROUPS', query: 'to_string(SecurityGroups)' },
        },
    {
      aws: ['efs', 'create-mount-target'],
      flags: [
        ['--file-system-id', fileSystemId],
        ['--subnet-id', subnetId],
        ['--security-groups', variable('SECURITY_GROUPS')],
      ],
    },
  ],

  terraform: ({ fileSystemId, subnetId, like }) => [
    {
      type: 'aws_efs_mount_target',
      name: subnetId,
      fields: [
        ['file_system_id', text(fileSystemId)],
        ['subnet_id', text(subnetId)],
        // A default group that nobody chose lets no task in.
        like === null
          ? ['# security_groups', 'a group that lets TCP 2049 in from the tasks']
          : ['# security_groups', `those of ${like}`],
      ],
    },
  ],

  apply(facts, { fileSystemId, subnetId }) {
    const zoneId = itemsOf(facts, 'subnets')?.find(({ id }) => id === subnetId)?.zoneId
    const system = facts.configuration.known
      ? facts.configuration.value.fileSystems.find(({ id }) => id === fileSystemId)
      : undefined
    if (zoneId === undefined || system === undefined || !system.mountTargets.known) return null
    const targets = system.mountTargets.value
    if (targets.some((one) => one.availabilityZoneId === zoneId && one.state !== 'deleted'))
      return { refused: 'MountTargetConflict' }
    const added: MountTarget = { id: `new-${subnetId}`, subnetId, availabilityZoneId: zoneId, state: 'available' }
    return editRecord(facts, 'fileSystems', (one) => one === system, { mountTargets: known([...targets, added]) })
  },
}
