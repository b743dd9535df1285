/** The service of Seoul with ECS Exec on and a task in each subnet, and images of its containers: folders of programs. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Item, isItem, itemsOf } from '../../../simulator/item.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import { SUBNETS, TASKS } from '../../../simulator/seoul/names.ts'

export const [FIRST, SECOND] = SUBNETS as readonly [(typeof SUBNETS)[number], (typeof SUBNETS)[number]]
export const [TASK, OTHER] = TASKS

export interface ProbedOptions {
  readonly healthy?: boolean
  /** Of the tasks, when they started. */
  readonly exec?: boolean
  readonly agent?: string
  /** Of each task, after all the rest. */
  readonly task?: (task: Item, at: number) => Item
  readonly cluster?: (cluster: Item) => Item
}

export function probedFiles(options: ProbedOptions = {}): Record<string, unknown> {
  const { healthy = true, exec = true, agent = 'RUNNING', task = (one) => one, cluster = (one) => one } = options
  const files = seoulFiles({ healthy })
  const managedAgents = exec ? [{ name: 'ExecuteCommandAgent', lastStatus: agent }] : []
  const tasks = listIn(files, 'ecs/describe-tasks.json', 'tasks').map((one, at) => ({
    ...one,
    enableExecuteCommand: exec,
    attachments: itemsOf(one['attachments']).map((own) => ({
      ...own,
      details: itemsOf(own['details']).map((detail) =>
        detail['name'] === 'subnetId' ? { ...detail, value: SUBNETS[at]?.id } : detail,
      ),
    })),
    containers: itemsOf(one['containers']).map((own) => ({ ...own, managedAgents })),
  }))
  return {
    ...files,
    'ecs/describe-services.json': {
      services: listIn(files, 'ecs/describe-services.json', 'services').map((one) => ({
        ...one,
        enableExecuteCommand: exec,
      })),
      failures: [],
    },
    'ecs/describe-tasks.json': { tasks: tasks.map(task), failures: [] },
    'ecs/describe-clusters.json': {
      clusters: listIn(files, 'ecs/describe-clusters.json', 'clusters').map(cluster),
      failures: [],
    },
  }
}

function listIn(files: Readonly<Record<string, unknown>>, path: string, member: string): readonly Item[] {
  const file = files[path]
  return isItem(file) ? itemsOf(file[member]) : []
}

/** The first of this machine's programs of that name; of Python itself, whatever stands before it. */
export function programPath(name: string): string | null {
  if (name === 'python3') return pythonPath()
  const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  return found.find((path) => existsSync(path)) ?? null
}

function pythonPath(): string | null {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** An image: programs of this machine by name, and others as scripts. The answer is its `PATH`. */
export function imageWith(programs: readonly string[], scripts: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-pull-guard-image-'))
  for (const name of ['sleep', ...programs]) symlinkSync(programPath(name) ?? `/missing/${name}`, join(folder, name))
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

/**
 * A network for an image: what `getent` and `curl` of the task see. A host stands for every name that contains it; all others have a public
 * address and let everybody in.
 */
export function networkOf(hosts: Readonly<Record<string, { readonly address?: string; readonly curl?: string }>> = {}) {
  const cases = Object.entries(hosts)
  const named = cases.map(([host, { address = '' }]) =>
    address === '' ? `*${host}*) exit 2 ;;` : `*${host}*) echo "${address} STREAM $2"; exit ;;`,
  )
  const connecting = cases.flatMap(([host, { curl }]) => (curl === undefined ? [] : [`*${host}*) ${curl} ;;`]))
  return {
    getent: `case "$2" in ${named.join(' ')} esac; echo "52.95.110.1 STREAM $2"`,
    curl: `case "$*" in ${connecting.join(' ')} esac; echo "0.010000 0.050000"`,
  }
}
