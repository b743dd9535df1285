/** A wait until endpoints are made. EC2 API Reference, DescribeVpcEndpoints. */
import type { ChangeDefinition } from './change-kind.ts'
import { waitWhile } from './create-vpc-endpoint.ts'
import { itemsOf, withItems } from './network-facts.ts'

export const describeVpcEndpoints: ChangeDefinition<'describe-vpc-endpoints'> = {
  kind: 'describe-vpc-endpoints',

  console: ({ vpcEndpointIds }) => [
    {
      en: `VPC → Endpoints: wait until the status is Available: ${vpcEndpointIds.join(', ')}`,
      ko: `VPC → 엔드포인트에서 상태가 사용 가능이 될 때까지 기다립니다: ${vpcEndpointIds.join(', ')}`,
    },
  ],

  cli: ({ vpcEndpointIds, while: state }) => [waitWhile(state, vpcEndpointIds)],

  // Terraform waits by itself.
  terraform: () => [],

  /** What waits for somebody's acceptance does not come by itself. */
  apply(facts, { vpcEndpointIds, while: state }) {
    const endpoints = itemsOf(facts, 'endpoints')
    if (endpoints === null) return null
    return withItems(
      facts,
      'endpoints',
      endpoints.map((one) =>
        vpcEndpointIds.includes(one.id) && one.state === state ? { ...one, state: 'available' } : one,
      ),
    )
  },
}
