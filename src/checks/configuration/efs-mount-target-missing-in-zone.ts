/** Can the task's file systems be mounted in every zone that a task may start in? */
import { listed } from '../../domain/answer.ts'
import { defineCheck } from '../../domain/check.ts'
import { distinct, grouped } from '../../domain/collections.ts'
import type { MountTarget } from '../../domain/configuration.ts'
import type { Text } from '../../domain/text.ts'
import { causesOf } from '../../network/causes.ts'
import { fileSystemsOf } from '../../task-start/file-systems.ts'
import { findingOf } from '../engine/path-finding.ts'

interface Details {
  readonly fileSystemId: string
  /** Each zone without a mount target, with a subnet of the tasks in it. */
  readonly zones: readonly { readonly zone: string; readonly subnetId: string }[]
  readonly volumes: readonly string[]
  /** A mount target whose security groups the tasks' zones can share. */
  readonly like: string | null
  /** What EFS can be asked to make: a file system of one zone has its one mount target, and S3 Files has commands of its own. */
  readonly canBeMade: boolean
}

export default defineCheck<Details, 'taskDefinition' | 'paths' | 'configuration'>({
  id: 'efs-mount-target-missing-in-zone',
  step: 'configuration',
  severity: 'blocker',
  needs: ['taskDefinition', 'paths', 'configuration'],
  speaksFor: ['mount-target-missing'],
  permissions: ['ecs:DescribeTaskDefinition', 'ec2:DescribeSubnets', 'elasticfilesystem:DescribeMountTargets'],

  title: { en: 'A zone has no mount target', ko: '가용 영역에 탑재 대상이 없습니다' },
  why: {
    en: "The name of a file system leads to the mount target of the task's own zone, and nowhere else. A task in a zone without one cannot mount it and stops with ResourceInitializationError.",
    ko: '파일 시스템의 이름은 태스크가 있는 가용 영역의 탑재 대상으로만 연결됩니다. 탑재 대상이 없는 가용 영역의 태스크는 파일 시스템을 탑재하지 못하고 ResourceInitializationError로 중지됩니다.',
  },

  evaluate: ({ taskDefinition, paths, configuration: { fileSystems } }) =>
    causesOf(paths, ['mount-target-missing'], ({ fileSystemId }) => fileSystemId).map((cause) => {
      const { fileSystemId } = cause.faults[0]
      const system = fileSystems.find(({ id }) => id === fileSystemId)
      const targets = system === undefined ? [] : listed(system.mountTargets)
      const byZone = grouped(cause.faults, ({ zone }) => zone)
      const details: Details = {
        fileSystemId,
        zones: [...byZone].flatMap(([zone, [first]]) =>
          first === undefined ? [] : [{ zone, subnetId: first.subnetId }],
        ),
        volumes: fileSystemsOf(taskDefinition).flatMap(({ id, volume }) => (id === fileSystemId ? [volume] : [])),
        like: targets.find(({ state }) => state === 'available' || state === 'updating')?.id ?? null,
        canBeMade: system?.kind === 'efs' && system.oneZone !== true,
      }
      const found = findingOf(cause, fileSystemId, details)
      return { ...found, evidence: [...found.evidence, ...targets.map(targetText)] }
    }),

  explain({ fileSystemId, zones, volumes }) {
    const list = distinct(zones.map(({ zone }) => zone)).join(', ')
    return {
      en: `File system ${fileSystemId} (volume ${volumes.join(', ')}) has no mount target in ${list}, where tasks may start.`,
      ko: `태스크가 시작될 수 있는 가용 영역에 탑재 대상이 없는 파일 시스템입니다: ${fileSystemId} (볼륨: ${volumes.join(', ')}, 가용 영역: ${list})`,
    }
  },

  remedy: ({ fileSystemId, zones, like, canBeMade }) =>
    canBeMade
      ? { changes: zones.map(({ subnetId }) => ({ kind: 'create-mount-target', fileSystemId, subnetId, like })) }
      : { changes: [], after: [elsewhere(fileSystemId, distinct(zones.map(({ zone }) => zone)))] },
})

function targetText({ id, subnetId, availabilityZoneId, state }: MountTarget): Text {
  const text = `${id}: ${subnetId} (${availabilityZoneId}), ${state}`
  return { en: text, ko: text }
}

function elsewhere(fileSystemId: string, zones: readonly string[]): Text {
  const list = zones.join(', ')
  return {
    en: `Give ${fileSystemId} a mount target in ${list}, or, where it is a file system of one zone, which can have none there, take the subnets of ${list} out of the service.`,
    ko: `다음 가용 영역에 ${fileSystemId}의 탑재 대상을 생성합니다: ${list}. One Zone 파일 시스템이라 생성할 수 없으면 그 가용 영역의 서브넷을 서비스에서 제외합니다.`,
  }
}
