/** An internet gateway, attached to no VPC yet. EC2 API Reference, CreateInternetGateway. */
import type { ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { addItems } from '../network-facts.ts'

export const createInternetGateway: ChangeDefinition<'create-internet-gateway'> = {
  kind: 'create-internet-gateway',
  made: {
    query: 'InternetGateway.InternetGatewayId',
    words: { en: 'the new internet gateway', ko: '새 인터넷 게이트웨이' },
  },

  console: () => [
    {
      en: 'VPC → Internet gateways → Create internet gateway',
      ko: 'VPC → 인터넷 게이트웨이 → 인터넷 게이트웨이 생성을 누릅니다.',
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: () => [{ type: 'aws_internet_gateway', name: 'out', fields: [] }],

  apply: (facts, { makes }) => addItems(facts, 'internetGateways', { id: makes, attachments: [] }),
}
