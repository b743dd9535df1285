/** Another target for a route that is there. EC2 API Reference, ReplaceRoute. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { argumentsOf } from '../terraform.ts'
import { destinationOf, routed, TARGETS, targetOf } from './create-route.ts'

export const replaceRoute: ChangeDefinition<'replace-route'> = {
  kind: 'replace-route',

  console: (change) => {
    const [destination, target] = [destinationOf(change), targetOf(change).id]
    return [
      {
        en: `VPC → Route tables → ${change.routeTableId} → Edit routes → change the target of ${destination} to ${target} → Save changes`,
        ko: `VPC → 라우팅 테이블 → ${change.routeTableId} → 라우팅 편집 → ${destination}의 대상을 다음으로 바꾸고 변경 사항 저장을 누릅니다: ${target}`,
      },
    ]
  },

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [
    {
      existing: 'aws_route',
      of: `${change.routeTableId}, ${destinationOf(change)}`,
      fields: argumentsOf(change, ...TARGETS),
    },
  ],

  apply: (facts, change) =>
    routed(facts, change, ({ routes }, route) =>
      routes.some(({ destination }) => destination === route.destination)
        ? routes.map((one) => (one.destination === route.destination ? route : one))
        : { refused: 'InvalidRoute.NotFound' },
    ),
}
