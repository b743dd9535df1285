/** Where it could not be tried: why, and exactly what to switch on. */
import { callOf, commandText } from '../../changes/command-line.ts'
import type { NotProbed, NotProbedKind } from '../../domain/probe.ts'
import type { Finding, Target } from '../../domain/report.ts'
import type { Text } from '../../domain/text.ts'

export interface NotProbedFacts {
  readonly subnetId: string | null
  readonly taskId: string | null
  readonly kind: NotProbedKind
  readonly detail: string
}

/** Where new tasks were to have ECS Exec. */
const WITHOUT_EXEC: ReadonlySet<NotProbedKind> = new Set(['exec-off', 'no-task'])

/** `stillOff`: why there is no task with ECS Exec where it was to be turned on. */
export function notProbed(
  facts: NotProbedFacts,
  target: Target,
  findings: readonly Finding[],
  stillOff: Text | null,
): NotProbed {
  const { because: what, remedy, restarts = false } = WORDS[facts.kind]
  const because =
    stillOff === null || !WITHOUT_EXEC.has(facts.kind)
      ? what
      : { en: `${what.en} ${stillOff.en}`, ko: `${what.ko} ${stillOff.ko}` }
  const ofRole = BY_ROLE.has(facts.kind) ? findings.filter(({ check }) => check === 'task-role-without-exec') : []
  const byHand = ofRole.flatMap(({ remedy: own }) => (own.cli.length === 0 ? own.console : []))
  const cli = ofRole.flatMap(({ remedy: own }) => own.cli)
  return { ...facts, because, remedy: [...byHand, ...remedy], cli: [...cli, ...(restarts ? [newTasks(target)] : [])] }
}

/** What preflight found the task role to lack is told with them. */
const BY_ROLE: ReadonlySet<NotProbedKind> = new Set(['agent-not-running', 'not-connected'])

/** Exec is fixed when a task starts: the service and new tasks. */
function newTasks({ cluster, service, region }: Target): string {
  const change = { kind: 'update-service', cluster, service, enableExecuteCommand: true, forceNewDeployment: true }
  return commandText(callOf('ecs', change), region)
}

interface Words {
  readonly because: Text
  readonly remedy: readonly Text[]
  /** Only new tasks help. */
  readonly restarts?: true
}

const NEW_TASKS: Text = {
  en: 'The command starts a deployment: ECS Exec is fixed when a task starts. The input enable-exec does the same and puts the setting back.',
  ko: '아래 명령은 배포를 시작합니다. ECS Exec 설정은 태스크가 시작될 때 정해집니다. enable-exec 입력을 사용하면 같은 작업을 하고 설정을 되돌립니다.',
}
const AGENT: Text = {
  en: 'The agent of ECS Exec works as the task role, which must be allowed ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel, and has to reach ssmmessages from the subnet; it does not start with a read-only root file system.',
  ko: 'ECS Exec 에이전트는 태스크 역할로 동작하므로 ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel, OpenDataChannel 권한이 필요하고, 서브넷에서 ssmmessages에 연결할 수 있어야 합니다. 루트 파일 시스템이 읽기 전용이면 시작되지 않습니다.',
}
const AGAIN: Text = { en: 'Run it again.', ko: '다시 실행합니다.' }

