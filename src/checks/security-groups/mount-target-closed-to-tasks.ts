/** Do the mount targets of the volumes' file systems let the task in? */
import { defineCheck } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf, subnetIdsOf } from '../engine/path-finding.ts'
import { type Opening, opened, openingsFor } from './openings.ts'

interface Details {
  readonly fileSystemIds: readonly string[]
  readonly interfaceIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly senders: readonly string[]
  readonly port: number
  readonly changes: readonly Opening[]
}

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'mount-target-closed-to-tasks',
  step: 'security-groups',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['mount-target-closed'],
  permissions: [
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeNetworkInterfaces',
    'elasticfilesystem:DescribeMountTargets',
  ],

  title: { en: 'A mount target refuses the task', ko: '탑재 대상이 태스크의 연결을 거부합니다' },
  why: {
    en: 'Volumes are mounted before a container starts, through the mount target of the zone (NFS, TCP 2049; a Windows file server: SMB, TCP 445). Its security group drops the packets without an answer: the mount times out and the task stops with ResourceInitializationError.',
    ko: '볼륨은 컨테이너가 시작되기 전에 가용 영역의 탑재 대상을 통해 탑재됩니다(NFS, TCP 2049. Windows 파일 서버는 SMB, TCP 445). 탑재 대상의 보안 그룹이 패킷을 응답 없이 버리면 탑재가 시간 초과되고 태스크는 ResourceInitializationError로 중지됩니다.',
  },

  evaluate: ({ network, paths }) =>
    // Groups of an interface add up: what one of them lets in is enough, for every interface that has it.
    causesOf(paths, ['mount-target-closed'], ({ groupIds, port }) => `${opened(groupIds)} ${port}`).map((cause) => {
      const { faults } = cause
      const groupId = opened(faults[0].groupIds)
      const fileSystemIds = distinct(faults.map(({ fileSystemId }) => fileSystemId))
      return findingOf(cause, fileSystemIds.length === 1 ? (fileSystemIds[0] ?? '') : groupId, {
        fileSystemIds,
        interfaceIds: distinct(faults.map(({ interfaceId }) => interfaceId)),
        groupIds: distinct(faults.flatMap((fault) => fault.groupIds)).toSorted(),
        senders: distinct(faults.flatMap(({ from, fromGroupIds }) => [...fromGroupIds, from])),
        port: faults[0].port,
        changes: openingsFor(network, groupId, faults, subnetIdsOf(cause)),
      })
    }),

  explain: ({ fileSystemIds, interfaceIds, groupIds, senders, port }) => ({
    en: `${groupIds.join(', ')}, the security group of the mount targets of ${fileSystemIds.join(', ')} (${interfaceIds.join(', ')}), has no inbound rule that lets ${protocol(port)} in from ${senders.join(', ')}.`,
    ko: `탑재 대상의 보안 그룹에 태스크의 ${protocol(port)} 연결을 허용하는 인바운드 규칙이 없습니다: ${groupIds.join(', ')} (${fileSystemIds.join(', ')}, ${interfaceIds.join(', ')}). 허용해야 할 소스: ${senders.join(', ')}`,
  }),

  remedy: ({ changes }) => ({ changes }),
})

function protocol(port: number): string {
  return port === 445 ? 'SMB (TCP 445)' : `NFS (TCP ${port})`
}
