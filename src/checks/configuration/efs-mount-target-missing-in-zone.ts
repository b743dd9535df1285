/** Can the task's EFS file systems be mounted in every zone that a task may start in? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import { grouped } from '../../domain/collections.ts'
import type { Subnet } from '../../domain/network.ts'
import { subnetsOf } from '../../network/lookup.ts'

interface Details {
  readonly fileSystemId: string
  /** Each zone without a mount target, with a subnet of the service in it. */
  readonly zones: readonly { readonly zone: string; readonly subnetId: string }[]
  readonly volumes: readonly string[]
  /** A mount target whose security groups the tasks' zones can share. */
  readonly like: string | null
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'network' | 'configuration'>({
  id: 'efs-mount-target-missing-in-zone',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'network', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ec2:DescribeSubnets'],

  title: { en: 'A zone has no EFS mount target', ko: '가용 영역에 EFS 탑재 대상이 없습니다' },
  why: {
    en: "The name of a file system leads to the mount target of the task's own zone, and nowhere else. A task in a zone without one cannot mount it and stops with ResourceInitializationError.",
    ko: '파일 시스템의 이름은 태스크가 있는 가용 영역의 탑재 대상으로만 연결됩니다. 탑재 대상이 없는 가용 영역의 태스크는 파일 시스템을 탑재하지 못하고 ResourceInitializationError로 중지됩니다.',
  },

  evaluate({ service, taskDefinition, network, configuration: { fileSystems } }) {
    const subnets = subnetsOf(network, service.awsvpc?.subnetIds ?? [])
    return fileSystems.flatMap(({ id, mountTargets }): CheckResults<Details> => {
      if (!mountTargets.known) {
        return [
          couldNotTell(
            mountTargets,
            ['mount-targets', id],
            {
              en: `the mount targets of ${id}`,
              ko: `${id}의 탑재 대상`,
            },
            false,
          ),
        ]
      }
      const usable = mountTargets.value.filter(({ state }) => state === 'available' || state === 'updating')
      const served = (subnet: Subnet) =>
        usable.some((target) => target.availabilityZoneId === subnet.zoneId || target.subnetId === subnet.id)
      const missing = [
        ...grouped(
          subnets.filter((subnet) => !served(subnet)),
          ({ zoneId }) => zoneId,
        ).values(),
      ]
      if (missing.length === 0) return []
      const zones = missing.flatMap(([first]) =>
        first === undefined ? [] : [{ zone: first.zone, subnetId: first.id }],
      )
      const unserved = missing.flat()
      return [
        {
          subject: id,
          evidence: [
            ...unserved.map((subnet) => ({
              en: `${subnet.id} is in ${subnet.zone}, where ${id} has no mount target`,
              ko: `${id}의 탑재 대상이 없는 서브넷: ${subnet.id} (${subnet.zone})`,
            })),
            ...mountTargets.value.map((target) => ({
              en: `${target.id}: ${target.subnetId} (${target.availabilityZoneId}), ${target.state}`,
              ko: `${target.id}: ${target.subnetId} (${target.availabilityZoneId}), ${target.state}`,
            })),
          ],
          details: {
            fileSystemId: id,
            zones,
            like: usable[0]?.id ?? null,
            volumes: taskDefinition.volumes
              .filter(({ efsFileSystemId }) => efsFileSystemId === id)
              .map(({ name }) => name),
          },
          affects: unserved.map((subnet) => ({ subnetId: subnet.id, destination: id })),
        },
      ]
    })
  },

  explain({ fileSystemId, zones, volumes }) {
    const list = zones.map(({ zone }) => zone).join(', ')
    return {
      en: `File system ${fileSystemId} (volume ${volumes.join(', ')}) has no mount target in ${list}, where tasks may start.`,
      ko: `태스크가 시작될 수 있는 가용 영역에 탑재 대상이 없는 파일 시스템입니다: ${fileSystemId} (볼륨: ${volumes.join(', ')}, 가용 영역: ${list})`,
    }
  },

  remedy: ({ fileSystemId, zones, like }) => ({
    changes: zones.map(({ subnetId }) => ({ kind: 'create-mount-target', fileSystemId, subnetId, like })),
  }),
})
