/** The flow that `trace` follows. */
import { FILE, type Input } from './input.ts'
import { choice, flag, id, ids, text, wholeNumber } from './takes.ts'

export const FLOW = {
  'from-subnet': {
    takes: id('subnet-'),
    commands: ['trace'],
    default: null,
    description: {
      en: 'The subnet that the flow starts in. Give `security-groups` with it.',
      ko: '흐름이 시작되는 서브넷입니다. `security-groups` 입력과 함께 지정합니다.',
    },
  },
  'security-groups': {
    takes: ids('sg-'),
    commands: ['trace'],
    default: null,
    description: {
      en: 'The security groups of the sender, separated by commas.',
      ko: '보내는 쪽의 보안 그룹입니다. 쉼표로 구분합니다.',
    },
  },
  'public-ip': {
    takes: flag(),
    commands: ['trace'],
    default: 'false',
    description: { en: 'The sender has a public IPv4 address.', ko: '보내는 쪽에 퍼블릭 IPv4 주소가 있습니다.' },
  },
  from: {
    takes: id('eni-'),
    commands: ['trace'],
    default: null,
    description: {
      en: 'An existing network interface to start from: its subnet, security groups and public address are taken.',
      ko: '흐름이 시작되는 기존 네트워크 인터페이스입니다. 그 서브넷, 보안 그룹, 퍼블릭 주소를 사용합니다.',
    },
  },
  to: {
    takes: text('HOST[:PORT]', {
      en: 'a host name, an IP address, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` or `internet`, with an optional `:PORT`',
      ko: '호스트 이름, IP 주소, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` 또는 `internet`, 필요하면 뒤에 `:PORT`',
    }),
    commands: ['trace'],
    default: null,
    description: {
      en: 'Where the flow goes: a host name, an IP address, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` or `internet`, with `:PORT` where it is not 443.',
      ko: '흐름의 목적지입니다. 호스트 이름, IP 주소, `eni-…`, `vpce-…`, `ecr-api`, `ecr-dkr`, `s3` 또는 `internet`을 지정하고, 포트가 443이 아니면 `:PORT`를 붙입니다.',
    },
  },
  protocol: {
    takes: choice('tcp', 'udp'),
    commands: ['trace'],
    default: 'tcp',
    description: { en: 'The protocol of the flow.', ko: '흐름의 프로토콜입니다.' },
  },
  'source-port': {
    takes: wholeNumber('PORT', 1, 65535),
    commands: ['trace'],
    default: null,
    description: {
      en: 'Asks about this source port only, instead of the whole ephemeral range.',
      ko: '전체 임시 포트 범위 대신 이 소스 포트만 확인합니다.',
    },
  },
  flows: {
    takes: text('FILE', FILE),
    commands: ['trace'],
    default: null,
    description: {
      en: 'A JSON file with an array of flows to follow instead of one: objects with `from` or `fromSubnet` and `securityGroups`, `to`, `port`, `protocol`, `sourcePort`.',
      ko: '한 흐름 대신 여러 흐름을 담은 JSON 배열 파일입니다. 각 항목은 `from` 또는 `fromSubnet` 및 `securityGroups`, `to`, `port`, `protocol`, `sourcePort` 필드를 가집니다.',
    },
  },
} as const satisfies Readonly<Record<string, Input>>
