/** Do the policies of the EFS file systems let the task mount its volumes? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { ConfigurationFacts } from '../../domain/configuration.ts'
import type { Network } from '../../domain/network.ts'
import { partitionOf } from '../../domain/partition.ts'
import type { EfsVolume, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { CLIENT_MOUNT, judgeMount, type MountVerdict } from '../../iam/file-system-policy.ts'

type Because = Extract<MountVerdict, { verdict: 'closed' }>['because']

interface Details {
  readonly fileSystemId: string
  readonly volume: string
  readonly because: Because
  readonly taskRoleArn: string | null
}

interface Mounted {
  readonly name: string
  readonly efs: EfsVolume
}

type Held = Readonly<{ taskDefinition: TaskDefinition; network: Network; configuration: ConfigurationFacts }>

export default defineCheck<Details, 'taskDefinition' | 'network' | 'configuration'>({
  id: 'file-system-policy-denies',
  step: 'role',
  severity: 'blocker',
  needs: ['taskDefinition', 'network', 'configuration'],
  permissions: [
    'ecs:DescribeTaskDefinition',
    'elasticfilesystem:DescribeFileSystemPolicy',
    'elasticfilesystem:DescribeAccessPoints',
  ],

  title: { en: 'The file system policy refuses the mount', ko: '파일 시스템 정책이 탑재를 거부합니다' },
  why: {
    en: 'A file system with a policy mounts for those whom the policy, or their own role, allows elasticfilesystem:ClientMount, and only with encryption in transit where the policy asks for it. Else the server denies access and the task stops with ResourceInitializationError.',
    ko: '정책이 있는 파일 시스템은 정책 또는 자체 역할이 elasticfilesystem:ClientMount를 허용하는 대상만 탑재할 수 있고, 정책이 요구하면 전송 중 암호화가 필요합니다. 그렇지 않으면 서버가 액세스를 거부하고 태스크는 ResourceInitializationError로 중지됩니다.',
  },

  evaluate: (facts) =>
    facts.taskDefinition.volumes.flatMap(({ name, efs }): CheckResults<Details> => {
      return efs === null ? [] : judge({ name, efs }, facts)
    }),

  explain: ({ fileSystemId, volume, because, taskRoleArn }) => {
    const whom =
      taskRoleArn === null ? { en: 'nobody in particular', ko: '익명' } : { en: taskRoleArn, ko: taskRoleArn }
    if (because === 'plain-text') {
      return {
        en: `Volume ${volume} is mounted without encryption in transit, and the policy of ${fileSystemId} denies that.`,
        ko: `볼륨이 전송 중 암호화 없이 탑재되며 파일 시스템 정책이 이를 거부합니다: ${volume} (${fileSystemId})`,
      }
    }
    return because === 'denied'
      ? {
          en: `The policy of ${fileSystemId} explicitly denies ${CLIENT_MOUNT} of volume ${volume} to ${whom.en}.`,
          ko: `파일 시스템 정책이 ${CLIENT_MOUNT} 작업을 명시적으로 거부합니다. 파일 시스템: ${fileSystemId}, 볼륨: ${volume}, 대상: ${whom.ko}`,
        }
      : {
          en: `Volume ${volume} is mounted without IAM authorization, and the policy of ${fileSystemId} does not let everybody in.`,
          ko: `볼륨이 IAM 권한 부여 없이 탑재되며 파일 시스템 정책이 익명 액세스를 허용하지 않습니다: ${volume} (${fileSystemId})`,
        }
  },

  remedy: ({ fileSystemId, volume, because }) => ({ changes: [], after: [ADVICE[because](volume, fileSystemId)] }),
})

const ADVICE: Readonly<Record<Because, (volume: string, fileSystemId: string) => Text>> = {
  'plain-text': (volume) => ({
    en: `Register a revision of the task definition with efsVolumeConfiguration.transitEncryption ENABLED for volume ${volume}.`,
    ko: `볼륨 ${volume}의 efsVolumeConfiguration.transitEncryption 값을 ENABLED로 지정한 태스크 정의 개정을 등록합니다.`,
  }),
  denied: (_volume, fileSystemId) => ({
    en: `Take the Deny that covers the task out of the policy (EFS → File systems → ${fileSystemId} → File system policy), or narrow it.`,
    ko: `정책에서 태스크에 적용되는 Deny 문을 삭제하거나 범위를 줄입니다(EFS → 파일 시스템 → ${fileSystemId} → 파일 시스템 정책).`,
  }),
  anonymous: (volume, fileSystemId) => ({
    en: `Mount volume ${volume} as the task role: a revision with authorizationConfig.iam ENABLED and transitEncryption ENABLED, and ${CLIENT_MOUNT} for the role (in its own policies or in that of ${fileSystemId}).`,
    ko: `볼륨 ${volume}을 태스크 역할로 탑재합니다. authorizationConfig.iam과 transitEncryption을 ENABLED로 지정한 개정을 등록하고, 역할의 정책 또는 ${fileSystemId}의 파일 시스템 정책에서 ${CLIENT_MOUNT} 작업을 허용합니다.`,
  }),
}

function judge({ name, efs }: Mounted, { taskDefinition, network, configuration }: Held): CheckResults<Details> {
  const { fileSystemId } = efs
  const policy = configuration.fileSystems.find(({ id }) => id === fileSystemId)?.policy
  if (policy === undefined) return []
  if (!policy.known) {
    const what = { en: `the policy of ${fileSystemId}`, ko: `파일 시스템 정책 ${fileSystemId}` }
    return [couldNotTell(policy, ['file-system-policy', fileSystemId], what, false)]
  }
  if (policy.value === null) return []
  const point = configuration.accessPoints.find(({ id }) => id === efs.accessPointId)?.accessPoint
  const { taskRoleArn } = taskDefinition
  const judged = judgeMount(policy.value, {
    volume: efs,
    fileSystemArn: arnOf(fileSystemId, network),
    taskRoleArn,
    accessPointArn: point?.known === true ? (point.value?.arn ?? null) : null,
  })
  if (judged.verdict === 'open') return []
  if (judged.verdict === 'unknown') return [cannotSee(['file-system-policy-undecided', fileSystemId], judged.why, true)]
  if (judged.verdict === 'role') return []
  const details = { fileSystemId, volume: name, because: judged.because, taskRoleArn: efs.iam ? taskRoleArn : null }
  return [{ subject: fileSystemId, evidence: [judged.why], details }]
}

function arnOf(fileSystemId: string, { region, accountId }: Network): string {
  return `arn:${partitionOf(region).id}:elasticfilesystem:${region}:${accountId ?? '*'}:file-system/${fileSystemId}`
}
