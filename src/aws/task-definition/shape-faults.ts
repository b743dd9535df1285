/** Is every member one that RegisterTaskDefinition takes, there where it has to be, and of its kind? */
import { nearest } from '../../domain/did-you-mean.ts'
import type { Text } from '../../domain/text.ts'
import { isLoose } from '../facts/shape.ts'
import { memberPath } from './empty-members.ts'
import type { Fault } from './fault.ts'
import { isShape, type Kind, type Shape, TASK_DEFINITION } from './shape.ts'

/** A member that ECS does not know. */
export interface StrangeMember {
  readonly path: string
  /** Of the same object, what it is probably meant to be. */
  readonly near: string | null
}

interface Found {
  readonly faults: readonly Fault[]
  readonly strange: readonly StrangeMember[]
}

/** In the order of the document, required members that are missing behind the others of their object. */
export function shapeFaults(definition: unknown): Found {
  return ofKind(definition, TASK_DEFINITION, '')
}

/** What is left of it without the members that ECS does not know. */
export function knownMembers(value: unknown, kind: Kind = TASK_DEFINITION): unknown {
  if (Array.isArray(value)) return Array.isArray(kind) ? value.map((item) => knownMembers(item, kind[0])) : value
  if (!isLoose(value) || !isShape(kind)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const own = memberOf(kind, key)
      return own === undefined ? [] : [[key, knownMembers(item, own)]]
    }),
  )
}

function ofKind(value: unknown, kind: Kind, path: string): Found {
  if (Array.isArray(kind)) {
    if (!Array.isArray(value)) return only(path, LIST)
    return merged(value.map((item, at) => ofKind(item, kind[0], `${path}[${at}]`)))
  }
  if (isShape(kind)) return isLoose(value) ? inShape(value, kind, path) : only(path, OBJECT)
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? NOTHING : only(path, TEXT)
    case 'flag':
      return typeof value === 'boolean' ? NOTHING : only(path, FLAG)
    case 'integer':
      return Number.isInteger(value) ? NOTHING : only(path, INTEGER)
    default:
      if (!isLoose(value)) return only(path, OBJECT)
      return merged(Object.entries(value).map(([key, item]) => ofKind(item, 'text', memberPath(path, key))))
  }
}

function inShape(record: Readonly<Record<string, unknown>>, shape: Shape, path: string): Found {
  const given = Object.entries(record).filter(([, value]) => value !== null && value !== undefined)
  const found = given.map(([key, value]): Found => {
    const kind = memberOf(shape, key)
    if (kind !== undefined) return ofKind(value, kind, memberPath(path, key))
    return { faults: [], strange: [{ path: memberPath(path, key), near: nearestMember(shape, key) }] }
  })
  const missing = shape.required.filter((key) => !given.some(([name]) => name === key))
  const instead = (key: string) => given.find(([name]) => nearestMember(shape, name) === key)?.[0]
  return merged([...found, ...missing.map((key) => only(memberPath(path, key), required(instead(key))))])
}

/** `instead`: what stands there and is no member. */
function required(instead: string | undefined): Text {
  if (instead === undefined) return { en: 'is required', ko: '필요한 값입니다' }
  return {
    en: `is required, and "${instead}" is no name of it`,
    ko: `필요한 값입니다. 대신 있는 알 수 없는 이름: "${instead}"`,
  }
}

function memberOf({ members }: Shape, key: string): Kind | undefined {
  return Object.hasOwn(members, key) ? members[key] : undefined
}

/** Whatever its capitals: CloudFormation and the SDK for .NET write `ContainerDefinitions`. */
function nearestMember({ members }: Shape, key: string): string | null {
  if (Object.hasOwn(members, key)) return null
  const names = Object.keys(members)
  const near = nearest(
    key,
    names.map((name) => name.toLowerCase()),
  )
  return names.find((name) => name.toLowerCase() === near) ?? null
}

const NOTHING: Found = { faults: [], strange: [] }

function only(path: string, rule: Text): Found {
  return { faults: [{ path: path === '' ? '$' : path, rule }], strange: [] }
}

function merged(all: readonly Found[]): Found {
  return { faults: all.flatMap(({ faults }) => faults), strange: all.flatMap(({ strange }) => strange) }
}

const TEXT: Text = { en: 'has to be a text in quotation marks', ko: '따옴표로 묶은 문자열이어야 합니다' }
const FLAG: Text = { en: 'has to be true or false', ko: 'true 또는 false여야 합니다' }
const INTEGER: Text = { en: 'has to be a whole number', ko: '정수여야 합니다' }
const LIST: Text = { en: 'has to be a list in brackets', ko: '대괄호로 묶은 목록이어야 합니다' }
const OBJECT: Text = { en: 'has to be an object', ko: '객체여야 합니다' }
