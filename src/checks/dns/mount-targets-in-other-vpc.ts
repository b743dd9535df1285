/** Are the mount targets of the task's file systems in the VPC of the tasks, where their name resolves? */
import { listed } from '../../domain/answer.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly fileSystemId: string
  readonly vpcId: string
  readonly mountVpcIds: readonly string[]
  readonly hosts: readonly string[]
  readonly addresses: readonly string[]
}

export default defineCheck<Details, 'paths' | 'configuration'>({
  id: 'mount-targets-in-other-vpc',
  step: 'dns',
  severity: 'blocker',
  needs: ['paths', 'configuration'],
  speaksFor: ['mount-targets-elsewhere'],
  permissions: ['elasticfilesystem:DescribeMountTargets', 'route53:ListHostedZonesByVPC'],

  title: { en: 'The mount targets are in another VPC', ko: '탑재 대상이 다른 VPC에 있습니다' },
  why: {
    en: 'The name of a file system resolves in the VPC of its mount targets only. A peering or a transit gateway carries the packets, and no name: the task cannot mount the volume and stops with ResourceInitializationError (Failed to resolve).',
    ko: '파일 시스템의 이름은 탑재 대상이 있는 VPC에서만 조회됩니다. 피어링이나 Transit Gateway는 패킷만 전달하고 이름은 전달하지 않으므로 태스크는 볼륨을 탑재하지 못하고 ResourceInitializationError(Failed to resolve)로 중지됩니다.',
  },

  evaluate: ({ paths, configuration: { fileSystems } }) =>
    causesOf(paths, ['mount-targets-elsewhere'], ({ fileSystemId }) => fileSystemId).map((cause) => {
      const { fileSystemId, vpcId, mountVpcIds } = cause.faults[0]
      const targets = fileSystems.filter(({ id }) => id === fileSystemId).flatMap((one) => listed(one.mountTargets))
      return findingOf(cause, fileSystemId, {
        fileSystemId,
        vpcId,
        mountVpcIds,
        hosts: distinct(cause.faults.map(({ host }) => host)),
        addresses: targets.flatMap((one) => one.addresses),
      })
    }),

  explain: ({ fileSystemId, vpcId, mountVpcIds, hosts }) => ({
    en: `The mount targets of ${fileSystemId} are in ${mountVpcIds.join(', ')}; in ${vpcId}, the VPC of the tasks, ${hosts.join(', ')} does not resolve.`,
    ko: `파일 시스템의 탑재 대상이 다른 VPC에 있어 태스크의 VPC에서 이름이 조회되지 않습니다: ${fileSystemId} (탑재 대상: ${mountVpcIds.join(', ')}, 태스크: ${vpcId}, 이름: ${hosts.join(', ')})`,
  }),

  remedy: ({ vpcId, hosts, addresses }) => ({
    changes: [],
    after: [
      {
        en: `Make a private hosted zone of this name for ${vpcId}, with an A record at its top for the mount targets: ${hosts.join(', ')} → ${addresses.join(', ') || 'their addresses'}. Routes, both security groups (TCP 2049) and network ACLs have to let the packets through as well. Or name a file system whose mount targets are in ${vpcId}.`,
        ko: `VPC(${vpcId})에 이 이름의 프라이빗 호스팅 영역을 만들고 최상위에 탑재 대상 주소의 A 레코드를 추가합니다: ${hosts.join(', ')} → ${addresses.join(', ') || '탑재 대상의 주소'}. 경로, 양쪽 보안 그룹(TCP 2049), 네트워크 ACL도 패킷을 허용해야 합니다. 또는 탑재 대상이 이 VPC에 있는 파일 시스템을 지정합니다.`,
      },
    ],
  }),
})
