/** The face of `simulate`: serves a snapshot folder, or a scenario, until it is told to stop, and says how to point tools at it. */
import type { Language, Text } from '../src/domain/text.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from './start.ts'

export { scenarioOf } from './rollout/read-scenario.ts'

export interface ServeOptions extends SimulatorOptions {
  readonly language: Language
  /** Takes one line of output. */
  readonly print: (line: string) => void
  /** Stops it, as SIGINT and SIGTERM do. */
  readonly signal?: AbortSignal
}

/** Resolves when it was stopped. Rejects as startSimulator does. */
export async function serveFolder({ language, print, signal, ...options }: ServeOptions): Promise<void> {
  const simulator = await startSimulator(options)
  for (const line of directions(simulator, options)) print(typeof line === 'string' ? line : line[language])
  await stopped(signal)
  await simulator.stop()
}

function directions(
  simulator: Simulator,
  { folder, scenario, speed = 1 }: SimulatorOptions,
): readonly (Text | string)[] {
  const served = folder ?? scenario?.name ?? ''
  const plays: Text = {
    en: `The scenario ${scenario?.name} plays in service ${scenario?.service} of cluster ${scenario?.cluster}, ${speed} times as fast as in reality.`,
    ko: `재생하는 시나리오: ${scenario?.name}, 클러스터: ${scenario?.cluster}, 서비스: ${scenario?.service}, 속도: ${speed}배`,
  }
  return [
    {
      en: `Serving ${served} as AWS at ${simulator.url} (account ${simulator.accountId}, Region ${simulator.region}).`,
      ko: `AWS처럼 제공하는 ${folder === undefined ? '시나리오' : '폴더'}: ${served}, 주소: ${simulator.url} (계정 ${simulator.accountId}, 리전 ${simulator.region})`,
    },
    ...(scenario === undefined ? [] : [plays]),
    {
      en: 'Point the AWS CLI, an SDK or this tool at it, in another terminal:',
      ko: '다른 터미널에서 다음 명령으로 AWS CLI, SDK 또는 이 도구를 연결합니다.',
    },
    '',
    `export AWS_ENDPOINT_URL=${simulator.url}`,
    'export AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated AWS_EC2_METADATA_DISABLED=true',
    `export AWS_REGION=${simulator.region} AWS_DEFAULT_REGION=${simulator.region}`,
    '',
    { en: 'Press Ctrl+C to stop.', ko: 'Ctrl+C를 누르면 종료합니다.' },
  ]
}

/** Listens only as long as it waits, so that the process ends as usual afterwards. */
async function stopped(signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    signal?.addEventListener('abort', stop)
  })
}
