/** What is asked of S3, EFS and Service Quotas. */
import { known } from '../../domain/answer.ts'
import type { MountTarget } from '../../domain/configuration.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf, variable } from '../command-line.ts'
import { addItems, freeAddress, itemsOf } from '../network-facts.ts'
import { fieldsOf } from '../terraform.ts'
import { editRecord } from './configuration-facts.ts'

export const requests: Definitions<'copy-object' | 'create-mount-target' | 'request-service-quota-increase'> = {
  /** An object under another name. S3 API Reference, CopyObject. */
  'copy-object': {
    console: ({ copySource, bucket, key }) => ({
      en: `S3 → ${copySource} → Actions → Copy: to ${bucket}/${key}`,
      ko: `S3 → ${copySource} → 작업 → 복사에서 다음 이름으로 복사합니다: ${bucket}/${key}`,
    }),

    cli: 's3api',
    terraform: ({ copySource, bucket, key }) => ({
      type: 'aws_s3_object_copy',
      name: key,
      fields: fieldsOf({ bucket, key, source: copySource }),
    }),

    // No fact says which objects there are.
    apply: () => null,
  },

  /** A way into a file system in one zone, with security groups that let NFS in. EFS API Reference, CreateMountTarget. */
  'create-mount-target': {
    console: ({ fileSystemId, subnetId, like }) => ({
      en: `EFS → File systems → ${fileSystemId} → Network → Manage → Add mount target: ${subnetId}, ${like === null ? 'a security group that lets TCP 2049 in from the tasks' : `the security groups of ${like}`} → Save`,
      ko: `EFS → 파일 시스템 → ${fileSystemId} → 네트워크 → 관리 → 탑재 대상 추가에서 다음과 같이 지정하고 저장을 누릅니다. 서브넷: ${subnetId}, 보안 그룹: ${like === null ? '태스크의 TCP 2049 연결을 허용하는 그룹' : `${like}의 보안 그룹`}`,
    }),

    cli: ({ like, ...call }) => [
      like === null
        ? { comment: 'SECURITY_GROUPS: a group that lets TCP 2049 in from the tasks, set by you' }
        : {
            aws: ['efs', 'describe-mount-target-security-groups'],
            flags: [['--mount-target-id', like]],
            // The list as one word of JSON, which bash and zsh take alike.
            into: { name: 'SECURITY_GROUPS', query: 'to_string(SecurityGroups)' },
          },
      callOf('efs', { ...call, securityGroups: variable('SECURITY_GROUPS') }),
    ],

    terraform: ({ fileSystemId, subnetId, like }) => ({
      type: 'aws_efs_mount_target',
      name: subnetId,
      fields: [
        ...fieldsOf({ fileSystemId, subnetId }),
        // A default group that nobody chose lets no task in.
        ['# security_groups', like === null ? 'a group that lets TCP 2049 in from the tasks' : `those of ${like}`],
      ],
    }),

    // Which groups a reader chooses where there are none to look at, nobody can foresee.
    apply(facts, { fileSystemId, subnetId, like }) {
      const subnet = itemsOf(facts, 'subnets')?.find(({ id }) => id === subnetId)
      const system = facts.configuration.known
        ? facts.configuration.value.fileSystems.find(({ id }) => id === fileSystemId)
        : undefined
      if (subnet === undefined || system === undefined || !system.mountTargets.known) return null
      const targets = system.mountTargets.value
      if (targets.some((one) => one.availabilityZoneId === subnet.zoneId && one.state !== 'deleted'))
        return { refused: 'MountTargetConflict' }
      const interfaces = itemsOf(facts, 'interfaces')
      const model = targets.find(({ id }) => id === like)?.interfaceId
      const groupIds = interfaces?.find(({ id }) => id === model)?.groupIds
      const address = interfaces === null ? null : freeAddress(subnet, interfaces)
      if (groupIds === undefined || address === null) return null
      const interfaceId = `eni-${fileSystemId}-${subnetId}`
      const target: MountTarget = {
        id: `new-${subnetId}`,
        subnetId,
        vpcId: subnet.vpcId,
        availabilityZoneId: subnet.zoneId,
        addresses: [address],
        interfaceId,
        state: 'available',
      }
      const placed = addItems(facts, 'interfaces', {
        id: interfaceId,
        subnetId,
        vpcId: subnet.vpcId,
        groupIds,
        privateIps: [address],
        ipv6Addresses: [],
        publicIp: null,
        type: 'interface',
        description: `EFS mount target for ${fileSystemId}`,
        instanceId: null,
        sourceDestCheck: true,
      })
      return placed === null
        ? null
        : editRecord(placed, 'fileSystems', (one) => one === system, { mountTargets: known([...targets, target]) })
    },
  },

  /** Asks AWS for a higher quota, which it may take a day to grant. Service Quotas API Reference, RequestServiceQuotaIncrease. */
  'request-service-quota-increase': {
    console: ({ serviceCode, quotaCode, desiredValue }) => ({
      en: `Service Quotas → ${serviceCode} → ${quotaCode} → Request increase at account level: ${desiredValue} or more`,
      ko: `Service Quotas → ${serviceCode} → ${quotaCode} → 계정 수준에서 증가 요청에 다음 값 이상을 넣습니다: ${desiredValue}`,
    }),

    cli: 'service-quotas',
    terraform: ({ serviceCode, quotaCode, desiredValue }) => ({
      type: 'aws_servicequotas_service_quota',
      name: `${serviceCode}_${quotaCode}`,
      fields: fieldsOf({ serviceCode, quotaCode, value: desiredValue }),
    }),

    apply: () => null,
  },
}
