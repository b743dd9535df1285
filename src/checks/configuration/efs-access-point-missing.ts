/** Are the access points there that EFS volumes are mounted through, and of the same file system? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { AccessPoint } from '../../domain/configuration.ts'
import type { Text } from '../../domain/text.ts'
import { fileSystemsOf } from '../../task-start/file-systems.ts'

interface Details {
  readonly id: string
  readonly volume: string
  readonly fileSystemId: string
  /** Null: there is no such access point. */
  readonly seen: AccessPoint | null
}

/** What EFS does not mount. */
const GONE = ['deleting', 'deleted', 'error']

export default defineCheck<Details, 'taskDefinition' | 'configuration'>({
  id: 'efs-access-point-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['taskDefinition', 'configuration'],
  permissions: ['ecs:DescribeTaskDefinition', 'elasticfilesystem:DescribeAccessPoints'],

  title: { en: 'An EFS access point does not exist', ko: 'EFS 액세스 포인트가 존재하지 않습니다' },
  why: {
    en: 'The volume is mounted through the access point before a container starts. Where the file system has none of that id, the mount is refused and the task stops with ResourceInitializationError.',
    ko: '볼륨은 컨테이너가 시작되기 전에 액세스 포인트를 통해 탑재됩니다. 파일 시스템에 해당 액세스 포인트가 없으면 탑재가 거부되고 태스크는 ResourceInitializationError로 중지됩니다.',
  },

  evaluate: ({ taskDefinition, configuration: { accessPoints } }) =>
    fileSystemsOf(taskDefinition).flatMap(({ id: fileSystemId, volume, accessPointId: id }): CheckResults<Details> => {
      const record = accessPoints.find((one) => one.id === id)
      if (id === null || record === undefined) return []
      const { accessPoint } = record
      const what = { en: `access point ${id}`, ko: `액세스 포인트 ${id}` }
      if (!accessPoint.known) return [couldNotTell(accessPoint, ['access-point', id], what, true)]
      const seen = accessPoint.value
      if (seen !== null && seen.fileSystemId === fileSystemId && !GONE.includes(seen.state)) return []
      const details = { id, volume, fileSystemId, seen }
      return [{ subject: id, evidence: [stateText(details)], details }]
    }),

  explain: (details) => {
    const said = stateText(details)
    return {
      en: `Volume ${details.volume} mounts ${details.fileSystemId} through ${details.id}: ${said.en}.`,
      ko: `볼륨이 액세스 포인트를 통해 파일 시스템을 탑재할 수 없습니다: ${details.volume} (${details.fileSystemId}). ${said.ko}`,
    }
  },

  remedy: ({ id, volume, fileSystemId }) => ({
    changes: [],
    after: [
      {
        en: `Register a revision of the task definition whose volume ${volume} names an access point of ${fileSystemId} (EFS → Access points) in the place of ${id}, or make one there.`,
        ko: `볼륨 ${volume}의 액세스 포인트를 ${fileSystemId}의 액세스 포인트(EFS → 액세스 포인트)로 지정한 태스크 정의 개정을 등록하거나, 그 파일 시스템에 액세스 포인트를 생성합니다. 기존 값: ${id}`,
      },
    ],
  }),
})

function stateText({ id, fileSystemId, seen }: Details): Text {
  if (seen === null) return { en: `EFS knows no access point ${id}`, ko: `EFS에 없는 액세스 포인트: ${id}` }
  if (seen.fileSystemId !== fileSystemId) {
    return { en: `${id} belongs to ${seen.fileSystemId}`, ko: `${id}의 파일 시스템: ${seen.fileSystemId}` }
  }
  return { en: `${id} is ${seen.state}`, ko: `${id}의 상태: ${seen.state}` }
}
