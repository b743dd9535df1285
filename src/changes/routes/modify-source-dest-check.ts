/** An instance, or an interface, that passes on packets of others. EC2 API Reference, ModifyInstanceAttribute, ModifyNetworkInterfaceAttribute. */
import type { GatheredFacts } from '../../domain/facts.ts'
import type { Applied, ChangeDefinition } from '../change-kind.ts'
import { callOf } from '../command-line.ts'
import { changeOne, inTurn, itemsOf } from '../network-facts.ts'

export const modifyInstanceAttribute: ChangeDefinition<'modify-instance-attribute'> = {
  kind: 'modify-instance-attribute',

  console: ({ instanceId }) => [
    {
      en: `EC2 → Instances → ${instanceId} → Actions → Networking → Change source/dest. check → Stop → Save`,
      ko: `EC2 → 인스턴스 → ${instanceId} → 작업 → 네트워킹 → 소스/대상 확인 변경 → 중지를 선택하고 저장을 누릅니다.`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: ({ instanceId }) => [
    { existing: 'aws_instance', of: instanceId, fields: [['source_dest_check', 'false']] },
  ],

  apply(facts, { instanceId }) {
    const own = itemsOf(facts, 'interfaces')?.filter((one) => one.instanceId === instanceId) ?? []
    return own.length === 0
      ? null
      : withoutCheck(
          facts,
          own.map(({ id }) => id),
        )
  },
}

export const modifyNetworkInterfaceAttribute: ChangeDefinition<'modify-network-interface-attribute'> = {
  kind: 'modify-network-interface-attribute',

  console: ({ networkInterfaceId }) => [
    {
      en: `EC2 → Network Interfaces → ${networkInterfaceId} → Actions → Change source/dest. check → Stop → Save`,
      ko: `EC2 → 네트워크 인터페이스 → ${networkInterfaceId} → 작업 → 소스/대상 확인 변경 → 중지를 선택하고 저장을 누릅니다.`,
    },
  ],

  cli: (change) => [callOf('ec2', change)],

  terraform: ({ networkInterfaceId }) => [
    { existing: 'aws_network_interface', of: networkInterfaceId, fields: [['source_dest_check', 'false']] },
  ],

  apply: (facts, { networkInterfaceId }) => withoutCheck(facts, [networkInterfaceId]),
}

function withoutCheck(facts: GatheredFacts, interfaceIds: readonly string[]): Applied {
  return inTurn(facts, interfaceIds, (before, id) =>
    changeOne(before, 'interfaces', id, (one) => ({ ...one, sourceDestCheck: false })),
  )
}
