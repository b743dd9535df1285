/** Is every image a reference that a registry can be asked for? */

import { changeImage, type DefinitionName, definitionOf } from '../../changes/definition-lines.ts'
import { defineCheck } from '../../domain/check.ts'
import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import type { Text } from '../../domain/text.ts'

interface Details {
  readonly container: string
  readonly image: string
  readonly because: Text
  /** A reference that differs only in how it is written; null where none comes to mind. */
  readonly likely: string | null
  readonly definition: DefinitionName
}

export default defineCheck<Details, 'taskDefinition'>({
  id: 'image-reference-invalid',
  step: 'image',
  severity: 'blocker',
  needs: ['taskDefinition'],
  permissions: ['ecs:DescribeTaskDefinition'],

  title: { en: 'The image is not an image reference', ko: '이미지가 올바른 이미지 참조가 아닙니다' },
  why: {
    en: 'No registry can be asked for such a name. ECS takes it into the task definition, and every task stops with CannotPullContainerError: invalid reference format.',
    ko: '이런 이름으로는 어떤 레지스트리에도 요청할 수 없습니다. ECS는 태스크 정의로 받아들이지만 모든 태스크가 CannotPullContainerError(invalid reference format)로 중지됩니다.',
  },

  evaluate: ({ taskDefinition }) =>
    taskDefinition.containers.flatMap(({ name, image }) => {
      const reference = parseImageReference(image)
      if (!isInvalidImage(reference)) return []
      const because = reference.invalid
      const details = {
        container: name,
        image,
        because,
        likely: likelyReference(image),
        definition: definitionOf(taskDefinition),
      }
      return [{ subject: name, evidence: [because], details }]
    }),

  explain: ({ container, image, because }) => ({
    en: `Container ${container} names the image "${image}". ${because.en}`,
    ko: `컨테이너 ${container}의 이미지를 해석할 수 없습니다: "${image}". ${because.ko}`,
  }),

  remedy: ({ container, likely, definition }) =>
    likely === null
      ? {
          console: [
            {
              en: `ECS → Task definitions → ${definition.family} → Create new revision: give container ${container} an image URI of the form REGISTRY/REPOSITORY:TAG`,
              ko: `ECS → 태스크 정의 → ${definition.family} → 새 개정 생성에서 컨테이너 ${container}의 이미지 URI를 다음 형식으로 지정합니다: REGISTRY/REPOSITORY:TAG`,
            },
          ],
          cli: [
            `aws ecs describe-task-definition --task-definition ${nameOf(definition)} --query "taskDefinition.containerDefinitions[].[name,image]"`,
          ],
          terraform: '',
        }
      : changeImage(definition, [container], likely),
})

function nameOf({ family, revision }: DefinitionName): string {
  return revision === null ? family : `${family}:${revision}`
}

/** Without white space, a scheme and capitals in the repository; a tag may have capitals. */
function likelyReference(image: string): string | null {
  const plain = image.trim().replace(/^(https?|docker):\/\//i, '')
  const tagAt = plain.search(/[:@][^/]*$/)
  const [path, rest] = tagAt < 0 ? [plain, ''] : [plain.slice(0, tagAt), plain.slice(tagAt)]
  return [plain, path.toLowerCase() + rest].find((one) => !isInvalidImage(parseImageReference(one))) ?? null
}
