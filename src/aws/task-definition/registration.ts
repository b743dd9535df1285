/**
 * What RegisterTaskDefinition is asked, from a JSON file or from a registered revision: what `describe-task-definition` prints, what
 * `render` writes and what `register-task-definition` takes are all fine.
 */
import type { TaskDefinition } from '../../domain/service.ts'
import type { Text } from '../../domain/text.ts'
import { UsageError } from '../../domain/usage-error.ts'
import { MEBIBYTE, readNamedFile, whyUnreadable } from '../../files/plain-file.ts'
import { isLoose, type Loose, text } from '../facts/shape.ts'
import { toTaskDefinition } from '../facts/task-definition.ts'
import { decodeText, isDeeperThan, MOST_LEVELS, parseJson } from '../reader/json-text.ts'
import { mustHaveContainers } from './container-names.ts'
import { withoutEmpty } from './empty-members.ts'
import { type LineOf, linesIn, notJson, refusedByEcs, unusable } from './refusal.ts'
import { taskDefinitionFaults } from './rules.ts'
import { knownMembers, type StrangeMember, shapeFaults } from './shape-faults.ts'

export interface RegistrationOptions {
  /** By the container whose image each replaces. */
  readonly images: Readonly<Record<string, string>>
  /** Names of members that are sent though nothing is in them. */
  readonly keepNullValueKeys?: readonly string[]
  /** Registered under this name; its own unless given. */
  readonly family?: string
}

export interface Registration {
  /** The exact input of RegisterTaskDefinition. */
  readonly input: Loose
  /** The same as checks read it: no ARN and no revision, because it is not registered yet. */
  readonly definition: TaskDefinition
  /** What of the file is not registered, and why; a sentence each. */
  readonly notices: readonly Text[]
}

/**
 * Throws `UsageError` for a file that cannot be read, is not JSON, or breaks a rule of ECS: it names input, file, line, place and rule.
 * For an input `image` of a container that is not there as well.
 */
export async function registrationFromFile(path: string, options: RegistrationOptions): Promise<Registration> {
  const read = await readNamedFile(path, MEBIBYTE)
  if (read.ok) return registrationFromText(decodeText(read.bytes), path, options)
  const why = whyUnreadable(read, MEBIBYTE)
  throw new UsageError({
    en: `The input "task-definition" names the file ${path}, which ${why.en}: give the path of a JSON file, a family, family:revision or an ARN.`,
    ko: `"task-definition" 입력의 파일을 읽을 수 없습니다: ${path} (${why.ko}). JSON 파일의 경로, 패밀리, 패밀리:개정 또는 ARN을 지정합니다.`,
  })
}

/** The same of a text that is read already. */
export function registrationFromText(whole: string, file: string, options: RegistrationOptions): Registration {
  const parsed = parseJson(whole)
  if (!parsed.ok) throw notJson(file, whole, parsed.at.line, parsed.at.column)
  if (isDeeperThan(parsed.value, MOST_LEVELS)) throw unusable(file, TOO_DEEP)
  const { document, readOnly } = withoutReadOnly(parsed.value)
  const { value, before } = withoutEmpty(document, new Set(options.keepNullValueKeys))
  if (!isLoose(value)) throw unusable(file, NO_OBJECT)
  const given = withOptions(completed(value), options)
  const lineOf = linesIn(whole)
  const [first, ...others] = taskDefinitionFaults(given).map(({ path, rule }) => ({ path: before(path), rule }))
  if (first !== undefined) throw refusedByEcs(file, [first, ...others], lineOf)
  const strange = shapeFaults(given).strange.map(({ path, near }) => ({ path: before(path), near }))
  return registration(given, options, [...readOnlyNotice(file, readOnly), ...strangeNotices(file, strange, lineOf)])
}

/** Of what DescribeTaskDefinition answered, `{ taskDefinition, tags }`. ECS has taken it before, so that no rule is asked. */
export function registrationFromRevision(described: Loose, options: RegistrationOptions): Registration {
  const { value } = withoutEmpty(withoutReadOnly(described).document, new Set(options.keepNullValueKeys))
  return registration(withOptions(completed(isLoose(value) ? value : {}), options), options, [])
}

function registration(given: Loose, { images }: RegistrationOptions, notices: readonly Text[]): Registration {
  const input = knownMembers(given)
  const definition = isLoose(input) ? toTaskDefinition(input) : null
  if (!isLoose(input) || definition === null) throw unusable(String(given['family']), NO_DEFINITION)
  const names = definition.containers.map(({ name }) => name)
  mustHaveContainers(Object.keys(images), definition.family, names)
  return { input, definition: { ...definition, arn: null, revision: null, status: null, isNamed: true }, notices }
}

