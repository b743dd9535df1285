/** ECS's own rules for a task definition, so that a file is refused before AWS refuses it (ECS API, RegisterTaskDefinition). */
import { fieldsOf, idOf, isLoose, type Loose, listAt, text } from '../facts/shape.ts'
import { containerFaults } from './container-rules.ts'
import { fargateFaults } from './fargate-rules.ts'
import { type Fault, secondOf, under } from './fault.ts'
import { shapeFaults } from './shape-faults.ts'
import { valueFaults } from './value-rules.ts'
import { volumeFaults } from './volume-rules.ts'

/** Every broken rule, a place once; those of single values before those that weigh several. */
export function taskDefinitionFaults(definition: Loose): readonly Fault[] {
  const containers = listAt(definition, 'containerDefinitions')
  const faults = [
    ...shapeFaults(definition).faults,
    ...valueFaults(definition),
    ...sizeFaults(definition),
    ...roleFaults(definition),
    ...tagFaults(definition),
    ...proxyFaults(definition, containers),
    ...fargateFaults(definition),
    ...noContainerFaults(definition),
    ...containerFaults(containers, definition),
    ...volumeFaults(definition, containers),
  ]
  return faults.filter(({ path }, at) => faults.findIndex((other) => other.path === path) === at)
}

/** Amazon ECS service quotas, Task definition size: 64 KB, not adjustable. */
const MOST_BYTES = 65_536

function sizeFaults({ tags: _, ...definition }: Loose): readonly Fault[] {
  const bytes = new TextEncoder().encode(JSON.stringify(definition)).length
  const rule = {
    en: `is larger than ${MOST_BYTES} bytes (${bytes} without spaces)`,
    ko: `크기는 ${MOST_BYTES}바이트까지입니다(공백 제외 ${bytes}바이트)`,
  }
  return bytes > MOST_BYTES ? [{ path: '$', rule }] : []
}

function noContainerFaults({ containerDefinitions }: Loose): readonly Fault[] {
  if (!Array.isArray(containerDefinitions) || containerDefinitions.length > 0) return []
  const rule = { en: 'needs at least one container', ko: '컨테이너가 하나 이상 있어야 합니다' }
  return [{ path: 'containerDefinitions', rule }]
}

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/
const ROLE_NAME = /^[\w+=,.@/-]+$/

function roleFaults(definition: Loose): readonly Fault[] {
  return ['taskRoleArn', 'executionRoleArn'].flatMap((key) => {
    const role = idOf(definition[key])
    if (role === null || (role.startsWith('arn:') ? ROLE_ARN : ROLE_NAME).test(role)) return []
    const rule = {
      en: 'takes the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME',
      ko: 'IAM 역할의 ARN이어야 합니다. 형식: arn:aws:iam::ACCOUNT:role/NAME',
    }
    return [{ path: key, rule }]
  })
}

/** Each key once (ECS API, Tag). */
function tagFaults(definition: Loose): readonly Fault[] {
  const twice = secondOf(listAt(definition, 'tags').map(({ key }) => text(key)))
  const rule = { en: 'is the key of two tags', ko: '두 태그의 키가 같습니다' }
  return twice < 0 ? [] : [{ path: `tags[${twice}].key`, rule }]
}

/** ECS API, ProxyConfiguration. */
function proxyFaults(definition: Loose, containers: readonly Loose[]): readonly Fault[] {
  const proxy = definition['proxyConfiguration']
  const name = isLoose(proxy) ? idOf(proxy['containerName']) : null
  if (name === null) return []
  const faults: Fault[] = []
  if (!fieldsOf(containers, 'name').includes(name)) {
    const rule = { en: `names no container of this task: ${name}`, ko: `이 태스크의 컨테이너가 아닙니다: ${name}` }
    faults.push({ path: 'containerName', rule })
  }
  if (definition['networkMode'] !== 'awsvpc') {
    const rule = { en: 'needs the network mode awsvpc', ko: 'awsvpc 네트워크 모드가 필요합니다' }
    faults.push({ path: 'type', rule })
  }
  return under('proxyConfiguration', faults)
}