const WORDS: Readonly<Record<NotProbedKind, Words>> = {
  'tasks-unread': {
    because: { en: 'The running tasks could not be read.', ko: '실행 중인 태스크를 읽지 못했습니다.' },
    remedy: [
      {
        en: 'Allow ecs:ListTasks and ecs:DescribeTasks: --print-policy prints the whole policy.',
        ko: 'ecs:ListTasks 및 ecs:DescribeTasks 권한을 허용합니다. --print-policy 옵션을 지정하면 전체 정책을 출력합니다.',
      },
    ],
  },
  'no-task': {
    because: {
      en: 'No task of the service runs in this subnet.',
      ko: '이 서브넷에서 실행 중인 서비스 태스크가 없습니다.',
    },
    remedy: [
      {
        en: 'ECS chooses the subnet of a task: more tasks may reach this one, and rehearse starts one in every subnet.',
        ko: '태스크의 서브넷은 ECS가 선택합니다. 태스크 수를 늘리면 이 서브넷에 배치될 수 있으며, rehearse 명령은 모든 서브넷에서 태스크를 하나씩 시작합니다.',
      },
    ],
  },
  'other-interface': {
    because: {
      en: 'Some hosts are called by another interface than that of the task: on EC2 by that of the container instance.',
      ko: '일부 호스트에는 태스크가 아닌 다른 네트워크 인터페이스로 연결합니다(EC2에서는 컨테이너 인스턴스의 인터페이스).',
    },
    remedy: [
      {
        en: 'rehearse pulls by the very interface.',
        ko: 'rehearse 명령은 바로 그 인터페이스로 이미지를 가져옵니다.',
      },
    ],
  },
  windows: {
    because: {
      en: 'The containers run Windows, which has no /bin/sh.',
      ko: '/bin/sh 셸이 없는 Windows 컨테이너입니다.',
    },
    remedy: [
      {
        en: 'rehearse tests the same pull without a shell.',
        ko: 'rehearse 명령은 셸 없이 같은 이미지 풀을 시험합니다.',
      },
    ],
  },
  'no-hosts': {
    because: {
      en: 'Which hosts the tasks need could not be told: the service or its task definition was not read.',
      ko: '서비스 또는 태스크 정의를 읽지 못해 태스크에 필요한 호스트를 알 수 없습니다.',
    },
    remedy: [
      {
        en: '--print-policy prints the policy that this takes.',
        ko: '--print-policy 옵션을 지정하면 필요한 정책을 출력합니다.',
      },
    ],
  },
  'exec-off': {
    because: {
      en: 'ECS Exec is off in the tasks of this subnet.',
      ko: '이 서브넷의 태스크에는 ECS Exec가 꺼져 있습니다.',
    },
    remedy: [NEW_TASKS],
    restarts: true,
  },
  'agent-not-running': {
    because: {
      en: 'ECS Exec is on, and its agent runs in no container of the tasks here.',
      ko: 'ECS Exec가 켜져 있지만 이 서브넷의 태스크에는 에이전트가 실행 중인 컨테이너가 없습니다.',
    },
    remedy: [AGENT, NEW_TASKS],
    restarts: true,
  },
  encrypted: {
    because: {
      en: 'The cluster encrypts sessions of ECS Exec with a KMS key, which probe does not support.',
      ko: '클러스터가 ECS Exec 세션을 KMS 키로 암호화하며, probe 명령은 이를 지원하지 않습니다.',
    },
    remedy: [
      {
        en: 'rehearse tests the pull without a session; or take kmsKeyId out of executeCommandConfiguration of the cluster while probing.',
        ko: 'rehearse 명령은 세션 없이 이미지 풀을 시험합니다. 또는 시험하는 동안 클러스터의 executeCommandConfiguration에서 kmsKeyId를 제거합니다.',
      },
    ],
  },
  denied: {
    because: {
      en: 'The caller may not open a session: ecs:ExecuteCommand was denied.',
      ko: '호출자에게 세션을 열 권한이 없습니다(ecs:ExecuteCommand 거부됨).',
    },
    remedy: [
      {
        en: 'Allow ecs:ExecuteCommand on the cluster and its tasks: probe --print-policy prints the statement.',
        ko: '클러스터와 태스크에 대한 ecs:ExecuteCommand 권한을 허용합니다. probe --print-policy 명령으로 정책 문을 확인할 수 있습니다.',
      },
    ],
  },
  'not-connected': {
    because: {
      en: 'ECS could not open a session: the agent is not connected, or ECS Exec was off when the task started.',
      ko: 'ECS가 세션을 열지 못했습니다. 에이전트가 연결되어 있지 않거나 태스크가 시작될 때 ECS Exec가 꺼져 있었습니다.',
    },
    remedy: [AGENT, NEW_TASKS],
    restarts: true,
  },
  refused: {
    because: { en: 'ECS refused the session.', ko: 'ECS가 세션을 거부했습니다.' },
    remedy: [AGAIN],
  },
  unsure: {
    because: {
      en: 'ECS gave no answer that could be used, so that no session could be joined.',
      ko: 'ECS에서 사용할 수 있는 응답을 받지 못해 세션에 참여할 수 없습니다.',
    },
    remedy: [AGAIN],
  },
  'no-channel': {
    because: {
      en: 'The channel of the session could not be opened from here.',
      ko: '이 컴퓨터에서 세션의 데이터 채널을 열지 못했습니다.',
    },
    remedy: [
      {
        en: 'This machine must reach ssmmessages of the Region on port 443 by WebSocket; proxies often stand in between.',
        ko: '이 컴퓨터에서 리전의 ssmmessages 443 포트에 WebSocket 프로토콜로 연결할 수 있어야 합니다. 프록시가 막는 경우가 많습니다.',
      },
    ],
  },
  'no-shell': {
    because: { en: 'No container of the task has /bin/sh.', ko: '태스크의 컨테이너에 /bin/sh 셸이 없습니다.' },
    remedy: [
      {
        en: 'The containers of a task share its network: one with a shell beside the others is enough; or rehearse, which needs none.',
        ko: '태스크의 컨테이너는 네트워크를 공유하므로 셸이 있는 컨테이너 하나를 함께 두면 됩니다. rehearse 명령에는 셸이 필요 없습니다.',
      },
    ],
  },
  'no-tool': {
    because: {
      en: 'The image has nothing to connect with: none of curl, openssl, wget, python, node, bash and nc.',
      ko: '이미지에 연결을 시험할 도구가 없습니다(curl, openssl, wget, python, node, bash, nc 중 하나 필요).',
    },
    remedy: [
      {
        en: 'The containers of a task share its network: one that has any of them is enough (input container); or rehearse, which needs none.',
        ko: '태스크의 컨테이너는 네트워크를 공유하므로 도구가 있는 컨테이너 하나면 됩니다(container 입력). rehearse 명령에는 도구가 필요 없습니다.',
      },
    ],
  },
  'cut-off': {
    because: {
      en: 'The session ended before everything was tried.',
      ko: '모든 시험이 끝나기 전에 세션이 종료되었습니다.',
    },
    remedy: [AGAIN],
  },
  'timed-out': {
    because: {
      en: 'The session did not come to its end in time.',
      ko: '제한 시간 안에 세션이 끝나지 않았습니다.',
    },
    remedy: [AGAIN],
  },
}
