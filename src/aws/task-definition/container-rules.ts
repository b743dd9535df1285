/** ECS's rules for the containers of a task definition (ECS API, ContainerDefinition). */

import type { Text } from '../../domain/text.ts'
import { sizeOf } from '../../task-start/fargate-size.ts'
import { at, count, fieldsOf, idOf, isLoose, type Loose, listAt, text, texts } from '../facts/shape.ts'
import { AS_TEXT, type Fault, NAME, NAME_RULE } from './fault.ts'
import { dependencyFaults, togetherFaults } from './order-rules.ts'

export function containerFaults(containers: readonly unknown[], definition: Loose): readonly Fault[] {
  const faults = containers.flatMap((container, index) => {
    const path = `containerDefinitions[${index}]`
    if (!isLoose(container)) return [{ path, rule: { en: 'has to be an object', ko: '객체여야 합니다' } }]
    return [
      ...ownFaults(container),
      ...memoryFaults(container, definition),
      ...environmentFaults(container, definition),
      ...portFaults(container, definition),
      ...volumeFaults(container, definition),
      ...healthCheckFaults(container),
      ...dependencyFaults(container, containers.filter(isLoose)),
    ].map((fault) => ({ ...fault, path: `${path}.${fault.path}` }))
  })
  return [...faults, ...togetherFaults(containers.filter(isLoose))]
}

const WHOLE_NUMBERS = ['cpu', 'memory', 'memoryReservation', 'startTimeout', 'stopTimeout']

function ownFaults(container: Loose): readonly Fault[] {
  const faults: Fault[] = []
  const name = text(container['name'])
  if (name === null || !NAME.test(name)) faults.push({ path: 'name', rule: NAME_RULE })
  const image = idOf(container['image'])
  if (image === null || /\s/.test(image)) {
    const rule = {
      en: 'takes the name of an image, such as nginx:1.29',
      ko: '이미지 이름이어야 합니다. 예: nginx:1.29',
    }
    faults.push({ path: 'image', rule })
  }
  const { essential } = container
  if (essential !== undefined && typeof essential !== 'boolean') {
    faults.push({ path: 'essential', rule: { en: 'has to be true or false', ko: 'true 또는 false여야 합니다' } })
  }
  for (const key of WHOLE_NUMBERS) {
    const value = container[key]
    if (value === undefined || value === null || Number.isInteger(value)) continue
    faults.push({ path: key, rule: { en: 'has to be a whole number', ko: '정수여야 합니다' } })
  }
  return faults
}

function memoryFaults(container: Loose, definition: Loose): readonly Fault[] {
  const hard = count(container['memory'])
  const soft = count(container['memoryReservation'])
  const task = sizeOf(definition['memory'], 'gb')
  if (hard === null && soft === null && idOf(definition['memory']) === null) {
    const rule = {
      en: 'or "memoryReservation" is required where the task has no "memory"',
      ko: '태스크에 "memory" 값이 없으면 이 값 또는 "memoryReservation" 값이 필요합니다',
    }
    return [{ path: 'memory', rule }]
  }
  if (hard !== null && soft !== null && soft > hard) {
    const rule = { en: 'may not exceed "memory"', ko: '"memory" 값보다 클 수 없습니다' }
    return [{ path: 'memoryReservation', rule }]
  }
  if (hard !== null && task !== null && hard > task) {
    return [
      {
        path: 'memory',
        rule: { en: 'may not exceed the memory of the task', ko: '태스크의 메모리보다 클 수 없습니다' },
      },
    ]
  }
  return []
}

function environmentFaults(container: Loose, definition: Loose): readonly Fault[] {
  const environment = listAt(container, 'environment')
  const names = new Set(fieldsOf(environment, 'name'))
  const secrets = listAt(container, 'secrets')
  const faults: Fault[] = environment.flatMap((one, index) =>
    typeof one['name'] === 'string' && typeof (one['value'] ?? '') === 'string'
      ? []
      : [{ path: `environment[${index}]`, rule: ENTRY }],
  )
  for (const [index, secret] of secrets.entries()) {
    const path = `secrets[${index}]`
    if (idOf(secret['name']) === null || idOf(secret['valueFrom']) === null) faults.push({ path, rule: SECRET })
    else if (names.has(String(secret['name']))) faults.push({ path, rule: SHARED_NAME })
  }
  if (secrets.length > 0 && idOf(definition['executionRoleArn']) === null) {
    const rule = {
      en: 'need an "executionRoleArn" that reads them',
      ko: '이 값을 읽을 "executionRoleArn"이 필요합니다',
    }
    faults.push({ path: 'secrets', rule })
  }
  const options = at(container, 'logConfiguration', 'options')
  for (const [key, value] of Object.entries(isLoose(options) ? options : {})) {
    if (typeof value !== 'string') faults.push({ path: `logConfiguration.options["${key}"]`, rule: AS_TEXT })
  }
  return faults
}

