/** The steps of a preflight and of a rollout, in the contract's order (section 5). A report names the first that fails. */
import type { Text } from './text.ts'

// biome-ignore format: one line a phase
export const STEPS = [
  'service', 'subnets', 'dns', 'endpoints', 'routes', 'security-groups', 'network-acls', 'endpoint-policies',
  'role', 'image', 'configuration', 'rehearsal', 'update',
  'placement', 'pull', 'init', 'start', 'health', 'steady',
] as const
export type StepId = (typeof STEPS)[number]

/** The worst that applies, in this order. */
export type StepState = 'failed' | 'unknown' | 'warning' | 'ignored' | 'ok' | 'skipped'

export const STEP_TITLES: Readonly<Record<StepId, Text>> = {
  service: { en: 'Service', ko: '서비스' },
  subnets: { en: 'Task subnets', ko: '태스크 서브넷' },
  dns: { en: 'DNS', ko: 'DNS' },
  endpoints: { en: 'VPC endpoints', ko: 'VPC 엔드포인트' },
  routes: { en: 'Routes', ko: '라우팅' },
  'security-groups': { en: 'Security groups', ko: '보안 그룹' },
  'network-acls': { en: 'Network ACLs', ko: '네트워크 ACL' },
  'endpoint-policies': { en: 'Endpoint policies', ko: '엔드포인트 정책' },
  role: { en: 'Roles', ko: '역할' },
  image: { en: 'Image', ko: '이미지' },
  configuration: { en: 'Configuration', ko: '구성' },
  rehearsal: { en: 'Rehearsal', ko: '예행 실행' },
  update: { en: 'Service update', ko: '서비스 업데이트' },
  placement: { en: 'Placement', ko: '태스크 배치' },
  pull: { en: 'Image pull', ko: '이미지 풀' },
  init: { en: 'Initialization', ko: '초기화' },
  start: { en: 'Container start', ko: '컨테이너 시작' },
  health: { en: 'Health', ko: '상태 확인' },
  steady: { en: 'Steady state', ko: '안정 상태' },
}

/** What a preflight goes through. */
export const PREFLIGHT_STEPS: readonly StepId[] = STEPS.slice(0, STEPS.indexOf('rehearsal'))
/** What a rollout goes through. */
export const ROLLOUT_STEPS: readonly StepId[] = STEPS.slice(STEPS.indexOf('placement'))
