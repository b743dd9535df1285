/** A wait until endpoints are made, or gone. EC2 API Reference, DescribeVpcEndpoints. */
import type { ChangeDefinition } from '../change-kind.ts'
import { itemsOf, withItems } from '../network-facts.ts'
import { waitWhile } from './create-vpc-endpoint.ts'
import { withoutEndpoints } from './endpoint-facts.ts'

export const describeVpcEndpoints: ChangeDefinition<'describe-vpc-endpoints'> = {
  kind: 'describe-vpc-endpoints',

  console({ vpcEndpointIds, while: state }) {
    const ids = vpcEndpointIds.join(', ')
    return [
      state === 'pending'
        ? {
            en: `VPC → Endpoints: wait until the status is Available: ${ids}`,
            ko: `VPC → 엔드포인트에서 상태가 사용 가능이 될 때까지 기다립니다: ${ids}`,
          }
        : {
            en: `VPC → Endpoints: wait until it is gone: ${ids}`,
            ko: `VPC → 엔드포인트에서 삭제될 때까지 기다립니다: ${ids}`,
          },
    ]
  },

  cli: ({ vpcEndpointIds, while: state }) => [waitWhile(state, vpcEndpointIds)],

  // Terraform waits by itself.
  terraform: () => [],

  /** What waits for somebody's acceptance does not come by itself. */
  apply(facts, { vpcEndpointIds, while: state }) {
    const endpoints = itemsOf(facts, 'endpoints')
    if (endpoints === null) return null
    const awaited = endpoints.filter((one) => vpcEndpointIds.includes(one.id) && one.state === state)
    if (state === 'deleting') return withoutEndpoints(facts, awaited)
    return withItems(
      facts,
      'endpoints',
      endpoints.map((one) => (awaited.includes(one) ? { ...one, state: 'available' } : one)),
    )
  },
}
