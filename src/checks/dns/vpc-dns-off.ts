/** Are the two DNS attributes of the VPC on, so that names resolve and private DNS works? */
import { listed } from '../../domain/answer.ts'
import { defineCheck } from '../../domain/check.ts'
import type { Network } from '../../domain/network.ts'
import { causesOf } from '../../network/causes.ts'
import { findingOf } from '../engine/path-finding.ts'

type Attribute = 'enableDnsSupport' | 'enableDnsHostnames'

interface Details {
  readonly vpcId: string
  readonly off: readonly Attribute[]
}

const EFFECTS = {
  enableDnsSupport: { en: 'no name resolves', ko: '모든 이름이 조회되지 않음' },
  enableDnsHostnames: {
    en: 'private DNS and names of file systems have no effect',
    ko: '프라이빗 DNS와 파일 시스템의 이름이 동작하지 않음',
  },
} as const

export default defineCheck<Details, 'network' | 'paths'>({
  id: 'vpc-dns-off',
  step: 'dns',
  severity: 'blocker',
  needs: ['network', 'paths'],
  speaksFor: ['vpc-dns-off', 'vpc-dns-hostnames-off'],
  permissions: ['ec2:DescribeVpcAttribute', 'ec2:DescribeVpcEndpoints'],

  title: { en: 'DNS of the VPC is switched off', ko: 'VPC의 DNS 설정이 꺼져 있습니다' },
  why: {
    en: 'Without enableDnsSupport no name resolves in the VPC; without enableDnsHostnames private DNS of VPC endpoints has no effect. The registry is not found, or looked for on the internet.',
    ko: 'enableDnsSupport가 꺼져 있으면 VPC에서 어떤 이름도 조회되지 않고, enableDnsHostnames가 꺼져 있으면 VPC 엔드포인트의 프라이빗 DNS가 동작하지 않습니다. 레지스트리를 찾지 못하거나 인터넷에서 찾게 됩니다.',
  },

  evaluate: ({ network, paths }) =>
    causesOf(paths, ['vpc-dns-off', 'vpc-dns-hostnames-off'], ({ vpcId }) => vpcId).map((cause) => {
      const { vpcId } = cause.faults[0]
      return findingOf(cause, vpcId, {
        vpcId,
        off: offAt(
          network,
          vpcId,
          cause.faults.map(({ kind }) => kind),
        ),
      })
    }),

  explain: ({ vpcId, off }) => ({
    en: `Switched off in ${vpcId}: ${off.map((one) => `${one} (${EFFECTS[one].en})`).join(', ')}.`,
    ko: `VPC ${vpcId}의 속성이 꺼져 있습니다: ${off.map((one) => `${one} (${EFFECTS[one].ko})`).join(', ')}`,
  }),

  // Hostnames need support, and one attribute a call: EC2 API Reference, ModifyVpcAttribute.
  remedy: ({ vpcId, off }) => ({
    changes: off.map((one) => ({ kind: 'modify-vpc-attribute', vpcId, [one]: true })),
  }),
})

/** Where nothing resolves, the second attribute is no fault of a path yet, but would be the next. */
function offAt(network: Network, vpcId: string, kinds: readonly string[]): readonly Attribute[] {
  const hostnames = network.vpcDns[vpcId]?.hostnames
  const wanted = listed(network.endpoints).some((one) => one.vpcId === vpcId && one.privateDns)
  const off: Attribute[] = kinds.includes('vpc-dns-off') ? ['enableDnsSupport'] : []
  const second = kinds.includes('vpc-dns-hostnames-off') || (wanted && hostnames?.known === true && !hostnames.value)
  return second ? [...off, 'enableDnsHostnames'] : off
}
