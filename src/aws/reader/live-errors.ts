/** Sorts the SDK's errors: why an answer is missing, and, when nothing works at all, what the reader of the message should do. */
import { type Unread, type UnreadBecause, unread } from '../../domain/answer.ts'
import { maskSecrets } from '../../domain/credential-masking.ts'
import type { Text } from '../../domain/text.ts'
import type { Call } from '../calls/call.ts'
import { UnexpectedType } from './unexpected-type.ts'

/** Something that ails every call of the run, not only this one. */
export type Ailment =
  | 'no-credentials'
  | 'expired-credentials'
  | 'invalid-credentials'
  | 'unknown-region'
  | 'unreachable'
  | 'denied'
  | 'throttled'
  | 'foreign'
  | 'no-address'
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
  // Masked before it is cut: half a secret looks like none.
  const missing = unread(reasonOf(named(error)), call.permission, maskSecrets(detail).slice(0, 500))
  return error instanceof UnexpectedType ? { ...missing, odd: error.odd } : missing
}

function reasonOf(error: Named): UnreadBecause {
  const ailment = ailmentOf(error)
  if (ailment === 'throttled') return 'throttled'
  if (ailment === 'denied' || ailment.endsWith('-credentials')) return 'denied'
  if (ailment === 'unreachable' || ailment === 'unknown-region' || ailment === 'no-address') return 'unreachable'
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
  if (code === 'ERR_INVALID_URL') return 'no-address'
  // What is no JSON or no XML of AWS, or a fault without the name that AWS gives each of its own.
  if (name === 'SyntaxError' || (/^Unknown(?:Error)?$/.test(name) && status !== null && status >= 500)) return 'foreign'
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

export interface Circumstances {
  readonly region: string
  /** What AWS or the network said. */
  readonly detail: string
  /** Where credentials were looked for. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What ails a run that could not read anything, and what to do. */
export function troubleText(ailment: Ailment, { region, detail, env }: Circumstances): Text {
  switch (ailment) {
    case 'no-credentials':
      return withoutCredentials(env)
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
        en: `AWS refused every request. Give the role or user of this run the policy that \`ecs-pull-guard preflight --print-policy\` prints. AWS said: ${detail}`,
        ko: `AWS가 모든 요청을 거부했습니다. 이 실행의 역할 또는 사용자에게 \`ecs-pull-guard preflight --print-policy\` 명령이 출력하는 정책을 연결합니다. AWS 응답: ${detail}`,
      }
    case 'throttled':
      return {
        en: `AWS throttled every request. Wait a minute and run again. AWS said: ${detail}`,
        ko: `AWS가 모든 요청을 스로틀링했습니다. 잠시 후 다시 실행합니다. AWS 응답: ${detail}`,
      }
    case 'foreign':
      return {
        en: `What answered is not AWS: check whether a proxy or a login page stands between, and AWS_ENDPOINT_URL of this machine. (${detail})`,
        ko: `AWS가 아닌 곳에서 응답했습니다. 중간의 프록시나 로그인 페이지, 이 컴퓨터의 AWS_ENDPOINT_URL 설정을 확인합니다. (${detail})`,
      }
    case 'no-address':
      return {
        en: `AWS_ENDPOINT_URL of this machine, or one for a service, is no address: it takes \`https://HOST\`. (${detail})`,
        ko: `이 컴퓨터의 AWS_ENDPOINT_URL 설정(또는 서비스별 설정)이 주소가 아닙니다. \`https://HOST\` 형식이어야 합니다. (${detail})`,
      }
    default:
      return {
        en: `Nothing could be read from AWS in ${region}. Check the inputs "region" and "cluster". (${detail})`,
        ko: `AWS에서 아무것도 읽을 수 없습니다(리전: ${region}). "region" 입력과 "cluster" 입력을 확인합니다. (${detail})`,
      }
  }
}

/** The SDK only says that it found none; what was set, and could not be used, is the likely cause. */
function withoutCredentials(env: Circumstances['env']): Text {
  const { AWS_PROFILE: profile = '', AWS_ACCESS_KEY_ID: key = '', AWS_SECRET_ACCESS_KEY: secret = '' } = env
  if (profile !== '')
    return {
      en: `No credentials came from the profile ${profile}, which AWS_PROFILE names. See whether \`aws configure list-profiles\` lists it, and sign in with aws sso login or aws login.`,
      ko: `AWS_PROFILE 환경 변수의 프로필에서 자격 증명을 얻지 못했습니다: ${profile}. \`aws configure list-profiles\` 명령의 목록에 있는지 확인하고, aws sso login 또는 aws login 명령으로 로그인합니다.`,
    }
  if ((key === '') !== (secret === '')) {
    const [set, missing] = secret === '' ? [KEY, SECRET] : [SECRET, KEY]
    return {
      en: `${set} is set and ${missing} is not: AWS credentials need both.`,
      ko: `AWS 자격 증명에는 두 환경 변수가 모두 필요합니다. 설정됨: ${set}, 설정되지 않음: ${missing}`,
    }
  }
  return {
    en: 'No AWS credentials were found. In a workflow, run aws-actions/configure-aws-credentials before this step; on a machine of your own, set AWS_PROFILE or sign in with aws login.',
    ko: 'AWS 자격 증명을 찾을 수 없습니다. 워크플로에서는 이 단계 앞에 aws-actions/configure-aws-credentials 단계를 실행하고, 로컬 환경에서는 AWS_PROFILE 환경 변수를 설정하거나 aws login 명령으로 로그인합니다.',
  }
}

const KEY = 'AWS_ACCESS_KEY_ID'
const SECRET = 'AWS_SECRET_ACCESS_KEY'
