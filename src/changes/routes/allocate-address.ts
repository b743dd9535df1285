/** An Elastic IP address. EC2 API Reference, AllocateAddress. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { argumentsOf } from '../terraform.ts'

export const allocateAddress: ChangeDefinition<'allocate-address'> = {
  kind: 'allocate-address',
  made: { query: 'AllocationId', words: { en: 'the new Elastic IP address', ko: '새 탄력적 IP 주소' } },

  console: () => [
    {
      en: 'VPC → Elastic IPs → Allocate Elastic IP address → Allocate',
      ko: 'VPC → 탄력적 IP → 탄력적 IP 주소 할당 → 할당을 누릅니다.',
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: (change) => [{ type: 'aws_eip', name: 'nat', fields: argumentsOf(change, 'domain') }],

  apply: (facts) => facts,
}
