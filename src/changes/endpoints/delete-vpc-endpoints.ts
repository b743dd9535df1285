/** VPC endpoints that go; their private DNS name is free once they are gone. EC2 API Reference, DeleteVpcEndpoints. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { itemsOf } from '../network-facts.ts'
import { waitWhile } from './create-vpc-endpoint.ts'
import { withoutEndpoints } from './endpoint-facts.ts'

export const deleteVpcEndpoints: ChangeDefinition<'delete-vpc-endpoints'> = {
  kind: 'delete-vpc-endpoints',

  console: ({ vpcEndpointIds }) => [
    {
      en: `VPC → Endpoints → ${vpcEndpointIds.join(', ')} → Actions → Delete VPC endpoints, and wait until it is gone`,
      ko: `VPC → 엔드포인트 → ${vpcEndpointIds.join(', ')} → 작업 → VPC 엔드포인트 삭제를 누르고 삭제될 때까지 기다립니다.`,
    },
  ],

  cli: (change) => [callOf('ec2', change), waitWhile('deleting', change.vpcEndpointIds)],

  terraform: ({ vpcEndpointIds }) => vpcEndpointIds.map((id) => ({ gone: 'aws_vpc_endpoint', of: id })),

  apply(facts, { vpcEndpointIds }) {
    const endpoints = itemsOf(facts, 'endpoints')
    if (endpoints === null) return null
    const gone = endpoints.filter(({ id }) => vpcEndpointIds.includes(id))
    return gone.length < vpcEndpointIds.length
      ? { refused: 'InvalidVpcEndpointId.NotFound' }
      : withoutEndpoints(facts, gone)
  },
}
