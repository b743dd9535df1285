/** Will the lifecycle policy of the repository take an image that is in use? */
import { type CheckResults, cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import { distinct } from '../../domain/collections.ts'
import type { EcrImage, ImageFacts, RepositoryImages } from '../../domain/image.ts'
import { type Expiry, expiryOf, lifecycleRules } from '../../task-start/images/lifecycle-policy.ts'
import { day, inEcr, notRead, repositoryId, runningUnread } from './ecr-image.ts'

interface Used {
  readonly found: EcrImage
  readonly containers: readonly string[]
  readonly repositoryImages: RepositoryImages
}

interface Details extends Used {
  readonly expiry: Expiry
  /** The policy with the number of that rule raised. */
  readonly policy: string
}

/** A rule that leaves longer than this between two deployments is told as advice. */
const SHORT_DAYS = 30

export default defineCheck<Details, 'images'>({
  id: 'image-expires-by-lifecycle-policy',
  step: 'image',
  severity: 'warning',
  needs: ['images'],
  revealsOverrides: true,
  permissions: ['ecr:GetLifecyclePolicy', 'ecr:DescribeImages'],

  title: { en: 'The lifecycle policy takes an image in use', ko: '수명 주기 정책이 사용 중인 이미지를 삭제합니다' },
  why: {
    en: 'ECR does not know which images run. Once the image is taken, scale-out and the replacement of a task fail although nothing was deployed. A warning where a rule takes it now or within 30 days of its push, else advice.',
    ko: 'ECR은 어떤 이미지가 실행 중인지 알지 못합니다. 이미지가 삭제되면 배포가 없었더라도 스케일 아웃과 태스크 교체가 실패합니다. 규칙이 지금 또는 푸시 후 30일 안에 이미지를 삭제하면 경고이고, 그 밖에는 권장입니다.',
  },

  evaluate: ({ images }) => [...inUse(images).flatMap(judge), ...unseen(images)],

  explain: ({ found: { digest, tags, pushedAt }, containers, repositoryImages: { name }, expiry }) => {
    const { rule, at, rank } = expiry
    const image = tags.length === 0 ? `${digest} (untagged)` : `${digest} (${tags.join(', ')})`
    const koImage = tags.length === 0 ? `${digest} (태그 없음)` : `${digest} (${tags.join(', ')})`
    const verb = rule.action === 'transition' ? { en: 'archives', ko: '아카이브' } : { en: 'deletes', ko: '삭제' }
    const used = containers.join(', ')
    return rank === null
      ? {
          en: `Rule ${rule.priority} of repository ${name} ${verb.en} ${image} on ${day(at ?? 0)}: it was pushed on ${day(pushedAt ?? 0)} and is used by ${used}.`,
          ko: `리포지토리 ${name}의 수명 주기 정책이 사용 중인 이미지에 적용됩니다. 규칙: ${rule.priority}, 작업: ${verb.ko}, 날짜: ${day(at ?? 0)}, 이미지: ${koImage}, 푸시: ${day(pushedAt ?? 0)}, 컨테이너: ${used}`,
        }
      : {
          en: `Rule ${rule.priority} of repository ${name} keeps ${rule.count} images; ${image}, used by ${used}, is number ${rank} by age and is next to go.`,
          ko: `리포지토리 ${name}의 수명 주기 정책이 유지하는 이미지 수: ${rule.count} (규칙 ${rule.priority}). 사용 중인 이미지가 최신순 ${rank}번째라 곧 삭제됩니다: ${koImage} (컨테이너: ${used})`,
        }
  },

  remedy: ({ repositoryImages, policy }) => ({
    changes: [{ kind: 'put-lifecycle-policy', ...repositoryId(repositoryImages), lifecyclePolicyText: policy }],
    after: [{ en: 'Or deploy more often than the rule deletes.', ko: '또는 규칙이 삭제하기 전에 다시 배포합니다.' }],
  }),
})

/** What is about to be deployed, and what runs: each digest of a repository once. */
function inUse({ images, running }: ImageFacts): readonly Used[] {
  const used = new Map<string, Used>()
  const next = inEcr(images).map(({ containers, ecr }) => ({ containers, ...ecr }))
  for (const { found, containers, repositoryImages } of [...next, ...(running.known ? running.value : [])]) {
    if (!found.known || found.value === null) continue
    const { accountId, region, name } = repositoryImages
    const key = `${accountId} ${region} ${name} ${found.value.digest}`
    const before = used.get(key)
    const names = distinct([...(before?.containers ?? []), ...containers])
    used.set(
      key,
      before === undefined ? { found: found.value, containers, repositoryImages } : { ...before, containers: names },
    )
  }
  return [...used.values()]
}

function judge(used: Used): CheckResults<Details> {
  const { found, repositoryImages } = used
  const { lifecycle, all, name } = repositoryImages
  if (!lifecycle.known) {
    const what = { en: `the lifecycle policy of repository ${name}`, ko: `리포지토리 ${name}의 수명 주기 정책` }
    return [couldNotTell(lifecycle, ['lifecycle-policy-unread', name], what, false)]
  }
  if (lifecycle.value === null) return []
  const rules = lifecycleRules(lifecycle.value)
  if (rules === null) return [notUnderstood(name)]
  const expiry = expiryOf(found, rules, all.known ? all.value : [])
  if (expiry === null) return []
  const { rule, at } = expiry
  return [
    {
      subject: found.digest,
      severity: at !== null && rule.count > SHORT_DAYS ? 'advice' : 'warning',
      evidence: [
        {
          en: `rule ${rule.priority}: ${rule.tagStatus}, ${rule.countType} ${rule.count}, ${rule.action}`,
          ko: `규칙 ${rule.priority}: ${rule.tagStatus}, ${rule.countType} ${rule.count}, ${rule.action}`,
        },
      ],
      details: { ...used, expiry, policy: raised(lifecycle.value, expiry) },
    },
  ]
}

function notUnderstood(name: string): Unseen {
  return cannotSee(['lifecycle-policy-unclear', name], {
    en: `The lifecycle policy of repository ${name} could not be understood.`,
    ko: `수명 주기 정책을 해석할 수 없습니다. 리포지토리: ${name}`,
  })
}

/** Images that could not be read are told by the checks that they decide. */
function unseen({ images, running }: ImageFacts): readonly Unseen[] {
  const missing = inEcr(images).flatMap(notRead)
  return running.known ? missing : [...missing, runningUnread(running)]
}

/** Counts: room for this image and as many again. Ages: twice as long, and a year at least. */
function raised(policy: string, { rule, rank }: Expiry): string {
  const count = rank === null ? Math.max(365, rule.count * 2) : rank + rule.count
  const parsed = JSON.parse(policy) as { rules: { rulePriority: number; selection: object }[] }
  const rules = parsed.rules.map((one) =>
    one.rulePriority === rule.priority ? { ...one, selection: { ...one.selection, countNumber: count } } : one,
  )
  return JSON.stringify({ ...parsed, rules })
}
