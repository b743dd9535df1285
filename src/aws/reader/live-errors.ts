/** Sorts the SDK's errors: why an answer is missing, and, when nothing works at all, what the reader of the message should do. */
import { type Unread, type UnreadBecause, unread } from '../../domain/answer.ts'
import type { Text } from '../../domain/text.ts'
import type { Call } from '../calls/call.ts'

/** Something that ails every call of the run, not only this one. */
export type Ailment =
  | 'no-credentials'
  | 'expired-credentials'
  | 'invalid-credentials'
  | 'unknown-region'
  | 'unreachable'
  | 'denied'
  | 'throttled'
  | 'other'

/** The name of an error is its code; a network error has a code of the system instead. */
interface Named {
  readonly name: string
  readonly code: string
  readonly message: string
  readonly status: number | null
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'])
const INVALID = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'NotAuthorized',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
])
const NETWORK = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
])

/** Why the call has no answer, with AWS's own words as detail. */
export function toUnread(error: unknown, call: Pick<Call<unknown>, 'permission'>): Unread {
  const { name, code, message } = named(error)
  const detail = [name === 'Error' ? code : name, message.split('\n')[0]].filter((part) => part).join(': ')
  return unread(reasonOf(named(error)), call.permission, detail.slice(0, 500))
}

function reasonOf(error: Named): UnreadBecause {
  const ailment = ailmentOf(error)
  if (ailment === 'throttled') return 'throttled'
  if (ailment === 'denied' || ailment.endsWith('-credentials')) return 'denied'
  if (ailment === 'unreachable' || ailment === 'unknown-region') return 'unreachable'
  const { name, message, status } = error
  if (/NotFound|NoSuch|DoesNotExist|^AWSOrganizationsNotInUse/.test(name)) return 'not-found'
  // ECS has no code of its own for it.
  if (name === 'ClientException' && message.startsWith('Unable to describe task definition')) return 'not-found'
  return status !== null && status >= 500 ? 'unreachable' : 'garbled'
}

export function ailmentIn(error: unknown): Ailment {
  return ailmentOf(named(error))
}

function ailmentOf({ name, code, message, status }: Named): Ailment {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return 'no-credentials'
  if (EXPIRED.has(name)) return 'expired-credentials'
  if (INVALID.has(name)) return 'invalid-credentials'
  if (code === 'ENOTFOUND' || /^Region (not accepted|is missing)/.test(message)) return 'unknown-region'
  if (/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|RequestThrottled/.test(name) || status === 429)
    return 'throttled'
  if (/AccessDenied|Unauthorized|NotAuthorized|OptInRequired|^Blocked$/.test(name)) return 'denied'
  if (NETWORK.has(code) || name === 'TimeoutError') return 'unreachable'
  // A 403 whose body is not AWS's comes from something on the way.
  return status === 401 || status === 403 ? 'denied' : 'other'
}

export function isAbort(error: unknown): boolean {
  return named(error).name === 'AbortError'
}

function named(error: unknown): Named {
  const { name, code, message, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly name?: unknown
    readonly code?: unknown
    readonly message?: unknown
    readonly $metadata?: { readonly httpStatusCode?: unknown }
  }
  const status = $metadata?.httpStatusCode
  return {
    name: String(name ?? ''),
    code: String(code ?? codeIn(String(message ?? ''))),
    message: String(message ?? ''),
    status: typeof status === 'number' ? status : null,
  }
}

/** The SDK wraps errors that are foreign to it, and then the system's code stands in the message alone. */
function codeIn(message: string): string {
  if (/socket hang up/.test(message)) return 'ECONNRESET'
  return /\b(EAI_AGAIN|E[A-Z]{4,})\b/.exec(message)?.[1] ?? ''
}

/** What ails a run that could not read anything, and what to do. `detail` is what AWS or the network said. */
export function troubleText(ailment: Ailment, region: string, detail: string): Text {
  switch (ailment) {
    case 'no-credentials':
      return {
        en: 'No AWS credentials were found. In a workflow, run aws-actions/configure-aws-credentials before this step; on a machine of your own, set AWS_PROFILE or sign in with aws login.',
        ko: 'AWS 자격 증명을 찾을 수 없습니다. 워크플로에서는 이 단계 앞에 aws-actions/configure-aws-credentials 단계를 실행하고, 로컬 환경에서는 AWS_PROFILE 환경 변수를 설정하거나 aws login 명령으로 로그인합니다.',
      }
    case 'expired-credentials':
      return {
        en: `The AWS credentials have expired. Get new ones (aws-actions/configure-aws-credentials in a workflow, aws login or aws sso login elsewhere) and run again. AWS said: ${detail}`,
        ko: `AWS 자격 증명이 만료되었습니다. 새 자격 증명을 받은 뒤 다시 실행합니다(워크플로: aws-actions/configure-aws-credentials, 그 외: aws login 또는 aws sso login). AWS 응답: ${detail}`,
      }
    case 'invalid-credentials':
      return {
        en: `AWS does not accept the credentials. Check the access key, the role and the clock of this machine. AWS said: ${detail}`,
        ko: `AWS가 자격 증명을 거부했습니다. 액세스 키와 역할, 이 컴퓨터의 시각을 확인합니다. AWS 응답: ${detail}`,
      }
    case 'unknown-region':
      return {
        en: `The input "region" says ${region}, and no AWS host of that Region could be found. Give a Region code such as ap-northeast-2, and check that this machine resolves public names. (${detail})`,
        ko: `"region" 입력의 리전에서 AWS 호스트를 찾을 수 없습니다: ${region}. ap-northeast-2 같은 리전 코드를 지정하고, 이 컴퓨터의 DNS 조회가 동작하는지 확인합니다. (${detail})`,
      }
    case 'unreachable':
      return {
        en: `AWS could not be reached. Check the network, the proxy and AWS_ENDPOINT_URL of this machine. (${detail})`,
        ko: `AWS에 연결할 수 없습니다. 이 컴퓨터의 네트워크, 프록시, AWS_ENDPOINT_URL 설정을 확인합니다. (${detail})`,
      }
    case 'denied':
      return {
        en: `AWS refused every request. Allow the actions listed in docs/permissions.md for the role or user of this run. AWS said: ${detail}`,
        ko: `AWS가 모든 요청을 거부했습니다. 이 실행의 역할 또는 사용자에게 docs/permissions.md 문서의 작업을 허용합니다. AWS 응답: ${detail}`,
      }
    case 'throttled':
      return {
        en: `AWS throttled every request. Wait a minute and run again. AWS said: ${detail}`,
        ko: `AWS가 모든 요청을 스로틀링했습니다. 잠시 후 다시 실행합니다. AWS 응답: ${detail}`,
      }
    default:
      return {
        en: `Nothing could be read from AWS in ${region}. Check the inputs "region" and "cluster". (${detail})`,
        ko: `AWS에서 아무것도 읽을 수 없습니다(리전: ${region}). "region" 입력과 "cluster" 입력을 확인합니다. (${detail})`,
      }
  }
}
