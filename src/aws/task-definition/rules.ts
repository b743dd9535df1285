/** ECS's own rules for a task definition, so that a file is refused before AWS refuses it (ECS API, RegisterTaskDefinition). */

import { FARGATE_SIZES, fargateSizeExists, sizeOf } from '../../task-start/fargate-size.ts'
import { at, idOf, isLoose, type Loose, listAt, texts } from '../facts/shape.ts'
import { containerFaults } from './container-rules.ts'
import { AS_TEXT, type Fault, NAME, NAME_RULE } from './fault.ts'

/** Every broken rule, in the order of the document. */
export function taskDefinitionFaults(definition: Loose): readonly Fault[] {
  const containers = definition['containerDefinitions']
  const family = definition['family']
  const faults: Fault[] = []
  if (typeof family !== 'string' || !NAME.test(family)) faults.push({ path: 'family', rule: NAME_RULE })
  for (const key of ['cpu', 'memory', 'networkMode', 'pidMode', 'ipcMode']) {
    if (definition[key] !== undefined && typeof definition[key] !== 'string') faults.push({ path: key, rule: AS_TEXT })
  }
  faults.push(...roleFaults(definition), ...fargateFaults(definition))
  if (!Array.isArray(containers) || containers.length === 0) {
    return [
      ...faults,
      {
        path: 'containerDefinitions',
        rule: { en: 'needs at least one container', ko: '컨테이너가 하나 이상 있어야 합니다' },
      },
    ]
  }
  if (containers.length > CONTAINERS) {
    const { length } = containers
    const rule = {
      en: `may hold ${CONTAINERS} containers, and holds ${length}`,
      ko: `컨테이너는 ${CONTAINERS}개까지 지정할 수 있습니다(현재 ${length}개)`,
    }
    return [...faults, { path: 'containerDefinitions', rule }]
  }
  return [...faults, ...containerFaults(containers, definition)]
}

/** Amazon ECS service quotas, Containers per task definition: not adjustable. */
const CONTAINERS = 10

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/
const ROLE_NAME = /^[\w+=,.@/-]+$/

function roleFaults(definition: Loose): readonly Fault[] {
  return ['taskRoleArn', 'executionRoleArn'].flatMap((key) => {
    const role = definition[key]
    if (role === undefined || role === null || role === '') return []
    const valid = typeof role === 'string' && (role.startsWith('arn:') ? ROLE_ARN : ROLE_NAME).test(role)
    const rule = {
      en: 'takes the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME',
      ko: 'IAM 역할의 ARN이어야 합니다. 형식: arn:aws:iam::ACCOUNT:role/NAME',
    }
    return valid ? [] : [{ path: key, rule }]
  })
}

function fargateFaults(definition: Loose): readonly Fault[] {
  if (!texts(definition['requiresCompatibilities']).includes('FARGATE')) return []
  const faults: Fault[] = []
  if (definition['networkMode'] !== 'awsvpc') {
    faults.push({
      path: 'networkMode',
      rule: { en: 'has to be "awsvpc" for Fargate', ko: 'Fargate에서는 "awsvpc"여야 합니다' },
    })
  }
  const cpu = sizeOf(definition['cpu'], 'vcpu')
  const memory = sizeOf(definition['memory'], 'gb')
  if (cpu === null)
    faults.push({
      path: 'cpu',
      rule: {
        en: 'is required for Fargate: CPU units such as "256", or "0.25 vCPU"',
        ko: 'Fargate에 필요한 값입니다. 예: "256" 또는 "0.25 vCPU"',
      },
    })
  if (memory === null)
    faults.push({
      path: 'memory',
      rule: {
        en: 'is required for Fargate: MiB such as "512", or "0.5 GB"',
        ko: 'Fargate에 필요한 값입니다. 예: "512" 또는 "0.5 GB"',
      },
    })
  if (cpu !== null && memory !== null && !fargateSizeExists(FARGATE_SIZES, cpu, memory)) {
    const allowed = FARGATE_SIZES[cpu]?.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
    const sizes = Object.keys(FARGATE_SIZES).join(', ')
    faults.push(
      allowed === undefined
        ? {
            path: 'cpu',
            rule: {
              en: `takes, for Fargate, one of ${sizes}`,
              ko: `Fargate에서 가능한 값은 다음과 같습니다: ${sizes}`,
            },
          }
        : {
            path: 'memory',
            rule: {
              en: `takes, for ${cpu} CPU units on Fargate, ${allowed} MiB`,
              ko: `Fargate에서 가능한 메모리(MiB)는 다음과 같습니다(CPU 단위: ${cpu}): ${allowed}`,
            },
          },
    )
  }
  return [...faults, ...executionRoleFaults(definition)]
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
