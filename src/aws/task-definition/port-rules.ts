/** ECS's rules for ports, and for what a network mode leaves no room for (ECS API, PortMapping, ContainerDefinition). */
import type { Text } from '../../domain/text.ts'
import { idOf, type Loose, listAt, text, texts } from '../facts/shape.ts'
import { type Fault, secondOf } from './fault.ts'

export function networkFaults(container: Loose, definition: Loose): readonly Fault[] {
  const mode = idOf(definition['networkMode'])
  return [...portFaults(container, mode), ...modeFaults(container, mode)]
}

function portFaults(container: Loose, mode: string | null): readonly Fault[] {
  return listAt(container, 'portMappings').flatMap((mapping, index) => {
    const path = `portMappings[${index}]`
    const { containerPort, hostPort } = mapping
    const range = idOf(mapping['containerPortRange'])
    if (range !== null) {
      if (!isRange(range)) return [{ path: `${path}.containerPortRange`, rule: RANGE }]
      const both = ['containerPort', 'hostPort'].find((key) => mapping[key] !== undefined && mapping[key] !== null)
      return both === undefined ? [] : [{ path: `${path}.${both}`, rule: BESIDE_RANGE }]
    }
    if (containerPort === undefined || containerPort === null) return [{ path: `${path}.containerPort`, rule: PORT }]
    const differs = typeof hostPort === 'number' && hostPort !== 0 && hostPort !== containerPort
    const rule = {
      en: `has to equal "containerPort" in the network mode ${mode}`,
      ko: `"containerPort" 값과 같아야 합니다. 네트워크 모드: ${mode}`,
    }
    return (mode === 'awsvpc' || mode === 'host') && differs ? [{ path: `${path}.hostPort`, rule }] : []
  })
}

const PORT: Text = { en: 'takes a port from 0 to 65535', ko: '0~65535 범위의 포트여야 합니다' }
const RANGE: Text = { en: 'takes ports as "FROM-TO"', ko: '"FROM-TO" 형식의 포트 범위여야 합니다' }
const BESIDE_RANGE: Text = {
  en: 'stands beside "containerPortRange"; a mapping has one of them',
  ko: '"containerPortRange"와 함께 지정할 수 없습니다',
}

function isRange(value: string): boolean {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(value) ?? []
  return from !== undefined && Number(from) <= Number(to) && Number(to) <= 65535
}

/** What ECS says of each: "… not supported on container when networkMode=awsvpc". */
const WITHOUT_OWN_NETWORK = ['hostname', 'links', 'extraHosts', 'dnsServers', 'dnsSearchDomains']

function modeFaults(container: Loose, mode: string | null): readonly Fault[] {
  if (mode === 'host') return texts(container['links']).length === 0 ? [] : [{ path: 'links', rule: refusedIn(mode) }]
  if (mode !== 'awsvpc') return []
  const given = WITHOUT_OWN_NETWORK.filter((key) => {
    const value = container[key]
    return Array.isArray(value) ? value.length > 0 : idOf(value) !== null
  })
  const isOff = container['disableNetworking'] === true ? ['disableNetworking'] : []
  return [...given, ...isOff].map((path) => ({ path, rule: refusedIn(mode) }))
}

function refusedIn(mode: string): Text {
  return {
    en: `is not supported in the network mode ${mode}`,
    ko: `이 네트워크 모드에서 지원되지 않습니다: ${mode}`,
  }
}

/** Names of ports are unique in the whole task: Service Connect knows them by name alone. */
export function portNameFaults(containers: readonly Loose[]): readonly Fault[] {
  const named = containers.flatMap((container, at) =>
    listAt(container, 'portMappings').map(({ name }, index) => ({
      path: `containerDefinitions[${at}].portMappings[${index}].name`,
      name: text(name),
    })),
  )
  const second = named[secondOf(named.map(({ name }) => name))]
  const rule = { en: 'is the name of another port mapping', ko: '다른 포트 매핑과 이름이 같습니다' }
  return second === undefined ? [] : [{ path: second.path, rule }]
}
