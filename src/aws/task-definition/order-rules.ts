/** ECS's rules for containers as a group: names, the essential one, who waits for whom and takes whose volumes (ECS API, ContainerDependency). */
import { fieldsOf, idOf, isLoose, type Loose, listAt, text } from '../facts/shape.ts'
import { type Fault, secondOf } from './fault.ts'

export function dependencyFaults(container: Loose, containers: readonly Loose[]): readonly Fault[] {
  return listAt(container, 'dependsOn').flatMap((dependency, index) => {
    const path = `dependsOn[${index}]`
    const name = String(dependency['containerName'] ?? '')
    const other = containers.find((one) => one['name'] === name)
    if (other === undefined || other === container) {
      const rule = {
        en: `names the container ${name}, which is not another one of this task`,
        ko: `이 태스크의 다른 컨테이너가 아닙니다: ${name}`,
      }
      return [{ path: `${path}.containerName`, rule }]
    }
    const condition = dependency['condition']
    const ends = condition === 'COMPLETE' || condition === 'SUCCESS'
    if (ends && other['essential'] !== false) {
      const rule = {
        en: `waits for the end of ${name}, which is essential and may not end`,
        ko: `종료되면 안 되는 필수 컨테이너의 종료를 기다립니다: ${name}`,
      }
      return [{ path: `${path}.condition`, rule }]
    }
    if (condition === 'HEALTHY' && !isLoose(other['healthCheck'])) {
      const rule = {
        en: `needs a health check of ${name}`,
        ko: `상태 확인이 필요한 컨테이너에 상태 확인이 없습니다: ${name}`,
      }
      return [{ path: `${path}.condition`, rule }]
    }
    return []
  })
}

/** "Invalid 'volumesFrom' setting. Unknown container", as ECS says. */
export function sourceFaults(container: Loose, containers: readonly Loose[]): readonly Fault[] {
  return listAt(container, 'volumesFrom').flatMap((source, index) => {
    const name = idOf(source['sourceContainer'])
    if (name === null || containers.some((one) => one['name'] === name)) return []
    const rule = { en: `names no container of this task: ${name}`, ko: `이 태스크의 컨테이너가 아닙니다: ${name}` }
    return [{ path: `volumesFrom[${index}].sourceContainer`, rule }]
  })
}

export function togetherFaults(containers: readonly Loose[]): readonly Fault[] {
  const faults: Fault[] = []
  const names = containers.map((one) => text(one['name']))
  const twice = secondOf(names)
  if (twice >= 0) {
    const rule = {
      en: `is the name of two containers: ${names[twice]}`,
      ko: `두 컨테이너의 이름이 같습니다: ${names[twice]}`,
    }
    faults.push({ path: `containerDefinitions[${twice}].name`, rule })
  }
  if (containers.length > 0 && containers.every((one) => one['essential'] === false)) {
    const rule = { en: 'need at least one container that is essential', ko: '필수 컨테이너가 하나 이상 있어야 합니다' }
    faults.push({ path: 'containerDefinitions', rule })
  }
  const circle = containers.find((one) => waitsForItself(one, containers))
  if (circle !== undefined) {
    const rule = { en: 'go round in a circle', ko: '서로를 기다리는 순환이 있습니다' }
    faults.push({ path: `containerDefinitions[${containers.indexOf(circle)}].dependsOn`, rule })
  }
  return faults
}

function waitsForItself(container: Loose, containers: readonly Loose[]): boolean {
  const start = String(container['name'])
  const reached = new Set<string>()
  let next = namesWaitedFor(container)
  while (next.length > 0) {
    for (const name of next) reached.add(name)
    next = containers
      .filter((one) => next.includes(String(one['name'])))
      .flatMap(namesWaitedFor)
      .filter((name) => !reached.has(name))
  }
  return reached.has(start) && !namesWaitedFor(container).includes(start)
}

function namesWaitedFor(container: Loose): readonly string[] {
  return fieldsOf(container['dependsOn'], 'containerName')
}
