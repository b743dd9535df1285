/** Are the Cloud Map services and namespaces there that the tasks are registered in? */
import { type CheckResults, couldNotTell, defineCheck } from '../../domain/check.ts'
import type { DiscoveryRecord } from '../../domain/configuration.ts'

interface Details {
  readonly service: string
  readonly arn: string
  readonly kind: DiscoveryRecord['kind']
}

export default defineCheck<Details, 'service' | 'configuration'>({
  id: 'service-registry-missing',
  step: 'configuration',
  severity: 'blocker',
  needs: ['service', 'configuration'],
  permissions: ['ecs:DescribeServices', 'servicediscovery:GetService', 'servicediscovery:GetNamespace'],

  title: { en: 'A service registry does not exist', ko: '서비스 레지스트리가 존재하지 않습니다' },
  why: {
    en: 'ECS registers each task in Cloud Map while it is being activated. Where the Cloud Map service, or the namespace of Service Connect, is gone, registering fails and the deployment does not complete.',
    ko: 'ECS는 태스크를 Cloud Map에 등록합니다. Cloud Map 서비스 또는 Service Connect 네임스페이스가 없으면 등록에 실패하고 배포가 완료되지 않습니다.',
  },

  evaluate: ({ service, configuration: { discovery } }) =>
    discovery.flatMap(({ arn, kind, exists }): CheckResults<Details> => {
      const what = {
        en: `Cloud Map ${kind} ${arn}`,
        ko: `Cloud Map ${kind === 'service' ? '서비스' : '네임스페이스'} ${arn}`,
      }
      if (!exists.known) return [couldNotTell(exists, ['service-registry', arn], what, true)]
      if (exists.value) return []
      const evidence = [{ en: `Cloud Map knows no ${arn}.`, ko: `Cloud Map에 없음: ${arn}` }]
      return [{ subject: arn, evidence, details: { service: service.name, arn, kind } }]
    }),

  explain: ({ service, arn, kind }) =>
    kind === 'service'
      ? {
          en: `Service ${service} registers its tasks in Cloud Map service ${arn}, which does not exist.`,
          ko: `서비스 ${service}의 태스크를 등록할 Cloud Map 서비스가 존재하지 않습니다: ${arn}`,
        }
      : {
          en: `Service Connect of ${service} uses namespace ${arn}, which does not exist.`,
          ko: `서비스 ${service}의 Service Connect 네임스페이스가 존재하지 않습니다: ${arn}`,
        },

  remedy: ({ arn, kind }) => ({
    changes: [],
    after: [
      kind === 'service'
        ? {
            en: `Make the service again in Cloud Map and name its ARN in serviceRegistries of the service (update-service --service-registries) in the place of ${arn}.`,
            ko: `Cloud Map에 서비스를 다시 생성하고 그 ARN을 서비스의 serviceRegistries에 지정합니다(update-service --service-registries). 기존 값: ${arn}`,
          }
        : {
            en: `Make the namespace again in Cloud Map and name it in serviceConnectConfiguration of the service (update-service --service-connect-configuration) in the place of ${arn}.`,
            ko: `Cloud Map에 네임스페이스를 다시 생성하고 서비스의 serviceConnectConfiguration에 지정합니다(update-service --service-connect-configuration). 기존 값: ${arn}`,
          },
    ],
  }),
})
