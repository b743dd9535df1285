/** Is a deployment under way that bad subnets hold up, and what gets it through now? */
import { deploymentArithmetic } from '../../deployment/deployment-arithmetic.ts'
import { splitSubnets } from '../../deployment/subnet-split.ts'
import { couldNotTell, defineCheck } from '../../domain/check.ts'
import type { DeploymentCounts } from '../../domain/configuration.ts'
import type { Text } from '../../domain/text.ts'
import { regionOfArn } from '../../domain/value-from.ts'
import { awsCommand, changeNetwork, hasOwnNetwork, type OwnNetworkService } from '../service/service-changes.ts'

interface Details {
  readonly deployment: DeploymentCounts
  readonly service: OwnNetworkService
  readonly goodSubnetIds: readonly string[]
  readonly badSubnetIds: readonly string[]
}

export default defineCheck<Details, 'service' | 'paths' | 'configuration'>({
  id: 'stuck-by-bad-subnets',
  step: 'subnets',
  severity: 'advice',
  needs: ['service', 'paths', 'configuration'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeSubnets'],

  title: { en: 'Bad subnets hold up a deployment now', ko: '문제가 있는 서브넷 때문에 배포가 지연되고 있습니다' },
  why: {
    en: 'ECS goes on placing tasks in the subnets that start none. Each such task costs minutes, and the pause between attempts grows to 27 minutes.',
    ko: 'ECS는 태스크가 시작되지 않는 서브넷에도 계속 태스크를 배치합니다. 그런 태스크마다 몇 분이 걸리고, 재시도 간격은 27분까지 늘어납니다.',
  },

  evaluate({ service, paths, configuration: { rollout } }) {
    const { good, bad } = splitSubnets(paths)
    if (good.length === 0 || bad.length === 0 || !deploymentArithmetic(service).applies) return []
    if (!hasOwnNetwork(service)) return []
    if (!rollout.known) {
      return [
        couldNotTell(rollout, ['deployments'], { en: 'the deployments of the service', ko: '서비스의 배포' }, false),
      ]
    }
    const deployment = rollout.value.deployments.find(({ status }) => status === 'PRIMARY')
    if (deployment === undefined || !isHeldUp(deployment)) return []
    const { id, running, pending, failed, desired } = deployment
    return [
      {
        subject: service.name,
        evidence: [
          {
            en: `${id}: IN_PROGRESS, running ${running} of ${desired}, pending ${pending}, failed ${failed}`,
            ko: `${id}: IN_PROGRESS, 실행 중 ${running}/${desired}, 대기 중 ${pending}, 실패 ${failed}`,
          },
          ...bad.map(({ subnetId, brokenBy }) => ({
            en: `${subnetId} does not reach ${brokenBy?.destination}`,
            ko: `${subnetId}에서 연결할 수 없는 대상: ${brokenBy?.destination}`,
          })),
        ],
        details: {
          deployment,
          service,
          goodSubnetIds: good.map(({ subnetId }) => subnetId),
          badSubnetIds: bad.map(({ subnetId }) => subnetId),
        },
      },
    ]
  },

  explain: ({ deployment, service, badSubnetIds }) => ({
    en: `Deployment ${deployment.id} of ${service.name} has ${deployment.running} of ${deployment.desired} tasks running, and some of its starts land in ${badSubnetIds.join(', ')}, where none succeeds.`,
    ko: `서비스 ${service.name}의 배포가 진행 중입니다: ${deployment.id} (실행 중인 태스크: ${deployment.running}/${deployment.desired}). 일부 태스크는 시작할 수 없는 서브넷에 배치됩니다: ${badSubnetIds.join(', ')}`,
  }),

  remedy: ({ service, goodSubnetIds, badSubnetIds }) => {
    const { changes, after = [] } = changeNetwork(service, { subnetIds: goodSubnetIds })
    return {
      before: [
        {
          en: `First: take ${badSubnetIds.join(', ')} out of the service, which deploys with the good subnets alone.`,
          ko: `먼저 할 조치: 문제가 있는 서브넷을 서비스에서 제외하고 정상 서브넷만으로 배포합니다. 제외할 서브넷: ${badSubnetIds.join(', ')}`,
        },
      ],
      changes,
      after: [...after, ...lastResort(service)],
    }
  },
})

/** It has not all its tasks, and some were tried: pending, or failed since one last ran. */
function isHeldUp({ rolloutState, running, desired, pending, failed }: DeploymentCounts): boolean {
  return rolloutState === 'IN_PROGRESS' && running < desired && (pending > 0 || failed > 0)
}

/** Its price stands before its command, and it is never among the commands to paste. ECS API Reference, DeploymentConfiguration. */
function lastResort({
  arn,
  name,
  clusterName,
  desiredCount,
  deploymentConfiguration,
}: OwnNetworkService): readonly Text[] {
  const { maximumPercent, minimumHealthyPercent } = deploymentConfiguration
  const percentages = (maximum: number, minimum: number) =>
    awsCommand('ecs', {
      kind: 'update-service',
      cluster: clusterName,
      service: name,
      deploymentConfiguration: { maximumPercent: maximum, minimumHealthyPercent: minimum },
      region: regionOfArn(arn, ''),
    }).replaceAll(' \\\n  ', ' ')
  const [open, back] = [percentages(200, 0), percentages(maximumPercent, minimumHealthyPercent)]
  return [
    {
      en: `Last resort, if the subnets cannot be changed now: for this one deployment let ECS stop every old task before new ones run. The price: up to all ${desiredCount} tasks may be down at once, for as long as starts fail, and the cause stays. ${open}`,
      ko: `지금 서브넷을 바꿀 수 없을 때의 최후 수단: 이번 배포에 한해 새 태스크가 실행되기 전에 이전 태스크를 모두 중지할 수 있게 합니다. 대가: 시작이 실패하는 동안 최대 ${desiredCount}개, 즉 모든 태스크가 한꺼번에 중단될 수 있으며 원인은 그대로 남습니다. ${open}`,
    },
    {
      en: `After that deployment put the percentages back: ${back}`,
      ko: `그 배포가 끝나면 비율을 원래대로 되돌립니다: ${back}`,
    },
  ]
}
