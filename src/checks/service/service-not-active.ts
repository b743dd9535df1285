/** Does ECS start tasks for this service at all? */

import { awsvpcArgument } from '../../changes/service-network.ts'
import { type Field, hcl, list, nameOf, text } from '../../changes/terraform.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Service } from '../../domain/service.ts'

interface Details {
  readonly service: Service
}

/** ECS API Reference, Service: `ACTIVE`, `DRAINING`, `INACTIVE`. */
const GONE = ['DRAINING', 'INACTIVE']

export default defineCheck<Details, 'service'>({
  id: 'service-not-active',
  step: 'service',
  severity: 'blocker',
  needs: ['service'],
  permissions: ['ecs:DescribeServices'],

  title: { en: 'The service is not active', ko: '서비스가 활성 상태가 아닙니다' },
  why: {
    en: 'ECS starts tasks only for an active service. A deployment of a service that is being deleted is refused, or starts nothing.',
    ko: 'ECS는 활성 상태인 서비스의 태스크만 시작합니다. 삭제 중이거나 삭제된 서비스의 배포는 거부되거나 아무 태스크도 시작하지 않습니다.',
  },

  evaluate: ({ service }) => {
    if (service.status === 'ACTIVE') return []
    return [
      {
        subject: service.name,
        severity: GONE.includes(service.status) ? 'blocker' : 'warning',
        evidence: [{ en: `status: ${service.status}`, ko: `상태: ${service.status}` }],
        details: { service },
      },
    ]
  },

  explain: ({ service: { name, clusterName, status } }) =>
    GONE.includes(status)
      ? {
          en: `Service ${name} of cluster ${clusterName} is ${status}: it was deleted, and ECS starts no task for it.`,
          ko: `삭제되어 ECS가 태스크를 시작하지 않는 서비스입니다: ${name} (클러스터 ${clusterName}, 상태 ${status})`,
        }
      : {
          en: `Service ${name} of cluster ${clusterName} is ${status}, a state that this version does not know.`,
          ko: `이 버전에서 인식하지 못하는 서비스 상태입니다: ${status} (서비스 ${name}, 클러스터 ${clusterName})`,
        },

  remedy: ({ service }) => {
    const { name, clusterName, status } = service
    const at = `--cluster ${clusterName} --services ${name}`
    if (!GONE.includes(status)) {
      return {
        console: [
          {
            en: `ECS → Clusters → ${clusterName} → Services → ${name} → Events: see what ECS says of it`,
            ko: `ECS → 클러스터 → ${clusterName} → 서비스 → ${name} → 이벤트에서 ECS의 메시지를 확인합니다.`,
          },
        ],
        cli: [`aws ecs describe-services ${at} --query "services[0].{status:status,events:events[:5].message}"`],
        terraform: '',
      }
    }
    return {
      console: [
        {
          en: `ECS → Clusters → ${clusterName} → Services → Create: make the service again, with the name ${name}`,
          ko: `ECS → 클러스터 → ${clusterName} → 서비스 → 생성에서 같은 이름으로 서비스를 다시 만듭니다: ${name}`,
        },
      ],
      cli: [...(status === 'DRAINING' ? [`aws ecs wait services-inactive ${at}`] : []), createLine(service)],
      terraform: serviceBlock(service),
    }
  },
})

function createLine(service: Service): string {
  const { name, clusterName, taskDefinitionArn, desiredCount, launchType, capacityProviders, awsvpc } = service
  const balancers = service.loadBalancers.map(
    ({ targetGroupArn, containerName, containerPort }) =>
      `"targetGroupArn=${targetGroupArn ?? ''},containerName=${containerName ?? ''},containerPort=${containerPort ?? ''}"`,
  )
  return [
    `aws ecs create-service --cluster ${clusterName} --service-name ${name}`,
    `--task-definition ${taskDefinitionArn} --desired-count ${desiredCount}`,
    ...(launchType === null ? [] : [`--launch-type ${launchType}`]),
    ...(launchType !== null || capacityProviders.length === 0
      ? []
      : [`--capacity-provider-strategy ${capacityProviders.map((one) => `capacityProvider=${one}`).join(' ')}`]),
    ...(awsvpc === null ? [] : [`--network-configuration ${awsvpcArgument(awsvpc)}`]),
    ...(balancers.length === 0 ? [] : [`--load-balancers ${balancers.join(' ')}`]),
  ].join(' ')
}

function serviceBlock({ name, clusterName, taskDefinitionArn, desiredCount, launchType, awsvpc }: Service): string {
  const network: readonly Field[] =
    awsvpc === null
      ? []
      : [
          [
            'network_configuration',
            [
              ['subnets', list(awsvpc.subnetIds)],
              ['security_groups', list(awsvpc.securityGroupIds)],
              ['assign_public_ip', String(awsvpc.assignPublicIp === 'ENABLED')],
            ],
          ],
        ]
  return hcl(`resource "aws_ecs_service" "${nameOf(name)}"`, [
    ['name', text(name)],
    ['cluster', text(clusterName)],
    ['task_definition', text(taskDefinitionArn)],
    ['desired_count', String(desiredCount)],
    ...(launchType === null ? [] : ([['launch_type', text(launchType)]] as const)),
    ...network,
  ])
}
