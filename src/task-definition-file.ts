/** Reads a task definition that is not registered yet, and holds it to the rules by which ECS would refuse it. */
import { stat } from 'node:fs/promises'
import { toTaskDefinition } from './aws/facts/task-definition.ts'
import type { TaskDefinition } from './domain/service.ts'
import type { Text } from './domain/text.ts'
import { UsageError } from './domain/usage-error.ts'
import { isObject, readJsonFile } from './json-file.ts'

type Loose = Readonly<Record<string, unknown>>

/** The definition in a file, or the name as it stands. Throws UsageError for a file that ECS would not register. */
export async function taskDefinitionOf(named: string, label: string): Promise<string | TaskDefinition> {
  const looksLikeFile = named.endsWith('.json') || /^\.{0,2}\//.test(named)
  if (!looksLikeFile && !(await isFile(named))) return named
  const content = await readJsonFile(named, label)
  // `aws ecs describe-task-definition` wraps it; what registers it does not.
  const record = isObject(content) && isObject(content['taskDefinition']) ? content['taskDefinition'] : content
  const fault = isObject(record) ? faultOf(record) : NOT_AN_OBJECT
  const definition = isObject(record) && fault === null ? toTaskDefinition(record) : null
  if (definition !== null) return definition
  const { en, ko } = fault ?? UNREADABLE
  throw new UsageError({
    en: `${label} names the file ${named}, which ECS would refuse: ${en}.`,
    ko: `${label} 입력의 파일을 ECS에 등록할 수 없습니다: ${named} (${ko})`,
  })
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

const NOT_AN_OBJECT: Text = { en: 'it is no JSON object', ko: 'JSON 객체가 아닙니다' }
const UNREADABLE: Text = { en: 'a container lacks its name or image', ko: '컨테이너의 이름 또는 이미지가 없습니다' }
/** Letters, digits, hyphens and underscores, at most 255 (ECS API Reference, RegisterTaskDefinition and ContainerDefinition). */
const NAME = /^[A-Za-z0-9_-]{1,255}$/

/** The first rule of RegisterTaskDefinition that it breaks, as the end of a sentence; null where it breaks none that is known. */
function faultOf(record: Loose): Text | null {
  const { family, containerDefinitions } = record
  if (typeof family !== 'string' || !NAME.test(family)) {
    return {
      en: '`family` has to be 1 to 255 letters, digits, hyphens and underscores',
      ko: '`family` 값은 1~255자의 영문자, 숫자, 하이픈, 밑줄이어야 합니다',
    }
  }
  if (!Array.isArray(containerDefinitions) || containerDefinitions.length === 0) {
    return { en: '`containerDefinitions` has no container', ko: '`containerDefinitions` 목록에 컨테이너가 없습니다' }
  }
  return containersFault(containerDefinitions) ?? fargateFault(record)
}

function containersFault(containers: readonly unknown[]): Text | null {
  const names = new Set<string>()
  for (const [at, container] of containers.entries()) {
    const place = `containerDefinitions[${at}]`
    if (!isObject(container)) return { en: `\`${place}\` is no object`, ko: `객체가 아닌 항목: \`${place}\`` }
    const { name, image } = container
    if (typeof name !== 'string' || !NAME.test(name)) {
      return { en: `\`${place}.name\` is missing or not allowed`, ko: `이름이 없거나 허용되지 않음: \`${place}.name\`` }
    }
    if (names.has(name)) return { en: `two containers are called \`${name}\``, ko: `중복된 컨테이너 이름: \`${name}\`` }
    names.add(name)
    if (typeof image !== 'string' || image.trim() === '') {
      return { en: `container \`${name}\` has no \`image\``, ko: `\`image\` 값이 없는 컨테이너: \`${name}\`` }
    }
  }
  if (containers.some((container) => isObject(container) && container['essential'] !== false)) return null
  return { en: 'no container is essential', ko: '필수(essential) 컨테이너가 없습니다' }
}

/** CPU units → MiB of memory (ECS Developer Guide, Task definition parameters for Fargate, Task size). */
const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16384, 1024)],
  [4096, steps(8192, 30720, 1024)],
  [8192, steps(16384, 61440, 4096)],
  [16384, steps(32768, 122880, 8192)],
])

function steps(least: number, most: number, step: number): readonly number[] {
  return Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step)
}

function fargateFault({ requiresCompatibilities, networkMode, cpu, memory }: Loose): Text | null {
  if (!Array.isArray(requiresCompatibilities) || !requiresCompatibilities.includes('FARGATE')) return null
  if (networkMode !== 'awsvpc') {
    return { en: 'Fargate needs `networkMode` `awsvpc`', ko: 'Fargate에는 `networkMode` 값 `awsvpc`가 필요합니다' }
  }
  const units = amountOf(cpu, 'vcpu')
  const mebibytes = amountOf(memory, 'gb')
  if (units === null || mebibytes === null) {
    return {
      en: 'Fargate needs `cpu` and `memory` of the task',
      ko: 'Fargate에는 태스크 수준의 `cpu` 및 `memory` 값이 필요합니다',
    }
  }
  // AWS adds sizes: CPU units that are not in the table are for AWS to judge.
  if (FARGATE_SIZES.get(units)?.includes(mebibytes) ?? true) return null
  return {
    en: `Fargate has no task of \`cpu\` ${units} with \`memory\` ${mebibytes}`,
    ko: `Fargate에서 지원하지 않는 조합: \`cpu\` ${units}, \`memory\` ${mebibytes}`,
  }
}

/** `256`, `"256"`, `".25 vCPU"`; `2048`, `"2048"`, `"2 GB"`. Null where it is none of these. */
function amountOf(value: unknown, unit: string): number | null {
  const found = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '',
  )
  if (found === null) return null
  const [, amount, suffix = ''] = found
  if (suffix === '') return Number(amount)
  return suffix.toLowerCase() === unit ? Number(amount) * 1024 : null
}
