/** `demo`: the Seoul case on loopback, by the very commands that a user types. A rollout of a quarter of an hour passes in half a minute. */
import type { Clock } from '../domain/clock.ts'
import type { Text } from '../domain/text.ts'
import type { ExitCode, Mode } from '../inputs/commands.ts'
import { readValues } from '../inputs/parse-arguments.ts'
import type { InputName, Values } from '../inputs/table.ts'
import { progressLine } from '../report/text/progress-line.ts'
import { type CommandContext, NO_INPUT } from './command.ts'
import { runCommand } from './index.ts'

const SPEED = 40

interface Act {
  readonly act: 'before' | 'incident' | 'next' | 'unrepaired' | 'repaired'
  readonly command: Mode
  readonly ends: ExitCode
  readonly title: Text
  /** Inputs beside those of every act. */
  readonly more?: readonly (readonly [InputName, readonly string[]])[]
}

/** The case is known: an act that ends otherwise has failed. */
const ACTS: readonly Act[] = [
  {
    act: 'before',
    command: 'preflight',
    ends: 1,
    title: { en: 'Act 1: preflight, before the deployment', ko: '1막: 배포 전의 사전 점검' },
  },
  {
    act: 'incident',
    command: 'watch',
    ends: 0,
    title: {
      en: `Act 2: the same deployment, watched (${SPEED} times as fast)`,
      ko: `2막: 같은 배포를 관찰합니다(${SPEED}배 빠르게)`,
    },
  },
  {
    act: 'next',
    command: 'watch',
    ends: 0,
    title: {
      en: 'Act 3: the command is pasted, and the next deployment is watched',
      ko: '3막: 해결 명령을 적용한 뒤의 다음 배포',
    },
  },
  {
    act: 'unrepaired',
    command: 'rehearse',
    ends: 1,
    title: {
      en: 'Act 4: had somebody rehearsed it: one throw-away task a subnet',
      ko: '4막: 예행 실행을 했다면(서브넷마다 일회용 태스크 하나)',
    },
  },
  {
    act: 'unrepaired',
    command: 'deploy',
    ends: 1,
    more: [['force-new-deployment', ['true']]],
    title: { en: 'Act 4, continued: deploy refuses', ko: '4막(계속): 배포를 거부합니다' },
  },
  {
    act: 'repaired',
    command: 'deploy',
    ends: 0,
    more: [['force-new-deployment', ['true']]],
    title: { en: 'Act 4, the end: after the repair it goes through', ko: '4막(결말): 해결한 뒤에는 배포가 완료됩니다' },
  },
]

const NEXT_STEP: Text = {
  en: 'On a service of yours, reading only: ecs-pull-guard preflight --cluster NAME --service NAME --region REGION',
  ko: '실제 서비스에서 읽기 전용으로 실행: ecs-pull-guard preflight --cluster NAME --service NAME --region REGION --language ko',
}

export interface Stage extends Pick<CommandContext, 'clock' | 'colour' | 'columns'> {
  readonly print: (text: string) => void
  readonly signal: AbortSignal
}

/** Resolves when it has been played, or was interrupted. */
export async function demo({ language }: Values, { clock, signal, print, ...surroundings }: Stage): Promise<ExitCode> {
  const { CLUSTER, REGION, SERVICE, startAct } = await import('../../simulator/seoul/acts.ts')
  const common: readonly (readonly [InputName, readonly string[]])[] = [
    ['cluster', [CLUSTER]],
    ['service', [SERVICE]],
    ['region', [REGION]],
    ['language', [language]],
  ]
  const fast = faster(clock, SPEED)
  const say = (line: Text) => print(`${progressLine(line, language)}\n`)
  const ends: boolean[] = []
  for (const { act, command, ends: expected, title, more = [] } of ACTS) {
    print(`${rule(title[language])}\n`)
    const simulator = await startAct(act, fast)
    try {
      const { exitCode, output } = await runCommand(
        command,
        readValues(command, new Map([...common, ...more]), 'cli'),
        {
          ...{
            ...surroundings,
            frontend: 'cli',
            env: {},
            input: NO_INPUT,
            print: async (text: string) => print(text),
            say,
            signal,
            clock: fast,
          },
          aws: {
            endpoint: simulator.url,
            credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
          },
        },
      )
      if (signal.aborted) return 0
      print(`${command === 'preflight' ? '' : '\n'}${output}\n`)
      ends.push(exitCode === expected)
    } finally {
      await simulator.stop()
    }
  }
  print(`${NEXT_STEP[language]}\n`)
  return ends.every((each) => each) ? 0 : 1
}

/** The simulated AWS lives on the same clock, so that everybody sees real time. */
function faster(clock: Clock, speed: number): Clock {
  const beganAt = clock.now()
  return {
    now: () => Math.round(beganAt + (clock.now() - beganAt) * speed),
    sleep: (ms, signal) => clock.sleep(ms / speed, signal),
  }
}

function rule(title: string): string {
  return `\n──── ${title} ────\n`
}
