/**
 * Settings of an Express service. What is not named stays; load balancer, deployments and public addresses are ECS's own matter,
 * and no member is there for them. ECS API Reference, UpdateExpressGatewayService.
 */
import { known } from '../../domain/answer.ts'
import { isExpress } from '../../domain/service.ts'
import type { Definitions } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { fieldsOf } from '../terraform.ts'

export const expressServices: Definitions<'update-express-gateway-service'> = {
  'update-express-gateway-service': {
    console({ serviceArn, taskDefinitionArn, networkConfiguration }) {
      const [cluster = '', name = ''] = serviceArn.split('/').slice(-2)
      const subnets = networkConfiguration?.subnets.join(', ') ?? ''
      const groups = networkConfiguration?.securityGroups?.join(', ') ?? ''
      const en = [
        ...(taskDefinitionArn === undefined ? [] : [`Task definition: ${taskDefinitionArn}`]),
        ...(subnets === '' ? [] : [`Networking: subnets ${subnets}`]),
        ...(groups === '' ? [] : [`security groups ${groups}`]),
      ]
      const ko = [
        ...(taskDefinitionArn === undefined ? [] : [`태스크 정의: ${taskDefinitionArn}`]),
        ...(subnets === '' ? [] : [`네트워킹 - 서브넷: ${subnets}`]),
        ...(groups === '' ? [] : [`보안 그룹: ${groups}`]),
      ]
      return {
        en: `ECS → Clusters → ${cluster} → Services → ${name} (Express) → Update service: ${en.join('; ')} → Update`,
        ko: `ECS → 클러스터 → ${cluster} → 서비스 → ${name} (Express) → 서비스 업데이트에서 다음과 같이 지정하고 업데이트를 누릅니다. ${ko.join(', ')}`,
      }
    },

    cli: (change) => [callOf('ecs', change)],

    terraform({ serviceArn, taskDefinitionArn, networkConfiguration }) {
      const of = serviceArn.slice(serviceArn.lastIndexOf('/') + 1)
      const notes =
        taskDefinitionArn === undefined ? [] : ['hashicorp/aws has no argument for a task definition of its own yet']
      return [{ existing: 'aws_ecs_express_gateway_service', of, fields: fieldsOf({ networkConfiguration }), notes }]
    },

    apply(facts, { serviceArn, taskDefinitionArn, networkConfiguration }) {
      const { service } = facts
      if (!service.known) return null
      const old = service.value
      if (old.arn !== serviceArn || !isExpress(old)) return { refused: 'InvalidParameterException' }
      if (old.status !== 'ACTIVE') return { refused: 'ServiceNotActiveException' }
      const { subnets, securityGroups } = networkConfiguration ?? {}
      const awsvpc = old.awsvpc && {
        ...old.awsvpc,
        subnetIds: subnets ?? old.awsvpc.subnetIds,
        securityGroupIds: securityGroups ?? old.awsvpc.securityGroupIds,
      }
      return {
        ...facts,
        service: known({ ...old, taskDefinitionArn: taskDefinitionArn ?? old.taskDefinitionArn, awsvpc }),
      }
    },
  },
}
