/** A run of `probe --enable-exec` through its command, against the AWS of a URL; as a program of its own it can be killed. */
import { setTimeout as pause } from 'node:timers/promises'
import { runCommand } from '../../../src/commands/index.ts'
import type { Clock } from '../../../src/domain/clock.ts'
import type { Report } from '../../../src/domain/report.ts'
import { readArguments, readValues } from '../../../src/inputs/parse-arguments.ts'
import { CONTEXT } from '../../entry/context.ts'

/** Of one owner. */
export const OURS = { GITHUB_REPOSITORY: 'example/web', GITHUB_WORKFLOW: 'deploy', GITHUB_JOB: 'probe' }

export interface Probed {
  readonly exitCode: number
  readonly report: Report
  readonly output: string
  readonly said: readonly string[]
}

export interface Asked {
  readonly more?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  readonly hear?: (line: string) => void
}

export async function probing(url: string, clock: Clock, asked: Asked = {}): Promise<Probed> {
  const { more = ['--enable-exec'], env = OURS, signal, hear = () => {} } = asked
  const line = ['probe', '--cluster', 'cluster-nestjs-second', '--service', 'role-nestjs-second-service', ...more]
  const read = readArguments([...line, '--format', 'json', '--region', 'ap-northeast-2'])
  if (read.kind !== 'run') throw new Error(line.join(' '))
  const said: string[] = []
  const { exitCode, output, report } = await runCommand('probe', readValues('probe', read.given, 'cli'), {
    ...CONTEXT,
    env,
    clock,
    say: ({ en }) => {
      said.push(en)
      hear(en)
    },
    aws: { endpoint: url, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    ...(signal === undefined ? {} : { signal }),
  })
  return { exitCode, report: report as Report, output, said }
}

/** A minute of it is a second, for the simulator and for whoever waits for what happens there. */
export function fastClock(began: number): Clock {
  return {
    now: () => began + (Date.now() - began) * 60,
    sleep: (ms, signal) => pause(ms / 60, undefined, { signal }).catch(() => {}),
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , url = '', began] = process.argv
  await probing(url, fastClock(Number(began)))
}
