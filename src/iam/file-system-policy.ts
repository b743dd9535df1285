/** Does the policy of an EFS file system let a task mount a volume? EFS User Guide, Using IAM to control file system data access. */
import type { EfsVolume } from '../domain/service.ts'
import type { Text } from '../domain/text.ts'
import { type Context, UNKNOWN } from './policy/context.ts'
import { parsePolicy } from './policy/document.ts'
import { evaluate } from './policy/evaluate.ts'

export const CLIENT_MOUNT = 'elasticfilesystem:ClientMount'

export interface Mount {
  readonly volume: EfsVolume
  readonly fileSystemArn: string
  readonly taskRoleArn: string | null
  /** Null where the volume names none, or where it could not be read. */
  readonly accessPointArn: string | null
}

export type MountVerdict =
  | { readonly verdict: 'open' }
  /** `plain-text`: it is refused for being mounted without encryption in transit. */
  | { readonly verdict: 'closed'; readonly because: 'plain-text' | 'denied' | 'anonymous'; readonly why: Text }
  /** The policy leaves it to those of the task role. */
  | { readonly verdict: 'role' }
  | { readonly verdict: 'unknown'; readonly why: Text }

export function judgeMount(policy: string, mount: Mount): MountVerdict {
  const asIs = decisionOf(policy, mount, mount.volume.transitEncryption)
  if (asIs.decision === 'allowed') return { verdict: 'open' }
  if (asIs.decision === 'explicit-deny') {
    const encrypted = decisionOf(policy, mount, true)
    const because = encrypted.decision === 'explicit-deny' ? 'denied' : 'plain-text'
    return { verdict: 'closed', because, why: asIs.why }
  }
  if (asIs.missing.length > 0) return { verdict: 'unknown', why: asIs.why }
  if (mount.volume.iam) return { verdict: 'role' }
  if (asIs.decision === 'unknown') return { verdict: 'unknown', why: asIs.why }
  return { verdict: 'closed', because: 'anonymous', why: asIs.why }
}

/** Without IAM a client is nobody: a principal that no policy names, but for one that names everyone. */
const NOBODY = 'arn:aws:iam::000000000000:role/nobody'

function decisionOf(policy: string, { volume, fileSystemArn, taskRoleArn, accessPointArn }: Mount, encrypted: boolean) {
  const account = fileSystemArn.split(':')[4] ?? null
  const known = volume.iam && taskRoleArn !== null
  const nobody: Context = known ? {} : { 'aws:PrincipalArn': [], 'aws:PrincipalAccount': [], 'aws:PrincipalOrgID': [] }
  return evaluate(
    { identity: [], resource: parsePolicy(policy) },
    {
      principalArn: known ? taskRoleArn : NOBODY,
      principalAccount: known ? (taskRoleArn.split(':')[4] ?? null) : '000000000000',
      resourceAccount: account,
      sameAccount: true,
      action: CLIENT_MOUNT,
      resource: fileSystemArn,
      context: {
        ...nobody,
        'aws:SecureTransport': [String(encrypted)],
        'elasticfilesystem:AccessedViaMountTarget': ['true'],
        'elasticfilesystem:AccessPointArn':
          volume.accessPointId === null ? [] : accessPointArn === null ? UNKNOWN : [accessPointArn],
      },
    },
  )
}
