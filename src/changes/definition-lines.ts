/** How a value of a task definition is changed: in a new revision, or in the file of one that is not registered yet. */
import type { RemedyWords } from '../domain/report.ts'
import type { TaskDefinition } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { quoted } from './role-statements.ts'
import { nameOf, text } from './terraform.ts'

export interface DefinitionName {
  readonly family: string
  readonly revision: number | null
}

export function definitionOf({ family, revision }: TaskDefinition): DefinitionName {
  return { family, revision }
}

export interface DefinitionChange {
  /** What to change, in the words of the console. */
  readonly what: Text
  /** A jq filter over the definition. */
  readonly filter: string
  /** Arguments of `aws_ecs_task_definition`, indented by two. */
  readonly terraform: string
}

/** What RegisterTaskDefinition does not take back of what DescribeTaskDefinition answers. */
const ANSWER_ONLY =
  'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy)'

export function changeDefinition({ family, revision }: DefinitionName, change: DefinitionChange): RemedyWords {
  const terraform = `resource "aws_ecs_task_definition" "${nameOf(family)}" {\n  family = ${text(family)}\n${change.terraform}\n}\n`
  if (revision === null) {
    return {
      console: [
        {
          en: `In the task definition that is about to be registered (${family}): ${change.what.en}`,
          ko: `등록할 태스크 정의(${family})에서 다음을 변경합니다. ${change.what.ko}`,
        },
      ],
      cli: [],
      terraform,
    }
  }
  return {
    console: [
      {
        en: `ECS → Task definitions → ${family}:${revision} → Create new revision: ${change.what.en} → Create`,
        ko: `ECS → 태스크 정의 → ${family}:${revision} → 새 개정 생성에서 다음과 같이 변경하고 생성을 누릅니다. ${change.what.ko}`,
      },
    ],
    cli: [
      `aws ecs describe-task-definition --task-definition ${family}:${revision} --query taskDefinition --output json | jq ${quoted(`${change.filter} | ${ANSWER_ONLY}`)} > task-definition.json`,
      'aws ecs register-task-definition --cli-input-json file://task-definition.json',
    ],
    terraform,
  }
}

/** Another image for some containers. */
export function changeImage(name: DefinitionName, containers: readonly string[], image: string): RemedyWords {
  const list = containers.join(', ')
  return changeDefinition(name, {
    what: {
      en: `image URI of ${list}: ${image}`,
      ko: `컨테이너 ${list}의 이미지 URI: ${image}`,
    },
    filter: `(.containerDefinitions[] | select(.name | IN(${containers.map((one) => JSON.stringify(one)).join(', ')})) | .image) = ${JSON.stringify(image)}`,
    terraform: [
      '  container_definitions = jsonencode([',
      ...containers.map((container) => `    { name = ${text(container)}, image = ${text(image)} },`),
      '  ])',
    ].join('\n'),
  })
}
