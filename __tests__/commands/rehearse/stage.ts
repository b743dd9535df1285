/** `rehearse` through its command against the simulator: the Seoul service, with a clock that runs as fast as it is read. */
import type { ScenarioText } from '../../../simulator/rollout/scenario.ts'
import { seoulFiles } from '../../../simulator/seoul/files.ts'
import type { Simulator, SimulatorOptions } from '../../../simulator/start.ts'
import { runCommand } from '../../../src/commands/index.ts'
import type { Report } from '../../../src/domain/report.ts'
import type { Text } from '../../../src/domain/text.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { simulate } from '../../aws/simulated.ts'
import { CONTEXT } from '../../entry/context.ts'
import { BEGAN_AT, seoulScenario } from '../../simulator/rollout/scene.ts'

export const GOOD = 'subnet-0e17c5b8a3d94f602'
export const BAD = 'subnet-09d2f7a641be3c85e'
export const FAMILY = 'role-nestjs-second-pull-rehearsal'
export const TIMEOUT: ScenarioText['subnets'][number]['behaviour'] = {
  kind: 's3-timeout',
  address: '52.219.148.62',
  seconds: [270, 300],
}

/** Of one owner. */
export const OURS = { GITHUB_REPOSITORY: 'example/web', GITHUB_WORKFLOW: 'deploy', GITHUB_JOB: 'rehearse' }
export const THEIRS = { ...OURS, GITHUB_JOB: 'other' }

const WRITES = /^(Run|Stop|Register|Deregister|Delete|Update|Tag|Untag|Execute|Continue|Create|Put)/

export interface Ran {
  readonly exitCode: number
  readonly report: Report
  readonly output: string
  readonly said: readonly string[]
}

export async function stageOf(text: Partial<ScenarioText> = {}, options: Partial<SimulatorOptions> = {}) {
  let ms = BEGAN_AT
  const clock = {
    now: () => ms,
    sleep: async (rest: number, signal?: AbortSignal) => {
      if (signal?.aborted !== true) ms += rest
    },
  }
  const simulator = await simulate({
    files: seoulFiles(),
    scenario: seoulScenario({ script: [], ...text }),
    clock,
    ...options,
  })

  async function run(
    more: readonly string[] = [],
    env: NodeJS.ProcessEnv = OURS,
    signal?: AbortSignal,
    hear = (_: string) => {},
  ): Promise<Ran> {
    const line = ['rehearse', '--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service', ...more]
    const asked = readArguments([...line, '--format', 'json', '--region', 'ap-northeast-2'])
    if (asked.kind !== 'run') throw new Error(line.join(' '))
    const said: string[] = []
    const { exitCode, output, report } = await runCommand('rehearse', readValues('rehearse', asked.given, 'cli'), {
      ...CONTEXT,
      env,
      clock,
      say: ({ en }: Text) => {
        said.push(`[${Math.round((ms - BEGAN_AT) / 1000)}] ${en}`)
        hear(en)
      },
      aws: { endpoint: simulator.url, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
      ...(signal === undefined ? {} : { signal }),
    })
    return { exitCode, report: report as Report, output, said }
  }

  return { simulator, clock, run, writes: () => writesOf(simulator), left: () => leftIn(simulator) }
}

/** The operations that change something, in the order of their arrival. */
export function writesOf(simulator: Simulator): readonly string[] {
  return simulator.requests().flatMap(({ operation }) => (WRITES.test(operation) ? [operation] : []))
}

/** What is still there of any rehearsal: tasks that nobody has told to stop, definitions that nobody has deleted. */
export function leftIn({ rollout }: Simulator): readonly string[] {
  const state = rollout?.state()
  if (state === undefined) throw new Error('a scenario plays')
  const tasks = state.standalone.filter(({ task }) => task.stop === null || task.stop.at > state.now)
  const definitions = state.definitions.filter(
    (one) => one['family'] === FAMILY && one['status'] !== 'DELETE_IN_PROGRESS',
  )
  return [
    ...tasks.map(({ task }) => `task/${task.id}`),
    ...definitions.map((one) => `${one['family']}:${one['revision']}`),
  ]
}
