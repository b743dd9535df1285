/** How `watch` and `deploy` follow a rollout. */
import { FILE, type Input } from './input.ts'
import { automatic, choice, positiveNumber, text, wholeNumber } from './takes.ts'

/** ECS lets a stage of a deployment last a day (ECS Developer Guide, blue/green deployments); a hosted job lasts six hours. */
const MOST_MINUTES = 1440

export const ROLLOUT = {
  'wait-for-minutes': {
    takes: positiveNumber('MINUTES', MOST_MINUTES),
    commands: ['deploy', 'watch', 'rehearse', 'probe'],
    default: '30',
    description: {
      en: 'How long to follow the rollout, in minutes. When they are over, the rollout goes on without being watched and the exit code is 3. AWS credentials have to live as long.',
      ko: '롤아웃을 추적할 최대 시간(분)입니다. 시간이 지나면 롤아웃은 관찰 없이 계속되고 종료 코드는 3입니다. AWS 자격 증명도 그만큼 유효해야 합니다.',
    },
    of: {
      rehearse: {
        description: {
          en: 'How long the tasks of the rehearsal may take, in minutes; ten at most.',
          ko: '예행 실행의 태스크가 끝날 때까지 기다릴 시간(분)입니다. 최대 10분입니다.',
        },
      },
      probe: {
        description: {
          en: 'With `enable-exec`: how long to follow the deployment that turns ECS Exec on, in minutes. What runs by then is probed.',
          ko: '`enable-exec` 입력을 지정할 때 ECS Exec를 켜는 배포를 추적할 최대 시간(분)입니다. 시간이 지나면 그때까지 실행된 태스크에서 시험합니다.',
        },
      },
    },
  },
  'wait-for-deployment': {
    takes: positiveNumber('MINUTES', MOST_MINUTES),
    commands: ['watch'],
    default: '1',
    description: {
      en: 'How long the revision that `task-definition` names may take to appear as a deployment of the service, in minutes. When it does not, nobody started it, and the exit code is 1. For deployers that return before anything starts.',
      ko: '`task-definition` 입력에 지정한 개정이 서비스의 배포로 나타날 때까지 기다릴 시간(분)입니다. 나타나지 않으면 배포가 시작되지 않은 것이며 종료 코드는 1입니다. 시작되기 전에 끝나는 배포 도구에 사용합니다.',
    },
  },
  'slow-after': {
    takes: automatic(positiveNumber('MINUTES', MOST_MINUTES)),
    commands: ['deploy', 'watch'],
    default: 'auto',
    description: {
      en: 'After how many minutes a rollout is called slow. `auto` compares it with the last successful ones of this service.',
      ko: '롤아웃을 느리다고 판단할 기준 시간(분)입니다. `auto`로 지정하면 이 서비스의 최근 성공한 배포와 비교합니다.',
    },
  },
  'on-failure': {
    takes: choice('report', 'rollback'),
    commands: ['deploy', 'watch'],
    default: 'report',
    description: {
      en: 'What to do when the rollout cannot succeed any more: `report` ends the watch; `rollback` asks ECS to bring the old revision back (StopServiceDeployment) and follows that to its end.',
      ko: '롤아웃이 더 이상 성공할 수 없을 때 할 일입니다. `report`: 관찰을 끝냅니다. `rollback`: ECS에 이전 개정으로의 롤백을 요청하고(StopServiceDeployment) 끝날 때까지 추적합니다.',
    },
  },
  logs: {
    takes: wholeNumber('N', 0, 100),
    commands: ['deploy', 'watch'],
    default: '20',
    description: {
      en: 'How many of the last log lines of each container of a failed task the report shows, from CloudWatch Logs. What looks like a secret is masked. `0` reads none.',
      ko: '실패한 태스크의 컨테이너마다 보고서에 표시할 CloudWatch Logs의 마지막 로그 줄 수입니다. 비밀로 보이는 값은 가립니다. `0`으로 지정하면 읽지 않습니다.',
    },
  },
  'flow-logs': {
    takes: text('LOG_GROUP', { en: 'the name of a log group', ko: '로그 그룹 이름' }),
    commands: ['deploy', 'watch'],
    default: null,
    description: {
      en: 'The log group of VPC Flow Logs. After the rollout it is asked for rejected packets between a failed task and the address that it dialled, as proof. A CloudWatch Logs Insights query costs money, so that it is off unless asked for.',
      ko: 'VPC 흐름 로그의 로그 그룹입니다. 롤아웃이 끝난 뒤 실패한 태스크와 태스크가 연결하려던 주소 사이에서 거부된 패킷을 조회하여 증거로 표시합니다. CloudWatch Logs Insights 쿼리에는 비용이 들므로 지정할 때만 조회합니다.',
    },
  },
  replay: {
    takes: text('FILE', FILE),
    commands: ['watch'],
    default: null,
    description: {
      en: 'The `tape.ndjson` of an earlier watch: makes the same report again, without AWS and without waiting. That of several services lies above the folders of the services, and plays theirs.',
      ko: '이전 관찰의 `tape.ndjson` 파일입니다. AWS에 연결하거나 기다리지 않고 같은 보고서를 다시 만듭니다. 여러 서비스의 관찰에서는 서비스별 폴더의 상위에 있는 파일을 지정하면 모든 서비스의 테이프를 재생합니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
