/** Whether a container instance meets an expression of the cluster query language; null where that cannot be told. */
import type { ContainerInstance } from '../domain/service.ts'

export type Subject = Pick<ContainerInstance, 'instanceId' | 'attributes' | 'agentConnected' | 'agentVersion'>

type Truth = boolean | null
type Evaluate = (instance: Subject) => Truth

/** Source: ECS Developer Guide, Create expressions to define container instances for Amazon ECS tasks. */
export function meetsExpression(expression: string, instance: Subject): boolean | null {
  const scan: Scan = { text: expression, at: 0 }
  const evaluate = disjunction(scan)
  return evaluate === null || take(scan, /\S/y) !== null ? null : evaluate(instance)
}

interface Scan {
  readonly text: string
  at: number
}

/** What the pattern (sticky, with or without a group) finds here, past blanks. */
function take(scan: Scan, pattern: RegExp): string | null {
  pattern.lastIndex = scan.at + (/^\s*/.exec(scan.text.slice(scan.at))?.[0].length ?? 0)
  const match = pattern.exec(scan.text)
  if (match === null) return null
  scan.at = pattern.lastIndex
  return match.slice(1).find((group) => group !== undefined) ?? match[0]
}

function disjunction(scan: Scan): Evaluate | null {
  return series(scan, conjunction, /\|\||or\b/iy, (truths) => either(truths, true))
}

function conjunction(scan: Scan): Evaluate | null {
  return series(scan, term, /&&|and\b/iy, (truths) => either(truths, false))
}

function series(
  scan: Scan,
  part: (scan: Scan) => Evaluate | null,
  between: RegExp,
  join: (truths: readonly Truth[]) => Truth,
): Evaluate | null {
  const parts: Evaluate[] = []
  do {
    const next = part(scan)
    if (next === null) return null
    parts.push(next)
  } while (take(scan, between) !== null)
  return (instance) => join(parts.map((evaluate) => evaluate(instance)))
}

/** `decides` as soon as one says so; else not told as soon as one is not. */
function either(truths: readonly Truth[], decides: boolean): Truth {
  if (truths.includes(decides)) return decides
  return truths.includes(null) ? null : !decides
}

function term(scan: Scan): Evaluate | null {
  if (take(scan, /!|not\b/iy) !== null) {
    const inner = term(scan)
    return inner === null ? null : (instance) => negated(inner(instance))
  }
  if (take(scan, /\(/y) === null) return comparison(scan)
  const inner = disjunction(scan)
  return inner !== null && take(scan, /\)/y) !== null ? inner : null
}

function negated(truth: Truth): Truth {
  return truth === null ? null : !truth
}

const SUBJECT = /[\w.:/@-]+/y
const OPERATOR =
  /==|!=|>=|<=|=~|!~|>|<|!in\b|!exists\b|(?:not_)?(?:equals|in|exists|matches)\b|(?:greater|less)_than(?:_equal)?\b/iy
const LITERAL = /'([^']*)'|"([^"]*)"|[^\s()[\],&|!'"]+/y
/** A pattern may hold brackets; it ends at a blank or at a parenthesis that it did not open. */
const PATTERN = /'([^']*)'|"([^"]*)"|(?:\([^()\s]*\)|[^\s()])+/y

const NAMES: Readonly<Record<string, string>> = {
  equals: '==',
  not_equals: '!=',
  greater_than: '>',
  greater_than_equal: '>=',
  less_than: '<',
  less_than_equal: '<=',
  not_in: '!in',
  not_exists: '!exists',
  matches: '=~',
  not_matches: '!~',
}

function comparison(scan: Scan): Evaluate | null {
  const subject = take(scan, SUBJECT)
  const word = take(scan, OPERATOR)?.toLowerCase() ?? null
  if (subject === null || word === null) return null
  const operator = NAMES[word] ?? word
  if (operator === 'exists' || operator === '!exists') {
    return (instance) => {
      const value = subjectValue(subject, instance)
      return value === undefined ? null : (value !== null) === (operator === 'exists')
    }
  }
  const argument = argumentsOf(scan, operator)
  if (argument === null) return null
  return (instance) => {
    const value = subjectValue(subject, instance)
    if (value === undefined) return null
    // What the negative of a comparison is for an attribute that is not there, no document says.
    if (value === null) return operator.startsWith('!') ? null : false
    return compared(value, operator, argument)
  }
}

function argumentsOf(scan: Scan, operator: string): readonly string[] | null {
  if (!operator.endsWith('in')) {
    const one = take(scan, operator.endsWith('~') ? PATTERN : LITERAL)
    return one === null ? null : [one]
  }
  if (take(scan, /\[/y) === null) return null
  const values: string[] = []
  do {
    const one = take(scan, LITERAL)
    if (one === null) return null
    values.push(one)
  } while (take(scan, /,/y) !== null)
  return take(scan, /\]/y) === null ? null : values
}

/** What every instance has; one that lacks it was recorded in part (ECS Developer Guide, container instance attributes). */
const BUILT_IN = /^ecs\.(?:ami-id|availability-zone|instance-type|os-type|os-family|cpu-architecture|vpc-id|subnet-id)$/

/** Null: it does not exist. Undefined: it is not known, or not for long (the tasks on it). */
function subjectValue(subject: string, instance: Subject): string | null | undefined {
  if (subject === 'ec2InstanceId') return instance.instanceId
  if (subject === 'agentConnected') return instance.agentConnected === null ? undefined : `${instance.agentConnected}`
  if (subject === 'agentVersion') return instance.agentVersion ?? undefined
  const name = /^attribute:(.+)$/.exec(subject)?.[1]
  if (name === undefined || instance.attributes === null) return undefined
  const found = instance.attributes.find((one) => one.name === name)
  if (found !== undefined) return found.value ?? ''
  return BUILT_IN.test(name) ? undefined : null
}

function compared(value: string, operator: string, values: readonly string[]): Truth {
  const [argument = ''] = values
  switch (operator) {
    case '==':
      return value === argument
    case '!=':
      return value !== argument
    case 'in':
      return values.includes(value)
    case '!in':
      return !values.includes(value)
    case '=~':
      return matches(value, argument)
    case '!~':
      return negated(matches(value, argument))
    default:
      return ordered(value, operator, argument)
  }
}

/**
 * Java's patterns, of which JavaScript's are like in what is usual. Whether all of the value has to match is not said: told where it
 * makes no difference. A repeated group could keep the machine busy.
 */
function matches(value: string, pattern: string): Truth {
  if (/\)[*+{]|\\[pPQEAzZGhHRX]|\(\?|[*+}]\+/.test(pattern)) return null
  try {
    const whole = new RegExp(`^(?:${pattern})$`).test(value)
    return whole || !new RegExp(pattern).test(value) ? whole : null
  } catch {
    return null
  }
}

/** Numbers, and versions part by part. */
function ordered(value: string, operator: string, argument: string): Truth {
  const [one, other] = [value, argument].map((text) => text.replace(/^v/, '').split('.').map(Number))
  if (one === undefined || other === undefined || [...one, ...other].some(Number.isNaN)) return null
  const places = Array.from({ length: Math.max(one.length, other.length) }, (_, i) => (one[i] ?? 0) - (other[i] ?? 0))
  const difference = places.find((place) => place !== 0) ?? 0
  if (operator === '>') return difference > 0
  if (operator === '>=') return difference >= 0
  return operator === '<' ? difference < 0 : difference <= 0
}
