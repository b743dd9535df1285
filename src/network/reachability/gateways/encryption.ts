/**
 * VPC encryption controls in mode `enforce` refuse gateways that could carry plain text, unless those are excluded. What
 * becomes of one that stands there all the same, AWS does not document. VPC User Guide, "Enforce VPC encryption in transit".
 */
import { listed } from '../../../domain/answer.ts'
import type { RouteTargetKind } from '../../../domain/network.ts'
import type { Missing } from '../../../domain/path.ts'
import type { At, Segment } from '../flow.ts'
import { cannotTell } from '../segments.ts'

/** Members of VpcEncryptionControlExclusions. */
const EXCLUSIONS: Partial<Readonly<Record<RouteTargetKind, string>>> = {
  'internet-gateway': 'InternetGateway',
  'egress-only-internet-gateway': 'EgressOnlyInternetGateway',
  'nat-gateway': 'NatGateway',
  'vpn-gateway': 'VirtualPrivateGateway',
  peering: 'VpcPeering',
}

/** Null where nothing is enforced, or the target is excluded. */
export function refusedUnencrypted({ flow, subnet: { vpcId }, table, route, sent }: At): Segment | null {
  const { kind, id } = route.target
  const exclusion = EXCLUSIONS[kind]
  const control = listed(flow.index.network.encryptionControls).find((one) => one.vpcId === vpcId)
  if (exclusion === undefined || control?.mode !== 'enforce' || control.state.startsWith('delet')) return null
  const state = control.exclusions[exclusion] ?? 'disabled'
  if (state === 'enabled') return null
  const because = {
    en: `VPC encryption controls of ${vpcId} are enforced, and the exclusion ${exclusion} is ${state}: whether ${id} carries anything is not documented`,
    ko: `VPC 암호화 제어가 적용(enforce) 중이며 제외되지 않아 통과 여부를 알 수 없음: ${id} (${vpcId}, 제외 항목 ${exclusion}: ${state})`,
  }
  const missing: Missing = { permission: null, reason: ['encryption-enforced', vpcId, exclusion, state, id], because }
  return cannotTell({ at: 'route', id: table.id }, missing, sent)
}
