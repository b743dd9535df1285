/** Where in a task-definition file a finding or a failed start sits: on the line that names the image, role, log group or secret. */
import type { Finding } from '../../domain/report.ts'
import type { RolloutFailure } from '../../domain/rollout.ts'
import { type JsonScalar, jsonScalars } from './json-scalars.ts'
import { nameOfFailure } from './locate-failure.ts'
import { type Kind, type Name, namesIn, says } from './locate-names.ts'

export interface TaskDefinitionText {
  /** From the root of the repository, with slashes. */
  readonly file: string
  /** Without a byte order mark. */
  readonly text: string
  /** Container → the image that was put in its place before the check. */
  readonly images: Readonly<Record<string, string>>
}

/** Lines and columns count from 1; a column is a UTF-16 unit, the last one behind the value. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
}

export type Locate = (about: Finding | RolloutFailure) => Place | null

/** For a report without such a file. */
export const nowhere: Locate = () => null

/** Ids of the checks that speak of each: a service called `web` is not the log group `web`. */
const SPEAKERS: Readonly<Record<Kind, RegExp>> = {
  image: /image|repository|registry|pull-through|docker|digest/,
  role: /role|rights/,
  secret: /secret|parameter/,
  'log group': /log-group/,
  file: /environment-file/,
  'file system': /efs/,
}

/** About something that the file leaves out, or that stands on more than one line: the first of these that it has. */
const ANCHORS: Readonly<Record<string, readonly string[]>> = {
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

function scalarOf(finding: Finding, names: readonly Name[], scalars: readonly JsonScalar[]): JsonScalar | undefined {
  const anchor = (ANCHORS[finding.check] ?? []).flatMap((path) => scalars.find((one) => one.path === path) ?? [])[0]
  if (anchor !== undefined) return anchor
  const spoken = names.filter(({ kind }) => SPEAKERS[kind].test(finding.check))
  return nameOf(finding, spoken)?.scalar
}

/** By the very name, else by its other forms, else by what the finding says of it. */
function nameOf(finding: Finding, names: readonly Name[]): Name | undefined {
  const { subject, step } = finding
  const exact = names.find(({ value }) => value === subject) ?? names.find((name) => isOtherForm(name, subject))
  if (exact !== undefined) return exact
  // Its subject may be the container of an image that cannot be read, or the digest that an image came to.
  const images = step === 'image' ? names.filter(({ kind }) => kind === 'image') : []
  const told = [finding.what.en, ...finding.evidence.map(({ en }) => en)]
  return (
    images.find(({ container }) => container === subject) ??
    images.find(({ value }) => told.some((sentence) => says(sentence, value)))
  )
}

function isOtherForm({ kind, value }: Name, subject: string): boolean {
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
