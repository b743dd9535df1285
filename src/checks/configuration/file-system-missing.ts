/** Are the file systems there that the volumes name? */
import { defineCheck } from '../../domain/check.ts'
import { causesOf } from '../../network/causes.ts'
import { fileSystemsOf } from '../../task-start/file-systems.ts'
import { findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly fileSystemId: string
  readonly volumes: readonly string[]
}

export default defineCheck<Details, 'taskDefinition' | 'paths'>({
  id: 'file-system-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['taskDefinition', 'paths'],
  speaksFor: ['file-system-missing'],
  permissions: ['ecs:DescribeTaskDefinition', 'elasticfilesystem:DescribeMountTargets'],

  title: { en: 'A file system does not exist', ko: '파일 시스템이 존재하지 않습니다' },
  why: {
    en: 'Volumes are mounted before a container starts. What is not there, or belongs to another account or Region, has no name in the VPC: the mount fails and the task stops.',
    ko: '볼륨은 컨테이너가 시작되기 전에 탑재됩니다. 없거나 다른 계정 또는 리전에 있는 파일 시스템은 VPC에서 이름이 조회되지 않아 탑재에 실패하고 태스크가 중지됩니다.',
  },

  evaluate: ({ taskDefinition, paths }) =>
    causesOf(paths, ['file-system-missing'], ({ fileSystemId }) => fileSystemId).map((cause) => {
      const { fileSystemId } = cause.faults[0]
      const volumes = fileSystemsOf(taskDefinition).flatMap(({ id, volume }) => (id === fileSystemId ? [volume] : []))
      return findingOf(cause, fileSystemId, { fileSystemId, volumes })
    }),

  explain: ({ fileSystemId, volumes }) => ({
    en: `Volume ${volumes.join(', ')} names file system ${fileSystemId}, which does not exist in this account and Region.`,
    ko: `볼륨에 지정된 파일 시스템이 이 계정과 리전에 없습니다: ${fileSystemId} (볼륨: ${volumes.join(', ')})`,
  }),

  remedy: ({ fileSystemId, volumes }) => ({
    changes: [],
    after: [
      {
        en: `Register a revision of the task definition whose volume ${volumes.join(', ')} names a file system that exists. ${fileSystemId} of another account needs a private hosted zone with its name and the addresses of its mount targets.`,
        ko: `볼륨(${volumes.join(', ')})에 존재하는 파일 시스템을 지정한 태스크 정의 개정을 등록합니다. 다른 계정의 파일 시스템이면 그 이름과 탑재 대상의 주소를 가진 프라이빗 호스팅 영역이 필요합니다: ${fileSystemId}`,
      },
    ],
  }),
})
