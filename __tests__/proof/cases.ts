/** The services whose reports are put to the proof: forty measured VPCs, and services rebuilt from public reports. */
import { existsSync, readFileSync } from 'node:fs'
import { Folder } from './folder.ts'

export interface Case {
  readonly name: string
  readonly folder: Folder
  readonly cluster: string
  readonly service: string
  readonly taskDefinition: string | null
}

const FIXTURES = '__tests__/fixtures'

export const measuredVpcs: readonly Case[] = Array.from({ length: 40 }, (_, at) =>
  caseOf(`vpc/${at + 1}`, Folder.read(`${FIXTURES}/vpc/${at + 1}`)),
)

const healthy = Folder.read(`${FIXTURES}/field/healthy`)

interface FieldCase {
  readonly id: string
  readonly removed: Readonly<Record<string, readonly string[]>>
  readonly expect: { readonly arguments?: readonly string[] }
}
const FIELD: readonly FieldCase[] = JSON.parse(readFileSync(`${FIXTURES}/field/index.json`, 'utf8'))

/** The broken ones: of the repaired ones nothing is printed that is not printed of these. */
export const fieldCases: readonly Case[] = FIELD.map(({ id, removed, expect }) => {
  const own = `${FIXTURES}/field/${id}/broken`
  const folder = healthy.overlaid(existsSync(own) ? Folder.read(own) : new Folder([]))
  for (const path of removed['broken'] ?? []) folder.remove(path)
  const [name, value] = expect.arguments ?? []
  return caseOf(`field/${id}`, folder, name === '--task-definition' ? value : undefined)
})

function caseOf(name: string, folder: Folder, taskDefinition: string | null = null): Case {
  const [service] = folder.json<{ services: { serviceName: string; clusterArn: string }[] }>(
    'ecs/describe-services.json',
  ).services
  if (service === undefined) throw new Error(`${name} has no service`)
  return {
    name,
    folder,
    cluster: service.clusterArn.split('/').at(-1) ?? '',
    service: service.serviceName,
    taskDefinition,
  }
}
