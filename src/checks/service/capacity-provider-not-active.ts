/** Do the capacity providers that place the tasks take any? */
import type { Answer } from '../../domain/answer.ts'
import { cannotSee, couldNotTell, defineCheck, type Unseen } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'
import { regionOfArn } from '../../domain/value-from.ts'
import { launchesOf } from '../../task-start/launch.ts'
import { awsCommand } from './service-changes.ts'

interface Details {
  readonly service: Service
  readonly provider: string
  readonly status: string
}

/** ECS API Reference, CapacityProvider: one that is being made becomes `ACTIVE` by itself. */
const GONE = ['DEPROVISIONING', 'INACTIVE']

export default defineCheck<Details, 'service' | 'compute'>({
  id: 'capacity-provider-not-active',
  step: 'service',
  severity: 'blocker',
  needs: ['service', 'compute'],
  permissions: ['ecs:DescribeServices', 'ecs:DescribeClusters', 'ecs:DescribeCapacityProviders', 'ecs:ListDaemons'],

  title: { en: 'A capacity provider is not active', ko: '용량 공급자가 활성 상태가 아닙니다' },
  why: {
    en: 'Only an active capacity provider places tasks. Its share of the tasks waits, or the deployment is refused.',
    ko: '활성 상태의 용량 공급자만 태스크를 배치합니다. 해당 용량 공급자의 태스크는 대기하거나 배포가 거부됩니다.',
  },

  evaluate: ({ service, compute }) => [
    ...launchesOf(service, compute).flatMap((launch) => {
      const provider = launch.on === 'ec2' || launch.on === 'managed-instances' ? launch.provider : null
      const status = provider?.status ?? 'ACTIVE'
      if (provider === null || status === 'ACTIVE') return []
      return [
        {
          subject: provider.name,
          severity: GONE.includes(status) ? ('blocker' as const) : ('warning' as const),
          evidence: [{ en: `status: ${status}`, ko: `상태: ${status}` }],
          details: { service, provider: provider.name, status },
        },
      ]
    }),
    ...(compute.daemons === undefined ? [] : daemonsOf(compute.daemons)),
  ],

  explain: ({ service: { name }, provider, status }) => ({
    en: `The capacity provider ${provider}, which is to place tasks of ${name}, is ${status}.`,
    ko: `태스크를 배치할 용량 공급자가 활성 상태가 아닙니다: ${provider} (상태 ${status}, 서비스 ${name})`,
  }),

  remedy: ({ service: { arn, clusterName }, provider, status }) => ({
    changes: [],
    after: [
      GONE.includes(status)
        ? {
            en: `Create the capacity provider anew, or give the service another one (ECS → Clusters → ${clusterName} → Infrastructure).`,
            ko: `용량 공급자를 다시 만들거나 서비스에 다른 용량 공급자를 지정합니다(ECS → 클러스터 → ${clusterName} → 인프라).`,
          }
        : {
            en: 'Wait until it is ACTIVE before you deploy:',
            ko: 'ACTIVE 상태가 된 뒤에 배포합니다.',
          },
    ],
    commands: [
      awsCommand('ecs', {
        kind: 'describe-capacity-providers',
        capacityProviders: provider,
        cluster: clusterName,
        query: 'capacityProviders[0].{status:status,update:updateStatus}',
        region: regionOfArn(arn, ''),
      }),
    ],
  }),
})

/** An instance takes tasks once its daemons run (ECS API Reference, CreateDaemon); what these need is nobody's question here. */
function daemonsOf(daemons: Answer<readonly string[]>): readonly Unseen[] {
  if (!daemons.known) {
    const what = { en: 'the managed daemons of the cluster', ko: '클러스터의 관리형 데몬' }
    return [couldNotTell(daemons, ['daemons-unread'], what, false)]
  }
  if (daemons.value.length === 0) return []
  const list = daemons.value.join(', ')
  return [
    cannotSee(['daemons-unjudged', ...daemons.value], {
      en: `Managed Instances start these daemons before any task, and whether they can start is not judged: ${list}`,
      ko: `관리형 인스턴스는 태스크보다 먼저 다음 데몬을 시작하며, 데몬이 시작될 수 있는지는 판단하지 않습니다: ${list}`,
    }),
  ]
}
