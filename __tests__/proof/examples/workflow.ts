/** A workflow file as data, and the expressions in it: as much of GitHub's language as the examples use, and an error for the rest. */
import { spawnSync } from 'node:child_process'
import { PYTHON } from '../tools.ts'

export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
  readonly 'continue-on-error'?: string
}
export interface Job {
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** Every scalar is text, as a runner hands it over. */
export function jobOf(workflow: string): Job {
  const read = 'import json, sys, yaml; json.dump(yaml.load(sys.stdin, yaml.BaseLoader), sys.stdout)'
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', read], { input: workflow, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const [job, ...more]: Job[] = Object.values(JSON.parse(stdout).jobs)
  if (job === undefined || more.length > 0) throw new Error('an example has one job')
  return job
}

/** `steps`, `env`, `secrets`, `github`. */
export type Contexts = Readonly<Record<string, unknown>>

export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, path) => valueAt(path, contexts))
}

/** What is not there is empty, as at GitHub; a context that is none is a mistake. */
function valueAt(path: string, contexts: Contexts): string {
  const [context = '', ...members] = path.split('.')
  if (!(context in contexts)) throw new Error(`no context: ${path}`)
  const found = members.reduce<unknown>(
    (value, member) => (typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined),
    contexts[context],
  )
  return typeof found === 'string' ? found : ''
}

/** Without a word on failures a step is for the case that there was none. */
export function isDue(condition: string | undefined, failed: boolean, contexts: Contexts): boolean {
  const terms = condition?.split(' && ') ?? []
  const asksForFailure = terms.includes('failure()')
  return failed === asksForFailure && terms.every((term) => term === 'failure()' || holds(term, contexts))
}

function holds(term: string, contexts: Contexts): boolean {
  const [, left = '', operator, right = ''] = /^(\S+) (==|!=) (\S+)$/.exec(term) ?? []
  if (operator === undefined) throw new Error(`no condition: ${term}`)
  const [one, other] = [left, right].map((side) => /^'(.*)'$/.exec(side)?.[1] ?? valueAt(side, contexts))
  return (one === other) === (operator === '==')
}
