/** A revision like another one, but for some of its values. Nothing runs it until `update-service` names it. ECS API Reference, RegisterTaskDefinition. */
import { known } from '../../domain/answer.ts'
import type { ChangeOf } from '../../domain/change.ts'
import type { TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import type { Definitions, Resolved } from '../change-kind.ts'
import { type CommandLine, flagsOf, shellWord } from '../command-line.ts'
import { argumentsOf, fieldsOf, text } from '../terraform.ts'

type RegisterTaskDefinition = ChangeOf<'register-task-definition'>

type Revision = Resolved<RegisterTaskDefinition>

/** With its tags, which DescribeTaskDefinition answers beside it; nobody but AWS may set tags of its own. */
const WITH_TAGS = '.taskDefinition + {tags: [.tags[]? | select(.key | startswith("aws:") | not)]}'
/** What RegisterTaskDefinition does not take back. */
const ANSWER_ONLY = [
  'del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities)',
  'del(.registeredAt, .registeredBy, .deregisteredAt)',
]

export const taskDefinitions: Definitions<'register-task-definition'> = {
  'register-task-definition': {
    made: { query: 'taskDefinition.taskDefinitionArn', attribute: 'arn', words: { en: 'the new one', ko: '새 개정' } },
    console(change) {
      const { family, like } = change
      const parts = valuesOf(change)
      const [en, ko] = [parts.map((one) => one.en).join('; '), parts.map((one) => one.ko).join(', ')]
      return [
        like === null
          ? {
              en: `In the task definition that is about to be registered (${family}): ${en}`,
              ko: `등록할 태스크 정의(${family})에서 다음을 변경합니다. ${ko}`,
            }
          : {
              en: `ECS → Task definitions → ${like} → Create new revision${parts.length === 0 ? '' : `: ${en}`} → Create`,
              ko:
                parts.length === 0
                  ? `ECS → 태스크 정의 → ${like} → 새 개정 생성에서 그대로 생성을 누릅니다.`
                  : `ECS → 태스크 정의 → ${like} → 새 개정 생성에서 다음과 같이 변경하고 생성을 누릅니다. ${ko}`,
            },
      ]
    },

    cli(change) {
      const { family, like, cpu, memory, ephemeralStorage, executionRoleArn, taskRoleArn, runtimePlatform } = change
      if (like === null) {
        return valuesOf(change).map(
          ({ en }): CommandLine => ({ comment: `in the file of task definition ${family}: ${en}` }),
        )
      }
      return [
        {
          aws: ['ecs', 'describe-task-definition'],
          flags: [
            ['--task-definition', like],
            ['--include', 'TAGS'],
          ],
          pipe: `jq ${shellWord([WITH_TAGS, ...edits(change), ...ANSWER_ONLY].join('\n    | '))}${replacements(change)}`,
        },
        {
          aws: ['ecs', 'register-task-definition'],
          // Options win over the file.
          flags: flagsOf({
            cliInputJson: 'file://task-definition.json',
            cpu,
            memory,
            ephemeralStorage,
            executionRoleArn,
            taskRoleArn,
            runtimePlatform,
          }),
        },
      ]
    },

    terraform(change) {
      const { family, runtimePlatform: platform, ephemeralStorage, images = [], environmentFiles = [] } = change
      const fields = [
        ...argumentsOf(change, 'cpu', 'memory', 'executionRoleArn', 'taskRoleArn'),
        ...fieldsOf({
          // As hashicorp/aws writes it.
          ephemeralStorage: ephemeralStorage && { sizeInGib: ephemeralStorage.sizeInGiB },
          runtimePlatform: platform && { cpuArchitecture: platform.cpuArchitecture },
        }),
      ]
      const notes = [
        ...images.map(({ container, image }) => `container_definitions, ${container}: image = ${text(image)}`),
        ...[...environmentFiles, ...(change.secrets ?? [])].map(
          ({ from, to }) => `container_definitions: ${text(to)} in the place of ${text(from)}`,
        ),
      ]
      return [{ existing: 'aws_ecs_task_definition', of: family, fields, notes }]
    },

    /** Of the sizes and the platform: what other roles may do, and whether another image or secret is there, no fact says. */
    apply(facts, change) {
      const { taskDefinition } = facts
      const {
        cpu,
        memory,
        ephemeralStorage,
        runtimePlatform,
        executionRoleArn,
        taskRoleArn,
        images,
        environmentFiles,
        secrets,
      } = change
      if (
        !taskDefinition.known ||
        (executionRoleArn ?? taskRoleArn ?? images ?? environmentFiles ?? secrets) !== undefined
      )
        return null
      const old = taskDefinition.value
      const revision: TaskDefinition = {
        ...old,
        status: 'ACTIVE',
        cpu: cpu ?? old.cpu,
        memory: memory ?? old.memory,
        ephemeralStorageGiB: ephemeralStorage?.sizeInGiB ?? old.ephemeralStorageGiB,
        cpuArchitecture: runtimePlatform?.cpuArchitecture ?? old.cpuArchitecture,
        operatingSystemFamily: runtimePlatform?.operatingSystemFamily ?? old.operatingSystemFamily,
      }
      return { ...facts, taskDefinition: known(revision) }
    },
  },
}

/** In the words of the console's form. */
function valuesOf({
  cpu,
  memory,
  ephemeralStorage,
  executionRoleArn,
  taskRoleArn,
  runtimePlatform,
  images = [],
  ...change
}: Revision): readonly Text[] {
  const value = (en: string, ko: string, given: string | undefined) =>
    given === undefined ? [] : [{ en: `${en} ${given}`, ko: `${ko}: ${given}` }]
  return [
    ...value('Task size CPU', '태스크 크기 CPU', cpu),
    ...value('Task size memory', '태스크 크기 메모리', memory),
    ...value('Ephemeral storage', '임시 스토리지', ephemeralStorage && `${ephemeralStorage.sizeInGiB} GiB`),
    ...value('Task execution role', '태스크 실행 역할', executionRoleArn),
    ...value('Task role', '태스크 역할', taskRoleArn),
    ...value('Operating system/Architecture', '운영 체제/아키텍처', runtimePlatform?.cpuArchitecture),
    ...images.map(({ container, image }) => ({
      en: `container ${container}: image URI ${image}`,
      ko: `컨테이너 ${container}의 이미지 URI: ${image}`,
    })),
    ...[...(change.environmentFiles ?? []), ...(change.secrets ?? [])].map(({ from, to }) => ({
      en: `${to} in the place of ${from}`,
      ko: `다음 값을 바꿉니다: ${from} → ${to}`,
    })),
  ]
}

function edits({ images = [] }: Revision): readonly string[] {
  return images.map(
    ({ container, image }) =>
      `(.containerDefinitions[] | select(.name == ${JSON.stringify(container)}) | .image)\n        = ${JSON.stringify(image)}`,
  )
}

/** GNU sed runs what stands behind a third `|` as a command (`e`): no mark of a name is one of the edit. A secret stands in variables, log options and registry credentials, with or without a key behind it. */
function replacements({ environmentFiles = [], secrets = [] }: Revision): string {
  const edits = [...environmentFiles, ...secrets].map(
    ({ from, to }) =>
      `| sed ${shellWord(`s|${from.replaceAll(/[\\|*[\]^$]/g, '\\$&')}|${to.replaceAll(/[\\|&]/g, '\\$&')}|g`)}`,
  )
  return edits.length === 0
    ? ' > task-definition.json'
    : [...edits, '> task-definition.json'].map((part) => ` \\\n  ${part}`).join('')
}
