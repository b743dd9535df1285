/** Is every image a reference that a registry can be asked for? */
import { defineCheck } from '../../domain/check.ts'
import { isInvalidImage, parseImageReference } from '../../domain/image-reference.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { regionOfArn } from '../../domain/value-from.ts'
import { awsCommand, newRevision } from '../service/service-changes.ts'

interface Details {
  readonly container: string
  readonly image: string
  readonly because: Text
  /** A reference that differs only in how it is written; null where none comes to mind. */
  readonly likely: string | null
  readonly service: Service
  readonly taskDefinition: TaskDefinition
}

export default defineCheck<Details, 'service' | 'taskDefinition'>({
  id: 'image-reference-invalid',
  step: 'image',
  severity: 'blocker',
  needs: ['service', 'taskDefinition'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: { en: 'The image is not an image reference', ko: '이미지가 올바른 이미지 참조가 아닙니다' },
  why: {
    en: 'No registry can be asked for such a name. ECS takes it into the task definition, and every task stops with CannotPullContainerError: invalid reference format.',
    ko: '이런 이름으로는 어떤 레지스트리에도 요청할 수 없습니다. ECS는 태스크 정의로 받아들이지만 모든 태스크가 CannotPullContainerError(invalid reference format)로 중지됩니다.',
  },

  evaluate: ({ service, taskDefinition }) =>
    taskDefinition.containers.flatMap(({ name, image }) => {
      const reference = parseImageReference(image)
      if (!isInvalidImage(reference)) return []
      const because = reference.invalid
      const details = { container: name, image, because, likely: likelyReference(image), service, taskDefinition }
      return [{ subject: name, evidence: [because], details }]
    }),

  explain: ({ container, image, because }) => ({
    en: `Container ${container} names the image "${image}". ${because.en}`,
    ko: `컨테이너 ${container}의 이미지를 해석할 수 없습니다: "${image}". ${because.ko}`,
  }),

  remedy: ({ container, likely, service, taskDefinition }) => {
    if (likely !== null) return newRevision(service, taskDefinition, { images: [{ container, image: likely }] })
    const { family, revision } = taskDefinition
    return {
      changes: [],
      after: [
        {
          en: `ECS → Task definitions → ${family} → Create new revision: give container ${container} an image URI of the form REGISTRY/REPOSITORY:TAG`,
          ko: `ECS → 태스크 정의 → ${family} → 새 개정 생성에서 컨테이너 ${container}의 이미지 URI를 다음 형식으로 지정합니다: REGISTRY/REPOSITORY:TAG`,
        },
      ],
      commands: [
        awsCommand('ecs', {
          kind: 'describe-task-definition',
          taskDefinition: revision === null ? family : `${family}:${revision}`,
          query: 'taskDefinition.containerDefinitions[].[name,image]',
          region: regionOfArn(service.arn, ''),
        }),
      ],
    }
  },
})

/** Without white space, a scheme and capitals in the repository; a tag may have capitals. */
function likelyReference(image: string): string | null {
  const plain = image.trim().replace(/^(https?|docker):\/\//i, '')
  const tagAt = plain.search(/[:@][^/]*$/)
  const [path, rest] = tagAt < 0 ? [plain, ''] : [plain.slice(0, tagAt), plain.slice(tagAt)]
  return [plain, path.toLowerCase() + rest].find((one) => !isInvalidImage(parseImageReference(one))) ?? null
}
