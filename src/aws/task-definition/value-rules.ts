/**
 * ECS's rules for one value each (ECS API, the member's own page): choices, ranges, patterns, how many. Where AWS adds a choice now and
 * then (compatibilities, architectures, GPUs), none is checked: what ECS takes tomorrow is not refused today.
 */
import type { Text } from '../../domain/text.ts'
import { isLoose } from '../facts/shape.ts'
import { memberPath } from './empty-members.ts'
import { type Fault, NAME, NAME_RULE } from './fault.ts'

interface ValueRule {
  /** `[]` is every element. */
  readonly at: string
  readonly fits: (value: unknown) => boolean
  readonly rule: Text
}

const CONTAINER = 'containerDefinitions[]'

// biome-ignore format: a line a rule
const RULES: readonly ValueRule[] = [
  pattern('family', NAME, NAME_RULE),
  choice('networkMode', 'awsvpc', 'bridge', 'host', 'none'),
  choice('pidMode', 'host', 'task'),
  choice('ipcMode', 'host', 'none', 'task'),
  choice('placementConstraints[].type', 'memberOf'),
  choice('proxyConfiguration.type', 'APPMESH'),
  range('ephemeralStorage.sizeInGiB', 21, 200),
  atMost('containerDefinitions', 10), // Amazon ECS service quotas, Containers per task definition: not adjustable
  atMost('tags', 50),
  pattern('tags[].key', /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu, {
    en: 'takes 1 to 128 letters, digits, spaces and + - = . _ : / @, and does not begin with aws:',
    ko: '영문자, 숫자, 공백, + - = . _ : / @ 문자로 된 1~128자여야 하며 aws: 접두사는 쓸 수 없습니다',
  }),
  pattern('tags[].value', /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/iu, {
    en: 'takes up to 256 letters, digits, spaces and + - = . _ : / @',
    ko: '영문자, 숫자, 공백, + - = . _ : / @ 문자로 된 256자 이하여야 합니다',
  }),
  pattern(`${CONTAINER}.name`, NAME, NAME_RULE),
  pattern(`${CONTAINER}.image`, /^\S+$/, { en: 'takes the name of an image, such as nginx:1.29', ko: '이미지 이름이어야 합니다. 예: nginx:1.29' }),
  range(`${CONTAINER}.cpu`, 0, null),
  range(`${CONTAINER}.portMappings[].containerPort`, 0, 65535),
  range(`${CONTAINER}.portMappings[].hostPort`, 0, 65535),
  pattern(`${CONTAINER}.portMappings[].name`, /^[a-z0-9_][a-z0-9_-]{0,63}$/, {
    en: 'takes up to 64 lower-case letters, digits, underscores and hyphens, and does not begin with a hyphen',
    ko: '소문자, 숫자, 밑줄, 하이픈으로 된 64자 이하여야 하며 하이픈으로 시작할 수 없습니다',
  }),
  range(`${CONTAINER}.restartPolicy.restartAttemptPeriod`, 60, 1800),
  atMost(`${CONTAINER}.restartPolicy.ignoredExitCodes`, 50),
  atMost(`${CONTAINER}.environmentFiles`, 10),
  choice(`${CONTAINER}.environmentFiles[].type`, 's3'),
  pattern(`${CONTAINER}.environmentFiles[].value`, /^arn:/, { en: 'takes the ARN of an S3 object, arn:aws:s3:::BUCKET/FILE.env', ko: 'S3 객체의 ARN이어야 합니다. 형식: arn:aws:s3:::BUCKET/FILE.env' }),
  choice(`${CONTAINER}.dependsOn[].condition`, 'START', 'COMPLETE', 'SUCCESS', 'HEALTHY'),
  choice(`${CONTAINER}.ulimits[].name`, 'core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime', 'sigpending', 'stack'),
  choice(`${CONTAINER}.linuxParameters.devices[].permissions[]`, 'read', 'write', 'mknod'),
  range(`${CONTAINER}.linuxParameters.swappiness`, 0, 100),
  choice(`${CONTAINER}.logConfiguration.logDriver`, 'awsfirelens', 'awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'splunk', 'syslog'),
  choice(`${CONTAINER}.firelensConfiguration.type`, 'fluentbit', 'fluentd'),
  range(`${CONTAINER}.healthCheck.interval`, 5, 300),
  range(`${CONTAINER}.healthCheck.timeout`, 2, 120),
  range(`${CONTAINER}.healthCheck.retries`, 1, 10),
  range(`${CONTAINER}.healthCheck.startPeriod`, 0, 300),
  pattern('volumes[].name', NAME, NAME_RULE),
  choice('volumes[].dockerVolumeConfiguration.scope', 'task', 'shared'),
  choice('volumes[].efsVolumeConfiguration.transitEncryption', 'ENABLED', 'DISABLED'),
  range('volumes[].efsVolumeConfiguration.transitEncryptionPort', 0, 65535),
  choice('volumes[].efsVolumeConfiguration.authorizationConfig.iam', 'ENABLED', 'DISABLED'),
  range('volumes[].s3filesVolumeConfiguration.transitEncryptionPort', 0, 65535),
]

/** Values of another kind than the member's are left to the rules of kinds. */
export function valueFaults(definition: unknown): readonly Fault[] {
  return RULES.flatMap(({ at, fits, rule }) =>
    valuesAt(definition, at).flatMap(({ path, value }) => (fits(value) ? [] : [{ path, rule }])),
  )
}

/** Everything that a pattern such as `volumes[].name` fits, with its own path. */
export function valuesAt(
  whole: unknown,
  pattern: string,
): readonly { readonly path: string; readonly value: unknown }[] {
  let found: readonly { readonly path: string; readonly value: unknown }[] = [{ path: '', value: whole }]
  for (const [step] of pattern.matchAll(/\[\]|[^.[\]]+/g)) {
    found = found.flatMap(({ path, value }) => {
      if (step === '[]')
        return Array.isArray(value) ? value.map((item, at) => ({ path: `${path}[${at}]`, value: item })) : []
      const member = isLoose(value) && Object.hasOwn(value, step) ? value[step] : undefined
      return member === undefined || member === null ? [] : [{ path: memberPath(path, step), value: member }]
    })
  }
  return found
}

/** Whatever its capitals, with which AWS is lenient here and strict there. */
function choice(at: string, ...values: readonly string[]): ValueRule {
  const listed = values.join(', ')
  const fits = (value: unknown) =>
    typeof value !== 'string' || values.some((one) => one.toLowerCase() === value.toLowerCase())
  return { at, fits, rule: { en: `takes one of ${listed}`, ko: `다음 중 하나여야 합니다: ${listed}` } }
}

function range(at: string, from: number, to: number | null): ValueRule {
  const fits = (value: unknown) => typeof value !== 'number' || (value >= from && (to === null || value <= to))
  const rule =
    to === null
      ? { en: `takes a whole number from ${from} up`, ko: `${from} 이상의 정수여야 합니다` }
      : { en: `takes a whole number from ${from} to ${to}`, ko: `${from}~${to} 범위의 정수여야 합니다` }
  return { at, fits, rule }
}

function pattern(at: string, shape: RegExp, rule: Text): ValueRule {
  return { at, fits: (value) => typeof value !== 'string' || shape.test(value), rule }
}

function atMost(at: string, most: number): ValueRule {
  const fits = (value: unknown) => !Array.isArray(value) || value.length <= most
  return { at, fits, rule: { en: `may hold ${most} entries`, ko: `항목은 ${most}개까지 지정할 수 있습니다` } }
}
