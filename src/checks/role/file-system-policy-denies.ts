/** Do the policies of the EFS file systems let the task mount its volumes? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { Facts } from '../../domain/facts.ts'
import type { EfsVolume, Volume } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { CLIENT_MOUNT, judgeMount, type MountVerdict } from '../../iam/file-system-policy.ts'
import { fileSystemArn, mountNeed } from '../../iam/mount-needs.ts'
import { judgeNeed } from '../../iam/role-judgement.ts'
import { denialsOf, explainDenial, isGone, placeOf, ROLE_PERMISSIONS } from './role-denials.ts'
import { closeGap, type Denial } from './role-statements.ts'

type Because = Extract<MountVerdict, { verdict: 'closed' }>['because']

interface Details {
  readonly fileSystemId: string
  readonly volume: string
  readonly because: Because
  readonly taskRoleArn: string | null
}

type Needs = 'service' | 'taskDefinition' | 'configuration' | 'role'
type Held = Pick<Facts, Needs>

export default defineCheck<Details | Denial, Needs>({
  id: 'file-system-policy-denies',
  step: 'role',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'configuration', 'role'],
  permissions: [
    'ecs:DescribeTaskDefinition',
    'elasticfilesystem:DescribeFileSystemPolicy',
    'elasticfilesystem:DescribeAccessPoints',
    ...ROLE_PERMISSIONS,
  ],

  title: { en: 'The file system policy refuses the mount', ko: '파일 시스템 정책이 탑재를 거부합니다' },
  why: {
    en: 'A file system with a policy mounts for those whom the policy, or their own role, allows elasticfilesystem:ClientMount, and only with encryption in transit where the policy asks for it. Else the server denies access and the task stops with ResourceInitializationError.',
    ko: '정책이 있는 파일 시스템은 정책 또는 자체 역할이 elasticfilesystem:ClientMount를 허용하는 대상만 탑재할 수 있고, 정책이 요구하면 전송 중 암호화가 필요합니다. 그렇지 않으면 서버가 액세스를 거부하고 태스크는 ResourceInitializationError로 중지됩니다.',
  },

  evaluate: (facts) =>
    facts.taskDefinition.volumes.flatMap((volume) => (volume.efs === null ? [] : judge(volume, volume.efs, facts))),

  explain: (details) => {
    if ('denied' in details) return explainDenial(details)
    const { fileSystemId, volume, because, taskRoleArn } = details
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

  remedy(details) {
    if ('denied' in details) return closeGap({ ...details, topic: 'mount' })
    const { fileSystemId, volume, because } = details
    return { changes: [], after: [ADVICE[because](volume, fileSystemId)] }
  },
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
    ko: `다음 볼륨을 태스크 역할로 탑재합니다: ${volume}. authorizationConfig.iam과 transitEncryption을 ENABLED로 지정한 개정을 등록하고, 역할의 정책 또는 ${fileSystemId}의 파일 시스템 정책에서 ${CLIENT_MOUNT} 작업을 허용합니다.`,
  }),
}

function judge(volume: Volume, efs: EfsVolume, facts: Held): CheckResults<Details | Denial> {
  const { service, taskDefinition, configuration, role } = facts
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
  const place = placeOf(service)
  const judged = judgeMount(policy.value, {
    volume: efs,
    fileSystemArn: fileSystemArn(fileSystemId, place),
    taskRoleArn,
    accessPointArn: point?.known === true ? (point.value?.arn ?? null) : null,
  })
  const closed = (because: Because, why: Text): CheckResults<Details> => [
    {
      subject: fileSystemId,
      evidence: [why],
      details: { fileSystemId, volume: volume.name, because, taskRoleArn: efs.iam ? taskRoleArn : null },
    },
  ]
  switch (judged.verdict) {
    case 'open':
      return []
    case 'unknown':
      return [cannotSee(['file-system-policy-undecided', fileSystemId], judged.why, true)]
    case 'closed':
      return closed(judged.because, judged.why)
    default:
      if (role.task === null) return closed('anonymous', NO_ROLE)
      return isGone(role.task) ? [] : denialsOf(role.task, [judgeNeed(role.task, mountNeed(volume, efs, place), role)])
  }
}

const NO_ROLE: Text = { en: 'taskRoleArn is not set.', ko: '설정되지 않은 항목: taskRoleArn' }
