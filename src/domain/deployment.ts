/** What a `deploy` has changed, and what would change (contract, section 9). */
import type { SettingChange } from './kept-settings.ts'
import type { Text } from './text.ts'

export interface Deployment {
  /** ARN of what runs or would run; null where nothing was registered or found. */
  readonly revision: string | null
  readonly registered: boolean
  /** An identical revision existed. */
  readonly reused: boolean
  /** UpdateService (or the CodeDeploy deployment) was accepted. */
  readonly updated: boolean
  /** Against the running revision, in the order of the document; null where that could not be read. */
  readonly diff: readonly RevisionChange[] | null
  /** No task of this rollout was ever placed there. */
  readonly untriedSubnets: readonly string[]
  readonly digests: readonly ContainerDigest[]
  /** Of `emergency`: what was put back; null where nothing was. */
  readonly restored: readonly SettingChange[] | null
}

/**
 * A member that differs between two revisions. A value that may be a secret is never in here: where a side has one, it is null
 * as well, and `kind` tells whether the side is there.
 */
export interface RevisionChange {
  /** Containers, variables, secrets and volumes by their names: `containerDefinitions.web.environment.LOG_LEVEL`, `service.subnets`. */
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: string | null
  readonly after: string | null
}

export interface ContainerDigest {
  readonly container: string
  /** Null where nobody could tell. */
  readonly wanted: string | null
  readonly running: string | null
  /** Null where one of them is. */
  readonly same: boolean | null
}

/** Why a deploy has no rollout to tell of. What it did write stands in `Deployment`. Not part of the JSON. */
export type DeployEnding =
  /** `fail-on` names what they found. */
  | { readonly kind: 'preflight' | 'rehearsal' }
  /** All was done that was asked for. */
  | { readonly kind: 'dry-run' | 'registered' | 'not-watched' | 'unchanged' }
  | { readonly kind: 'cancelled' }
  /** What `emergency` asks for cannot be. */
  | { readonly kind: 'emergency'; readonly because: Text }
  /** A task was run, and no service named. */
  | { readonly kind: 'task-done' | 'task-started' }
  /** Somebody else's deployment: `still-busy` after all the waiting. */
  | { readonly kind: 'busy' | 'still-busy' | 'overtaken'; readonly deploymentId: string }
  | { readonly kind: 'not-permitted'; readonly missing: readonly MissingRight[] }
  /** `refused`: AWS said no. `unsure`: nobody could find out whether it was done. Untrusted text. */
  | { readonly kind: 'refused' | 'unsure'; readonly permission: string; readonly detail: string }
  /** The task that was run before the service is updated. */
  | { readonly kind: 'task-failed' | 'task-not-over'; readonly taskArn: string; readonly detail: string }
  /** CodeDeploy's own word on the deployment; `open`: it is not over. */
  | {
      readonly kind: 'code-deploy-failed' | 'code-deploy-open'
      readonly deploymentId: string
      readonly status: string
      readonly detail: string
    }

/** What a deploy has started beside a rollout of ECS's own: for outputs, not part of the JSON. */
export interface DeployStarts {
  /** ARNs of the tasks of `run-task`. */
  readonly tasks: readonly string[]
  readonly codeDeployDeploymentId: string | null
}

/** What IAM says that the caller may not do. */
export interface MissingRight {
  readonly action: string
  readonly resource: string
}
