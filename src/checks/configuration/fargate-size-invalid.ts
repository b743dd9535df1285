/** Is the task's CPU and memory a pair that Fargate offers? */
import { defineCheck } from '../../domain/check.ts'
import type { Service, TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { isWindows, platformOf } from '../../task-start/fargate-platform.ts'
import { fargateSizeExists, fargateSizes, memoryFor, sizeOf } from '../../task-start/fargate-size.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { newRevision } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly taskDefinition: TaskDefinition
  readonly cpu: string
  readonly memory: string
  /** A pair that exists and is no smaller. */
  readonly fitting: { readonly cpu: number; readonly memory: number }
  readonly takes: Text
}

export default defineCheck<Details, 'service' | 'taskDefinition' | 'compute'>({
  id: 'fargate-size-invalid',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'taskDefinition', 'compute'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],

  title: { en: 'Fargate has no task of this size', ko: 'Fargate에 없는 태스크 크기입니다' },
  why: {
    en: 'Fargate offers certain pairs of CPU and memory. For any other, the task definition or the deployment is refused: "No Fargate configuration exists for given values".',
    ko: 'Fargate는 정해진 CPU와 메모리의 조합만 제공합니다. 그 밖의 값이면 태스크 정의나 배포가 "No Fargate configuration exists for given values" 오류로 거부됩니다.',
  },

  evaluate({ service, taskDefinition, compute }) {
    if (!launchesOf(service, compute).some(({ on }) => on === 'fargate')) return []
    const { family } = taskDefinition
    const cpu = sizeOf(taskDefinition.cpu, 'vcpu')
    const memory = sizeOf(taskDefinition.memory, 'gb')
    const sizes = fargateSizes(service, taskDefinition)
    if (cpu !== null && memory !== null && fargateSizeExists(sizes, cpu, memory)) return []
    const [written, writtenMemory] = [taskDefinition.cpu ?? '-', taskDefinition.memory ?? '-']
    return [
      {
        subject: family,
        evidence: [
          { en: `cpu: ${written}, memory: ${writtenMemory}`, ko: `cpu: ${written}, memory: ${writtenMemory}` },
          ...limitOf(service, taskDefinition),
        ],
        details: {
          service,
          taskDefinition,
          cpu: written,
          memory: writtenMemory,
          fitting: fittingSize(sizes, cpu ?? 0, memory ?? 0),
          takes: takes(sizes, cpu),
        },
      },
    ]
  },

  explain: ({ taskDefinition: { family }, cpu, memory, takes: { en, ko } }) => ({
    en: `Task definition ${family} asks Fargate for ${cpu} CPU units with ${memory} MiB. ${en}`,
    ko: `태스크 정의 ${family}의 크기는 Fargate에 없습니다. CPU: ${cpu}, 메모리(MiB): ${memory}. ${ko}`,
  }),

  remedy: ({ service, taskDefinition, fitting: { cpu, memory } }) =>
    newRevision(service, taskDefinition, { cpu: String(cpu), memory: String(memory) }),
})

type Sizes = ReturnType<typeof fargateSizes>

/** What the platform takes from the sizes; nothing where it takes none. */
function limitOf(service: Service, taskDefinition: TaskDefinition): readonly Text[] {
  const { platformVersion } = service
  if (isWindows(service, taskDefinition)) {
    const family = taskDefinition.operatingSystemFamily ?? service.platformFamily
    return [{ en: `${family}: 1 to 4 vCPU`, ko: `${family}: 1~4 vCPU` }]
  }
  if (platformOf(platformVersion, false).sendsTokenAndSecrets) return []
  return [
    { en: `platform version ${platformVersion}: up to 4 vCPU`, ko: `플랫폼 버전 ${platformVersion}: 최대 4 vCPU` },
  ]
}

/** The smallest pair with at least these; the largest there is where they ask for more. */
function fittingSize(all: Sizes, cpu: number, memory: number): Details['fitting'] {
  const sizes = Object.keys(all).map(Number)
  for (const size of sizes.filter((one) => one >= cpu)) {
    const fitting = memoryFor(all, size, memory)
    if (fitting !== null) return { cpu: size, memory: fitting }
  }
  const largest = Math.max(...sizes)
  return { cpu: largest, memory: all[largest]?.at(-1)?.[1] ?? 0 }
}

function takes(all: Sizes, cpu: number | null): Text {
  const sizes = cpu === null ? undefined : all[cpu]
  if (sizes === undefined) {
    const units = Object.keys(all).join(', ')
    return { en: `CPU units are one of ${units}.`, ko: `가능한 CPU 단위: ${units}` }
  }
  const spans = sizes.map(([from, to, step]) => (from === to ? `${from}` : `${from}-${to} (+${step})`)).join(', ')
  return { en: `With ${cpu} CPU units it takes ${spans} MiB.`, ko: `CPU 단위 ${cpu}에서 가능한 메모리(MiB): ${spans}` }
}
