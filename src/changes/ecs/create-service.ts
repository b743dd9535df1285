/** A deleted service, made again of what ECS still says of it. ECS API Reference, CreateService. */
import { known } from '../../domain/answer.ts'
import type { Definitions } from '../change-kind.ts'
import { shellWord } from '../command-line.ts'

/** What CreateService does not take back of what DescribeServices answers; the rest, known here or not, is carried. */
const ANSWER_ONLY = [
  'del(.serviceArn, .clusterArn, .status, .runningCount, .pendingCount, .resourceManagementType)',
  'del(.platformFamily, .taskSets, .deployments, .events, .createdAt, .createdBy, .roleArn)',
  'del(.currentServiceDeployment, .currentServiceRevisions)',
]
/** Nobody but AWS may set tags of its own; a daemon has no number of tasks. */
const FILTER = [
  '.services[0]',
  '.cluster = .clusterArn',
  '.tags = [.tags[]? | select(.key | startswith("aws:") | not)]',
  'if .schedulingStrategy == "DAEMON" then del(.desiredCount) else . end',
  ...ANSWER_ONLY,
].join('\n    | ')

export const deletedServices: Definitions<'create-service'> = {
  'create-service': {
    console: ({ cluster, serviceName }) => ({
      en: `ECS → Clusters → ${cluster} → Services → Create: make the service again, with the name ${serviceName}`,
      ko: `ECS → 클러스터 → ${cluster} → 서비스 → 생성에서 같은 이름으로 서비스를 다시 만듭니다: ${serviceName}`,
    }),

    cli({ cluster, serviceName }) {
      const flags = [
        ['--cluster', cluster],
        ['--services', serviceName],
      ] as const
      return [
        {
          aws: ['ecs', 'describe-services'],
          flags: [...flags, ['--include', 'TAGS']],
          pipe: `jq ${shellWord(FILTER)} > service.json`,
        },
        { aws: ['ecs', 'wait', 'services-inactive'], flags },
        { comment: 'see service.json first: a deleted service has a desiredCount of 0' },
        { aws: ['ecs', 'create-service'], flags: [['--cli-input-json', 'file://service.json']] },
      ]
    },

    terraform: ({ serviceName }) => ({
      existing: 'aws_ecs_service',
      of: serviceName,
      fields: [],
      notes: ['nothing to change: the next apply makes the service again'],
    }),

    apply(facts) {
      const { service } = facts
      if (!service.known) return null
      if (service.value.status === 'ACTIVE') return { refused: 'InvalidParameterException' }
      return { ...facts, service: known({ ...service.value, status: 'ACTIVE' }) }
    },
  },
}