function withOptions(definition: Loose, { images, family }: RegistrationOptions): Loose {
  const { containerDefinitions: containers } = definition
  const imaged = (one: unknown) => {
    const name = isLoose(one) ? text(one['name']) : null
    return isLoose(one) && name !== null && Object.hasOwn(images, name) ? { ...one, image: images[name] } : one
  }
  return {
    ...definition,
    ...(family === undefined ? {} : { family }),
    ...(Array.isArray(containers) ? { containerDefinitions: containers.map(imaged) } : {}),
  }
}

const TOO_DEEP: Text = {
  en: `is nested deeper than ${MOST_LEVELS} levels`,
  ko: `중첩 단계가 최대 단계 수보다 많습니다(최대: ${MOST_LEVELS})`,
}
const NO_OBJECT: Text = { en: 'holds no JSON object', ko: 'JSON 객체가 아닙니다' }
const NO_DEFINITION: Text = { en: 'is not a task definition', ko: '태스크 정의가 아닙니다' }

/** What DescribeTaskDefinition adds to what was registered (ECS API, TaskDefinition against RegisterTaskDefinition). */
const READ_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]

interface WithoutReadOnly {
  readonly document: unknown
  readonly readOnly: readonly string[]
}

/** Tags stand beside an answer's definition; those that begin with `aws:` are AWS's own to give. */
function withoutReadOnly(answer: unknown): WithoutReadOnly {
  const isAnswer = isLoose(answer) && isLoose(answer['taskDefinition'])
  const whole = isAnswer ? (answer['taskDefinition'] as Loose) : answer
  if (!isLoose(whole)) return { document: whole, readOnly: [] }
  const tags = whole['tags'] ?? (isAnswer ? answer['tags'] : undefined)
  const isOwn = (tag: unknown) => !(isLoose(tag) && String(tag['key']).startsWith('aws:'))
  const rest = Object.entries(whole).filter(([key]) => !READ_ONLY.includes(key) && key !== 'tags')
  return {
    document: {
      ...Object.fromEntries(rest),
      ...(tags === undefined ? {} : { tags: Array.isArray(tags) ? tags.filter(isOwn) : tags }),
    },
    readOnly: READ_ONLY.filter((key) => Object.hasOwn(whole, key)),
  }
}

/** ECS wants the value of a variable and both words of a proxy's property, be they empty. */
function completed(definition: Loose): Loose {
  const { proxyConfiguration: proxy, containerDefinitions: containers } = definition
  const valued = (pair: unknown) => (isLoose(pair) ? { ...pair, value: pair['value'] ?? '' } : pair)
  const named = (pair: unknown) =>
    isLoose(pair) ? { ...pair, name: pair['name'] ?? '', value: pair['value'] ?? '' } : pair
  return {
    ...definition,
    ...(isLoose(proxy) && Array.isArray(proxy['properties'])
      ? { proxyConfiguration: { ...proxy, properties: proxy['properties'].map(named) } }
      : {}),
    ...(Array.isArray(containers)
      ? {
          containerDefinitions: containers.map((one) =>
            isLoose(one) && Array.isArray(one['environment'])
              ? { ...one, environment: one['environment'].map(valued) }
              : one,
          ),
        }
      : {}),
  }
}

function readOnlyNotice(file: string, readOnly: readonly string[]): readonly Text[] {
  if (readOnly.length === 0) return []
  const names = readOnly.join(', ')
  return [
    {
      en: `${file} holds what only DescribeTaskDefinition answers, which is left out when it is registered and can be removed from the file: ${names}.`,
      ko: `DescribeTaskDefinition 응답에만 있는 값은 등록할 때 제외하며 파일에서 지워도 됩니다. 파일: ${file}, 값: ${names}`,
    },
  ]
}

const STRANGE_MEMBERS = 10

function strangeNotices(file: string, strange: readonly StrangeMember[], lineOf: LineOf): readonly Text[] {
  const left = strange.length - STRANGE_MEMBERS
  const notices = strange.slice(0, STRANGE_MEMBERS).map(({ path, near }): Text => {
    const [line, guess] = [lineOf(path), near === null ? null : `"${near}"`]
    return {
      en: `${file}, line ${line}: RegisterTaskDefinition does not know ${path}, and it is left out.${guess === null ? '' : ` Is ${guess} meant?`}`,
      ko: `RegisterTaskDefinition에 없는 값이므로 제외합니다. 파일: ${file}, 줄: ${line}, 위치: ${path}${guess === null ? '' : ` (비슷한 이름: ${guess})`}`,
    }
  })
  if (left <= 0) return notices
  return [
    ...notices,
    { en: `${file}: ${left} more such members.`, ko: `같은 종류의 값 ${left}개가 더 있습니다. 파일: ${file}` },
  ]
}
