/** The recorded answers of ECS in `fixtures/ecs`, whatever their form: DescribeTasks, Step Functions' PascalCase, EventBridge. */
import { readdirSync, readFileSync } from 'node:fs'
import { toEcsTask } from '../../src/aws/facts/rollout.ts'
import type { Loose } from '../../src/aws/facts/shape.ts'
import type { EcsTask } from '../../src/domain/rollout.ts'

const folder = new URL('../fixtures/ecs/', import.meta.url)

export function documentNames(): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json')
}

export function document<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T
}

/** Every task of a document, in its order. */
export function tasksOf(name: string): readonly EcsTask[] {
  const content = document<Loose>(name)
  const detail = content['detail']
  const records = Array.isArray(content['tasks']) ? content['tasks'] : [detail ?? camelCased(content)]
  return (records as readonly Loose[]).flatMap((one) => toEcsTask(one) ?? [])
}

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key.charAt(0).toLowerCase() + key.slice(1), camelCased(field)]),
  )
}
