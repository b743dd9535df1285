/** What a `deploy` has changed, and what would change (contract, section 9). */

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
  readonly restored: readonly RestoredSetting[] | null
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

export interface RestoredSetting {
  readonly setting: string
  readonly before: SettingValue
  readonly after: SettingValue
}

export type SettingValue = string | number | boolean | readonly string[] | null
