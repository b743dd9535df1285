/** Do the percentages of the service leave a deployment any room to move? */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import { updateService } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  readonly lower: number
  readonly upper: number
}

export default defineCheck<Details, 'service'>({
  id: 'deployment-deadlock',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service'],
  permissions: ['ecs:DescribeServices'],

  title: {
    en: 'A deployment may neither stop nor start a task',
    ko: '배포가 태스크를 중지할 수도 시작할 수도 없습니다',
  },
  why: {
    en: 'ECS rounds the tasks to keep up and the tasks allowed down. Where both come out at the desired count, no old task may stop and no new one may start: the deployment waits without end, and the old revision goes on running. Where no task runs yet there is none to replace, and nothing is in the way.',
    ko: 'ECS는 유지할 태스크 수를 올림하고 허용할 태스크 수를 내림합니다. 둘 다 원하는 태스크 수와 같아지면 이전 태스크를 중지할 수도 새 태스크를 시작할 수도 없으므로, 배포는 끝없이 기다리고 이전 개정이 계속 실행됩니다. 아직 실행 중인 태스크가 없으면 교체할 태스크도 없으므로 배포에 지장이 없습니다.',
  },

  evaluate({ service }) {
    const { deadlock, lower, upper } = deploymentArithmetic(service)
    const { desiredCount: desired, runningCount: running } = service
    // With nothing running there is nothing to replace: ECS starts all of them.
    if (!deadlock || running <= 0) return []
    const { minimumHealthyPercent: minimum, maximumPercent: maximum } = service.deploymentConfiguration
    return [
      {
        subject: service.name,
        // Fewer are there to be replaced than will be, once the scheduler has caught up: then it is so.
        severity: running >= desired ? 'blocker' : 'advice',
        evidence: [
          {
            en: `minimumHealthyPercent ${minimum}: ${desired} × ${minimum} / 100 = ${product(desired, minimum)}, rounded up: ${lower}`,
            ko: `minimumHealthyPercent ${minimum}: ${desired} × ${minimum} / 100 = ${product(desired, minimum)}, 올림: ${lower}`,
          },
          {
            en: `maximumPercent ${maximum}: ${desired} × ${maximum} / 100 = ${product(desired, maximum)}, rounded down: ${upper}`,
            ko: `maximumPercent ${maximum}: ${desired} × ${maximum} / 100 = ${product(desired, maximum)}, 내림: ${upper}`,
          },
          { en: `running now: ${running}`, ko: `현재 실행 중인 태스크: ${running}` },
        ],
        details: { service, lower, upper },
      },
    ]
  },

  explain: ({ service: { name, desiredCount: desired }, lower, upper }) => ({
    en: `${name} wants ${desired} ${desired === 1 ? 'task' : 'tasks'}. During a deployment at least ${lower} must stay healthy and at most ${upper} may run, so none may be replaced.`,
    ko: `배포 중 교체할 수 있는 태스크가 없습니다. 서비스: ${name}, 원하는 태스크 수: ${desired}, 유지해야 하는 정상 태스크 수: ${lower}, 실행할 수 있는 최대 태스크 수: ${upper}`,
  }),

  /** A daemon has one task an instance: a higher maximum frees nothing. */
  remedy({ service }) {
    const { desiredCount: desired, schedulingStrategy } = service
    const minimumHealthyPercent = Math.floor(((desired - 1) * 100) / desired)
    const maximumPercent = Math.ceil(((desired + 1) * 100) / desired)
    if (schedulingStrategy === 'DAEMON')
      return { changes: [updateService(service, { deploymentConfiguration: { minimumHealthyPercent } })] }
    return {
      changes: [updateService(service, { deploymentConfiguration: { maximumPercent } })],
      after: [
        {
          en: `Where there is no room for one task more, lower the other percentage instead, at the price of one task less during a deployment: Min running tasks ${minimumHealthyPercent} %`,
          ko: `태스크를 하나 더 실행할 여유가 없으면 대신 다른 비율을 낮춥니다. 배포 중에는 태스크가 하나 줄어듭니다. 최소 실행 작업 비율: ${minimumHealthyPercent}%`,
        },
      ],
    }
  },
})

function product(desired: number, percent: number): string {
  return String((desired * percent) / 100)
}
