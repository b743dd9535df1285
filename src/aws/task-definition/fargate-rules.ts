/** What a definition for Fargate needs and may not have (ECS Developer Guide, Task definition differences for Fargate). */
import type { Text } from '../../domain/text.ts'
import { FARGATE_SIZES, fargateSizeExists, sizeOf } from '../../task-start/fargate-size.ts'
import { at, idOf, isLoose, type Loose, listAt, texts } from '../facts/shape.ts'
import type { Fault } from './fault.ts'
import { valuesAt } from './value-rules.ts'

export function fargateFaults(definition: Loose): readonly Fault[] {
  if (!texts(definition['requiresCompatibilities']).includes('FARGATE')) return []
  const faults: Fault[] = []
  if (definition['networkMode'] !== 'awsvpc') {
    const rule = { en: 'has to be "awsvpc" for Fargate', ko: 'Fargate에서는 "awsvpc"여야 합니다' }
    faults.push({ path: 'networkMode', rule })
  }
  return [...faults, ...sizeFaults(definition), ...executionRoleFaults(definition), ...memberFaults(definition)]
}

const CPU: Text = {
  en: 'is required for Fargate: CPU units such as "256", or "0.25 vCPU"',
  ko: 'Fargate에 필요한 값입니다. 예: "256" 또는 "0.25 vCPU"',
}
const MEMORY: Text = {
  en: 'is required for Fargate: MiB such as "512", or "0.5 GB"',
  ko: 'Fargate에 필요한 값입니다. 예: "512" 또는 "0.5 GB"',
}

function sizeFaults(definition: Loose): readonly Fault[] {
  const cpu = sizeOf(definition['cpu'], 'vcpu')
  const memory = sizeOf(definition['memory'], 'gb')
  if (cpu === null || memory === null) {
    const missing = [
      cpu === null ? { path: 'cpu', rule: CPU } : null,
      memory === null ? { path: 'memory', rule: MEMORY } : null,
    ]
    return missing.filter((fault) => fault !== null)
  }
  if (fargateSizeExists(FARGATE_SIZES, cpu, memory)) return []
  const allowed = FARGATE_SIZES[cpu]?.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
  const sizes = Object.keys(FARGATE_SIZES).join(', ')
  if (allowed === undefined) {
    const rule = { en: `takes, for Fargate, one of ${sizes}`, ko: `Fargate에서 가능한 값은 다음과 같습니다: ${sizes}` }
    return [{ path: 'cpu', rule }]
  }
  const rule = {
    en: `takes, for ${cpu} CPU units on Fargate, ${allowed} MiB`,
    ko: `Fargate에서 가능한 메모리(MiB)는 다음과 같습니다(CPU 단위: ${cpu}): ${allowed}`,
  }
  return [{ path: 'memory', rule }]
}

/** On Fargate the execution role reads ECR images and writes logs, and ECS refuses a definition without one. */
function executionRoleFaults(definition: Loose): readonly Fault[] {
  if (idOf(definition['executionRoleArn']) !== null) return []
  const containers = listAt(definition, 'containerDefinitions')
  const why = containers.some((one) => /\.dkr[.-]ecr\./.test(String(one['image'])))
    ? { en: 'ECR images', ko: 'ECR 이미지' }
    : containers.some((one) => at(one, 'logConfiguration', 'logDriver') === 'awslogs')
      ? { en: 'the log driver awslogs', ko: 'awslogs 로그 드라이버' }
      : containers.some((one) => isLoose(one['repositoryCredentials']))
        ? { en: 'repository credentials', ko: '레지스트리 자격 증명' }
        : null
  if (why === null) return []
  const rule = {
    en: `is required on Fargate for ${why.en}`,
    ko: `Fargate에 필요한 값입니다. 이 값을 사용하는 항목: ${why.ko}`,
  }
  return [{ path: 'executionRoleArn', rule }]
}

interface FargateRule {
  readonly at: string
  /** The values that Fargate takes; none where there is no such function. */
  readonly fits?: (value: unknown) => boolean
  readonly rule: Text
}

const NOT_ON_FARGATE: Text = { en: 'is not supported on Fargate', ko: 'Fargate에서 지원되지 않습니다' }
const CONTAINER = 'containerDefinitions[]'
const LINUX = `${CONTAINER}.linuxParameters`
const isOff = (value: unknown) => value !== true

// biome-ignore format: a line a rule
const MEMBERS: readonly FargateRule[] = [
  { at: 'placementConstraints[]', rule: NOT_ON_FARGATE },
  { at: 'ipcMode', rule: NOT_ON_FARGATE },
  { at: 'pidMode', fits: (value) => value === 'task', rule: { en: 'takes "task" alone on Fargate', ko: 'Fargate에서는 "task"만 지정할 수 있습니다' } },
  { at: 'volumes[].host.sourcePath', rule: NOT_ON_FARGATE },
  { at: 'volumes[].dockerVolumeConfiguration', rule: NOT_ON_FARGATE },
  { at: `${CONTAINER}.privileged`, fits: isOff, rule: NOT_ON_FARGATE },
  { at: `${CONTAINER}.dockerSecurityOptions[]`, rule: NOT_ON_FARGATE },
  { at: `${LINUX}.devices[]`, rule: NOT_ON_FARGATE },
  { at: `${LINUX}.sharedMemorySize`, rule: NOT_ON_FARGATE },
  { at: `${LINUX}.maxSwap`, rule: NOT_ON_FARGATE },
  { at: `${LINUX}.swappiness`, rule: NOT_ON_FARGATE },
  { at: `${LINUX}.capabilities.add[]`, fits: (value) => /^(?:CAP_)?SYS_PTRACE$/i.test(String(value)), rule: { en: 'takes SYS_PTRACE alone on Fargate', ko: 'Fargate에서는 SYS_PTRACE만 추가할 수 있습니다' } },
  { at: `${CONTAINER}.resourceRequirements[].type`, fits: (value) => value !== 'GPU', rule: { en: 'takes no GPU on Fargate', ko: 'Fargate에서는 GPU를 지정할 수 없습니다' } },
  { at: `${CONTAINER}.logConfiguration.logDriver`, fits: (value) => ['awslogs', 'splunk', 'awsfirelens'].includes(String(value)), rule: { en: 'takes awslogs, splunk or awsfirelens on Fargate', ko: 'Fargate에서는 awslogs, splunk, awsfirelens 중 하나여야 합니다' } },
  { at: `${CONTAINER}.firelensConfiguration.options.config-file-type`, fits: (value) => value === 'file', rule: { en: 'takes "file" alone on Fargate', ko: 'Fargate에서는 "file"만 지정할 수 있습니다' } },
  { at: `${CONTAINER}.startTimeout`, fits: (value) => Number(value) <= 120, rule: { en: 'takes up to 120 seconds on Fargate', ko: 'Fargate에서는 120초까지 지정할 수 있습니다' } },
  { at: `${CONTAINER}.stopTimeout`, fits: (value) => Number(value) <= 120, rule: { en: 'takes up to 120 seconds on Fargate', ko: 'Fargate에서는 120초까지 지정할 수 있습니다' } },
]

function memberFaults(definition: Loose): readonly Fault[] {
  return MEMBERS.flatMap(({ at: pattern, fits = () => false, rule }) =>
    valuesAt(definition, pattern).flatMap(({ path, value }) => (fits(value) ? [] : [{ path, rule }])),
  )
}