const ENTRY: Text = {
  en: 'takes a "name" and a "value" that are both texts in quotation marks',
  ko: '"name"과 "value" 모두 따옴표로 묶은 문자열이어야 합니다',
}
const SECRET: Text = {
  en: 'takes a "name" and a "valueFrom", the ARN of a secret or parameter',
  ko: '"name"과 "valueFrom"(보안 암호 또는 파라미터의 ARN)이 필요합니다',
}
const SHARED_NAME: Text = {
  en: 'has the name of an environment variable of the same container',
  ko: '같은 컨테이너의 환경 변수와 이름이 같습니다',
}

function portFaults(container: Loose, definition: Loose): readonly Fault[] {
  const ownNetwork = ['awsvpc', 'host'].includes(String(definition['networkMode']))
  return listAt(container, 'portMappings').flatMap((mapping, index) => {
    const path = `portMappings[${index}]`
    const { containerPort, hostPort, containerPortRange } = mapping
    if (containerPortRange !== undefined) {
      return isRange(containerPortRange) ? [] : [{ path: `${path}.containerPortRange`, rule: RANGE }]
    }
    if (!isPort(containerPort)) return [{ path: `${path}.containerPort`, rule: PORT }]
    if (hostPort !== undefined && hostPort !== null && !isPort(hostPort))
      return [{ path: `${path}.hostPort`, rule: PORT }]
    const differs = typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort
    const rule = {
      en: `has to equal "containerPort" in the network mode ${definition['networkMode']}`,
      ko: `"containerPort" 값과 같아야 합니다. 네트워크 모드: ${definition['networkMode']}`,
    }
    return ownNetwork && differs ? [{ path: `${path}.hostPort`, rule }] : []
  })
}

const PORT: Text = { en: 'takes a port from 0 to 65535', ko: '0~65535 범위의 포트여야 합니다' }
const RANGE: Text = { en: 'takes ports as "FROM-TO"', ko: '"FROM-TO" 형식의 포트 범위여야 합니다' }

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65535
}

function isRange(value: unknown): boolean {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(String(value)) ?? []
  return isPort(Number(from)) && isPort(Number(to)) && Number(from) <= Number(to)
}

function volumeFaults(container: Loose, definition: Loose): readonly Fault[] {
  const volumes = new Set(fieldsOf(definition['volumes'], 'name'))
  return listAt(container, 'mountPoints').flatMap((mount, index) => {
    const volume = idOf(mount['sourceVolume'])
    if (volume === null || volumes.has(volume)) return []
    const rule = {
      en: `names the volume ${volume}, which "volumes" does not have`,
      ko: `"volumes"에 없는 볼륨을 가리킵니다: ${volume}`,
    }
    return [{ path: `mountPoints[${index}].sourceVolume`, rule }]
  })
}

/** Lowest and highest, in seconds or times (ECS API, HealthCheck). */
const HEALTH_LIMITS = { interval: [5, 300], timeout: [2, 120], retries: [1, 10], startPeriod: [0, 300] } as const

function healthCheckFaults(container: Loose): readonly Fault[] {
  const check = container['healthCheck']
  if (!isLoose(check)) return []
  const faults: Fault[] = Object.entries(HEALTH_LIMITS).flatMap(([key, [from, to]]) => {
    const value = check[key]
    if (
      value === undefined ||
      value === null ||
      (Number.isInteger(value) && Number(value) >= from && Number(value) <= to)
    ) {
      return []
    }
    const rule = { en: `takes a whole number from ${from} to ${to}`, ko: `${from}~${to} 범위의 정수여야 합니다` }
    return [{ path: `healthCheck.${key}`, rule }]
  })
  if (texts(check['command']).length === 0) {
    const rule = { en: 'takes a list such as ["CMD-SHELL", "…"]', ko: '목록이어야 합니다. 예: ["CMD-SHELL", "…"]' }
    faults.push({ path: 'healthCheck.command', rule })
  }
  return faults
}
