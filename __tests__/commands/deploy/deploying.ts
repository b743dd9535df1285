/** A deploy against the simulator, through the command as a door asks for it, with a clock that runs as fast as it is read. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { SimulatedRequest, Simulator, SimulatorOptions } from '../../../simulator/start.ts'
import { runCommand } from '../../../src/commands/index.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import type { Report } from '../../../src/domain/report.ts'
import { isOfServices } from '../../../src/domain/services-report.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { CONTEXT } from '../../entry/context.ts'
import { BEGAN_AT, seoulScenario } from '../../simulator/rollout/scene.ts'
import { simulate } from '../../simulator/support.ts'
import { clockFrom } from '../watch-request.ts'

export const PLACE = { cluster: 'cluster-nestjs-second', service: 'role-nestjs-second-service' }

export interface Scene {
  readonly simulator: Simulator
  readonly clock: Clock
}

/** Healthy subnets, and an execution of every write. */
export async function sceneWith(
  scenario: Partial<ScenarioText> = {},
  options: Partial<SimulatorOptions> = {},
): Promise<Scene> {
  const clock = clockFrom(BEGAN_AT)
  const text = { script: [], ...scenario }
  const simulator = await simulate({
    files: seoulFiles({ healthy: true }),
    scenario: seoulScenario(text),
    clock,
    ...options,
  })
  return { simulator, clock }
}

export interface Deployed {
  readonly exitCode: number
  readonly report: Report
  readonly output: string
  readonly said: readonly string[]
  readonly folder: string
  /** Operations that change something, in the order in which they came in. */
  readonly writes: readonly string[]
  readonly requests: readonly SimulatedRequest[]
}

export async function deployed(
  { simulator, clock }: Scene,
  words: readonly string[],
  more: { readonly signal?: AbortSignal; readonly say?: (line: string) => void } = {},
): Promise<Deployed> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  const argv = ['deploy', '--region', simulator.region, '--format', 'json', '--output', folder, ...words]
  const asked = readArguments(argv)
  if (asked.kind !== 'run' || asked.command !== 'deploy') throw new Error(asked.kind)
  const said: string[] = []
  const from = simulator.requests().length
  const result = await runCommand('deploy', readValues('deploy', asked.given, 'cli'), {
    ...CONTEXT,
    clock,
    say: ({ en }) => {
      said.push(en)
      more.say?.(en)
    },
    aws: { endpoint: simulator.url },
    ...(more.signal === undefined ? {} : { signal: more.signal }),
  })
  const { report } = result
  if (report === null || isOfServices(report)) throw new Error('a deploy has one report')
  const requests = simulator.requests().slice(from)
  return {
    exitCode: result.exitCode,
    report,
    output: result.output,
    said,
    folder,
    writes: writesIn(requests),
    requests,
  }
}

/** What AWS calls by a name that changes something. */
export function writesIn(requests: readonly SimulatedRequest[]): readonly string[] {
  const isRead = /^(Describe|List|Get|Batch(Get|Check)|Simulate|Filter|Lookup|StartQuery)/
  return requests.flatMap(({ operation }) => (isRead.test(operation) ? [] : [operation]))
}

export const SERVICE = ['--cluster', PLACE.cluster, '--service', PLACE.service]

/** The task definition of the folder in a file, with members changed. */
export async function fileOf(change: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const files = seoulFiles()
  const name = Object.keys(files).find((file) => file.startsWith('ecs/describe-task-definition'))
  const answer = files[name ?? ''] as { readonly taskDefinition: Readonly<Record<string, unknown>> }
  const path = join(await mkdtemp(join(tmpdir(), 'definition-')), 'task-definition.json')
  await writeFile(path, JSON.stringify({ ...answer.taskDefinition, ...change }, null, 2))
  return path
}

export async function readJson(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
}
