/** Reads the `valueFrom` of a container's secret: which service holds the value, where, and which part of it is meant. */
export type SecretSource =
  | {
      readonly kind: 'secretsmanager'
      /** Without the JSON key, version stage and version id. */
      readonly arn: string
      readonly region: string
      readonly accountId: string
      readonly jsonKey: string | null
      readonly versionStage: string | null
      readonly versionId: string | null
    }
  | {
      readonly kind: 'ssm'
      /** As `ssm:GetParameters` takes it: `/app/db/password`. */
      readonly name: string
      readonly region: string
      /** Null where only the name was given: the task's own account. */
      readonly accountId: string | null
    }
  | { readonly kind: 'unknown'; readonly valueFrom: string }

/**
 * Source: ECS Developer Guide, Pass Secrets Manager secrets and Pass Systems Manager parameters. A parameter of the
 * service's own Region may be given by name alone; everything else is a full ARN.
 */
export function secretSource(valueFrom: string, region: string): SecretSource {
  if (!valueFrom.startsWith('arn:')) {
    return valueFrom === '' ? { kind: 'unknown', valueFrom } : { kind: 'ssm', name: valueFrom, region, accountId: null }
  }
  const [, , service, place = '', accountId = '', ...resource] = valueFrom.split(':')
  if (place === '') return { kind: 'unknown', valueFrom }
  if (service === 'secretsmanager' && resource[0] === 'secret' && resource[1]) {
    const [, , jsonKey, versionStage, versionId] = resource
    return {
      kind: 'secretsmanager',
      arn: valueFrom.split(':').slice(0, 7).join(':'),
      region: place,
      accountId,
      jsonKey: jsonKey || null,
      versionStage: versionStage || null,
      versionId: versionId || null,
    }
  }
  const parameter = /^parameter(\/.+)$/.exec(resource.join(':'))?.[1]
  if (service !== 'ssm' || parameter === undefined) return { kind: 'unknown', valueFrom }
  return { kind: 'ssm', name: parameterName(parameter), region: place, accountId }
}

/** An ARN puts one slash before every name; a name without a path has none of its own. */
function parameterName(path: string): string {
  return path.indexOf('/', 1) < 0 ? path.slice(1) : path
}

/** The Region of a secret given by ARN or, in the service's own Region, by name. */
export function regionOfArn(arnOrName: string, region: string): string {
  return (arnOrName.startsWith('arn:') ? arnOrName.split(':')[3] : undefined) || region
}

/** Bucket and key of an environment file; null for text that is not an S3 object's ARN. */
export function s3Object(arn: string): { readonly bucket: string; readonly key: string } | null {
  const match = /^arn:[^:]+:s3:::([^/]+)\/(.+)$/.exec(arn)
  return match === null ? null : { bucket: match[1] ?? '', key: match[2] ?? '' }
}

/** `…:secret:prod/db-AbC123` is called `prod/db`; a name stays as it is. */
export function secretName(id: string): string {
  const name = id.startsWith('arn:') ? id.split(':').slice(6).join(':') : id
  return id.startsWith('arn:') ? name.replace(/-[A-Za-z0-9]{6}$/, '') : name
}
