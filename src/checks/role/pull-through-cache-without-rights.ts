/** May the role fill a pull-through cache repository on the first pull? */
import { couldNotTell, type Unseen } from '../../domain/check.ts'
import type { RoleFacts } from '../../domain/role.ts'
import { defineRoleCheck } from './role-denials.ts'

export default defineRoleCheck('pull-through', {
  id: 'pull-through-cache-without-rights',
  severity: 'warning',
  permissions: ['ecr:DescribePullThroughCacheRules', 'ecr:GetRepositoryPolicy', 'ecr:GetRegistryPolicy'],

  title: { en: 'The role may not fill the pull-through cache', ko: '역할에 풀스루 캐시를 채울 권한이 없습니다' },
  why: {
    en: 'The repository is filled from its upstream registry by the first pull of an image, as the role that pulls. Without ecr:BatchImportUpstreamImage, and ecr:CreateRepository where the repository does not exist yet, an image that is not cached is not found.',
    ko: '이 리포지토리는 이미지를 처음 가져올 때 그 역할로 업스트림 레지스트리에서 채워집니다. ecr:BatchImportUpstreamImage 권한이 없거나, 리포지토리가 없을 때 ecr:CreateRepository 권한이 없으면 캐시되지 않은 이미지를 찾을 수 없습니다.',
  },

  unseen: unseenRules,
})

/** Without the rules it is not known whether a repository is filled from elsewhere; most are not. */
function unseenRules({ pullThroughRules, execution }: RoleFacts): readonly Unseen[] {
  if (pullThroughRules.known || execution === null) return []
  const what = { en: 'the pull-through cache rules', ko: '풀스루 캐시 규칙' }
  return [couldNotTell(pullThroughRules, ['pull-through-rules-unread'], what, false)]
}
