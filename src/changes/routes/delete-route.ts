/** A route that goes: a wider one takes its packets. EC2 API Reference, DeleteRoute. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne } from '../network-facts.ts'
import { destinationOf } from './create-route.ts'

export const deleteRoute: ChangeDefinition<'delete-route'> = {
  kind: 'delete-route',

  console: (change) => [
    {
      en: `VPC → Route tables → ${change.routeTableId} → Edit routes → remove ${destinationOf(change)} → Save changes`,
      ko: `VPC → 라우팅 테이블 → ${change.routeTableId} → 라우팅 편집에서 다음 경로를 제거하고 변경 사항 저장을 누릅니다: ${destinationOf(change)}`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [{ gone: 'aws_route', of: `${change.routeTableId}, ${destinationOf(change)}` }],

  apply: (facts, change) =>
    changeOne(facts, 'routeTables', change.routeTableId, (table) => {
      const routes = table.routes.filter(({ destination }) => destination !== destinationOf(change))
      return routes.length === table.routes.length ? { refused: 'InvalidRoute.NotFound' } : { ...table, routes }
    }),
}
