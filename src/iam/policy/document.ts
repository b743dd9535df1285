/** Reads a policy document of any spelling AWS accepts. What it does not understand is kept as an oddity, never dropped. */

export interface Policy {
  /** Policy variables exist in 2012-10-17 only (IAM User Guide, Version). */
  readonly version: '2008-10-17' | '2012-10-17'
  readonly statements: readonly Statement[]
}

export interface Unreadable {
  /** `not-json`, `not-a-policy`, `unknown-version`, `too-long`, or the caller's own word for a policy that could not be read. */
  readonly unreadable: string
  /** Of one that is too long: what it has and what AWS saves at most, as `Statement 20000 > 1000`. */
  readonly beyond?: string
}

export interface Statement {
  readonly index: number
  readonly sid: string | null
  /** Null when it is neither of the two words, which are case-sensitive. */
  readonly effect: 'Allow' | 'Deny' | null
  readonly principals: PrincipalElement | null
  readonly actions: PatternElement | null
  readonly resources: PatternElement | null
  readonly conditions: readonly Condition[]
  /** Elements that no rule of the grammar explains: such a statement never gives a definite answer. */
  readonly oddities: readonly string[]
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface PatternElement {
  readonly negated: boolean
  readonly patterns: readonly string[]
}

export interface PrincipalElement {
  readonly negated: boolean
  readonly principals: readonly Principal[]
}

/** `type` is `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for `"Principal": "*"`. */
export interface Principal {
  readonly type: string
  readonly value: string
}

export interface Condition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

type Fields = Readonly<Record<string, unknown>>

const STATEMENT_ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])
/**
 * More than AWS saves of any kind of policy: 6,144 characters of a managed one, 20,480 of most resource policies, 32,768 bytes of a key
 * policy, white space aside (IAM and AWS STS quotas; AWS KMS, Resource quotas). What is longer was not written by AWS.
 */
const MOST = { characters: 262_144, statements: 1_000, signs: 2_048 }

const POLICY_ELEMENTS = new Set(['Version', 'Id', 'Statement'])

/**
 * Takes JSON text, URL-encoded JSON text (as IAM's GetRolePolicy and GetPolicyVersion print it) or the parsed object.
 * Source: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function parsePolicy(json: string | object): Policy | Unreadable {
  if (typeof json === 'string' && json.length > MOST.characters)
    return { unreadable: 'too-long', beyond: `${json.length} > ${MOST.characters}` }
  const document = typeof json === 'string' ? decode(json) : json
  if (document === undefined) return { unreadable: 'not-json' }
  if (!isFields(document)) return { unreadable: 'not-a-policy' }
  const version = document['Version'] ?? '2008-10-17'
  if (version !== '2008-10-17' && version !== '2012-10-17') return { unreadable: 'unknown-version' }
  const written = document['Statement']
  const statements = Array.isArray(written) ? (written as readonly unknown[]) : [written]
  if (!statements.every(isFields)) return { unreadable: 'not-a-policy' }
  if (statements.length > MOST.statements)
    return { unreadable: 'too-long', beyond: `Statement ${statements.length} > ${MOST.statements}` }
  const oddities = Object.keys(document).filter((name) => !POLICY_ELEMENTS.has(name))
  return { version, statements: statements.map((fields, index) => parseStatement(fields, index, oddities)) }
}

export function isReadable(policy: Policy | Unreadable): policy is Policy {
  return !('unreadable' in policy)
}

function decode(text: string): unknown {
  for (const read of [asIs, urlDecoded]) {
    try {
      const value: unknown = JSON.parse(read(text))
      // A policy kept as a JSON string inside JSON.
      return typeof value === 'string' ? JSON.parse(value) : value
    } catch {
      // The next spelling.
    }
  }
  return undefined
}

function asIs(text: string): string {
  return text
}

function urlDecoded(text: string): string {
  return decodeURIComponent(text)
}

function parseStatement(fields: Fields, index: number, inherited: readonly string[]): Statement {
  const oddities = [...inherited, ...Object.keys(fields).filter((name) => !STATEMENT_ELEMENTS.has(name))]
  const effect = fields['Effect'] === 'Allow' || fields['Effect'] === 'Deny' ? fields['Effect'] : null
  if (effect === null) oddities.push('Effect')
  const actions = parsePatterns(fields, 'Action', oddities)
  if (actions === null) oddities.push('Action')
  return {
    index,
    sid: typeof fields['Sid'] === 'string' && fields['Sid'] !== '' ? fields['Sid'] : null,
    effect,
    principals: parsePrincipals(fields, oddities),
    actions,
    resources: parsePatterns(fields, 'Resource', oddities),
    conditions: parseConditions(fields['Condition'], oddities),
    oddities: [...new Set(oddities)],
  }
}

function parsePatterns(fields: Fields, name: 'Action' | 'Resource', oddities: string[]): PatternElement | null {
  const chosen = choose(fields, name, oddities)
  if (chosen === null) return null
  const patterns = strings(chosen.value)
  if (patterns === null || patterns.length === 0 || patterns.some(isTooLong)) {
    oddities.push(name)
    return null
  }
  return { negated: chosen.negated, patterns }
}

function parsePrincipals(fields: Fields, oddities: string[]): PrincipalElement | null {
  const chosen = choose(fields, 'Principal', oddities)
  if (chosen === null) return null
  if (chosen.value === '*') return { negated: chosen.negated, principals: [{ type: '*', value: '*' }] }
  if (!isFields(chosen.value)) {
    oddities.push('Principal')
    return null
  }
  const principals = Object.entries(chosen.value).flatMap(([type, value]) => {
    const values = strings(value)
    if (values === null) oddities.push('Principal')
    return (values ?? []).map((each) => ({ type, value: each }))
  })
  return { negated: chosen.negated, principals }
}

/** An ARN has at most 2,048 characters (IAM User Guide, IAM ARNs). */
function isTooLong(pattern: string): boolean {
  return pattern.length > MOST.signs
}

/** An element and its `Not` form exclude each other (IAM User Guide, JSON policy element reference). */
function choose(fields: Fields, name: string, oddities: string[]): { negated: boolean; value: unknown } | null {
  const negative = `Not${name}`
  if (name in fields && negative in fields) {
    oddities.push(name, negative)
    return null
  }
  if (name in fields) return { negated: false, value: fields[name] }
  return negative in fields ? { negated: true, value: fields[negative] } : null
}

function parseConditions(block: unknown, oddities: string[]): readonly Condition[] {
  if (block === undefined) return []
  if (!isFields(block)) {
    oddities.push('Condition')
    return []
  }
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isFields(keys)) {
      oddities.push(`Condition.${operator}`)
      return []
    }
    return Object.entries(keys).flatMap(([key, value]) => {
      const values = strings(value)
      if (values === null || values.length === 0 || values.some(isTooLong)) {
        oddities.push(`Condition.${operator}.${key}`)
        return []
      }
      return [{ operator, key, values }]
    })
  })
}

/** One value or a list; JSON booleans and numbers count as their text (IAM User Guide, Grammar). */
function strings(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  const isText = (each: unknown) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean'
  return list.every(isText) ? list.map(String) : null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
