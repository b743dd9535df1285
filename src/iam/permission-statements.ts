/** The IAM statements that let this program read, and nothing else: from actions to a policy that can be pasted. */
import { grouped } from '../domain/collections.ts'

export interface ReadStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
  /** Of what writes. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface ReadPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly ReadStatement[]
}

/**
 * Resources of the services whose reads can be narrowed without naming what is to be checked; the others list and describe,
 * which most services allow on `*` alone (Service Authorization Reference).
 */
const NARROWED: Readonly<Record<string, readonly string[]>> = {
  iam: ['role/*', 'policy/*', 'instance-profile/*'],
}

/** One statement a service, in the order of the alphabet. `partition`: `aws`, `aws-cn`, … */
export function statementsFor(actions: readonly string[], partition = 'aws'): readonly ReadStatement[] {
  const services = [...new Set(actions.map(serviceOf))].sort()
  return services.map((service) => {
    const narrowed = NARROWED[service]
    return {
      Sid: `Read${service.replace(/[^a-z0-9]/g, '').replace(/^./, (first) => first.toUpperCase())}`,
      Effect: 'Allow',
      Action: [...new Set(actions.filter((action) => serviceOf(action) === service))].sort(),
      Resource: narrowed === undefined ? '*' : narrowed.map((kind) => `arn:${partition}:${service}::*:${kind}`),
    }
  })
}

export function policyOf(actions: readonly string[], partition = 'aws'): ReadPolicy {
  return { Version: '2012-10-17', Statement: statementsFor(actions, partition) }
}

/** The same for a page that has more to say: the statements of equal resources as one, and as many actions to a line as fit. */
export function policyText({ Version, Statement }: ReadPolicy): string {
  const alike = [...grouped(Statement, ({ Resource }) => JSON.stringify(Resource))]
  const statements = alike.map(([resource, own], at) =>
    [
      `  { "Sid": "EcsPullGuard${at + 1}", "Effect": "Allow", "Action": [`,
      ...linesOf(own.flatMap(({ Action }) => Action)).map((line) => `    ${line}`),
      `  ], "Resource": ${resource.replaceAll(',', ', ')} }`,
    ].join('\n'),
  )
  return [`{ "Version": "${Version}", "Statement": [`, statements.join(',\n'), '] }'].join('\n')
}

const WIDTH = 84

/** As many to a line as fit. */
function linesOf(actions: readonly string[]): readonly string[] {
  const lines: string[] = []
  for (const [at, action] of actions.entries()) {
    const word = `"${action}"${at === actions.length - 1 ? '' : ','}`
    const longer = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= WIDTH) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? action
}
