/** Says why an endpoint policy lets a call through or not. */
import type { Text } from '../../domain/text.ts'
import { labelOf, type PolicyDecision } from './decision.ts'
import type { Unreadable } from './document.ts'

/** `signer`, `bucket`: the verdict rests on whose principal signs, or whose bucket holds, the image layers. */
export type Foundation = 'policy' | 'signer' | 'bucket'

export interface JudgedCall {
  readonly action: string
  readonly resource: string
  /** Null for a policy document. */
  readonly unreadable: Unreadable | null
}

export const FULL_ACCESS: Text = {
  en: 'The endpoint has no policy of its own, which is full access.',
  ko: '엔드포인트에 별도의 정책이 없으므로 모든 액세스를 허용합니다.',
}

const FOUNDATIONS: Readonly<Record<Foundation, Text | null>> = {
  policy: null,
  signer: {
    en: 'Image layers are downloaded with URLs that Amazon ECR signs as a principal of its own, so a condition on your organization or account does not let them through. AWS does not document that principal.',
    ko: '이미지 레이어는 Amazon ECR이 자체 보안 주체로 서명한 URL로 다운로드되므로 사용자의 조직이나 계정을 요구하는 조건은 이 요청을 통과시키지 않습니다. AWS 문서에는 이 보안 주체가 나와 있지 않습니다.',
  },
  bucket: {
    en: 'Image layers lie in a bucket that belongs to AWS, so a condition on resources of your organization or account does not let them through.',
    ko: '이미지 레이어는 AWS 소유 버킷에 있으므로 사용자의 조직이나 계정의 리소스를 요구하는 조건은 이 요청을 통과시키지 않습니다.',
  },
}

export function reasonOf(judged: PolicyDecision, call: JudgedCall, foundation: Foundation): Text {
  const verdict = verdictOf(judged, call)
  const rest = FOUNDATIONS[foundation]
  return rest === null ? verdict : { en: `${verdict.en} ${rest.en}`, ko: `${verdict.ko}. ${rest.ko}` }
}

function verdictOf(judged: PolicyDecision, { action, resource, unreadable }: JudgedCall): Text {
  const by = [...new Set(judged.statements.map(labelOf))].join(', ')
  const what = `${action} (${resource})`
  switch (judged.decision) {
    case 'allowed':
      return {
        en: `The endpoint policy allows ${action} on ${resource} (${by}).`,
        ko: `엔드포인트 정책이 호출을 허용합니다. 작업: ${what}, 정책 문: ${by}`,
      }
    case 'explicit-deny':
      return {
        en: `The endpoint policy denies ${action} on ${resource} (${by}).`,
        ko: `엔드포인트 정책이 호출을 명시적으로 거부합니다. 작업: ${what}, 정책 문: ${by}`,
      }
    case 'implicit-deny':
      return {
        en: `No statement of the endpoint policy allows ${action} on ${resource}.`,
        ko: `엔드포인트 정책에 호출을 허용하는 정책 문이 없습니다. 작업: ${what}`,
      }
    default:
      return unreadable === null ? undecided(judged, action, what, resource, by) : unread(unreadable)
  }
}

function unread({ beyond }: Unreadable): Text {
  if (beyond === undefined)
    return {
      en: 'The endpoint policy could not be read as a policy document.',
      ko: '엔드포인트 정책을 정책 문서로 읽을 수 없습니다.',
    }
  return {
    en: `The endpoint policy is longer than any that AWS saves (${beyond}).`,
    ko: `엔드포인트 정책이 AWS에 저장할 수 있는 크기를 초과합니다(${beyond}).`,
  }
}

function undecided(judged: PolicyDecision, action: string, what: string, resource: string, by: string): Text {
  const keys = judged.missing.join(', ')
  if (keys === '') {
    return {
      en: `Whether the endpoint policy allows ${action} on ${resource} cannot be told (${by}). ${judged.why.en}`,
      ko: `엔드포인트 정책이 호출을 허용하는지 알 수 없습니다. ${judged.why.ko} 작업: ${what}, 정책 문: ${by}`,
    }
  }
  return {
    en: `Whether the endpoint policy allows ${action} on ${resource} depends on condition keys that are not known: ${keys} (${by}).`,
    ko: `엔드포인트 정책의 결과가 값을 알 수 없는 조건 키에 따라 달라집니다. 조건 키: ${keys}, 작업: ${what}, 정책 문: ${by}`,
  }
}
