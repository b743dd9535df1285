/** The IAM statements that let this program read, and nothing else: from actions to a policy that can be pasted. */

export interface ReadStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string | readonly string[]
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

/** What has to be added for a report without these unknowns; none where no permission would tell. */
export function statementsForUnknowns(
  unknowns: readonly { readonly permission: string | null }[],
  partition = 'aws',
): readonly ReadStatement[] {
  return statementsFor(
    unknowns.flatMap(({ permission }) => (permission ?? '').split(/[\s,]+/)).filter(isAction),
    partition,
  )
}

function isAction(name: string): boolean {
  return /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(name)
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? action
}
