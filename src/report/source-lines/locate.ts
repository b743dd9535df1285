/** Where in a task-definition file a finding or a failed start sits: on the line that names the image, role, log group or secret. */

import type { CheckId } from '../../domain/check-id.ts'
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'
import { LABELS } from '../../ecs-errors/labels.ts'
import { type JsonScalar, jsonScalars } from './json-scalars.ts'
import { type NamedValue, namesIn, speaksOf } from './locate-names.ts'

export interface TaskDefinitionText {
  /** From the root of the repository, with slashes. */
  readonly file: string
  /** Without a byte order mark. */
  readonly text: string
  /** Container → the image that was put in its place before the check. */
  readonly images: Readonly<Record<string, string>>
}

/** Lines and columns count from 1; a column is a UTF-16 unit, the last one behind the value. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
}

export type Locate = (about: Finding | RolloutFailure) => SourceLocation | null

/** For a report without such a file. */
export const nowhere: Locate = () => null

/** About something that the file leaves out, or that stands on more than one line: the first of these that it has. */
const ANCHORS: Readonly<Partial<Record<CheckId, readonly string[]>>> = {
  'execution-role-missing': ['family'],
  'fargate-size-invalid': ['cpu', 'memory', 'family'],
}

/** In a file that is no JSON, nothing is found. */
export function locator({ file, text, images }: TaskDefinitionText): Locate {
  const scalars = jsonScalars(text).map((scalar) => ({ ...scalar, path: scalar.path.replace(/^taskDefinition\./, '') }))
  const names = namesIn(scalars, images)
  return (about) => {
    const found = 'label' in about ? nameOfFailure(about, names)?.scalar : scalarOf(about, names, scalars)
    if (found === undefined) return null
    const { line, column, endColumn } = found
    return { file, line, column, endColumn }
  }
}

function scalarOf(
  finding: Finding,
  names: readonly NamedValue[],
  scalars: readonly JsonScalar[],
): JsonScalar | undefined {
  const anchor = (ANCHORS[finding.check] ?? []).flatMap((path) => scalars.find((one) => one.path === path) ?? [])[0]
  if (anchor !== undefined) return anchor
  const spoken = names.filter(({ kind }) => speaksOf(finding.check, kind))
  return nameOf(finding, spoken)?.scalar
}

/** By the very name, else by its other forms, else by the container of an image that cannot be read, or the image of a digest. */
function nameOf({ subject, image }: Finding, names: readonly NamedValue[]): NamedValue | undefined {
  return (
    names.find(({ value }) => value === subject) ??
    names.find((name) => isOtherForm(name, subject)) ??
    names.find(({ kind, container }) => kind === 'image' && container === subject) ??
    names.find(({ kind, value }) => kind === 'image' && value === image)
  )
}

/** The name that a failed start is about: by its label, then by what ECS says, its container, or as the only one. */
function nameOfFailure(
  { label, text, container }: RolloutFailure,
  names: readonly NamedValue[],
): NamedValue | undefined {
  // What the application calls with its own role comes after the start.
  const candidates = names.filter(({ kind, scalar }) => kind === LABELS[label].names && scalar.path !== 'taskRoleArn')
  const said = candidates.find(({ value }) => says(text, withoutKey(value)))
  if (said !== undefined) return said
  const own = candidates.filter((name) => container !== null && name.container === container)
  return onlyOne(own) ?? onlyOne(candidates)
}

/** As a whole: `app:1` is not said by `app:12`. */
function says(text: string, name: string): boolean {
  const at = text.indexOf(name)
  return name !== '' && at >= 0 && !/[\w.-]/.test(text.charAt(at + name.length))
}

function onlyOne(names: readonly NamedValue[]): NamedValue | undefined {
  return new Set(names.map(({ value }) => value)).size === 1 ? names[0] : undefined
}

/** Behind a secret's ARN may stand a key, a stage and a version, which no error repeats. */
function withoutKey(value: string): string {
  return /^(arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+)/.exec(value)?.[1] ?? value
}

function isOtherForm({ kind, value }: NamedValue, subject: string): boolean {
  switch (kind) {
    // arn:aws:iam::123456789012:role/path/name, where the file has the name alone.
    case 'role':
      return subject.startsWith('arn:') && subject.endsWith(`/${value}`)
    // Behind a secret's ARN may stand a key, a stage and a version; a parameter has an ARN of its own
    // (ECS Developer Guide, Pass sensitive data to an Amazon ECS container).
    case 'secret':
      return (
        value.startsWith(`${subject}:`) || (value.startsWith('arn:') && value.endsWith(`:parameter/${bare(subject)}`))
      )
    case 'image': {
      const repository = subject.replace(/^arn:[^/]+:repository\//, '')
      return value.replace(/^[^/]+\//, '').split(/[:@]/)[0] === repository
    }
    default:
      return false
  }
}

function bare(parameter: string): string {
  return parameter.replace(/^\//, '')
}
