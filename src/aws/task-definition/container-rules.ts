/** ECS's rules for the containers of a task definition that weigh several values (ECS API, ContainerDefinition). */
import type { Text } from '../../domain/text.ts'
import { sizeOf } from '../../task-start/fargate-size.ts'
import { at, count, fieldsOf, idOf, isLoose, type Loose, listAt, text, texts } from '../facts/shape.ts'
import { type Fault, secondOf, under } from './fault.ts'
import { logFaults, routerFaults } from './log-rules.ts'
import { dependencyFaults, sourceFaults, togetherFaults } from './order-rules.ts'
import { networkFaults, portNameFaults } from './port-rules.ts'
import { mountFaults } from './volume-rules.ts'

export function containerFaults(containers: readonly Loose[], definition: Loose): readonly Fault[] {
  const faults = containers.flatMap((container, index) =>
    under(`containerDefinitions[${index}]`, [
      ...nameFaults(container),
      ...memoryFaults(container, definition),
      ...environmentFaults(container, definition),
      ...networkFaults(container, definition),
      ...mountFaults(container, definition),
      ...limitFaults(container),
      ...healthCheckFaults(container),
      ...logFaults(container, containers, definition),
      ...dependencyFaults(container, containers),
      ...sourceFaults(container, containers),
    ]),
  )
  return [...faults, ...togetherFaults(containers), ...portNameFaults(containers), ...routerFaults(containers)]
}

function nameFaults(container: Loose): readonly Fault[] {
  return ['name', 'image'].flatMap((key) =>
    container[key] === undefined || container[key] === null
      ? [{ path: key, rule: { en: 'is required', ko: '필요한 값입니다' } }]
      : [],
  )
}

function memoryFaults(container: Loose, definition: Loose): readonly Fault[] {
  const hard = count(container['memory'])
  const soft = count(container['memoryReservation'])
  const task = sizeOf(definition['memory'], 'gb')
  if ((hard ?? 0) === 0 && (soft ?? 0) === 0 && idOf(definition['memory']) === null) {
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
    const rule = { en: 'may not exceed the memory of the task', ko: '태스크의 메모리보다 클 수 없습니다' }
    return [{ path: 'memory', rule }]
  }
  return []
}

const SHARED_NAME: Text = {
  en: 'has the name of an environment variable of the same container',
  ko: '같은 컨테이너의 환경 변수와 이름이 같습니다',
}
const SECOND_NAME: Text = { en: 'has the name of another secret', ko: '다른 보안 암호와 이름이 같습니다' }

/** Names of secrets are those of no variable and no other secret (ECS's own words when it refuses one). */
function environmentFaults(container: Loose, definition: Loose): readonly Fault[] {
  const environment = listAt(container, 'environment')
  const names = new Set(fieldsOf(environment, 'name'))
  const secrets = listAt(container, 'secrets')
  const faults: Fault[] = environment.flatMap(({ name }, index) =>
    typeof name === 'string' ? [] : [{ path: `environment[${index}]`, rule: NAMELESS }],
  )
  for (const [index, { name }] of secrets.entries()) {
    if (names.has(String(name))) faults.push({ path: `secrets[${index}]`, rule: SHARED_NAME })
  }
  const twice = secondOf(secrets.map(({ name }) => text(name)))
  if (twice >= 0) faults.push({ path: `secrets[${twice}].name`, rule: SECOND_NAME })
  if (secrets.length > 0 && idOf(definition['executionRoleArn']) === null) {
    const rule = {
      en: 'need an "executionRoleArn" that reads them',
      ko: '이 값을 읽을 "executionRoleArn"이 필요합니다',
    }
    faults.push({ path: 'secrets', rule })
  }
  return faults
}

const NAMELESS: Text = { en: 'takes a "name"', ko: '"name"이 필요합니다' }

function limitFaults(container: Loose): readonly Fault[] {
  return listAt(container, 'ulimits').flatMap(({ softLimit, hardLimit }, index) => {
    const [soft, hard] = [count(softLimit), count(hardLimit)]
    // -1 is without limit (setrlimit).
    if (soft === null || hard === null || hard < 0 || soft <= hard) return []
    const rule = { en: 'may not exceed "hardLimit"', ko: '"hardLimit" 값보다 클 수 없습니다' }
    return [{ path: `ulimits[${index}].softLimit`, rule }]
  })
}

function healthCheckFaults(container: Loose): readonly Fault[] {
  const command = at(container, 'healthCheck', 'command')
  if (!isLoose(container['healthCheck']) || command === undefined || texts(command).length > 0) return []
  const rule = { en: 'takes a list such as ["CMD-SHELL", "…"]', ko: '목록이어야 합니다. 예: ["CMD-SHELL", "…"]' }
  return [{ path: 'healthCheck.command', rule }]
}
