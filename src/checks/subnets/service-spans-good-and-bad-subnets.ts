/** Does a start succeed in some of the service's subnets and fail in others? Then it is chance that decides a deployment. */
import { splitSubnets } from '../../deployment/subnet-split.ts'
import type { Remedy } from '../../domain/change.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Path } from '../../domain/path.ts'
import type { Service } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { firstBroken } from '../engine/path-finding.ts'
import { changeNetwork, hasOwnNetwork, updateService } from '../service/service-changes.ts'

interface Details {
  readonly service: Service
  /** `subnet-… (zone)`. */
  readonly good: readonly string[]
  readonly bad: readonly { readonly subnet: string; readonly destination: string; readonly hop: Text }[]
  readonly goodSubnetIds: readonly string[]
  /** False where the tasks' images are pulled by instances, which no network configuration moves. */
  readonly ownInterfaces: boolean
}

export default defineCheck<Details, 'service' | 'paths'>({
  id: 'service-spans-good-and-bad-subnets',
  step: 'subnets',
  severity: 'warning',
  needs: ['service', 'paths'],
  permissions: ['ecs:DescribeServices', 'ec2:DescribeSubnets'],

  title: { en: 'Only some of the subnets can start a task', ko: '일부 서브넷에서만 태스크가 시작됩니다' },
  why: {
    en: 'ECS spreads tasks over all the subnets it is given, and does not learn. Each task in a bad one waits for minutes, fails and is started again somewhere: the deployment crawls, and ends well or not by chance.',
    ko: 'ECS는 지정된 모든 서브넷에 태스크를 분산하며 실패한 서브넷을 피하지 않습니다. 문제가 있는 서브넷에 배치된 태스크는 몇 분을 기다린 뒤 실패하고 다시 시작되므로, 배포가 매우 느려지고 성공 여부는 우연에 달려 있습니다.',
  },

  evaluate: ({ service, paths }) => {
    const { good, bad } = splitSubnets(paths)
    if (good.length === 0 || bad.length === 0) return []
    const label = (one: { readonly subnetId: string; readonly zone: string | null }) =>
      one.zone === null ? one.subnetId : `${one.subnetId} (${one.zone})`
    const badIds = bad.map(({ subnetId }) => subnetId)
    const broken = paths.filter(
      ({ required, outcome, from }) => required && outcome === 'blocked' && badIds.includes(from.subnetId),
    )
    const details: Details = {
      service,
      good: good.map(label),
      bad: bad.map((one) => ({
        subnet: label(one),
        destination: one.brokenBy?.destination ?? '',
        hop: hopText(one.brokenBy),
      })),
      goodSubnetIds: good.map(({ subnetId }) => subnetId),
      ownInterfaces: broken.every(({ from }) => from.kind === 'task-eni'),
    }
    return [
      {
        subject: service.name,
        evidence: [
          ...details.bad.map(({ subnet, destination, hop }) => ({
            en: `${subnet}: ${destination} is not reached: ${hop.en}`,
            ko: `${subnet}에서 연결할 수 없는 대상: ${destination}. ${hop.ko}`,
          })),
          ...details.good.map((subnet) => ({
            en: `${subnet}: everything that a start needs is reached`,
            ko: `${subnet}: 시작에 필요한 모든 대상에 연결됨`,
          })),
        ],
        details,
        affects: broken.map(({ from, destination }) => ({ subnetId: from.subnetId, destination })),
      },
    ]
  },

  explain: ({ service: { name }, good, bad }) => {
    const badSubnets = bad.map(({ subnet }) => subnet).join(', ')
    return {
      en: `A task of ${name} starts in ${good.join(', ')} and never in ${badSubnets}.`,
      ko: `같은 서비스의 태스크가 서브넷에 따라 시작되거나 시작되지 못합니다: ${name}. 시작되는 서브넷: ${good.join(', ')}. 시작되지 못하는 서브넷: ${badSubnets}`,
    }
  },

  remedy: (details) => {
    const { changes, after = [] } = withoutBad(details)
    return {
      before: [
        {
          en: 'At once: deploy with the good subnets only, as below. It takes the bad ones out until they are mended.',
          ko: '즉시 할 수 있는 조치: 아래와 같이 정상 서브넷만으로 배포합니다. 문제가 있는 서브넷은 고칠 때까지 제외됩니다.',
        },
      ],
      changes,
      after: [
        ...after,
        {
          en: 'Then mend the cause, which the other findings name, and put the subnets back.',
          ko: '이어서 다른 항목에 표시된 원인을 고치고 서브넷을 다시 추가합니다.',
        },
      ],
    }
  },
})

function hopText(path: Path | null): Text {
  const hop = path === null ? null : firstBroken(path)
  return hop?.why ?? { en: 'the cause is not known', ko: '원인을 알 수 없음' }
}

/** Container instances carry their subnet as an attribute. ECS Developer Guide, "Amazon ECS container instance attributes". */
function withoutBad({ service, ownInterfaces, goodSubnetIds }: Details): Remedy {
  if (ownInterfaces && hasOwnNetwork(service)) return changeNetwork(service, { subnetIds: goodSubnetIds })
  const expression = `attribute:ecs.subnet-id in [${goodSubnetIds.join(',')}]`
  const own = service.placementConstraints.map((one) =>
    one.expression === null ? { type: one.type } : { type: one.type, expression: one.expression },
  )
  const placementConstraints = [...own, { type: 'memberOf', expression }]
  return { changes: [updateService(service, { placementConstraints, forceNewDeployment: true })] }
}
